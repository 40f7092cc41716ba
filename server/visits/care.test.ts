import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import * as fc from 'fast-check';
import { constantFrom } from 'fast-check';
import type { OwnVisit, VisitRecord } from '../../contract/record.ts';
import { visitStates } from '../../contract/visits.ts';
import { auditEntries, visits } from '../../drizzle/schema/index.ts';
import { addPatientByLink, addUserPassword, makePatient, makeVisit, type TestVisit } from '../../testing/care.ts';
import { type Caller, codeOf, fieldOf, TestApp, until, type VisitCaller } from '../../testing/TestApp.ts';
import { nextStages, requireStep } from './stages.ts';
import { loadVisit } from './visitState.ts';

let app: TestApp;
before(async () => {
  app = await TestApp.start({ sfu: true });
});
after(() => app[Symbol.asyncDispose]());

const stageOf = async ({ id }: TestVisit): Promise<string | undefined> => (await loadVisit(app.ctx.db, id))?.stage;

async function inRoom(visit: TestVisit, who: 'doctor' | 'nurse'): Promise<VisitCaller> {
  const seat = await (await app.signedInAs(visit[who])).visit(visit.id);
  assert.equal(codeOf(await seat.join()), null);
  return seat;
}

test('a visit goes only where the rules let it, and what is over stays over', () => {
  const over = ['completed', 'no_show', 'cancelled', 'tech_failed', 'converted_to_physical', 'escalated_emergency'];
  fc.assert(
    fc.property(constantFrom(...visitStates), constantFrom(...visitStates), (from, to) => {
      const allowed = nextStages[from].includes(to);
      if (over.includes(from)) assert.equal(allowed, false);
      if (to === 'completed') assert.equal(allowed, from === 'documenting');
      if (to === 'in_progress') assert.equal(allowed, ['booked', 'checked_in', 'waiting'].includes(from));
      if (allowed) requireStep(from, to);
      else assert.throws(() => requireStep(from, to), { code: 'conflict' });
    }),
  );
});

test('a visit starts when identity, roster, address and telephone are there, and says what is missing', async () => {
  const visit = await makeVisit(app.ctx.db);
  await app.ctx.db.update(visits).set({ address: null }).where(eq(visits.id, visit.id));
  const doctor = await inRoom(visit, 'doctor');
  await inRoom(visit, 'nurse');
  assert.equal(await stageOf(visit), 'waiting', 'the bedside is there');
  await until(() => doctor.snapshot?.missing.join() === 'identity,roster,address');
  assert.equal(fieldOf(await doctor.ask('visit:begin', {})), 'identity');
  assert.equal(codeOf(await doctor.ask('visit:identity', { method: 'gissning' })), 'invalid');
  await doctor.ask('visit:identity', { method: 'knownToStaff' });
  assert.equal(fieldOf(await doctor.ask('visit:begin', {})), 'roster');
  await doctor.ask('visit:acknowledge', { ids: [visit.doctor.participantId] });
  assert.equal(fieldOf(await doctor.ask('visit:begin', {})), 'roster', 'the nurse is there too');
  await doctor.ask('visit:acknowledge', { ids: [visit.nurse.participantId] });
  assert.equal(fieldOf(await doctor.ask('visit:begin', {})), 'address');
  await app.ctx.db.update(visits).set({ address: 'Provvägen 1' }).where(eq(visits.id, visit.id));
  assert.equal(codeOf(await doctor.ask('visit:begin', {})), null);
  assert.equal(codeOf(await doctor.ask('visit:begin', {})), null, 'twice is once');
  assert.equal(await stageOf(visit), 'in_progress');
});

