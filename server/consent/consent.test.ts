import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import type { ConsentView } from '../../contract/consent.ts';
import type { Reply } from '../../contract/wire.ts';
import { auditEntries, consents, participants, relatives } from '../../drizzle/schema/index.ts';
import { addUserPassword, makeAccount, makeCareHome, makePatient, makeRelative, makeVisit, type TestVisit } from '../../testing/care.ts';
import { type Caller, codeOf, fieldOf, TestApp, until, type VisitCaller } from '../../testing/TestApp.ts';
import { endExpired, stopLeftovers } from './expiry.ts';

let app: TestApp;
before(async () => {
  app = await TestApp.start({ sfu: true });
});
after(() => app[Symbol.asyncDispose]());

const own = { capacity: 'own', capacityNote: '', guardianId: null };
const written = { ...own, relativeId: null, organisationId: null, topics: '', exclusions: '', form: 'oral', validUntil: null };
const data = <T>(reply: Reply<unknown>): T => {
  assert.ok(reply.ok, JSON.stringify(reply));
  return reply.data as T;
};

type Room = { visit: TestVisit; nurse: VisitCaller; office: Caller; relative: VisitCaller };

/** A nurse in the room, and the relative let in beside. */
async function room(): Promise<Room> {
  const visit = await makeVisit(app.ctx.db);
  const office = await app.signedInAs(visit.nurse);
  const nurse = await office.visit(visit.id);
  await nurse.join();
  const relative = await (await app.signedInAs(visit.relative)).visit(visit.id);
  await relative.ask('lobby:knock', {});
  data(await nurse.ask('people:admit', { participantId: visit.relative.participantId }));
  data(await relative.join());
  return { visit, nurse, office, relative };
}

const statusOf = async ({ relative: { participantId } }: TestVisit): Promise<string | undefined> =>
  (await app.ctx.db.select().from(participants).where(eq(participants.id, participantId)))[0]?.status;

test('withdrawn inside the visit: out at once, joining and knocking are refused, and given again they wait to be let in', async () => {
  const { visit, nurse, relative } = await room();
  const { participantId } = visit.relative;
  const shown = () => nurse.snapshot?.people.find(({ id }) => id === participantId);
  assert.equal(shown()?.consent, 'given');
  assert.equal(relative.snapshot?.people.find(({ id }) => id === participantId)?.consent, null, 'guests are not told');
  data(await nurse.ask('consent:withdraw', { participantId }));
  await until(() => relative.snapshot?.you.status === 'withheld');
  assert.deepEqual([relative.snapshot?.patient, relative.snapshot?.people], [null, []]);
  assert.equal(codeOf(await relative.join()), 'unknown_event', 'the powers of the room are taken off');
  data(await relative.ask('lobby:knock', {}));
  assert.equal(await statusOf(visit), 'withheld');
  assert.equal(codeOf(await nurse.ask('people:admit', { participantId })), 'conflict');
  data(await nurse.ask('consent:withdraw', { participantId })); // twice is once

  data(await nurse.ask('consent:give', { participantId, ...own }));
  await until(() => relative.snapshot?.you.status === 'waiting');
  data(await nurse.ask('people:admit', { participantId }));
  await until(() => relative.snapshot?.you.status === 'admitted');
  data(await relative.join());
  const rows = await app.ctx.db.select().from(consents).where(eq(consents.visitId, visit.id));
  assert.deepEqual(rows.map(({ endedAs }) => endedAs).toSorted(), ['withdrawn', null].toSorted());
  const told = (await app.ctx.db.select().from(auditEntries).where(eq(auditEntries.visitId, visit.id))).map(({ action }) => action);
  for (const action of ['consent.withdraw', 'people.withhold', 'consent.give']) assert.ok(told.includes(action), action);
});

test('whoever waits without the patient’s yes is not let in', async () => {
  const visit = await makeVisit(app.ctx.db);
  await app.ctx.db.delete(consents).where(eq(consents.visitId, visit.id));
  const office = await app.signedInAs(visit.doctor);
  const doctor = await office.visit(visit.id);
  await doctor.join();
  const relative = await (await app.signedInAs(visit.relative)).visit(visit.id);
  await relative.ask('lobby:knock', {});
  const { participantId } = visit.relative;
  const refused = await doctor.ask('people:admit', { participantId });
  assert.deepEqual([codeOf(refused), fieldOf(refused)], ['conflict', 'consent']);
  const overRest = await office.post(`/api/visits/${visit.id}/admit`, { participantId });
  assert.deepEqual([codeOf(overRest), fieldOf(overRest)], ['conflict', 'consent']);
  const noNote = await doctor.ask('consent:give', { participantId, ...own, capacity: 'attitude' });
  assert.deepEqual([codeOf(noNote), fieldOf(noNote)], ['invalid', 'capacityNote']);
  const ofAdult = await doctor.ask('consent:give', { participantId, ...own, capacity: 'guardian', guardianId: visit.relativeId });
  assert.deepEqual([codeOf(ofAdult), fieldOf(ofAdult)], ['invalid', 'capacity']);
  assert.equal(
    codeOf(await relative.ask('consent:give', { participantId, ...own })),
    'unknown_event',
    'relatives never consent for an adult',
  );
  data(await doctor.ask('consent:give', { participantId, ...own, capacity: 'attitude', capacityNote: 'Sjuksköterskan frågade' }));
  data(await doctor.ask('people:admit', { participantId }));
  assert.equal(codeOf(await doctor.ask('consent:give', { participantId: visit.nurse.participantId, ...own })), 'conflict');
});

