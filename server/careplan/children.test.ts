import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import type { CarePlan } from '../../contract/carePlans.ts';
import type { Reply } from '../../contract/wire.ts';
import { carePlanParties, carePlans, relatives } from '../../drizzle/schema/index.ts';
import { makeAccount, makeCareHome, makePatient, makeUnit, testNumber } from '../../testing/care.ts';
import { type Caller, codeOf, fieldOf, TestApp } from '../../testing/TestApp.ts';
import { isChild } from './children.ts';

let app: TestApp;
before(async () => {
  app = await TestApp.start();
});
after(() => app[Symbol.asyncDispose]());

const data = <T>(reply: Reply<unknown>): T => {
  assert.ok(reply.ok, JSON.stringify(reply));
  return reply.data as T;
};
const consent = { capacity: 'own', capacityNote: '', guardianId: null, form: 'oral' };

type Scene = { planId: string; coordinator: Caller; school: Caller; guardianIds: string[]; plan: (caller: Caller) => Promise<CarePlan> };

/** A child of fourteen with two guardians, and a plan that has been offered. */
async function scene(): Promise<Scene> {
  const { db } = app.ctx;
  const home = await makeCareHome(db);
  const elsewhere = await makeCareHome(db);
  const { unitId } = await makeUnit(db, elsewhere.organisationId, 'Elevhälsan');
  const coordinator = await app.signedInAs(await makeAccount(db, home.unitId, 'careCoordinator'));
  const school = await app.signedInAs(await makeAccount(db, unitId, 'needsAssessor'));
  const birthDate = `${new Date().getUTCFullYear() - 14}-01-15`;
  const patientId = await makePatient(db, home, { name: 'Test Ungdom', birthDate, number: testNumber(birthDate), numberKind: 'personal' });
  const made = await db
    .insert(relatives)
    .values(['Test Mor', 'Test Far'].map((name) => ({ patientId, name, role: 'guardian' as const, relation: 'förälder' })))
    .returning();
  const planId = randomUUID();
  const row = { id: planId, patientId, unitId: home.unitId, need: 'x', proposedBy: 'x', madeBy: randomUUID() };
  await db.insert(carePlans).values({ ...row, state: 'offered' });
  await db.insert(carePlanParties).values({ id: randomUUID(), planId, kind: 'school', name: 'Elevhälsan', unitId, sentAt: new Date() });
  const plan = async (caller: Caller): Promise<CarePlan> => data(await caller.get(`/api/care-plans/${planId}`));
  return { planId, coordinator, school, guardianIds: made.map(({ id }) => id), plan };
}

test('one is a child until the day of their eighteenth birthday', () => {
  const at = (day: string): boolean => isChild({ birthDate: '2010-03-01' }, new Date(`${day}T12:00:00Z`));
  assert.deepEqual([at('2028-02-29'), at('2028-03-01')], [true, false]);
});

test('a child is heard and every guardian answers before a plan gets a yes; where they do not agree it is said why it goes on', async () => {
  const { planId, coordinator, guardianIds, plan } = await scene();
  const put = (path: string, body: object): Promise<Reply<unknown>> => coordinator.put(`/api/care-plans/${planId}${path}`, body);
  const yes = (basedOn: number): Promise<Reply<unknown>> => coordinator.post(`/api/care-plans/${planId}/consent`, { basedOn, consent });
  const [early] = [await yes(1)];
  assert.deepEqual([codeOf(early), fieldOf(early)], ['conflict', 'child']);
  const [mother = '', father = ''] = guardianIds;
  const basis = { way: 'saidThemselves', view: 'Jag vill gå i en mindre klass', maturity: '', why: '', basedOn: 1 };
  const agrees = { relativeId: mother, yes: true, words: '' };
  const refuses = { relativeId: father, yes: false, words: 'Vill vänta' };
  for (const [part, field] of [
    [{ guardians: [agrees] }, 'guardians'],
    [{ guardians: [agrees, agrees] }, 'guardians'],
    [{ guardians: [agrees, refuses] }, 'why'],
    [{ guardians: [agrees, { ...refuses, yes: true }], view: '' }, 'view'],
    [{ guardians: [agrees, { ...refuses, yes: true }], way: 'notMature', view: '' }, 'maturity'],
  ] as const) {
    const refused = await put('/child', { ...basis, ...part });
    assert.deepEqual([codeOf(refused), fieldOf(refused)], ['invalid', field]);
  }
  data(await put('/child', { ...basis, guardians: [agrees, refuses], why: 'Socialnämnden har beslutat om insatsen' }));
  data(await yes(2));
  const kept = await plan(coordinator);
  assert.deepEqual([kept.state, kept.isChild, kept.child?.guardians.map((one) => one.yes)], ['consented', true, [true, false]]);
});

