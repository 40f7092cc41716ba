import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import type { OwnPlace, OwnQueue, Queued } from '../../contract/queue.ts';
import type { Reply } from '../../contract/wire.ts';
import { queueHours, visits } from '../../drizzle/schema/index.ts';
import { type Account, addUserPassword, type CareHome, makeAccount, makeCareHome, makePatient, makeUnit } from '../../testing/care.ts';
import { type Caller, codeOf, fieldOf, TestApp } from '../../testing/TestApp.ts';
import { expectedFrom, openUntil } from './line.ts';

let app: TestApp;
before(async () => {
  app = await TestApp.start();
});
after(() => app[Symbol.asyncDispose]());

const data = <T>(reply: Reply<unknown>): T => {
  assert.ok(reply.ok, JSON.stringify(reply));
  return reply.data as T;
};
const allWeek = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens: '00:00', closes: '24:00' }));

type Standing = { patientId: string; caller: Caller; visitId: string };
type Unit = { home: CareHome; clinicians: { account: Account; caller: Caller }[]; waiting: Standing[]; head: Caller };

/** A unit with an open queue, two clinicians, and three patients who have come in this order. */
async function unit(): Promise<Unit> {
  const { db } = app.ctx;
  const home = await makeCareHome(db);
  const head = await app.signedInAs(await makeAccount(db, home.unitId, 'unitHead'));
  const questions = [{ kind: 'yesNo' as const, text: 'Har du feber?' }];
  data(await head.put(`/api/units/${home.unitId}/queue`, { hours: allWeek, questions }));
  await db.execute(`delete from holidays`); // whichever day it is today
  const clinicians = [];
  for (let nr = 0; nr < 2; nr++) {
    const account = await makeAccount(db, home.unitId, 'nurse');
    clinicians.push({ account, caller: await app.signedInAs(account) });
  }
  const waiting: Standing[] = [];
  for (let nr = 0; nr < 3; nr++) {
    const patientId = await makePatient(db, home, { name: `Test Köande${nr}` });
    const caller = await app.signedInAs(await addUserPassword(db, patientId));
    const visitId = randomUUID();
    const answers = [{ question: 'Har du feber?', answer: nr === 1 ? 'Ja' : 'Nej' }];
    const place = data<OwnPlace>(await caller.post('/api/my/queue', { visitId, patientId, unitId: home.unitId, answers }));
    assert.deepEqual([place.place, place.expected], [nr + 1, null], 'too little has been seen to say how long');
    waiting.push({ patientId, caller, visitId });
  }
  return { home, clinicians, waiting, head };
}

const lineOf = async (caller: Caller, unitId: string): Promise<Queued[]> =>
  data<{ waiting: Queued[] }>(await caller.get(`/api/units/${unitId}/queue`)).waiting;
const placeOf = async ({ caller }: Standing): Promise<number | null | undefined> =>
  data<OwnPlace[]>(await caller.get('/api/my/queue'))[0]?.place;

test('three patients and two clinicians: order, priority, call-up', async () => {
  const { home, clinicians, waiting } = await unit();
  const [one, two] = clinicians;
  const [first, second, third] = waiting;
  assert.ok(one && two && first && second && third);
  assert.deepEqual(
    (await lineOf(one.caller, home.unitId)).map(({ visitId, answers }) => [visitId, answers[0]?.answer]),
    [
      [first.visitId, 'Nej'],
      [second.visitId, 'Ja'],
      [third.visitId, 'Nej'],
    ],
  );
  data(await two.caller.post(`/api/visits/${third.visitId}/triage`, { priority: 'acute' }));
  data(await one.caller.post(`/api/visits/${first.visitId}/triage`, { priority: 'planned' }));
  assert.deepEqual(
    (await lineOf(one.caller, home.unitId)).map(({ visitId }) => visitId),
    [third.visitId, second.visitId, first.visitId],
    'acute, then whom nobody has assessed, then planned',
  );
  assert.deepEqual([await placeOf(first), await placeOf(second), await placeOf(third)], [3, 2, 1]);

  const called = await Promise.all([one, two].map(({ caller }) => caller.post(`/api/units/${home.unitId}/queue/next`)));
  const ids = called.map((reply) => data<{ visitId: string } | null>(reply)?.visitId);
  assert.deepEqual(new Set(ids), new Set([third.visitId, second.visitId]), 'at the same instant each gets one of their own');
  assert.deepEqual([await placeOf(first), await placeOf(second), await placeOf(third)], [1, null, null]);

  const own = await third.caller.visit(third.visitId);
  assert.equal(own.snapshot?.state, 'booked', 'the door is open to the patient');
  const nobody = await one.caller.post(`/api/units/${home.unitId}/queue/next`);
  assert.deepEqual([codeOf(nobody), fieldOf(nobody)?.split('.')[0]], ['conflict', 'taken'], 'one visit at a time');
});

test('called up by two at once, one of them has the patient', async () => {
  const { clinicians, waiting } = await unit();
  const [patient] = waiting;
  assert.ok(patient);
  const replies = await Promise.all(clinicians.map(({ caller }) => caller.post(`/api/visits/${patient.visitId}/call`)));
  assert.deepEqual(replies.map(codeOf).toSorted(), ['conflict', null].toSorted());
  assert.equal(
    replies.map(fieldOf).find((field) => field),
    'called',
  );
});

