import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { and, eq } from 'drizzle-orm';
import type { Colleague } from '../../contract/booking.ts';
import type { Continuity } from '../../contract/continuity.ts';
import type { PatientView } from '../../contract/patients.ts';
import type { StaffRole } from '../../contract/units.ts';
import type { Reply } from '../../contract/wire.ts';
import {
  agreements,
  assignments,
  auditEntries,
  careRelations,
  openings,
  participants,
  recordBlocks,
  units,
  visits,
} from '../../drizzle/schema/index.ts';
import { type Account, type CareHome, makeAccount, makeCareHome, makePatient, makeUnit } from '../../testing/care.ts';
import { makeRoundPeople, opening, planRound, startRound } from '../../testing/round.ts';
import { recorded } from '../../testing/statements.ts';
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
const inDays = (days: number): Date => new Date(Date.now() + days * 24 * 3_600_000);
const read = async (caller: Caller, patientId: string): Promise<Continuity> =>
  data(await caller.get(`/api/patients/${patientId}/continuity`));
const fix = (caller: Caller, patientId: string, userId: string | null, basedOn: number) =>
  caller.put(`/api/patients/${patientId}/fixed-physician`, { userId, basedOn });

type Person = Account & { role: StaffRole; unitId: string };
type Scene = { home: CareHome; patientId: string; doctor: Person; other: Person; nurse: Person; caller: Caller };

async function staff(unitId: string, role: StaffRole, name: string): Promise<Person> {
  return { ...(await makeAccount(app.ctx.db, unitId, role, 'Dorotea', name)), role, unitId };
}

async function scene(): Promise<Scene> {
  const home = await makeCareHome(app.ctx.db);
  const nurse = await staff(home.unitId, 'nurse', 'Test Sköterska');
  return {
    home,
    patientId: await makePatient(app.ctx.db, home),
    doctor: await staff(home.unitId, 'physician', 'Test Fast'),
    other: await staff(home.unitId, 'remotePhysician', 'Test Annan'),
    nurse,
    caller: await app.signedInAs(nurse),
  };
}

type Part = Partial<typeof visits.$inferInsert>;
type Seat = Partial<typeof participants.$inferInsert>;

/** A visit so many days from now, with everybody known to the patient, or as said. */
async function visitWith(
  { home, patientId }: Pick<Scene, 'home' | 'patientId'>,
  days: number,
  people: Person[],
  part: Part = {},
  seat: Seat = {},
) {
  const { db } = app.ctx;
  const [id, startsAt] = [randomUUID(), inDays(days)];
  await db
    .insert(visits)
    .values({ id, unitId: home.unitId, patientId, startsAt, place: 'Rum 1', state: 'completed', beganAt: startsAt, ...part });
  const seats = people.map(({ userId, role, unitId }) => ({
    ...{ id: randomUUID(), visitId: id, startsAt, userId, role, unitId, place: 'Dorotea', status: 'admitted' as const },
    ...{ acknowledgedAt: startsAt, ...seat },
  }));
  await db.insert(participants).values(seats);
  return { id, startsAt, seats };
}

const timesOf = ({ met }: Continuity, { userId }: Person) => {
  const one = met.find((person) => person.userId === userId);
  return one && [one.video, one.physical, one.phone];
};

test('who met the patient is counted by what the visit was, or became; the latest tells when', async () => {
  const at = await scene();
  const { doctor, other, nurse, caller, patientId } = at;
  await visitWith(at, -40, [doctor, nurse]);
  const latest = await visitWith(at, -10, [doctor, nurse]);
  await visitWith(at, -30, [doctor], { modality: 'physical', state: 'documenting', beganAt: null }, { acknowledgedAt: null });
  await visitWith(at, -20, [doctor], { state: 'converted_to_physical' });
  await visitWith(at, -15, [other], { modality: 'phone' }, { acknowledgedAt: null });
  await visitWith(at, -14, [other], { phoneSince: inDays(-14) });
  const found = await read(caller, patientId);
  assert.deepEqual(
    [timesOf(found, doctor), timesOf(found, other), timesOf(found, nurse)],
    [
      [2, 2, 0],
      [0, 0, 2],
      [2, 0, 0],
    ],
  );
  assert.equal(found.met[0]?.userId, doctor.userId, 'the most often met first');
  assert.deepEqual([found.met[0]?.name, found.met[0]?.role], ['Test Fast', 'physician']);
  assert.equal(found.met[0]?.lastAt, latest.startsAt.toISOString());
});