test('who is there without a device stands on the roster, once, and the patient has to know of them', async () => {
  const visit = await makeVisit(app.ctx.db);
  const nurse = await inRoom(visit, 'nurse');
  const elev = { id: crypto.randomUUID(), name: 'Test Elev', role: 'observer', besideId: visit.nurse.participantId, consented: true };
  const refused = await nurse.ask('people:bystander', { ...elev, consented: false });
  assert.deepEqual([codeOf(refused), refused.ok ? null : refused.field], ['conflict', 'consent']);
  await nurse.ask('people:bystander', elev);
  await nurse.ask('people:bystander', elev);
  assert.equal(
    codeOf(await nurse.ask('people:bystander', { ...elev, id: crypto.randomUUID(), besideId: crypto.randomUUID() })),
    'not_found',
  );
  await until(() => nurse.snapshot?.bystanders.length === 1);
  await nurse.ask('visit:acknowledge', { ids: [visit.nurse.participantId] });
  assert.ok(nurse.snapshot?.missing.includes('roster'));
  await nurse.ask('visit:acknowledge', { ids: [elev.id] });
  await until(() => nurse.snapshot?.missing.includes('roster') === false);
  await nurse.ask('people:bystanderLeft', { id: elev.id });
  await until(() => nurse.snapshot?.bystanders.length === 0);
});

test('only the bedside draws and lifts the curtain, and leaving does not lift it', async () => {
  const visit = await makeVisit(app.ctx.db);
  const [doctor, nurse] = [await inRoom(visit, 'doctor'), await inRoom(visit, 'nurse')];
  assert.equal(codeOf(await doctor.ask('curtain:draw', {})), 'unknown_event');
  await nurse.ask('curtain:draw', {});
  await nurse.ask('curtain:draw', {});
  await until(() => doctor.snapshot?.curtain !== null);
  assert.equal(codeOf(await doctor.ask('curtain:lift', {})), 'unknown_event');
  await nurse.ask('visit:leave', {});
  await until(() => doctor.snapshot?.people.find(({ id }) => id === visit.nurse.participantId)?.presence === 'away');
  assert.ok(doctor.snapshot?.curtain, 'whoever left has not lifted it');
  await nurse.join();
  assert.equal(codeOf(await nurse.ask('curtain:lift', {})), null);
  const rows = await app.ctx.db.select().from(auditEntries).where(eq(auditEntries.visitId, visit.id));
  assert.equal(rows.filter(({ action }) => action === 'curtain.draw').length, 1, 'drawn twice is once');
});

test('an emergency names the bedside as caller, shows a protected address to staff alone, and holds the call open', async () => {
  const visit = await makeVisit(app.ctx.db, new Date(), undefined, { protectedIdentity: true });
  const [doctor, nurse] = [await inRoom(visit, 'doctor'), await inRoom(visit, 'nurse')];
  const relative = await (await app.signedInAs(visit.relative)).visit(visit.id);
  await relative.ask('lobby:knock', {});
  await doctor.ask('people:admit', { participantId: visit.relative.participantId });
  await until(() => relative.snapshot?.patient !== null);
  assert.equal(doctor.snapshot?.patient?.place, null);
  assert.equal(doctor.snapshot?.whereabouts, null);
  assert.equal(codeOf(await relative.ask('emergency:raise', {})), 'unknown_event');
  await doctor.ask('emergency:raise', {});
  await until(() => doctor.snapshot?.whereabouts !== null);
  assert.equal(doctor.snapshot?.emergency?.callerId, visit.nurse.participantId);
  assert.equal(doctor.snapshot?.emergency?.route, '+46980319299');
  await until(() => relative.snapshot?.emergency !== null);
  assert.equal(relative.snapshot?.whereabouts, null);
  assert.equal(relative.snapshot?.emergency?.route, null);
  assert.equal(fieldOf(await doctor.ask('visit:end', {})), 'emergency');
  const { id } = visit;
  const caller = await app.signedInAs(visit.doctor);
  assert.equal(fieldOf(await caller.post(`/api/visits/${id}/close`, { as: 'cancelled', reason: 'x' })), 'emergency');
  await doctor.ask('emergency:iCall', {});
  await until(() => nurse.snapshot?.emergency?.callerId === visit.doctor.participantId);
  await nurse.ask('visit:stop', {});
  assert.notEqual(await stageOf(visit), 'documenting', 'only the own device leaves');
  await doctor.ask('emergency:over', { mistaken: false });
  assert.equal(codeOf(await doctor.ask('visit:end', {})), null);
});

