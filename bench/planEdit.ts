/**
 * A plan that ten have open: one writes, until each of the nine others has it; beside a socket.io that tells a room with
 * nothing around it, in a process of its own, in the same run and with the same bytes.
 *   node bench/planEdit.ts
 */
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { io, type Socket } from 'socket.io-client';
import { nothingChosen } from '../contract/planParts.ts';
import { openDatabase } from '../drizzle/client.ts';
import { carePlanParties, carePlanParts, carePlans, consents } from '../drizzle/schema/index.ts';
import { type Account, makeAccount } from '../testing/care.ts';
import { makePlanPeople } from '../testing/carePlanPeople.ts';
import { startTestPostgres } from '../testing/database.ts';
import { PlanPage } from '../testing/PlanPage.ts';
import { Product } from '../testing/Product.ts';
import { Caller } from '../testing/TestApp.ts';
import { quantile, round, writeResult } from './result.ts';

const blocks = Number(process.env.BLOCKS ?? 6);
const edits = Number(process.env.EDITS ?? 50);
const everyMs = 60; // somebody who types fast
const others = 9;

const postgres = await startTestPostgres();
const product = await Product.start();
const { db, pool } = openDatabase(product.databaseUrl, () => undefined, 4);

const pages = await openPlan();
const bare = await openBare();
const measured: { samrum: number[]; bare: number[] } = { samrum: [], bare: [] };
for (let block = 0; block < blocks; block++) {
  for (const which of block % 2 === 0 ? (['samrum', 'bare'] as const) : (['bare', 'samrum'] as const))
    measured[which].push(...(which === 'samrum' ? await writeSamrum() : await writeBare()));
}
const row = (times: number[]) => ({ p50: round(quantile(times, 0.5), 2), p95: round(quantile(times, 0.95), 2), count: times.length });
const [ours, theirs] = [row(measured.samrum), row(measured.bare)];
writeResult(
  'plan-edit',
  {
    'Samrum, ms until one of nine has it': ours,
    'bare socket.io': theirs,
    ratio: { p50: round(ours.p50 / theirs.p50, 2), p95: round(ours.p95 / theirs.p95, 2), count: 0 },
  },
  { goal: 'p95 ≤ 2 × bare', blocks, edits, everyMs },
);
for (const { socket } of [...pages.all, { socket: bare.writer }, ...bare.others.map((socket) => ({ socket }))]) socket.disconnect();
bare.stop();
await pool.end();
await product[Symbol.asyncDispose]();
await postgres.stop();

/** Four of the unit that coordinates, and two of each of three parties; all may be told of the part. */
async function openPlan(): Promise<{ all: PlanPage[]; partId: string }> {
  const people = await makePlanPeople(db);
  const { unitId } = people.clinic;
  const [planId, partId] = [randomUUID(), randomUUID()];
  const madeBy = people.coordinator.userId;
  await db
    .insert(carePlans)
    .values({ id: planId, patientId: people.patientId, unitId, state: 'preparing', need: 'x', proposedBy: 'x', madeBy });
  const part = { kind: 'need' as const, areas: ['home' as const], position: 1, chosen: JSON.stringify(nothingChosen) };
  await db.insert(carePlanParts).values({ ...part, id: partId, planId, madeBy });
  const yes = { patientId: people.patientId, carePlanId: planId, capacity: 'own' as const, form: 'oral' as const, keptBy: madeBy };
  await db.insert(consents).values({ ...yes, type: 'carePlan' });
  const accounts: Account[] = [people.coordinator];
  for (let more = 0; more < 3; more++) accounts.push(await makeAccount(db, unitId, 'nurse'));
  for (const kind of ['socialServices', 'municipalHealth', 'school'] as const) {
    const theirs = (await makePlanPeople(db)).clinic;
    const partyId = randomUUID();
    await db
      .insert(carePlanParties)
      .values({ id: partyId, planId, kind, name: kind, unitId: theirs.unitId, sentAt: new Date(), channel: 'samrum' });
    await db.insert(consents).values({ ...yes, type: 'planSharing', partyId, areas: ['home'] });
    for (let two = 0; two < 2; two++) accounts.push(await makeAccount(db, theirs.unitId, 'nurse'));
  }
  const all: PlanPage[] = [];
  for (const account of accounts) {
    const caller = new Caller(product.address);
    const { username, password } = account;
    await caller.post('/api/login', { username, password });
    all.push(await PlanPage.open(caller, product.address, planId));
  }
  return { all, partId };
}

async function writeSamrum(): Promise<number[]> {
  const [writer, ...readers] = pages.all;
  if (!writer || readers.length !== others) throw new Error('not everybody is there');
  return many(
    readers.map(({ socket }) => socket),
    'plan:written',
    () =>
      writer.write(pages.partId, 'what', 'abc ').then((reply) => {
        if (!reply.ok) throw new Error(reply.code);
      }),
  );
}

/** @returns how long each edit took to each reader, ms. */
async function many(readers: Socket[], event: string, write: () => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  for (let edit = 0; edit < edits; edit++) {
    const began = performance.now();
    const heard = readers.map(
      (socket) =>
        new Promise<void>((resolve) =>
          socket.once(event, () => {
            times.push(performance.now() - began);
            resolve();
          }),
        ),
    );
    await Promise.all([write(), ...heard]);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  return times;
}

async function openBare(): Promise<{ writer: Socket; others: Socket[]; stop: () => void }> {
  const child = fork(new URL('bareBroadcast.ts', import.meta.url).pathname);
  const [port] = (await once(child, 'message')) as [number];
  const sockets: Socket[] = [];
  for (let nr = 0; nr <= others; nr++) {
    const socket = io(`http://127.0.0.1:${port}`, { transports: ['websocket'], forceNew: true });
    await once(socket as never, 'connect');
    sockets.push(socket);
  }
  const [writer, ...rest] = sockets;
  if (!writer) throw new Error('nobody is there');
  return { writer, others: rest, stop: () => child.kill() };
}

function writeBare(): Promise<number[]> {
  return many(bare.others, 'written', async () => {
    const change = 'x'.repeat(48); // as long as a change of a few letters is
    await bare.writer.emitWithAck('write', { partId: pages.partId, field: 'what', change });
  });
}
