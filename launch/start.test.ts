import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { demoPassword, demoStaff } from '../server/demo/staff.ts';
import { hashSecret } from '../server/identity/passwords.ts';
import { createTestDatabase } from '../testing/database.ts';
import { type Launched, launch, untilSays } from '../testing/Product.ts';
import { freePorts } from '../testing/ports.ts';
import { descendants, processesWith } from '../testing/processes.ts';
import { until } from '../testing/TestApp.ts';
import { testCertificate, testKey } from '../testing/tls.ts';
import { root } from './env.ts';

let folder: string;
let port: number;
let env: NodeJS.ProcessEnv;
const address = (): string => `http://127.0.0.1:${port}`;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'samrum-start-'));
  await chmod(folder, 0o755);
  port = await freePorts(6);
  env = {
    DATA_DIR: join(folder, 'data'),
    PORT: String(port),
    SFU_CONTROL_PORT: String(port + 1),
    SFU_PORT: String(port + 2),
    EID_PORT: String(port + 5),
    SFU_WORKERS: '2',
    LOG_LEVEL: 'warn',
  };
});
after(() => rm(folder, { recursive: true, force: true }));

async function stop(running: Launched, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  running.child.kill(signal);
  await running.ended;
}

/** Starts and expects it to give up; returns what it said on the way. */
async function givesUp(extra: NodeJS.ProcessEnv): Promise<string> {
  const running = launch({ ...env, ...extra });
  assert.equal(await running.ended, 1, running.output());
  return running.output();
}

async function logIn(): Promise<{ status: number; userId: string }> {
  const response = await fetch(`${address()}/api/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: demoStaff[0]?.username, password: demoPassword }),
  });
  const reply = (await response.json()) as { data?: { userId: string } };
  return { status: response.status, userId: reply.data?.userId ?? '' };
}

const postgresRuns = (): boolean => processesWith(`-D ${join(env.DATA_DIR ?? '', 'postgres')}`).length > 0;

test('start, second start, SIGTERM, SIGKILL and recovery: what was written is still there', async () => {
  const first = launch(env);
  await untilSays(first, 'Samrum is running');
  assert.match(first.output(), new RegExp(`http://localhost:${port}`));
  for (const { username } of demoStaff) assert.ok(first.output().includes(username));
  assert.ok(first.output().includes(demoPassword));
  const { status, userId } = await logIn();
  assert.equal(status, 200);
  assert.equal(postgresRuns(), true);

  const beside = launch(env);
  assert.equal(await beside.ended, 1);
  assert.match(beside.output(), /already runs/);

  await stop(first);
  assert.equal(first.child.exitCode, 0);
  assert.match(first.output(), /Nothing is lost/);
  assert.equal(postgresRuns(), false, 'everything it started is stopped');
  await assert.rejects(fetch(`${address()}/healthz`));

  const second = launch(env);
  await untilSays(second, 'Samrum is running');
  assert.doesNotMatch(second.output(), /Building|Installing/);
  assert.equal((await logIn()).userId, userId);
  const programs = [...descendants(second.child.pid ?? 0, 'main.ts'), ...descendants(second.child.pid ?? 0, 'mediasoup-worker')];
  assert.equal(programs.length, 5);
  await stop(second, 'SIGKILL');
  await until(() => !isAnyAlive(programs), 15_000);

  const third = launch(env);
  await untilSays(third, 'Samrum is running');
  assert.equal((await logIn()).userId, userId);
  await stop(third, 'SIGINT');
  assert.equal(third.child.exitCode, 0);
  assert.equal(postgresRuns(), false);
});

test('with TLS_CERT and TLS_KEY it speaks HTTPS, the node reports over it too, and the cookie is Secure', async () => {
  const files = { TLS_CERT: join(folder, 'cert.pem'), TLS_KEY: join(folder, 'key.pem') };
  await writeFile(files.TLS_CERT, testCertificate);
  await writeFile(files.TLS_KEY, testKey);
  const running = launch({ ...env, ...files });
  await untilSays(running, `https://localhost:${port}`);
  const [status, cookie] = await new Promise<[number, string]>((resolve, reject) => {
    const options = { method: 'POST', rejectUnauthorized: false, headers: { 'content-type': 'application/json' } };
    const asked = request(`https://127.0.0.1:${port}/api/login`, options, (response) => {
      response.resume();
      resolve([response.statusCode ?? 0, String(response.headers['set-cookie'])]);
    });
    asked.once('error', reject).end(JSON.stringify({ username: demoStaff[0]?.username, password: demoPassword }));
  });
  assert.equal(status, 200);
  assert.match(cookie, /Secure/);
  await stop(running);
});