test('a visit is completed with an outcome, a named person and a verified identity, and not without', async () => {
  const visit = await makeVisit(app.ctx.db);
  const doctor = await inRoom(visit, 'doctor');
  const caller = await app.signedInAs(visit.doctor);
  const path = `/api/visits/${visit.id}`;
  const words = {
    outcome: '',
    agreed: '',
    followUp: '',
    followUpOwner: null as string | null,
    followUpOn: null,
    contactType: 'video',
    contactCode: 'ZV051',
    soundEnough: null as string | null,
    pictureEnough: null as string | null,
    identityMethod: null as string | null,
  };
  assert.equal(codeOf(await caller.put(`${path}/documentation`, { ...words, basedOn: 1 })), 'conflict', 'not before it has begun');
  await doctor.ask('visit:end', {});
  const keep = (part: Partial<typeof words>, basedOn: number) => caller.put(`${path}/documentation`, { ...words, ...part, basedOn });
  const complete = (basedOn: number, as = 'completed') => caller.post(`${path}/complete`, { basedOn, as });
  assert.equal(fieldOf(await keep({ contactCode: 'z51' }, 1)), 'contactCode');
  assert.equal(fieldOf(await complete(1)), 'outcome');
  assert.equal(codeOf(await keep({ outcome: 'x' }, 1)), null);
  assert.equal(codeOf(await keep({ outcome: 'y' }, 1)), 'conflict', 'somebody wrote meanwhile');
  assert.equal(fieldOf(await complete(2)), 'followUpOwner');
  assert.equal(codeOf(await keep({ outcome: 'x', followUpOwner: 'Test Ansvarig' }, 2)), null);
  assert.equal(fieldOf(await complete(3)), 'identityMethod');
  assert.equal(codeOf(await keep({ outcome: 'x', followUpOwner: 'Test Ansvarig', identityMethod: 'eId' }, 3)), null);
  assert.equal(codeOf(await complete(3)), 'conflict');
  const almost = { outcome: 'x', followUpOwner: 'Test Ansvarig', identityMethod: 'eId' };
  assert.equal(fieldOf(await complete(4)), 'soundEnough', 'was it good enough for the assessment?');
  assert.equal(codeOf(await keep({ ...almost, soundEnough: 'partly' }, 4)), null);
  assert.equal(fieldOf(await complete(5)), 'pictureEnough');
  assert.equal(codeOf(await keep({ ...almost, contactType: 'phone' }, 5)), null);
  assert.equal(codeOf(await complete(6)), null, 'of a telephone visit it is not asked');
  assert.equal(codeOf(await complete(6)), 'conflict', 'it is over');
  assert.equal(await stageOf(visit), 'completed');
});

test('a note belongs to the patient it was begun for, and to its author', async () => {
  const visit = await makeVisit(app.ctx.db);
  const caller = await app.signedInAs(visit.doctor);
  const note = { id: crypto.randomUUID(), patientId: visit.patientId, text: 'Test', basedOn: null };
  const other = await makePatient(app.ctx.db, visit);
  const path = `/api/visits/${visit.id}/note`;
  assert.equal(fieldOf(await caller.put(path, { ...note, patientId: other })), 'patientId');
  assert.equal(codeOf(await caller.put(path, note)), null);
  assert.equal(codeOf(await caller.put(path, note)), null, 'the same twice is once');
  assert.equal(codeOf(await caller.put(path, { ...note, text: 'Test igen' })), 'conflict', 'there is one already');
  assert.equal(codeOf(await caller.put(path, { ...note, text: 'Test två', basedOn: 1 })), null);
  const readBy = async (who: Caller): Promise<string | undefined> => {
    const reply = await who.get(`/api/visits/${visit.id}`);
    return reply.ok ? (reply.data as VisitRecord).note?.text : undefined;
  };
  assert.equal(await readBy(caller), 'Test två');
  assert.equal(await readBy(await app.signedInAs(visit.nurse)), undefined);
});