test('a guardian says yes for a child, and needs nobody’s yes to be there', async () => {
  const home = await makeCareHome(app.ctx.db);
  const child = await makePatient(app.ctx.db, home, { birthDate: '2019-05-06' });
  const aunt = await makeRelative(app.ctx.db, child, 'Test Moster');
  const guardian = await makeRelative(app.ctx.db, child, 'Test Förälder');
  await app.ctx.db.update(relatives).set({ role: 'guardian' }).where(eq(relatives.id, guardian));
  const nurse = await app.signedInAs(await makeAccount(app.ctx.db, home.unitId, 'nurse'));
  const path = `/api/patients/${child}/consents`;
  const given = { ...written, type: 'relativePresence', relativeId: aunt, capacity: 'guardian' };
  assert.equal(fieldOf(await nurse.post(path, given)), 'guardianId');
  assert.equal(fieldOf(await nurse.post(path, { ...given, guardianId: aunt })), 'guardianId', 'an aunt is no guardian');
  const kept = data<ConsentView>(await nurse.post(path, { ...given, guardianId: guardian }));
  assert.deepEqual([kept.guardianName, kept.relativeName], ['Test Förälder', 'Test Moster']);
  const view = data<{ relatives: { id: string; mayBePresent: boolean }[] }>(await nurse.get(`/api/patients/${child}`));
  assert.deepEqual(Object.fromEntries(view.relatives.map(({ id, mayBePresent }) => [id, mayBePresent])), {
    [aunt]: true,
    [guardian]: true,
  });
});

test('booking asks for the patient’s yes to whoever is close, and keeps it for that visit alone', async () => {
  const visit = await makeVisit(app.ctx.db);
  const office = await app.signedInAs(visit.nurse);
  const { unitId, patientId, relativeId, nurse } = visit;
  const booking = {
    visitId: crypto.randomUUID(),
    unitId,
    patientId,
    startsAt: new Date().toISOString(),
    durationMinutes: 30,
    place: 'Rum 1',
    address: null,
    entrance: null,
    callbackPhone: null,
    language: 'sv',
    patientComes: 'bedside',
    staff: [{ userId: nurse.userId, unitId, host: true, atBedside: true }],
    relativeIds: [relativeId],
  };
  const refused = await office.post('/api/visits', booking);
  assert.deepEqual([codeOf(refused), fieldOf(refused)], ['conflict', 'consented']);
  assert.equal(codeOf(await office.get(`/api/visits/${booking.visitId}`)), 'not_found', 'nothing was booked');
  data(await office.post('/api/visits', { ...booking, consented: [relativeId] }));
  const kept = await app.ctx.db.select().from(consents).where(eq(consents.visitId, booking.visitId));
  assert.deepEqual(
    kept.map((row) => [row.type, row.relativeId, row.keptBy]),
    [['relativePresence', relativeId, nurse.userId]],
  );
});

test('a general yes covers every visit; taken back by the patient it ends in all that are open', async () => {
  const { visit, office, relative } = await room();
  await app.ctx.db.delete(consents).where(eq(consents.visitId, visit.id));
  const general = data<ConsentView>(
    await office.post(`/api/patients/${visit.patientId}/consents`, { ...written, type: 'relativePresence', relativeId: visit.relativeId }),
  );
  const patient = await app.signedInAs(await addUserPassword(app.ctx.db, visit.patientId));
  const mine = data<{ consents: ConsentView[] }>(await patient.get('/api/my/consents'));
  assert.deepEqual(
    mine.consents.map(({ id, onlyThisVisit }) => [id, onlyThisVisit]),
    [[general.id, null]],
  );
  data(await patient.post(`/api/consents/${general.id}/withdraw`));
  await until(() => relative.snapshot?.you.status === 'withheld');
});