test('a program that ends by itself is started again', async () => {
  const running = launch(env);
  await untilSays(running, 'Samrum is running');
  const [server = 0] = descendants(running.child.pid ?? 0, 'server/main.ts');
  process.kill(server, 'SIGKILL');
  await untilSays(running, 'The server ended (SIGKILL); it is started again.');
  await until(async () => (await logIn().catch(() => ({ status: 0 }))).status === 200);
  await stop(running);
});

test('a port in use is named, with the variable that chooses another', async () => {
  const other = createServer().listen(port, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  assert.match(await givesUp({}), new RegExp(`Port ${port} is in use: .*PORT=${port + 100}`));
  other.close();
  const media = createServer().listen(port + 3, '127.0.0.1');
  await new Promise((resolve) => media.once('listening', resolve));
  assert.match(await givesUp({}), new RegExp(`Port ${port + 3} is in use: .*SFU_PORT=`));
  await new Promise((resolve) => media.close(resolve));
});

test('a bad variable is named, with what it wants, in one line', async () => {
  assert.equal(await givesUp({ PORT: 'http' }), 'PORT: wants a port number, 1 to 65535\n');
  assert.equal(await givesUp({ SFU_REGION: 'Sverige' }), 'SFU_REGION: wants a country of the EU/EEA, two capital letters\n');
  assert.equal(await givesUp({ TLS_CERT: '/nowhere.pem' }), 'TLS_CERT: wants TLS_KEY beside it (and TLS_KEY wants TLS_CERT)\n');
  assert.match(await givesUp({ DATABASE_URL: 'mysql://x' }), /^DATABASE_URL: wants a URL such as postgres:/);
});

test('a database that cannot be used is said so in one line, without its password', async () => {
  const output = await givesUp({ DATABASE_URL: `postgres://samrum:secret@127.0.0.1:${port + 5}/samrum` });
  assert.match(output, /^DATABASE_URL: the database cannot be used \(.*\): see to its host/m);
  assert.doesNotMatch(output, /secret|at .*\.ts:/);
});

test('in a database of somebody else nothing is seeded, and demo passwords are refused', async () => {
  await using database = await createTestDatabase();
  const running = launch({ ...env, DATABASE_URL: database.url });
  await untilSays(running, 'Samrum is running');
  assert.doesNotMatch(running.output(), /demo/i);
  const client = new pg.Client(database.url);
  await client.connect();
  assert.equal((await client.query('select 1 from users')).rowCount, 0);
  await stop(running);
  await client.query(`insert into users (kind, username, password_hash, place, synthetic) values ('staff', 'demo', $1, '', true)`, [
    await hashSecret(demoPassword),
  ]);
  await client.end();
  assert.match(
    await givesUp({ DATABASE_URL: database.url }),
    /The database has the demo account "demo" with the demo password: use another database/,
  );
});

test('the first account of an installation is made by command, once, and can log in', async () => {
  await using database = await createTestDatabase();
  const make = async (name: string): Promise<string> => {
    const child = spawn(process.execPath, [join(root, 'launch/operator.ts'), name], {
      env: { ...process.env, DATABASE_URL: database.url },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await new Promise((resolve) => child.once('close', resolve));
    return said;
  };
  const [, password = ''] = /Password: (\S+)/.exec(await make('drift')) ?? [];
  assert.match(await make('drift'), /There is an account "drift" already/);
  assert.match(await make('x'), /Name the account/);
  const running = launch({ ...env, DATABASE_URL: database.url });
  await untilSays(running, 'Samrum is running');
  const response = await fetch(`${address()}/api/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'drift', password }),
  });
  assert.equal(((await response.json()) as { data?: { operator: boolean } }).data?.operator, true);
  await stop(running);
});

test('data of an older PostgreSQL are named and left alone', async () => {
  const old = join(folder, 'old');
  await mkdir(join(old, 'postgres'), { recursive: true });
  await writeFile(join(old, 'postgres/PG_VERSION'), '17\n');
  assert.match(await givesUp({ DATA_DIR: old }), /holds data of PostgreSQL 17 and this version brings 18: .*pg_dump/);
  assert.equal(await readFile(join(old, 'postgres/PG_VERSION'), 'utf8'), '17\n');
});

test('a folder that cannot be entered is said so in one line', async () => {
  const closed = join(folder, 'closed');
  await mkdir(closed, { mode: process.getuid?.() === 0 ? 0o700 : 0o000 });
  assert.match(await givesUp({ DATA_DIR: join(closed, 'data') }), /cannot (enter|be made).*DATA_DIR/);
  await chmod(closed, 0o700);
});

function isAnyAlive(pids: number[]): boolean {
  return pids.some((pid) => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  });
}