test('what is not held is closed with a reason; nobody gets in after that', async () => {
  for (const as of ['no_show', 'cancelled', 'tech_failed', 'converted_to_physical'] as const) {
    const visit = await makeVisit(app.ctx.db);
    const caller = await app.signedInAs(visit.nurse);
    const close = (body: unknown) => caller.post(`/api/visits/${visit.id}/close`, body);
    assert.equal(fieldOf(await close({ as, reason: '' })), 'reason');
    assert.equal(fieldOf(await close({ as: 'completed', reason: 'x' })), 'as');
    assert.equal(codeOf(await close({ as, reason: 'x' })), null);
    assert.equal(codeOf(await close({ as, reason: 'x' })), null, 'twice is once');
    assert.equal(await stageOf(visit), as);
    assert.equal(codeOf(await app.stranger().post('/api/guest', visit.relative)), 'wrong_code');
  }
});

test('the patient who knocks waits, and stops without a reason', async () => {
  const visit = await makeVisit(app.ctx.db);
  const guest = await addPatientByLink(app.ctx.db, visit);
  const patient = await (await app.signedInAs(guest)).visit(visit.id);
  await patient.ask('lobby:knock', {});
  assert.equal(await stageOf(visit), 'waiting');
  await patient.ask('lobby:leave', {});
  assert.equal(await stageOf(visit), 'checked_in');
  await patient.ask('lobby:knock', {});
  const doctor = await inRoom(visit, 'doctor');
  await doctor.ask('people:admit', { participantId: guest.participantId });
  await until(() => patient.snapshot?.you.status === 'admitted');
  assert.equal(codeOf(await patient.ask('visit:identity', { method: 'eId' })), 'unknown_event', 'that is for staff');
  assert.equal(codeOf(await patient.ask('visit:stop', {})), null);
  assert.equal(await stageOf(visit), 'documenting');
});

test("the patient's page: what was agreed when it is done, and nothing of the assessment", async () => {
  const visit = await makeVisit(app.ctx.db);
  const account = await addUserPassword(app.ctx.db, visit.patientId);
  const doctor = await inRoom(visit, 'doctor');
  await doctor.ask('visit:identity', { method: 'eId' });
  await doctor.ask('visit:end', {});
  const caller = await app.signedInAs(visit.doctor);
  const body = {
    outcome: 'hemlig bedömning',
    agreed: 'vi ses igen',
    followUp: 'nytt besök',
    followUpOwner: 'Test Ansvarig',
    followUpOn: '2027-01-01',
    contactType: 'phone',
    soundEnough: null,
    pictureEnough: null,
    contactCode: 'ZV051',
    identityMethod: null,
    basedOn: 1,
  };
  await caller.put(`/api/visits/${visit.id}/documentation`, body);
  const patient = await app.signedInAs(account);
  const own = async (): Promise<OwnVisit | undefined> => {
    const reply = await patient.get('/api/my/visits');
    assert.ok(reply.ok);
    assert.doesNotMatch(JSON.stringify(reply), /hemlig bedömning/);
    return (reply.data as OwnVisit[])[0];
  };
  assert.equal((await own())?.agreed, '', 'not while it is being written');
  await caller.post(`/api/visits/${visit.id}/complete`, { basedOn: 2, as: 'completed' });
  const done = await own();
  assert.deepEqual([done?.agreed, done?.followUpOwner, done?.followUpOn], ['vi ses igen', 'Test Ansvarig', '2027-01-01']);
});
