/**
 * A month of a unit with 600 visits, as its calendar reads it: how many statements it takes, and how long it is beside the same
 * statements by Express and raw `pg`, one reader at a time.
 *   node bench/month.ts
 */
import { randomUUID } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { eq } from 'drizzle-orm';
import express from 'express';
import pg from 'pg';
import { participants } from '../drizzle/schema/index.ts';
import { makeAccount, makeCareHome, makeNextVisit, makeVisit } from '../testing/care.ts';
import { startTestPostgres } from '../testing/database.ts';
import { freePorts } from '../testing/ports.ts';
import { recorded } from '../testing/statements.ts';
import { TestApp } from '../testing/TestApp.ts';
import { quantile, round, writeResult } from './result.ts';

const readings = Number(process.env.READINGS ?? 200);
const wanted = 600;
const hour = 3_600_000;

const postgres = await startTestPostgres();
const app = await TestApp.start();
const { db } = app.ctx;
const home = await makeCareHome(db);
const at = (nr: number): Date => new Date(Date.UTC(2027, 2, 1 + Math.floor(nr / 20), 8) + (nr % 20) * (hour / 2));
const first = await makeVisit(db, at(0), home);
const seats = await db.select().from(participants).where(eq(participants.visitId, first.id));
for (let nr = 1; nr < wanted; nr++) {
  const { id: visitId, startsAt } = await makeNextVisit(db, first, at(nr));
  await db.insert(participants).values(seats.map((seat) => ({ ...seat, id: randomUUID(), visitId, startsAt })));
}
await db.execute('analyze');
const reader = await app.signedInAs(await makeAccount(db, home.unitId, 'careCoordinator'));
const path = `/api/units/${home.unitId}/calendar?from=2027-03-01&days=42`;
const statements = await recorded(() => reader.get(path));
const own = statements.filter(({ text }) => !/sessions|from "assignments"|begin|commit/.test(text));

const pool = new pg.Pool({ connectionString: app.ctx.env.DATABASE_URL, max: 10 });
const raw = express();
raw.get('/calendar', async (_req, res) => {
  const client = await pool.connect();
  try {
    let rows: unknown[] = [];
    for (const { text, values } of statements) {
      const result = await client.query(text, values);
      if (result.rows.length > rows.length) rows = result.rows;
    }
    res.json({ ok: true, data: rows });
  } finally {
    client.release();
  }
});
const port = await freePorts(1);
const server = createServer(raw as RequestListener).listen(port, '127.0.0.1');

async function timeOf(url: string): Promise<number> {
  const start = performance.now();
  const response = await fetch(url, { headers: { cookie: reader.cookie } });
  const { data } = (await response.json()) as { data: { entries?: unknown[] } | unknown[] };
  const count = Array.isArray(data) ? data.length : (data.entries?.length ?? 0);
  if (count !== wanted) throw new Error(`${count} visits, not ${wanted}`);
  return performance.now() - start;
}

const times = { product: [] as number[], control: [] as number[] };
for (let nr = 0; nr < readings; nr++) {
  times.product.push(await timeOf(`${app.address}${path}`));
  times.control.push(await timeOf(`http://127.0.0.1:${port}/calendar`));
}
const row = (all: number[]) => ({ p50_ms: round(quantile(all, 0.5)), p99_ms: round(quantile(all, 0.99)) });
writeResult(
  'month',
  { product: row(times.product), 'raw pg': row(times.control), statements: { of_the_month: own.length, with_session: statements.length } },
  { goal: '≤ 2 queries', visits: wanted, readings },
);
server.close();
server.closeAllConnections();
await pool.end();
await app[Symbol.asyncDispose]();
await postgres.stop();
