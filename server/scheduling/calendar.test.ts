import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import type { UnitCalendar } from '../../contract/calendar.ts';
import type { Reply } from '../../contract/wire.ts';
import { assignments, bookings, patients, resources, visits } from '../../drizzle/schema/index.ts';
import { makeAccount, makeCareHome, makeUnit, makeVisit } from '../../testing/care.ts';
import { recorded } from '../../testing/statements.ts';
import { codeOf, fieldOf, TestApp } from '../../testing/TestApp.ts';

let app: TestApp;
before(async () => {
  app = await TestApp.start();
});
after(() => app[Symbol.asyncDispose]());

const data = <T>(reply: Reply<unknown>): T => {
  assert.ok(reply.ok, JSON.stringify(reply));
  return reply.data as T;
};
const at = (day: number, time = '09:00'): Date => new Date(`2027-03-${String(day).padStart(2, '0')}T${time}:00Z`);
const month = '?from=2027-03-01&days=42';

test('a month is one statement and its audit row, with one visit or with many; staff and rooms stand in it', async () => {
  const { db } = app.ctx;
  const home = await makeCareHome(db);
  const coordinator = await app.signedInAs(await makeAccount(db, home.unitId, 'careCoordinator'));
  const url = `/api/units/${home.unitId}/calendar${month}`;
  const statements = async (): Promise<string[]> =>
    (await recorded(() => coordinator.get(url)))
      .map(({ text }) => text)
      .filter((text) => !/sessions|from "assignments"|begin|commit/.test(text));
  const first = await makeVisit(db, at(2), home);
  const few = await statements();
  for (let day = 3; day < 23; day++) await makeVisit(db, at(day), home);
  const [room] = await db.insert(resources).values({ unitId: home.unitId, kind: 'room', name: 'Rum 1' }).returning();
  await db.insert(bookings).values({ visitId: first.id, resourceId: room?.id ?? '', during: { from: at(2), until: at(2, '09:30') } });
  assert.deepEqual(await statements(), few);
  assert.equal(few.length, 2, few.join('\n'));
  const { entries } = data<UnitCalendar>(await coordinator.get(url));
  assert.equal(entries.length, 21);
  const [entry] = entries;
  assert.deepEqual(
    [entry?.visitId, entry?.staff.map(({ role }) => role), entry?.resources.map(({ name }) => name)],
    [first.id, ['remotePhysician', 'nurse'], ['Rum 1']],
  );
});

test('what is cancelled is not there; of protected identities the place is not; days are Swedish ones over the change of clocks', async () => {
  const { db } = app.ctx;
  const home = await makeCareHome(db);
  const caller = await app.signedInAs(await makeAccount(db, home.unitId, 'nurse'));
  const cancelled = await makeVisit(db, at(10), home);
  await db.update(visits).set({ state: 'cancelled' }).where(eq(visits.id, cancelled.id));
  const hidden = await makeVisit(db, at(11), home);
  await db.update(patients).set({ protectedIdentity: true }).where(eq(patients.id, hidden.patientId));
  const late = await makeVisit(db, at(28, '21:30'), home); // 23:30 in Sweden, of the last short day
  const next = await makeVisit(db, at(28, '22:30'), home); // 00:30 of the next
  const read = async (query: string) => data<UnitCalendar>(await caller.get(`/api/units/${home.unitId}/calendar?${query}`)).entries;
  assert.deepEqual(
    (await read('from=2027-03-10&days=2')).map(({ visitId, place }) => [visitId, place]),
    [[hidden.id, null]],
  );
  assert.deepEqual(
    (await read('from=2027-03-28&days=1')).map(({ visitId }) => visitId),
    [late.id],
  );
  assert.deepEqual(
    (await read('from=2027-03-29&days=1')).map(({ visitId }) => visitId),
    [next.id],
  );
});

test('a week says when staff are taken at another unit, and not with what', async () => {
  const { db } = app.ctx;
  const home = await makeCareHome(db);
  const other = await makeUnit(db, home.organisationId, 'Den andra');
  const visit = await makeVisit(db, at(16), { ...home, ...other });
  await db.insert(assignments).values({ userId: visit.nurse.userId, unitId: home.unitId, role: 'nurse' });
  const during = { from: at(16), until: at(16, '09:30') };
  await db.insert(bookings).values({ visitId: visit.id, userId: visit.nurse.userId, during });
  const caller = await app.signedInAs(await makeAccount(db, home.unitId, 'nurse'));
  const found = data<UnitCalendar>(await caller.get(`/api/units/${home.unitId}/calendar?from=2027-03-15&days=7`));
  assert.deepEqual(found, {
    entries: [],
    busy: [{ userId: visit.nurse.userId, from: during.from.toISOString(), until: during.until.toISOString() }],
  });
});

test('a move changes the time alone; a past one, and one that somebody else overtook, are refused', async () => {
  const { db } = app.ctx;
  const visit = await makeVisit(db, at(20));
  const nurse = await app.signedInAs(visit.nurse);
  const move = (startsAt: string, basedOn = 1) => nurse.post(`/api/visits/${visit.id}/move`, { startsAt, basedOn });
  data(await move(at(21).toISOString()));
  const [moved] = await db.select().from(visits).where(eq(visits.id, visit.id));
  assert.deepEqual([moved?.startsAt, moved?.place, moved?.durationMinutes, moved?.detailsVersion], [at(21), 'Rum 1, Dorotea', 30, 2]);
  assert.equal(codeOf(await move(at(22).toISOString())), 'conflict');
  assert.equal(fieldOf(await move('2020-01-01T09:00:00Z', 2)), 'startsAt');
});