test('a concern needs nobody’s yes, is kept once, and is told to nobody outside the unit', async () => {
  const { planId, coordinator, school, plan } = await scene();
  const body = { concernId: randomUUID(), madeTo: 'Socialtjänsten', words: 'HEMLIGT' };
  data(await coordinator.post(`/api/care-plans/${planId}/concerns`, body));
  data(await coordinator.post(`/api/care-plans/${planId}/concerns`, body));
  assert.deepEqual(
    (await plan(coordinator)).concerns.map(({ words }) => words),
    ['HEMLIGT'],
  );
  const theirs = await plan(school);
  assert.deepEqual([theirs.concerns, theirs.child, JSON.stringify(theirs).includes('HEMLIGT')], [[], null, false]);
  assert.equal(codeOf(await school.post(`/api/care-plans/${planId}/concerns`, { ...body, concernId: randomUUID() })), 'forbidden');
});

test('plans belong together for who coordinates both, and nobody else', async () => {
  const [one, other] = [await scene(), await scene()];
  const put = (caller: Caller, otherId: string): Promise<Reply<unknown>> =>
    caller.put(`/api/care-plans/${one.planId}/links`, { otherId, kind: 'parentDying' });
  assert.deepEqual(
    [codeOf(await put(one.coordinator, other.planId)), codeOf(await put(one.coordinator, one.planId))],
    ['not_found', 'not_found'],
  );
  const { db } = app.ctx;
  const { unitId, patientId } = (await db.query.carePlans.findFirst({ where: (row) => eq(row.id, one.planId) })) ?? {};
  assert.ok(unitId && patientId);
  const second = randomUUID();
  await db.insert(carePlans).values({ id: second, patientId, unitId, need: 'x', proposedBy: 'x', madeBy: randomUUID() });
  data(await put(one.coordinator, second));
  assert.deepEqual((await one.plan(one.coordinator)).links, [{ planId: second, name: 'Test Ungdom', kind: 'parentDying', mine: true }]);
  const back = data<CarePlan>(await one.coordinator.get(`/api/care-plans/${second}`));
  assert.deepEqual(back.links, [{ planId: one.planId, name: 'Test Ungdom', kind: 'parentDying', mine: false }]);
  assert.deepEqual((await one.plan(one.school)).links, []);
});

test('what is said afterwards is each one’s own to say, and is read by who coordinates', async () => {
  const { planId, coordinator, school, plan } = await scene();
  const body = { partyId: null, scores: { heard: 5, understood: 4, rightPeople: null, helps: 2 }, words: 'Bra' };
  const early = await coordinator.put(`/api/care-plans/${planId}/survey`, body);
  assert.deepEqual([codeOf(early), fieldOf(early)], ['conflict', 'state']);
  const held = { state: 'plan_active' as const, activatedAt: new Date(), signedBy: null, followUpOn: '2099-01-01' };
  const { userId } = await makeAccount(app.ctx.db, (await makeCareHome(app.ctx.db)).unitId, 'nurse');
  await app.ctx.db
    .update(carePlans)
    .set({ ...held, signedBy: userId })
    .where(eq(carePlans.id, planId));
  assert.equal(codeOf(await school.put(`/api/care-plans/${planId}/survey`, body)), 'forbidden');
  data(await coordinator.put(`/api/care-plans/${planId}/survey`, body));
  data(await coordinator.put(`/api/care-plans/${planId}/survey`, { ...body, words: 'Bättre' }));
  assert.deepEqual(
    (await plan(coordinator)).surveys.map(({ words, scores }) => [words, scores.helps]),
    [['Bättre', 2]],
  );
  assert.deepEqual((await plan(school)).surveys, []);
  const wrong = await coordinator.put(`/api/care-plans/${planId}/survey`, { ...body, scores: { ...body.scores, heard: 6 } });
  assert.deepEqual([codeOf(wrong), fieldOf(wrong)], ['invalid', 'scores.heard']);
});