test('care over video taken back stops the visit', async () => {
  const { visit, office, nurse } = await room();
  await app.ctx.db.execute(`update visits set state = 'in_progress', began_at = now() where id = '${visit.id}'`);
  const given = data<ConsentView>(await office.post(`/api/patients/${visit.patientId}/consents`, { ...written, type: 'careVisit' }));
  data(await office.post(`/api/consents/${given.id}/withdraw`));
  await until(() => nurse.snapshot?.state === 'documenting');
});

test('what was said yes to until a moment ends by itself then', async () => {
  const { visit, office, relative } = await room();
  await app.ctx.db.delete(consents).where(eq(consents.visitId, visit.id));
  const path = `/api/patients/${visit.patientId}/consents`;
  const until_ = new Date(Date.now() + 3_600_000);
  const given = { ...written, type: 'relativePresence', relativeId: visit.relativeId };
  assert.equal(fieldOf(await office.post(path, { ...given, validUntil: new Date(0).toISOString() })), 'validUntil');
  const kept = data<ConsentView>(await office.post(path, { ...given, validUntil: until_.toISOString() }));
  await endExpired(app.ctx, new Date());
  assert.equal(await statusOf(visit), 'admitted');
  await endExpired(app.ctx, until_);
  await until(() => relative.snapshot?.you.status === 'withheld');
  const [row] = await app.ctx.db.select().from(consents).where(eq(consents.id, kept.id));
  assert.equal(row?.endedAs, 'expired');
});

test('what nobody got to stop when a consent ended is stopped a moment later', async () => {
  const { visit, relative } = await room();
  const ended = { endedAt: new Date(Date.now() - 6_000), endedAs: 'withdrawn' } as const; // and then the server went away
  await app.ctx.db.update(consents).set(ended).where(eq(consents.visitId, visit.id));
  await stopLeftovers(app.ctx, new Date());
  await until(() => relative.snapshot?.you.status === 'withheld');
  const [row] = await app.ctx.db.select().from(consents).where(eq(consents.visitId, visit.id));
  assert.notEqual(row?.stoppedAt, null);
});

test('each kind names what it has to, and what is about another organisation says on what', async () => {
  const visit = await makeVisit(app.ctx.db);
  const office = await app.signedInAs(visit.nurse);
  const other = await makeCareHome(app.ctx.db);
  const path = `/api/patients/${visit.patientId}/consents`;
  const waiver = { ...written, type: 'secrecyWaiver', organisationId: other.organisationId, topics: 'Hjälp i hemmet' };
  assert.equal(fieldOf(await office.post(path, { ...waiver, organisationId: null })), 'organisationId');
  assert.equal(fieldOf(await office.post(path, { ...waiver, topics: ' ' })), 'topics');
  assert.equal(fieldOf(await office.post(path, { ...waiver, organisationId: crypto.randomUUID() })), 'organisationId');
  assert.equal(fieldOf(await office.post(path, { ...written, type: 'relativePresence' })), 'relativeId');
  assert.equal(fieldOf(await office.post(path, { ...written, type: 'careVisit', relativeId: visit.relativeId })), 'relativeId');
  data(await office.post(path, waiver));
  const [row] = await app.ctx.db
    .execute<{ topics: string }>(`select topics from consents where patient_id = '${visit.patientId}' and type = 'secrecyWaiver'`)
    .then(({ rows }) => rows);
  assert.match(row?.topics ?? '', /^v1\./, 'what it covers lies encrypted');
});

test('only the patient and staff of their unit see and end them', async () => {
  const visit = await makeVisit(app.ctx.db);
  const office = await app.signedInAs(visit.nurse);
  const kept = data<ConsentView>(await office.post(`/api/patients/${visit.patientId}/consents`, { ...written, type: 'carePlan' }));
  const home = await makeCareHome(app.ctx.db);
  const foreign = await app.signedInAs(await makeAccount(app.ctx.db, home.unitId, 'nurse'));
  const stranger = await app.signedInAs(await addUserPassword(app.ctx.db, await makePatient(app.ctx.db, home)));
  const guest = await app.signedInAs(visit.relative);
  for (const caller of [foreign, stranger, guest]) {
    assert.ok(['not_found', 'forbidden'].includes(codeOf(await caller.get(`/api/patients/${visit.patientId}/consents`)) ?? ''));
    assert.equal(codeOf(await caller.post(`/api/consents/${kept.id}/withdraw`)), 'not_found');
  }
  assert.equal(codeOf(await guest.get('/api/my/consents')), 'forbidden');
  const administrator = await app.signedInAs(await makeAccount(app.ctx.db, visit.unitId, 'administrator'));
  assert.equal(codeOf(await administrator.get(`/api/patients/${visit.patientId}/consents`)), 'forbidden');
});