test('what was not held is not counted, nor whoever was asked and never there, nor what is more than a year ago', async () => {
  const at = await scene();
  const { doctor, other, nurse, caller, patientId } = at;
  await visitWith(at, -1, [doctor], { state: 'no_show', beganAt: null });
  await visitWith(at, -2, [doctor], { state: 'cancelled', beganAt: null });
  await visitWith(at, -3, [doctor], { state: 'tech_failed' });
  await visitWith(at, -4, [doctor], { state: 'converted_to_physical', beganAt: null });
  await visitWith(at, -380, [doctor]);
  await visitWith(at, 3, [doctor], { state: 'booked', beganAt: null });
  await visitWith(at, -5, [doctor], {}, { acknowledgedAt: null });
  await visitWith(at, -6, [doctor], {}, { status: 'removed' });
  await visitWith(at, -7, [doctor], { modality: 'physical' }, { status: 'removed' });
  await visitWith(at, -8, [doctor], {}, { seat: 'companion' });
  assert.deepEqual((await read(caller, patientId)).met, []);
  assert.deepEqual((await read(caller, patientId)).physicianContacts, { all: 0, withFixed: null });
  const late = await visitWith(at, -9, [other, nurse], {}, { acknowledgedAt: null });
  const [hers, his] = late.seats;
  assert.ok(hers && his);
  const came = { action: 'visit.join', visitId: late.id, patientId };
  await app.ctx.db.insert(auditEntries).values([
    { ...came, subjectId: hers.id, at: new Date(late.startsAt.getTime() + 60_000) },
    { ...came, subjectId: his.id, at: new Date(late.startsAt.getTime() - 60_000) },
  ]);
  const found = await read(caller, patientId);
  assert.deepEqual([timesOf(found, other), timesOf(found, nurse)], [[1, 0, 0], undefined], 'who came into it later was there');
});

test('the share is of visits with a physician; two of them in a visit are one contact', async () => {
  const at = await scene();
  const { doctor, other, nurse, caller, patientId } = at;
  for (const days of [-50, -40, -30]) await visitWith(at, days, [doctor, nurse]);
  await visitWith(at, -20, [other]);
  await visitWith(at, -10, [doctor, other]);
  await visitWith(at, -5, [nurse]);
  const before = await read(caller, patientId);
  assert.deepEqual(before.physicianContacts, { all: 5, withFixed: null });
  assert.equal(before.fixedPhysician, null);
  assert.ok(before.mayChange);
  data(await fix(caller, patientId, doctor.userId, before.version));
  const found = await read(caller, patientId);
  assert.deepEqual(found.physicianContacts, { all: 5, withFixed: 4 });
  assert.deepEqual(found.fixedPhysician, {
    userId: doctor.userId,
    name: 'Test Fast',
    place: 'Dorotea',
    role: 'physician',
    unitName: 'Testenheten',
  });
  const view = data<PatientView>(await caller.get(`/api/patients/${patientId}`));
  assert.equal(view.fixedPhysician?.name, 'Test Fast');
  await app.ctx.db.update(assignments).set({ endedAt: new Date() }).where(eq(assignments.userId, doctor.userId));
  const gone = await read(caller, patientId);
  assert.deepEqual([gone.fixedPhysician?.unitName, gone.fixedPhysician?.role], [null, null]);
  assert.equal(gone.physicianContacts.withFixed, 4, 'what was, was');
});

test('a resident seen in a round was met by its doctor', async () => {
  const round = await makeRoundPeople(app.ctx.db, 2);
  const [seen, waits] = round.residents;
  assert.ok(seen && waits);
  const nurse = await app.signedInAs(round.nurse);
  await planRound(nurse, round);
  await startRound(nurse, round);
  data(await nurse.post(`/api/rounds/${round.id}/items/${seen.itemId}/open`, opening(seen)));
  assert.deepEqual((await read(nurse, seen.patientId)).physicianContacts.all, 1);
  assert.deepEqual((await read(nurse, waits.patientId)).met, []);
});

