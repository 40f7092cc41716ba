/** A real PostgreSQL for the tests: one for the whole run, a database of its own for whoever asks. */
import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { defaultPolicy } from '../contract/policy.ts';
import { openDatabase } from '../drizzle/client.ts';
import { migrate } from '../drizzle/migrate.ts';
import { policies } from '../drizzle/schema/index.ts';
import { startPostgres } from '../launch/postgres.ts';
import { startJobs } from '../server/jobs.ts';
import { createLog } from '../server/log.ts';

const variable = 'TEST_POSTGRES_URL';
const template = 'samrum_template';

/** Starts PostgreSQL with a migrated template and tells the processes that we start where it is. */
export async function startTestPostgres(): Promise<{ stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'samrum-test-'));
  await chmod(folder, 0o755);
  const postgres = await startPostgres(folder, randomUUID());
  process.env[variable] = postgres.url;
  await admin(`create database ${template}`);
  await migrate(urlOf(template));
  await letPasswordsIn(urlOf(template));
  await (await startJobs(urlOf(template), createLog('test', 'silent'))).close(); // so that no database has to make what jobs need
  return {
    stop: async () => {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A migrated, empty database of one's own; dropped when disposed of. */
export async function createTestDatabase(): Promise<{ url: string } & AsyncDisposable> {
  const own = process.env[variable] ? null : await startTestPostgres();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await admin(`create database ${name} template ${template}`);
  return {
    url: urlOf(name),
    [Symbol.asyncDispose]: async () => {
      await admin(`drop database ${name} with (force)`);
      if (own) delete process.env[variable];
      await own?.stop();
    },
  };
}

/** As a small installation has it that knows no e-ID. */
async function letPasswordsIn(url: string): Promise<void> {
  const { db, pool } = openDatabase(url, () => undefined, 1);
  const policy = { ...defaultPolicy, requiredLevel: { clinical: 1, administrative: 1, patient: 1 } };
  await db.insert(policies).values({ policy });
  await pool.end();
}

function urlOf(database: string): string {
  const url = new URL(process.env[variable] ?? '');
  url.pathname = `/${database}`;
  return url.href;
}

async function admin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf('postgres') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