test('an interpreter comes by link and code with the patient’s yes, and staff say how they know who it is', async () => {
  const visit = await makeVisit(app.ctx.db);
  const office = await app.signedInAs(visit.nurse);
  const ask = (part: object) =>
    office.post(`/api/visits/${visit.id}/people`, { kind: 'interpreter', number: '4711', consented: true, ...part });
  assert.equal(fieldOf(await ask({ consented: false })), 'consented');
  assert.equal(fieldOf(await ask({ number: 'Test Tolk' })), 'number', 'interpreters stand by number');
  const { code } = data<{ code: { participantId: string; reference: string; code: string } }>(await ask({}));
  const interpreter = await (await app.signedInAs({ userId: '', ...code })).visit(visit.id);
  await interpreter.ask('lobby:knock', {});
  const nurse = await office.visit(visit.id);
  await nurse.join();
  const { participantId } = code;
  const of = () => nurse.snapshot?.people.find(({ id }) => id === participantId);
  assert.deepEqual([of()?.role, of()?.consent, of()?.identity], ['interpreter', 'given', null]);
  data(await nurse.ask('people:identity', { participantId, method: 'documentShown' }));
  await until(() => of()?.identity === 'documentShown');
  assert.equal(codeOf(await nurse.ask('people:identity', { participantId: visit.doctor.participantId, method: 'eId' })), 'conflict');
  data(await nurse.ask('people:admit', { participantId }));
  data(await interpreter.join());
  data(await nurse.ask('consent:withdraw', { participantId }));
  await until(() => interpreter.snapshot?.you.status === 'withheld');
});

test('a yes to one observer is not a yes to another, and taking it back leaves the other', async () => {
  const visit = await makeVisit(app.ctx.db);
  const office = await app.signedInAs(visit.nurse);
  const nurse = await office.visit(visit.id);
  await nurse.join();
  const ids: string[] = [];
  for (const name of ['Test Första', 'Test Andra']) {
    const asked = { kind: 'observer', name, consented: true };
    const { code } = data<{ code: { participantId: string; reference: string; code: string } }>(
      await office.post(`/api/visits/${visit.id}/people`, asked),
    );
    const caller = await (await app.signedInAs({ userId: '', ...code })).visit(visit.id);
    await caller.ask('lobby:knock', {});
    data(await nurse.ask('people:admit', { participantId: code.participantId }));
    data(await caller.join());
    ids.push(code.participantId);
  }
  const [first = '', second = ''] = ids;
  const statusOfOne = (id: string) => nurse.snapshot?.people.find((one) => one.id === id)?.status;
  data(await nurse.ask('consent:withdraw', { participantId: first }));
  await until(() => statusOfOne(first) === 'withheld');
  assert.equal(statusOfOne(second), 'admitted');
  assert.equal(nurse.snapshot?.people.find((one) => one.id === first)?.consent, 'missing');
});

test('a guardian of one who has come of age is there with their yes alone', async () => {
  const home = await makeCareHome(app.ctx.db);
  const visit = await makeVisit(app.ctx.db, new Date(), home, { birthDate: '2000-01-02' });
  await app.ctx.db.delete(consents).where(eq(consents.visitId, visit.id));
  await app.ctx.db.update(participants).set({ role: 'guardian' }).where(eq(participants.id, visit.relative.participantId));
  const nurse = await (await app.signedInAs(visit.nurse)).visit(visit.id);
  await nurse.join();
  await (await (await app.signedInAs(visit.relative)).visit(visit.id)).ask('lobby:knock', {});
  const refused = await nurse.ask('people:admit', { participantId: visit.relative.participantId });
  assert.deepEqual([codeOf(refused), fieldOf(refused)], ['conflict', 'consent']);
});

test('care over video that was said yes to anew goes on when the older yes ends; before it has begun, taken back it is called off', async () => {
  const { visit, office, nurse } = await room();
  const path = `/api/patients/${visit.patientId}/consents`;
  const [one, other] = [
    data<ConsentView>(await office.post(path, { ...written, type: 'careVisit' })),
    data<ConsentView>(await office.post(path, { ...written, type: 'careVisit' })),
  ];
  data(await office.post(`/api/consents/${one.id}/withdraw`));
  assert.notEqual(nurse.snapshot?.state, 'cancelled');
  data(await office.post(`/api/consents/${other.id}/withdraw`));
  await until(() => nurse.snapshot?.state === 'cancelled');
});

test('a second device is in while its owner is', async () => {
  const { visit, nurse } = await room();
  const caller = await app.signedInAs(visit.nurse);
  const second = await caller.visit(visit.id, { seat: 'companion' });
  data(await second.join());
  const doctor = await (await app.signedInAs(visit.doctor)).visit(visit.id);
  await doctor.join();
  data(await doctor.ask('people:toLobby', { participantId: visit.nurse.participantId }));
  await until(() => second.snapshot?.patient === null);
  assert.equal(codeOf(await second.join()), 'unknown_event');
  assert.equal(nurse.snapshot?.you.status, 'waiting');
});