test('what is planned: with whom and how, when in person, and how each unit alternates', async () => {
  const at = await scene();
  const { doctor, other, nurse, caller, patientId, home } = at;
  await app.ctx.db.update(units).set({ physicalEvery: 3 }).where(eq(units.id, home.unitId));
  const been = await visitWith(at, -400, [doctor], { modality: 'physical' });
  await visitWith(at, -300, [doctor]);
  const booked: Part = { state: 'booked', beganAt: null };
  const first = await visitWith(at, 1, [nurse, other], booked, { acknowledgedAt: null });
  await app.ctx.db
    .update(participants)
    .set({ host: true })
    .where(and(eq(participants.visitId, first.id), eq(participants.userId, other.userId)));
  for (const days of [9, 8, 7, 6, 5, 4]) await visitWith(at, days, [doctor], booked);
  await visitWith(at, 2, [doctor], { ...booked, state: 'cancelled', modality: 'physical' });
  const found = await read(caller, patientId);
  assert.equal(found.ahead.length, 6);
  const [next] = found.ahead;
  assert.deepEqual([next?.id, next?.modality, next?.staff.map(({ name }) => name)], [first.id, 'video', ['Test Annan', 'Test Sköterska']]);
  assert.deepEqual([found.lastPhysicalAt, found.nextPhysicalAt], [been.startsAt.toISOString(), null]);
  const { unitId } = home;
  assert.deepEqual(found.alternations, [
    { unitId, unitName: 'Testenheten', every: 3, remoteSince: 8, lastPhysicalAt: been.startsAt.toISOString(), due: true },
  ]);
  const inPerson = await visitWith(at, 20, [doctor], { ...booked, modality: 'physical' });
  const after = await read(caller, patientId);
  assert.deepEqual([after.lastPhysicalAt, after.nextPhysicalAt], [been.startsAt.toISOString(), inPerson.startsAt.toISOString()]);
  assert.equal(after.alternations[0]?.due, false, 'what is booked counts as what has been');
});

test('visits of a unit out of reach, or behind a block, are neither counted nor shown', async () => {
  const { db } = app.ctx;
  const at = await scene();
  const { doctor, caller, patientId, home } = at;
  const [second, third] = [await makeUnit(db, home.organisationId, 'Andra'), await makeUnit(db, home.organisationId, 'Tredje')];
  await db.insert(careRelations).values({ patientId, unitId: second.unitId });
  const there = { patientId, home: { ...home, ...second } };
  await visitWith(at, -10, [doctor]);
  await visitWith(there, -9, [await staff(second.unitId, 'physician', 'Test Andra')]);
  await visitWith(there, 5, [doctor], { state: 'booked', beganAt: null, modality: 'physical' });
  assert.deepEqual(
    (await read(caller, patientId)).met.map(({ name }) => name),
    ['Test Fast'],
    'of one’s own units',
  );
  const reader = await makeAccount(db, third.unitId, 'physician');
  const [held] = await db.select().from(assignments).where(eq(assignments.userId, reader.userId));
  assert.ok(held);
  const outside = await app.signedInAs(reader);
  assert.equal(codeOf(await outside.get(`/api/patients/${patientId}/continuity`)), 'not_found');
  await db.insert(openings).values({ patientId, assignmentId: held.id, kind: 'relation', reason: 'advice', until: inDays(1) });
  const opened = await read(outside, patientId);
  assert.deepEqual(opened.met.map(({ name }) => name).toSorted(), ['Test Andra', 'Test Fast']);
  assert.deepEqual([opened.mayChange, opened.alternations.length, opened.ahead.length], [false, 2, 1]);
  assert.ok(opened.nextPhysicalAt);
  assert.equal(codeOf(await fix(outside, patientId, doctor.userId, opened.version)), 'not_found', 'opened to read');
  await db.insert(recordBlocks).values({ patientId, unitId: second.unitId, setBy: patientId });
  const blocked = await read(outside, patientId);
  assert.deepEqual(
    [blocked.met.map(({ name }) => name), blocked.physicianContacts.all, blocked.alternations.map(({ unitName }) => unitName)],
    [['Test Fast'], 1, ['Testenheten']],
  );
  assert.deepEqual([blocked.ahead, blocked.nextPhysicalAt], [[], null]);
});

