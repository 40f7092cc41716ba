import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import type { OwnOffer } from '../../contract/scheduling.ts';
import type { Reply } from '../../contract/wire.ts';
import { assignments, bookings, participants, resources, visitTypes, workingHours } from '../../drizzle/schema/index.ts';
import { addUserPassword, makeAccount, makeCareHome, makePatient } from '../../testing/care.ts';
import { type Caller, codeOf, fieldOf, TestApp } from '../../testing/TestApp.ts';

let app: TestApp;
before(async () => {
  app = await TestApp.start();
});
after(() => app[Symbol.asyncDispose]());

const data = <T>(reply: Reply<unknown>): T => {
  assert.ok(reply.ok, JSON.stringify(reply));
  return reply.data as T;
};

/** A kind of visit with a physician, a nurse and a room: two of each of the staff, one room, open on one day. */
async function scene() {
  const { db } = app.ctx;
  const home = await makeCareHome(db);
  const { unitId } = home;
  for (const role of ['physician', 'physician', 'nurse', 'nurse'] as const) await makeAccount(db, unitId, role);
  const held = await db.select().from(assignments).where(eq(assignments.unitId, unitId));
  const week = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens: '09:00', closes: '10:00', zone: 'Europe/Stockholm' }));
  await db.insert(workingHours).values(held.flatMap(({ id }) => week.map((row) => ({ ...row, assignmentId: id }))));
  await db.insert(resources).values({ unitId, kind: 'room', name: 'Rum' });
  const kind = { unitId, name: 'Läkarbesök', modality: 'video' as const, minutes: 30, roles: ['physician' as const, 'nurse' as const] };
  const [type] = await db
    .insert(visitTypes)
    .values({ ...kind, resources: ['room' as const], openToPatients: true })
    .returning();
  const patients: { patientId: string; caller: Caller }[] = [];
  for (let nr = 0; nr < 3; nr++) {
    const patientId = await makePatient(db, home);
    patients.push({ patientId, caller: await app.signedInAs(await addUserPassword(db, patientId)) });
  }
  await db.execute('delete from holidays');
  const day = new Date(Date.now() + 7 * 24 * 3_600_000).toISOString().slice(0, 10);
  return { unitId, typeId: type?.id ?? '', held, patients, from: `${day}T00:00:00Z`, until: `${day}T23:00:00Z` };
}

test('a patient sees times, not with whom; takes one; and who is free of each role is booked with a room', async () => {
  const { typeId, held, patients, from, until } = await scene();
  const [{ patientId, caller }, other] = patients as [(typeof patients)[0], (typeof patients)[0]];
  const [offer] = data<OwnOffer[]>(await caller.get('/api/my/offers'));
  assert.deepEqual([offer?.typeId, offer?.minutes, offer?.patientId], [typeId, 30, patientId]);
  const times = data<string[]>(await caller.post('/api/my/slots', { typeId, patientId, from, until }));
  assert.deepEqual(
    times.map((time) => time.slice(14, 16)),
    ['00', '15', '30'],
  );
  const [first = ''] = times;
  const visitId = randomUUID();
  const body = { visitId, typeId, patientId, startsAt: first };
  data(await caller.post('/api/my/bookings', body));
  data(await caller.post('/api/my/bookings', body));
  const seats = await app.ctx.db.select().from(participants).where(eq(participants.visitId, visitId));
  assert.deepEqual(seats.map(({ role, host }) => [role, host]).toSorted(), [
    ['nurse', false],
    ['patient', false],
    ['physician', true],
  ]);
  assert.ok(seats.every(({ userId, role }) => role === 'patient' || held.some((one) => one.userId === userId && one.role === role)));
  assert.equal((await app.ctx.db.select().from(bookings).where(eq(bookings.visitId, visitId))).length, 3);
  const left = data<string[]>(await other.caller.post('/api/my/slots', { typeId, patientId: other.patientId, from, until }));
  assert.deepEqual(left, [times[2]], 'there is one room');
  const again = await caller.post('/api/my/bookings', { ...body, visitId: randomUUID(), startsAt: times[1] });
  assert.deepEqual([codeOf(again), fieldOf(again)], ['conflict', 'own'], 'one visit at a time');
  const gone = await other.caller.post('/api/my/bookings', { ...body, patientId: other.patientId, visitId: randomUUID() });
  assert.deepEqual([codeOf(gone), fieldOf(gone)], ['conflict', 'startsAt']);
});

test('three who want the same time at the same instant: one has it', async () => {
  const { typeId, patients, from, until } = await scene();
  const [{ patientId, caller }] = patients as [(typeof patients)[0]];
  const [startsAt] = data<string[]>(await caller.post('/api/my/slots', { typeId, patientId, from, until }));
  const replies = await Promise.all(
    patients.map((one) => one.caller.post('/api/my/bookings', { visitId: randomUUID(), typeId, patientId: one.patientId, startsAt })),
  );
  assert.deepEqual(replies.map(codeOf).toSorted(), ['conflict', 'conflict', null]);
});

test('what is not open to patients, or another’s, is not there', async () => {
  const { typeId, patients, from, until } = await scene();
  const [one, other] = patients as [(typeof patients)[0], (typeof patients)[0]];
  const wish = { typeId, patientId: other.patientId, from, until };
  assert.equal(codeOf(await one.caller.post('/api/my/slots', wish)), 'not_found');
  await app.ctx.db.update(visitTypes).set({ openToPatients: false }).where(eq(visitTypes.id, typeId));
  assert.equal(codeOf(await other.caller.post('/api/my/slots', wish)), 'not_found');
  assert.deepEqual(data(await other.caller.get('/api/my/offers')), []);
});
