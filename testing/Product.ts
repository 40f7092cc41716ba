/** The product as `npm start` runs it, on ports and a database of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../launch/env.ts';
import { testSecret } from './care.ts';
import { createTestDatabase } from './database.ts';
import { testKeys } from './keys.ts';
import { keepLog } from './logs.ts';
import { freePorts } from './ports.ts';
import { descendants } from './processes.ts';

export type Launched = { child: ChildProcess; output: () => string; ended: Promise<number | null> };

/** Starts the launcher and collects what it prints. */
export function launch(env: NodeJS.ProcessEnv, args: string[] = []): Launched {
  const child = spawn(process.execPath, [join(root, 'launch/main.ts'), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, output: () => output, ended };
}

/** Waits until the launcher says this. @throws with all it printed if it ends before or takes too long. */
export async function untilSays({ output, ended }: Launched, text: string | RegExp, withinMs = 60_000): Promise<void> {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  const until = Date.now() + withinMs;
  const says = (): boolean => (typeof text === 'string' ? output().includes(text) : text.test(output()));
  while (!says()) {
    if (over || Date.now() > until) throw new Error(`the launcher did not say ${text}; it said:\n${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export class Product implements AsyncDisposable {
  readonly address: string;
  readonly databaseUrl: string;
  readonly controlUrl: string;
  readonly nodeToken: string;
  /** Where media arrive, one port a worker. */
  readonly mediaPorts: readonly number[];
  readonly #dataDir: string;
  readonly #launched: Launched;
  readonly #database: AsyncDisposable;

  private constructor(port: number, nodeToken: string, dataDir: string, launched: Launched, database: { url: string } & AsyncDisposable) {
    this.address = `http://localhost:${port}`;
    this.controlUrl = `http://127.0.0.1:${port + 1}`;
    this.databaseUrl = database.url;
    this.#dataDir = dataDir;
    this.nodeToken = nodeToken;
    this.mediaPorts = [port + 2, port + 3];
    this.#launched = launched;
    this.#database = database;
  }

  static async start(env: NodeJS.ProcessEnv = {}): Promise<Product> {
    const database = await createTestDatabase();
    const port = await freePorts(6);
    const nodeToken = `test-${randomUUID()}`;
    const dataDir = await mkdtemp(join(tmpdir(), 'samrum-product-'));
    const launched = launch({
      DATABASE_URL: database.url,
      DATA_DIR: dataDir,
      PORT: String(port),
      SFU_CONTROL_PORT: String(port + 1),
      SFU_PORT: String(port + 2),
      SFU_WORKERS: '2',
      SFU_NODE_TOKEN: nodeToken,
      SECRET: testSecret,
      AUDIT_KEY: testSecret,
      DATA_KEYS: JSON.stringify(testKeys),
      LOG_LEVEL: 'info',
      ...env,
    });
    await untilSays(launched, 'Samrum is running');
    return new Product(port, nodeToken, dataDir, launched, database);
  }

  /** What it has printed: the programs' warnings and errors. */
  get output(): string {
    return this.#launched.output();
  }

  /** The process of one of its programs. */
  pidOf(program: 'server/main.ts' | 'sfu/main.ts' | 'mediasoup-worker'): number[] {
    return descendants(this.#launched.child.pid ?? 0, program);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#launched.child.kill('SIGTERM');
    await this.#launched.ended;
    keepLog(`product-${this.nodeToken}`, this.output);
    await this.#database[Symbol.asyncDispose]();
    await rm(this.#dataDir, { recursive: true, force: true });
  }
}
