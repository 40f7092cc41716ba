/**
 * Memory of the server and of the SFU: a participant, a room, and what remains after 500 joins and leaves, against the
 * state after 100 to warm up. Heaps are collected before each look.
 *   node bench/memory.ts [joins]
 */

import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Me } from '../contract/identity.ts';
import { openDatabase } from '../drizzle/client.ts';
import { root } from '../launch/env.ts';
import { obtainWorker } from '../launch/worker/obtain.ts';
import { makeVisit, type TestVisit } from '../testing/care.ts';
import { createTestDatabase } from '../testing/database.ts';
import { freePorts } from '../testing/ports.ts';
import { descendants } from '../testing/processes.ts';
import { Caller, declareCountry, opusTrack, until, type VisitCaller } from '../testing/TestApp.ts';
import { round, writeResult } from './result.ts';

const joins = Number(process.argv[2] ?? 500);
const warmUp = 100;
const standing = 20; // rooms of three that stand at once

await using database = await createTestDatabase();
const port = await freePorts(4);
const env = {
  DATABASE_URL: database.url,
  PORT: String(port),
  SFU_CONTROL_PORT: String(port + 1),
  SFU_PORT: String(port + 2),
  SFU_WORKERS: '1',
  SFU_LISTEN_IP: '127.0.0.1',
  SFU_NODE_TOKEN: randomUUID(),
  SFU_SERVER_URL: `http://127.0.0.1:${port}`,
  MEDIASOUP_WORKER_BIN: await obtainWorker(),
  LOG_LEVEL: 'silent',
};
const server = await started('server');
const sfu = await started('sfu');
const address = `http://127.0.0.1:${port}`;
await until(async () => (await fetch(`${address}/readyz`)).status === 200);
const { db, pool } = openDatabase(database.url, () => undefined, 2);

type Look = { server_heap: number; server_pss: number; sfu_heap: number; sfu_pss: number; worker_pss: number };

const visits = await Promise.all(Array.from({ length: standing }, () => makeVisit(db)));
const people = await Promise.all(visits.slice(0, 5).map(async (visit) => ({ visit, caller: await signedIn(visit) })));
await churn(warmUp);
const before = await look();
await churn(joins);
const after = await look();
await churn(joins);
const later = await look(); // what grows with joins grows again; what was still warming up does not

const alone = await Promise.all(visits.map(async (visit) => (await signedIn(visit, 'doctor')).visit(visit.id)));
await Promise.all(alone.map(joinAndSpeak));
const rooms = await look();
const second = await Promise.all(visits.map(async (visit) => (await signedIn(visit, 'nurse')).visit(visit.id)));
await Promise.all(second.map(joinAndSpeak));
const full = await look();
await pool.end();
for (const caller of [...alone, ...second]) caller.socket.disconnect();
server.kill('SIGTERM');
sfu.kill('SIGTERM');

const parts = Object.keys(before) as (keyof Look)[];
const rows = Object.fromEntries(
  parts.map((part) => [
    part.replace('_', ', '),
    {
      after_100_MiB: round(before[part] / 2 ** 20, 2),
      after_600_MiB: round(after[part] / 2 ** 20, 2),
      growth_percent: round((after[part] / before[part] - 1) * 100, 2),
      growth_of_as_many_again_percent: round((later[part] / after[part] - 1) * 100, 2),
      room_with_one_KiB: round((rooms[part] - later[part]) / standing / 1024),
      one_more_in_it_KiB: round((full[part] - rooms[part]) / standing / 1024),
    },
  ]),
);
writeResult('memory', rows, { goal: 'residual growth ≤ 2 %', joins, warmUp, standing });
process.exit(0);

async function started(program: 'server' | 'sfu'): Promise<ChildProcess> {
  const child = fork(join(root, 'bench/measured.ts'), [program], {
    env: { ...process.env, ...env },
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await new Promise<void>((resolve) => child.once('message', () => resolve()));
  return child;
}

async function signedIn(visit: TestVisit, who: 'doctor' | 'nurse' = 'doctor'): Promise<Caller> {
  const caller = new Caller(address);
  const reply = await caller.post('/api/login', { username: visit[who].username, password: visit[who].password });
  if (reply.ok) await declareCountry(caller, reply.data as Me);
  return caller;
}

async function joinAndSpeak(seat: VisitCaller): Promise<void> {
  await seat.join();
  await seat.ask('media:start', { source: 'microphone', rtpParameters: opusTrack(), paused: false });
}

/** So many times somebody comes, joins, speaks, leaves and disconnects. */
async function churn(times: number): Promise<void> {
  for (let done = 0; done < times; done += people.length) {
    await Promise.all(
      people.map(async ({ visit, caller }) => {
        const seat = await caller.visit(visit.id);
        await joinAndSpeak(seat);
        await seat.ask('visit:leave', {});
        seat.socket.disconnect();
      }),
    );
  }
}

async function look(): Promise<Look> {
  await new Promise((resolve) => setTimeout(resolve, 3_000)); // ends of connections are filed
  const heap = (child: ChildProcess): Promise<number> =>
    new Promise((resolve) => {
      child.once('message', (bytes: number) => resolve(bytes));
      child.send('collect');
    });
  const [serverHeap, sfuHeap] = [await heap(server), await heap(sfu)];
  const [worker = 0] = descendants(sfu.pid ?? 0, 'mediasoup-worker');
  return {
    server_heap: serverHeap,
    server_pss: pss(server.pid ?? 0),
    sfu_heap: sfuHeap,
    sfu_pss: pss(sfu.pid ?? 0),
    worker_pss: pss(worker),
  };
}

/** Proportional set size, bytes. */
function pss(pid: number): number {
  return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]) * 1024;
}