test('whoever does not see what a patient came for does not see this; reading it is in the audit', async () => {
  const { db } = app.ctx;
  const { home, patientId, caller, nurse } = await scene();
  const path = `/api/patients/${patientId}/continuity`;
  const codes: Record<string, string | null> = {};
  for (const role of ['administrator', 'needsAssessor'] as const)
    codes[role] = codeOf(await (await app.signedInAs(await makeAccount(db, home.unitId, role))).get(path));
  const elsewhere = await makeCareHome(db);
  codes.foreign = codeOf(await (await app.signedInAs(await makeAccount(db, elsewhere.unitId, 'physician'))).get(path));
  assert.deepEqual(codes, { administrator: 'forbidden', needsAssessor: 'not_found', foreign: 'not_found' });
  await read(caller, patientId);
  const log = await db.select().from(auditEntries).where(eq(auditEntries.patientId, patientId));
  assert.deepEqual(
    log.map(({ action, actorId }) => [action, actorId]),
    [['patient.visits', nurse.userId]],
  );
});

test('only a physician of those who work for the patient’s care provider can be the fixed one', async () => {
  const { db } = app.ctx;
  const { home, patientId, caller, nurse, doctor } = await scene();
  const refused = async (userId: string): Promise<unknown[]> => {
    const reply = await fix(caller, patientId, userId, 1);
    return [codeOf(reply), fieldOf(reply)];
  };
  const wrong = ['invalid', 'userId'];
  assert.deepEqual(await refused(randomUUID()), wrong, 'nobody');
  assert.deepEqual(await refused(nurse.userId), wrong, 'no physician');
  const clinic = await makeCareHome(db);
  const remote = await staff(clinic.unitId, 'remotePhysician', 'Test Långtbort');
  assert.deepEqual(await refused(remote.userId), wrong, 'works for others');
  const agreement = { organisationId: home.organisationId, giverId: clinic.organisationId, covers: 'x' };
  await db.insert(agreements).values({ ...agreement, from: '2020-01-01', until: '2020-12-31' });
  assert.deepEqual(await refused(remote.userId), wrong, 'did');
  await db.insert(agreements).values({ ...agreement, from: '2021-01-01' });
  assert.equal(codeOf(await fix(caller, patientId, remote.userId, 1)), null, 'does');
  await db.update(assignments).set({ endedAt: new Date() }).where(eq(assignments.userId, doctor.userId));
  assert.equal(fieldOf(await fix(caller, patientId, doctor.userId, 2)), 'userId', 'an assignment that has ended');
});

test('twice is once; of two who choose at once the second is told; none is a choice too', async () => {
  const { patientId, caller, doctor, other } = await scene();
  for (let time = 0; time < 2; time++) assert.equal(data<{ version: number }>(await fix(caller, patientId, doctor.userId, 1)).version, 2);
  const late = await fix(caller, patientId, other.userId, 1);
  assert.deepEqual([codeOf(late), fieldOf(late)], ['conflict', 'basedOn']);
  assert.equal((await read(caller, patientId)).fixedPhysician?.userId, doctor.userId);
  assert.deepEqual(data(await fix(caller, patientId, null, 2)), { fixedPhysician: null, version: 3 });
  assert.deepEqual((await read(caller, patientId)).physicianContacts, { all: 0, withFixed: null });
  const log = await app.ctx.db
    .select({ subjectId: auditEntries.subjectId })
    .from(auditEntries)
    .where(and(eq(auditEntries.patientId, patientId), eq(auditEntries.action, 'patient.fixed_physician')))
    .orderBy(auditEntries.id);
  assert.deepEqual(
    log.map(({ subjectId }) => subjectId),
    [doctor.userId, null],
  );
});

test('as many statements with many visits as with few', async () => {
  const at = await scene();
  const { doctor, nurse, caller, patientId } = at;
  const statements = async (): Promise<number> => (await recorded(() => read(caller, patientId))).length;
  await visitWith(at, -5, [doctor]);
  await visitWith(at, 5, [doctor], { state: 'booked', beganAt: null });
  await read(caller, patientId);
  const few = await statements();
  for (let nr = 0; nr < 8; nr++) {
    await visitWith(at, -10 - nr, [doctor, nurse]);
    await visitWith(at, 10 + nr, [doctor, nurse], { state: 'booked', beganAt: null });
  }
  assert.equal(await statements(), few);
});

test('a search among physicians finds no others', async () => {
  const { caller, home } = await scene();
  const search = async (body: object): Promise<StaffRole[]> =>
    data<Colleague[]>(await caller.post('/api/colleagues/search', body))
      .filter(({ unitId }) => unitId === home.unitId)
      .map(({ role }) => role);
  assert.deepEqual((await search({ physicians: true })).toSorted(), ['physician', 'remotePhysician']);
  assert.ok((await search({})).includes('nurse'));
});
