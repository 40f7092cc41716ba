/**
 * REST: today's list, opening a visit, booking one. Beside the product runs Express with a raw `pg` handler that sends the
 * very same statements, session and audit included; then the same product over a database of 100,000 patients and
 * 1,000,000 visits.
 *   node bench/rest.ts
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import express from 'express';
import pg from 'pg';
import { openDatabase } from '../drizzle/client.ts';
import { makeAccount, makeCareHome, makePatient, makeRelative, makeVisit, whereabouts } from '../testing/care.ts';
import { startTestPostgres } from '../testing/database.ts';
import { freePorts } from '../testing/ports.ts';
import { recorded, type Statement } from '../testing/statements.ts';
import { TestApp } from '../testing/TestApp.ts';
import { bookingBody, type Load, type Shot } from './fire.ts';
import { fillLarge } from './largeDatabase.ts';
import { quantile, round, writeResult } from './result.ts';
import { replay } from './statements.ts';

const seconds = Number(process.env.SECONDS ?? 4);
const pairs = Number(process.env.PAIRS ?? 5);
const clients = [10, 50, 200];

type Scene = { cookie: string; visitId: string; booking: object };
type Operation = { name: string; method: 'GET' | 'POST'; path: (scene: Scene) => string; writes: boolean };
const operations: Operation[] = [
  { name: 'today', method: 'GET', path: () => '/api/visits/today', writes: false },
  { name: 'open', method: 'GET', path: ({ visitId }) => `/api/visits/${visitId}`, writes: false },
  { name: 'book', method: 'POST', path: () => '/api/visits', writes: true },
];

/** A care home with a day of twelve visits, and a nurse who works there. */
async function scene(app: TestApp): Promise<Scene> {
  const { db } = app.ctx;
  const home = await makeCareHome(db);
  const account = await makeAccount(db, home.unitId, 'nurse');
  const visit = await makeVisit(db, new Date(), home);
  for (let more = 0; more < 11; more++) await makeVisit(db, new Date(), home);
  const patientId = await makePatient(db, home);
  const relativeId = await makeRelative(db, patientId);
  const caller = await app.signedInAs(account);
  const booking = {
    unitId: home.unitId,
    patientId,
    durationMinutes: 30,
    ...whereabouts,
    language: 'sv',
    patientComes: 'ownDevice',
    staff: [{ userId: account.userId, unitId: home.unitId, host: true, atBedside: true }],
    relativeIds: [relativeId],
    consented: [relativeId],
  };
  return { cookie: caller.cookie, visitId: visit.id, booking };
}

/** The load comes from a process of its own, so that its work is not counted as the server's. */
const gun = fork(new URL('fire.ts', import.meta.url).pathname);

async function run(address: string, operation: Operation, at: Scene, connections: number, duration = seconds): Promise<Load> {
  const { cookie, booking } = at;
  const shot: Shot = {
    url: address + operation.path(at),
    method: operation.method,
    connections,
    duration,
    cookie,
    ...(operation.writes ? { booking } : {}),
  };
  const [load] = (await Promise.all([once(gun, 'message').then(([message]) => message as Load), gun.send(shot)])) as [Load, unknown];
  return load;
}

/** Express with a raw handler for each operation: the product's own statements, replayed, and an answer of the same size. */
async function control(
  databaseUrl: string,
  records: Map<string, { statements: Statement[]; answer: string }>,
): Promise<{ address: string; stop: () => Promise<void> }> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
  const app = express();
  app.use(express.json());
  for (const [name, { statements, answer }] of records) {
    const reply: unknown = JSON.parse(answer);
    app.all(`/${name}`, async (req, res) => {
      await replay(pool, statements, req.body as { visitId?: string } | undefined);
      res.json(reply);
    });
  }
  const port = await freePorts(1);
  const server = createServer(app as RequestListener).listen(port, '127.0.0.1');
  return {
    address: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await pool.end();
    },
  };
}

