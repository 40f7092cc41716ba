import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { portNumber, readEnvironment } from '../contract/environment.ts';
import { readServerEnv, type ServerEnv } from '../server/env.ts';
import { readSfuEnv, type SfuEnv } from '../sfu/env.ts';

const schema = z.object({
  DATABASE_URL: z.string().optional(),
  DATA_DIR: z.string().optional(),
  SFU_NODE_TOKEN: z.string().optional(),
  EID_PORT: portNumber(3009),
});

export const root = new URL('..', import.meta.url).pathname.replace(/\/$/, '');

export type LaunchEnv = { databaseUrl: string | undefined; dataDir: string; dataDirChosen: boolean; eidPort: number };

/** What the launcher itself decides by. */
export function readLaunchEnv(env: NodeJS.ProcessEnv): LaunchEnv {
  const { DATABASE_URL, DATA_DIR, EID_PORT } = readEnvironment(schema, env);
  return {
    databaseUrl: DATABASE_URL,
    dataDir: resolve(root, DATA_DIR ?? 'data'),
    dataDirChosen: DATA_DIR !== undefined,
    eidPort: EID_PORT,
  };
}

/** Looks at every variable of both programs before anything is started. @throws {BadEnvironment} */
export function checkProgramEnv(env: NodeJS.ProcessEnv): { server: ServerEnv; sfu: SfuEnv } {
  const standIn = {
    SFU_NODE_TOKEN: 'x'.repeat(24),
    SECRET: 'x'.repeat(24),
    AUDIT_KEY: 'x'.repeat(24),
    DATA_KEYS: '{}',
    DATABASE_URL: 'postgres://embedded',
  };
  return { server: readServerEnv({ ...standIn, ...env }), sfu: readSfuEnv({ ...standIn, ...env }) };
}

const secret = (): string => randomBytes(24).toString('base64url');
const secretsSchema = z.object({
  postgresPassword: z.string().default(secret),
  sfuNodeToken: z.string().default(secret),
  secret: z.string().default(secret), // older installations have none yet
  auditKey: z.string().default(secret),
});
export type Secrets = z.infer<typeof secretsSchema>;

/** The secrets of this installation, made at the first start and kept beside its data, readable by its owner alone. */
export async function secretsIn(dataDir: string): Promise<Secrets> {
  const file = join(dataDir, 'secrets.json');
  const known: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const secrets = secretsSchema.parse(known);
  await writeFile(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}
