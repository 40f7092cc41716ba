/**
 * Searching for a time: one of 50 clinicians and one of 8 rooms, over four weeks with 20,000 bookings, by 50 clients at once.
 * Beside the product runs Express with a raw `pg` handler that sends the very same statement.
 *   node bench/slots.ts
 */
import { createServer, type RequestListener } from 'node:http';
import { PgDialect } from 'drizzle-orm/pg-core';
import express from 'express';
import pg from 'pg';
import { schedulingRoutes } from '../contract/scheduling.ts';
import { assignments, bookings, resources, visits, workingHours } from '../drizzle/schema/index.ts';
import { slotQuery } from '../server/scheduling/slots.ts';
import { makeAccount, makeCareHome, makePatient } from '../testing/care.ts';
import { startTestPostgres } from '../testing/database.ts';
import { freePorts } from '../testing/ports.ts';
import { TestApp } from '../testing/TestApp.ts';
import { quantile, round, writeResult } from './result.ts';

const seconds = Number(process.env.SECONDS ?? 8);
const pairs = Number(process.env.PAIRS ?? 5);
const clients = 50;
const clinicians = 50;
const rooms = 8;
const wantedBookings = 20_000;
const weeks = 4;
const minute = 60_000;

const postgres = await startTestPostgres();
const app = await TestApp.start();
const { db } = app.ctx;
const home = await makeCareHome(db);
const accounts = [];
for (let nr = 0; nr < clinicians; nr++) accounts.push(await makeAccount(db, home.unitId, 'nurse'));
const held = await db.select().from(assignments);
const week = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens: '00:00', closes: '24:00', zone: 'Europe/Stockholm' }));
await db.insert(workingHours).values(held.flatMap(({ id }) => week.map((row) => ({ ...row, assignmentId: id }))));
const things = await db
  .insert(resources)
  .values(Array.from({ length: rooms }, (_, nr) => ({ unitId: home.unitId, kind: 'room' as const, name: `Rum ${nr}` })))
  .returning();
const patientId = await makePatient(db, home);
const [visit] = await db
  .insert(visits)
  .values({ id: crypto.randomUUID(), unitId: home.unitId, patientId, startsAt: new Date(), place: 'x' })
  .returning();
const begin = new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000 + 3_600_000);
/** Back to back with small gaps: everybody is busy nine tenths of the time. */
const owners = [...accounts.map(({ userId }) => ({ userId })), ...things.map(({ id }) => ({ resourceId: id }))];
const each = Math.ceil(wantedBookings / owners.length);
const stepMs = (weeks * 7 * 24 * 60 * minute) / each;
for (const [nr, owner] of owners.entries()) {
  const rows = Array.from({ length: each }, (_, index) => {
    const from = begin.getTime() + index * stepMs + (nr % 7) * minute;
    return { visitId: visit?.id ?? '', during: { from: new Date(from), until: new Date(from + stepMs * 0.9) }, ...owner };
  });
  await db.insert(bookings).values(rows);
}
await db.execute('analyze');

const search = {
  unitId: home.unitId,
  from: begin.toISOString(),
  until: new Date(begin.getTime() + weeks * 7 * 24 * 60 * minute).toISOString(),
  minutes: 5,
  needs: [{ staff: accounts.map(({ userId }) => ({ userId, unitId: home.unitId })) }, { resources: things.map(({ id }) => id) }],
};
const { sql: text, params } = new PgDialect().sqlToQuery(
  slotQuery(schedulingRoutes['POST /api/slots/search'].body.parse(search), new Date()),
);
const pool = new pg.Pool({ connectionString: app.ctx.env.DATABASE_URL, max: 10 });
const raw = express();
raw.use(express.json());
raw.post('/slots', async (_req, res) => {
  const { rows } = await pool.query(text, params as unknown[]);
  res.json({ ok: true, data: rows });
});
const port = await freePorts(1);
const server = createServer(raw as RequestListener).listen(port, '127.0.0.1');
const [account] = accounts;
if (!account) throw new Error('there is nobody');
const { cookie } = await app.signedInAs(account);

async function load(url: string): Promise<number[]> {
  const until = Date.now() + seconds * 1_000;
  const times: number[] = [];
  const client = async (): Promise<void> => {
    while (Date.now() < until) {
      const start = performance.now();
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie },
        body: JSON.stringify(search),
      });
      const reply = (await response.json()) as { ok: boolean; data?: unknown[] };
      if (!reply.ok || !reply.data?.length) throw new Error(`no slots: ${JSON.stringify(reply).slice(0, 200)}`);
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return times;
}

const product: number[] = [];
const control: number[] = [];
for (let pair = 0; pair < pairs; pair++) {
  product.push(...(await load(`${app.address}/api/slots/search`)));
  control.push(...(await load(`http://127.0.0.1:${port}/slots`)));
}
const row = (times: number[]) => ({
  p50_ms: round(quantile(times, 0.5)),
  p99_ms: round(quantile(times, 0.99)),
  per_second: round(times.length / (seconds * pairs)),
});
const ratio = round(quantile(product, 0.99) / quantile(control, 0.99), 2);
writeResult(
  'slots',
  { product: row(product), 'raw pg': row(control), 'p99 ratio': { ratio } },
  { goal: '≤ 1.5', clinicians, rooms, bookings: each * owners.length, weeks, clients, seconds, pairs },
);
server.close();
server.closeAllConnections();
await pool.end();
await app[Symbol.asyncDispose]();
await postgres.stop();