const postgres = await startTestPostgres();
const app = await TestApp.start();
const at = await scene(app);
const records = new Map<string, { statements: Statement[]; answer: string }>();
for (const operation of operations) {
  const init = operation.writes
    ? { method: 'POST', headers: { 'content-type': 'application/json', cookie: at.cookie }, body: bookingBody(at.booking) }
    : { headers: { cookie: at.cookie } };
  let answer = '';
  const statements = await recorded(async () => {
    answer = await (await fetch(app.address + operation.path(at), init)).text();
  });
  records.set(operation.name, { statements, answer });
}
const raw = await control(app.ctx.env.DATABASE_URL, records);
const onRaw = (operation: Operation): Operation => ({ ...operation, path: () => `/${operation.name}` });

const rows: Record<string, Record<string, number | string>> = {};
const detail: Record<string, unknown> = { seconds, pairs };
for (const operation of operations) {
  // Both warm, and PostgreSQL too.
  await run(app.address, operation, at, 20, 2);
  await run(raw.address, onRaw(operation), at, 20, 2);
  for (const connections of clients) {
    const runs: { ours: Load; theirs: Load }[] = [];
    for (let pair = 0; pair < pairs; pair++) {
      const first = pair % 2 === 0;
      const ours = first ? await run(app.address, operation, at, connections) : undefined;
      const theirs = await run(raw.address, onRaw(operation), at, connections);
      runs.push({ ours: ours ?? (await run(app.address, operation, at, connections)), theirs });
    }
    const ratio = (pick: (load: Load) => number): number[] => runs.map(({ ours, theirs }) => pick(ours) / pick(theirs));
    rows[`${operation.name}, ${connections} clients`] = {
      'p99 ours (ms)': quantile(
        runs.map(({ ours }) => ours.p99Ms),
        0.5,
      ),
      'p99 raw (ms)': quantile(
        runs.map(({ theirs }) => theirs.p99Ms),
        0.5,
      ),
      'p99 ratio': round(
        quantile(
          ratio(({ p99Ms }) => p99Ms),
          0.5,
        ),
        2,
      ),
      'ops/s ours': round(
        quantile(
          runs.map(({ ours }) => ours.perSecond),
          0.5,
        ),
        0,
      ),
      'ops/s ratio': round(
        quantile(
          ratio(({ perSecond }) => perSecond),
          0.5,
        ),
        2,
      ),
      failed: runs.reduce((sum, { ours, theirs }) => sum + ours.failed + theirs.failed, 0),
    };
    detail[`${operation.name} ${connections}`] = runs;
    console.log(operation.name, connections, rows[`${operation.name}, ${connections} clients`]);
  }
}
await raw.stop();

// The same product, the same day, among 100,000 patients and 1,000,000 visits; LARGE=0 leaves that out.
if (process.env.LARGE !== '0') {
  const large = await TestApp.start();
  const { pool } = openDatabase(large.ctx.env.DATABASE_URL, () => undefined, 2);
  detail.large = await fillLarge(pool);
  await pool.end();
  const atLarge = await scene(large);
  for (const operation of operations) {
    await run(large.address, operation, atLarge, 20, 2);
    const runs: { small: Load; large: Load }[] = [];
    for (let pair = 0; pair < pairs; pair++)
      runs.push({ small: await run(app.address, operation, at, 50), large: await run(large.address, operation, atLarge, 50) });
    rows[`${operation.name}, large database, 50 clients`] = {
      'p99 ours (ms)': quantile(
        runs.map((one) => one.large.p99Ms),
        0.5,
      ),
      'p99 raw (ms)': `small: ${quantile(
        runs.map((one) => one.small.p99Ms),
        0.5,
      )}`,
      'p99 ratio': round(
        quantile(
          runs.map((one) => one.large.p99Ms / one.small.p99Ms),
          0.5,
        ),
        2,
      ),
      'ops/s ours': round(
        quantile(
          runs.map((one) => one.large.perSecond),
          0.5,
        ),
        0,
      ),
      'ops/s ratio': round(
        quantile(
          runs.map((one) => one.large.perSecond / one.small.perSecond),
          0.5,
        ),
        2,
      ),
      failed: runs.reduce((sum, one) => sum + one.small.failed + one.large.failed, 0),
    };
    detail[`${operation.name} large`] = runs;
  }
  await large[Symbol.asyncDispose]();
}
await app[Symbol.asyncDispose]();
await postgres.stop();
gun.kill();
writeResult('rest', rows, detail);
process.exit(0);