test('sent on to another unit: they keep the time since which they wait, and the other unit knows from whom and why', async () => {
  const { home, clinicians, waiting } = await unit();
  const other = await makeUnit(app.ctx.db, home.organisationId, 'Andra enheten');
  const there = await app.signedInAs(await makeAccount(app.ctx.db, other.unitId, 'nurse'));
  const [patient] = waiting;
  const [{ caller }] = clinicians as [(typeof clinicians)[0]];
  assert.ok(patient);
  const path = `/api/visits/${patient.visitId}/send-on`;
  const elsewhere = await makeCareHome(app.ctx.db);
  assert.equal(fieldOf(await caller.post(path, { unitId: elsewhere.unitId, reason: 'Prov' })), 'unitId', 'not to another care provider');
  assert.equal(codeOf(await there.post(path, { unitId: other.unitId, reason: 'Prov' })), 'not_found');
  assert.equal(fieldOf(await caller.post(path, { unitId: other.unitId, reason: 'Prov' })), 'unitId', 'it has no queue');
  const head = await app.signedInAs(await makeAccount(app.ctx.db, other.unitId, 'unitHead'));
  data(await head.put(`/api/units/${other.unitId}/queue`, { hours: allWeek, questions: [] }));
  data(await caller.post(path, { unitId: other.unitId, reason: 'Påhittad orsak' }));
  assert.equal((await lineOf(caller, home.unitId)).length, 2);
  const [seen] = await lineOf(there, other.unitId);
  assert.deepEqual([seen?.handedFrom, seen?.handedReason], ['Testenheten', 'Påhittad orsak']);
  assert.equal(await placeOf(patient), 1);
  data(await there.post(`/api/units/${other.unitId}/queue/next`));
  assert.equal(codeOf(await caller.post(`/api/visits/${patient.visitId}/call`)), 'not_found', 'it is not theirs any more');
});

test('left, closed, twice, and another’s', async () => {
  const { home, waiting, head, clinicians } = await unit();
  const [first, second] = waiting;
  assert.ok(first && second);
  const again = { visitId: first.visitId, patientId: first.patientId, unitId: home.unitId, answers: [] };
  assert.equal(data<OwnPlace>(await first.caller.post('/api/my/queue', again)).place, 1, 'the same id is the same place');
  assert.equal(codeOf(await first.caller.post('/api/my/queue', { ...again, visitId: randomUUID() })), 'conflict', 'one place a unit');
  assert.equal(codeOf(await second.caller.post(`/api/my/queue/${first.visitId}/leave`)), 'not_found');
  data(await first.caller.post(`/api/my/queue/${first.visitId}/leave`));
  data(await first.caller.post(`/api/my/queue/${first.visitId}/leave`));
  assert.equal(await placeOf(second), 1);
  data(await head.put(`/api/units/${home.unitId}/queue`, { hours: [], questions: [] }));
  const closed = await first.caller.post('/api/my/queue', { ...again, visitId: randomUUID() });
  assert.deepEqual([codeOf(closed), fieldOf(closed)], ['conflict', 'closed']);
  assert.deepEqual(data<OwnQueue[]>(await first.caller.get('/api/my/queues')), []);
  const [{ caller }] = clinicians as [(typeof clinicians)[0]];
  assert.equal(codeOf(await caller.put(`/api/units/${home.unitId}/queue`, { hours: allWeek, questions: [] })), 'not_found');
  const [row] = await app.ctx.db
    .execute<{ answers: string }>(`select answers from visits where id = '${second.visitId}'`)
    .then(({ rows }) => rows);
  assert.match(row?.answers ?? '', /^v1\./, 'what they said lies encrypted');
});

test('how long is told from how often somebody has been called lately, and open until when by the Swedish clock', async () => {
  const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 23, 10, minute));
  assert.equal(expectedFrom([at(0), at(10)], 2), null);
  assert.deepEqual(expectedFrom([at(0), at(10), at(20)], 2), { fromMinutes: 15, toMinutes: 30 });
  assert.deepEqual(expectedFrom([at(0), at(1), at(2)], 1), { fromMinutes: 5, toMinutes: 10 });
  const home = await makeCareHome(app.ctx.db);
  await app.ctx.db.insert(queueHours).values({ unitId: home.unitId, weekday: 1, opens: '08:00', closes: '12:00' });
  const until = async (iso: string) => (await openUntil(app.ctx.db, home.unitId, new Date(iso)))?.toISOString() ?? null;
  assert.equal(await until('2026-11-23T07:30:00Z'), '2026-11-23T11:00:00.000Z', 'a Monday, half past eight in Sweden');
  assert.equal(await until('2026-11-23T11:00:00Z'), null);
  assert.equal(await until('2026-07-20T06:00:00Z'), '2026-07-20T10:00:00.000Z', 'in summer an hour earlier');
  assert.equal(await until('2026-11-24T07:30:00Z'), null);
  assert.equal((await app.ctx.db.select().from(visits).where(eq(visits.unitId, home.unitId))).length, 0);
});
