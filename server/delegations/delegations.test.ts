import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import type { DelegationView } from '../../contract/delegations.ts';
import type { Measured } from '../../contract/measurements.ts';
import type { VitalKind } from '../../contract/vitals.ts';
import { auditEntries, delegations, measurements, observations } from '../../drizzle/schema/index.ts';
import { type Account, makeAccount, makePatient, makeVisit, type TestVisit, testNumber } from '../../testing/care.ts';
import { makeRoundPeople, opening, planRound } from '../../testing/round.ts';
import { type Caller, codeOf, fieldOf, TestApp } from '../../testing/TestApp.ts';

let app: TestApp;
before(async () => {
  app = await TestApp.start();
});
after(() => app[Symbol.asyncDispose]());

const dayMs = 86_400_000;
const dayFromNow = (days: number): string => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);

async function scene() {
  const { db } = app.ctx;
  const visit = await makeVisit(db);
  const assistant = await makeAccount(db, visit.unitId, 'assistantNurse');
  return { visit, assistant, nurse: await app.signedInAs(visit.nurse), helper: await app.signedInAs(assistant) };
}

const given = (to: Account, part: object = {}) => ({
  ...{ task: 'capillarySample', userId: to.userId, patientId: null, words: '', until: dayFromNow(300) },
  ...part,
});
const give = (caller: Caller, { unitId }: TestVisit, body: object) => caller.post(`/api/units/${unitId}/delegations`, body);
const reading = (kind: VitalKind, value: number) => ({ id: randomUUID(), kind, value, measuredAt: new Date().toISOString() });
const file = (caller: Caller, { unitId }: TestVisit, patientId: string, kind: VitalKind, value: number) => {
  const sentAt = new Date().toISOString();
  return caller.post(`/api/patients/${patientId}/measurements`, {
    id: randomUUID(),
    unitId,
    patientId,
    sentAt,
    readings: [reading(kind, value)],
  });
};

test('an assistant nurse takes samples by delegation alone, and it is kept by which; the pulse takes none', async () => {
  const { visit, assistant, nurse, helper } = await scene();
  const { patientId } = visit;
  assert.equal(codeOf(await file(helper, visit, patientId, 'pulse_per_minute', 70)), null);
  const refused = await file(helper, visit, patientId, 'glucose_mmol_per_litre', 6);
  assert.deepEqual([codeOf(refused), fieldOf(refused)], ['forbidden', 'delegation']);
  assert.equal(codeOf(await file(nurse, visit, patientId, 'glucose_mmol_per_litre', 6)), null, 'in their own right');
  const reply = await give(nurse, visit, given(assistant));
  assert.ok(reply.ok, JSON.stringify(reply));
  const { id } = reply.data as DelegationView;
  const seen = await helper.get(`/api/patients/${patientId}/measurements`);
  assert.ok(seen.ok && (seen.data as Measured).may.sample);
  assert.equal(codeOf(await file(helper, visit, patientId, 'glucose_mmol_per_litre', 7)), null);
  const rows = await app.ctx.db
    .select({ value: measurements.value, delegationId: observations.delegationId })
    .from(measurements)
    .innerJoin(observations, eq(observations.id, measurements.observationId))
    .where(eq(measurements.patientId, patientId));
  assert.deepEqual(
    new Map(rows.map((row) => [row.value, row.delegationId])),
    new Map([
      [70, null],
      [6, null],
      [7, id],
    ]),
  );
  for (let time = 0; time < 2; time++) assert.equal(codeOf(await nurse.post(`/api/delegations/${id}/end`)), null);
  assert.equal(fieldOf(await file(helper, visit, patientId, 'inr', 2)), 'delegation', 'taken back');
  const log = await app.ctx.db.select({ action: auditEntries.action }).from(auditEntries).where(eq(auditEntries.subjectId, id));
  assert.deepEqual(log.map(({ action }) => action).toSorted(), ['delegation.end', 'delegation.give']);
});

test('one for a patient is for no other; one that has run out blocks the task', async () => {
  const { visit, assistant, nurse, helper } = await scene();
  const other = await makePatient(app.ctx.db, visit, { number: testNumber('1941-07-08', 985) });
  assert.ok((await give(nurse, visit, given(assistant, { patientId: other }))).ok);
  assert.equal(fieldOf(await file(helper, visit, visit.patientId, 'inr', 2)), 'delegation');
  assert.equal(codeOf(await file(helper, visit, other, 'inr', 2)), null);
  const past = { from: dayFromNow(-30), until: dayFromNow(-2) };
  await app.ctx.db.update(delegations).set(past).where(eq(delegations.patientId, other));
  assert.equal(fieldOf(await file(helper, visit, other, 'inr', 3)), 'delegation');
  const seen = await helper.get(`/api/patients/${other}/measurements`);
  assert.ok(seen.ok && !(seen.data as Measured).may.sample);
});

test('what is no delegation is refused, naming the field; whoever is not licensed gives none', async () => {
  const { visit, assistant, nurse, helper } = await scene();
  const wrong = async (part: object) => fieldOf(await give(nurse, visit, given(assistant, part)));
  assert.equal(await wrong({ until: dayFromNow(-3) }), 'until');
  assert.equal(await wrong({ until: dayFromNow(400) }), 'until.far');
  assert.equal(await wrong({ userId: visit.doctor.userId }), 'userId');
  assert.equal(await wrong({ patientId: randomUUID() }), 'patientId');
  assert.equal(await wrong({ task: 'surgery' }), 'task');
  assert.equal(codeOf(await give(helper, visit, given(assistant))), 'forbidden');
  const elsewhere = await app.signedInAs((await makeVisit(app.ctx.db)).nurse);
  assert.equal(codeOf(await give(elsewhere, visit, given(assistant))), 'not_found');
});

test('in a round an oral order is said back by a nurse, or by delegation', async () => {
  const { db } = app.ctx;
  const round = await makeRoundPeople(db, 1);
  const [resident] = round.residents;
  assert.ok(resident);
  const [nurse, doctor] = [await app.signedInAs(round.nurse), await app.signedInAs(round.doctor)];
  const helper = await makeAccount(db, round.home.unitId, 'assistantNurse');
  const atBed = await app.signedInAs(helper);
  await planRound(nurse, round);
  const path = `/api/rounds/${round.id}`;
  for (const step of ['lock', 'start']) assert.equal(codeOf(await nurse.post(`${path}/${step}`)), null);
  assert.equal(codeOf(await nurse.post(`${path}/items/${resident.itemId}/open`, opening(resident))), null);
  const decision = {
    ...{ as: 'decided', outcome: 'Påhittat', instructions: 'Mät i morgon', followUpOwner: 'Test', followUpOn: dayFromNow(7) },
    ...{ soundEnough: 'yes', pictureEnough: 'yes', basedOn: null },
  };
  assert.equal(codeOf(await doctor.put(`${path}/items/${resident.itemId}/decision`, decision)), null);
  const readBack = () => atBed.post(`${path}/items/${resident.itemId}/read-back`);
  assert.equal(fieldOf(await readBack()), 'delegation');
  const body = given(helper, { task: 'oralOrder' });
  assert.ok((await nurse.post(`/api/units/${round.home.unitId}/delegations`, body)).ok);
  assert.equal(codeOf(await readBack()), null);
});
