import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { and, eq, isNull } from 'drizzle-orm';
import type { CarePlan } from '../../contract/carePlans.ts';
import type { Area, PartKind, PartView } from '../../contract/planParts.ts';
import type { Reply } from '../../contract/wire.ts';
import { auditEntries, carePlanParties, carePlans, consents, directoryUnits } from '../../drizzle/schema/index.ts';
import { type Account, type CareHome, makeAccount, makeCareHome, makePatient, makeUnit } from '../../testing/care.ts';
import { PlanPage } from '../../testing/PlanPage.ts';
import { type Caller, codeOf, fieldOf, TestApp, until } from '../../testing/TestApp.ts';
import { escalate } from './summons.ts';

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
const preparation = { form: 'adult', matters: 'Att komma ut', goals: '', questions: '', notShared: 'Skilsmässan', who: '', where: '' };
const later = '2099-01-01';

/** A unit that coordinates, a school and social services that work here, and an office that is written to. */
class Scene {
  readonly planId: string = randomUUID();
  readonly home: CareHome;
  readonly patientId: string;
  readonly coordinator: Caller;
  readonly school: { unitId: string; account: Account; caller: Caller };
  readonly social: { unitId: string; account: Account; caller: Caller };
  readonly directory: Record<'region' | 'school' | 'social' | 'office', string>;

  private constructor(fields: Omit<Scene, 'planId' | 'plan' | 'version' | 'party' | 'part' | 'ready' | 'post' | 'put'>) {
    this.home = fields.home;
    this.patientId = fields.patientId;
    this.coordinator = fields.coordinator;
    this.school = fields.school;
    this.social = fields.social;
    this.directory = fields.directory;
  }

  static async make(): Promise<Scene> {
    const { db } = app.ctx;
    const home = await makeCareHome(db);
    const patientId = await makePatient(db, home);
    const coordinator = await app.signedInAs(await makeAccount(db, home.unitId, 'careCoordinator'));
    const elsewhere = await makeCareHome(db);
    const at = async (name: string, role: 'nurse' | 'needsAssessor') => {
      const { unitId } = await makeUnit(db, elsewhere.organisationId, name);
      const account = await makeAccount(db, unitId, role);
      return { unitId, account, caller: await app.signedInAs(account) };
    };
    const [school, social] = [await at('Elevhälsan', 'nurse'), await at('Socialtjänsten', 'needsAssessor')];
    const principal = `Provkommunen ${randomUUID().slice(0, 4)}`;
    const rows = await db
      .insert(directoryUnits)
      .values([
        { principal, name: 'Vårdcentralen', kind: 'region', channel: 'samrum', unitId: home.unitId },
        { principal, name: 'Elevhälsan', kind: 'school', channel: 'samrum', unitId: school.unitId },
        { principal, name: 'Socialtjänsten', kind: 'socialServices', channel: 'samrum', unitId: social.unitId },
        { principal, name: 'Kontoret', kind: 'insurance', channel: 'system', system: 'Provsystemet' },
      ])
      .returning({ id: directoryUnits.id });
    const [region, schoolId, socialId, office] = rows.map(({ id }) => id);
    const directory = { region: region ?? '', school: schoolId ?? '', social: socialId ?? '', office: office ?? '' };
    return new Scene({ home, patientId, coordinator, school, social, directory });
  }

  async plan(caller: Caller = this.coordinator): Promise<CarePlan> {
    return data(await caller.get(`/api/care-plans/${this.planId}`));
  }

  async version(): Promise<number> {
    return (await this.plan()).version;
  }

  post(path: string, body: object = {}, caller = this.coordinator): Promise<Reply<unknown>> {
    return caller.post(`/api/care-plans/${this.planId}${path}`, body);
  }

  put(path: string, body: object, caller = this.coordinator): Promise<Reply<unknown>> {
    return caller.put(`/api/care-plans/${this.planId}${path}`, body);
  }

  /** A party of the directory that may be told of these areas. */
  async party(which: keyof Scene['directory'], areas: Area[], summoned = true): Promise<string> {
    const partyId = randomUUID();
    data(await this.post('/parties', { from: 'directory', partyId, directoryId: this.directory[which] }));
    data(await this.put(`/parties/${partyId}/areas`, { areas, consent }));
    if (summoned) await app.ctx.db.update(carePlanParties).set({ sentAt: new Date() }).where(eq(carePlanParties.id, partyId));
    return partyId;
  }

  async part(kind: PartKind, areas: Area[], caller = this.coordinator): Promise<string> {
    const partId = randomUUID();
    data(await this.post('/parts', { partId, kind, areas }, caller));
    return partId;
  }

  /** Proposed, offered, said yes to and prepared. */
  async ready(): Promise<this> {
    const need = { planId: this.planId, unitId: this.home.unitId, need: 'Kommer inte till skolan', proposedBy: 'Modern' };
    data(await this.coordinator.post(`/api/patients/${this.patientId}/care-plans`, need));
    data(await this.post('/offer', { basedOn: 1 }));
    data(await this.post('/consent', { basedOn: 2, consent }));
    data(await this.put('/preparation', { ...preparation, basedOn: 3 }));
    return this;
  }
}

test('from need to preparation: twice is once, of two at once the second is told, a decline is kept and may be offered again', async () => {
  const scene = await Scene.make();
  const { planId, patientId, home, coordinator } = scene;
  const need = { planId, unitId: home.unitId, need: 'Flera insatser', proposedBy: 'Distriktssköterskan' };
  const propose = (): Promise<Reply<unknown>> => coordinator.post(`/api/patients/${patientId}/care-plans`, need);
  data(await propose());
  data(await propose());
  const again = await scene.post('/consent', { basedOn: 1, consent });
  assert.deepEqual([codeOf(again), fieldOf(again)], ['conflict', 'state'], 'it has not been offered');
  const both = await Promise.all([scene.post('/offer', { basedOn: 1 }), scene.post('/offer', { basedOn: 1 })]);
  assert.deepEqual(both.map(codeOf).toSorted(), ['conflict', null].toSorted());
  data(await scene.post('/decline', { basedOn: 2, why: 'Orkar inte nu' }));
  assert.deepEqual([(await scene.plan()).state, (await scene.plan()).declinedWhy], ['declined', 'Orkar inte nu']);
  data(await scene.post('/offer', { basedOn: 3 }));
  const noBasis = await scene.post('/consent', { basedOn: 4, consent: { ...consent, capacity: 'attitude' } });
  assert.deepEqual([codeOf(noBasis), fieldOf(noBasis)], ['invalid', 'consent.capacityNote']);
  data(await scene.post('/consent', { basedOn: 4, consent }));
  data(await scene.put('/preparation', { ...preparation, basedOn: 5 }));
  const plan = await scene.plan();
  assert.deepEqual([plan.state, plan.preparation?.matters, plan.need], ['preparing', 'Att komma ut', 'Flera insatser']);
  const rows = await app.ctx.db.select().from(auditEntries).where(eq(auditEntries.subjectId, planId));
  for (const action of ['plan.propose', 'plan.offer', 'plan.decline', 'plan.consent', 'plan.prepare', 'plan.read'])
    assert.ok(
      rows.some((row) => row.action === action),
      action,
    );
});

test('a party has what the person lets it be told of, and no more: not the need, not the preparation, not what another is told', async () => {
  const scene = await (await Scene.make()).ready();
  assert.equal(codeOf(await scene.school.caller.get(`/api/care-plans/${scene.planId}`)), 'not_found');
  const [schoolId, socialId] = [await scene.party('school', ['school']), await scene.party('social', ['home', 'school'])];
  const parts = {
    school: await scene.part('goal', ['school']),
    home: await scene.part('need', ['home']),
    both: await scene.part('intervention', ['home', 'school']),
    health: await scene.part('need', ['health']),
  };
  const seen = async (caller: Caller): Promise<string[]> => (await scene.plan(caller)).parts.map(({ id }) => id).toSorted();
  assert.deepEqual(await seen(scene.school.caller), [parts.school]);
  assert.deepEqual(await seen(scene.social.caller), [parts.school, parts.home, parts.both].toSorted());
  const theirs = await scene.plan(scene.school.caller);
  assert.deepEqual([theirs.need, theirs.proposedBy, theirs.preparation, theirs.gaps], ['', '', null, []]);
  assert.deepEqual(theirs.you, { whole: false, partyId: schoolId });
  assert.deepEqual(theirs.parties.find(({ id }) => id === socialId)?.areas, null);
  assert.ok(!JSON.stringify(theirs).includes('Skilsmässan'));

  // Guessing the id of another's part opens nothing, in any way.
  const chosen = { partyId: null, owner: null, ownerUserId: null, on: null, status: 'planned', basedOn: 1 };
  const { caller } = scene.school;
  assert.equal(codeOf(await scene.put(`/parts/${parts.health}`, chosen, caller)), 'not_found');
  assert.equal(codeOf(await caller.write('DELETE', `/api/care-plans/${scene.planId}/parts/${parts.health}`, {})), 'not_found');
  assert.equal(codeOf(await scene.post('/parts', { partId: parts.health, kind: 'need', areas: ['school'] }, caller)), 'not_found');
  const outside = await scene.post('/parts', { partId: randomUUID(), kind: 'need', areas: ['health'] }, caller);
  assert.deepEqual([codeOf(outside), fieldOf(outside)], ['forbidden', 'areas']);
  assert.equal(codeOf(await scene.put(`/parts/${parts.home}/aid`, { aid: { is: 'applied' }, basedOn: 1 }, caller)), 'not_found');
  assert.equal(codeOf(await scene.put(`/parts/${parts.both}/aid`, { aid: { is: 'applied' }, basedOn: 1 })), 'forbidden');
  const decided = { aid: { is: 'decided', on: '2026-11-20' }, basedOn: 1 };
  assert.deepEqual(data<PartView>(await scene.put(`/parts/${parts.both}/aid`, decided, scene.social.caller)).aid, decided.aid);

  // Less is told from the moment that the person says so.
  data(await scene.put(`/parties/${socialId}/areas`, { areas: ['home'], consent }));
  assert.deepEqual(await seen(scene.social.caller), [parts.home]);
  const running = await app.ctx.db
    .select()
    .from(consents)
    .where(and(eq(consents.partyId, socialId), isNull(consents.endedAt)));
  assert.deepEqual(
    running.map(({ areas }) => areas),
    [['home']],
  );
});

test('a summons goes by the channel of the principal, is answered by the right unit, is sent on, and silence goes to the head', async () => {
  const scene = await (await Scene.make()).ready();
  const [schoolId, officeId] = [await scene.party('school', []), await scene.party('office', [])];
  const summons = { purpose: 'Samordna', longTermGoal: 'Hem', questions: '', contribution: 'Stöd', answerBy: '2026-12-01' };
  const past = await scene.post(`/parties/${schoolId}/summons`, { ...summons, answerBy: '2020-01-01' });
  assert.deepEqual([codeOf(past), fieldOf(past)], ['invalid', 'answerBy']);
  const noReference = await scene.post(`/parties/${officeId}/summons`, { ...summons, answerBy: later });
  assert.deepEqual([codeOf(noReference), fieldOf(noReference)], ['invalid', 'reference']);
  data(await scene.post(`/parties/${schoolId}/summons`, { ...summons, answerBy: later }));
  data(await scene.post(`/parties/${officeId}/summons`, { ...summons, answerBy: later, reference: 'PROV-17' }));
  assert.equal((await scene.plan()).state, 'summoned');

  const accepted = { answer: 'accepted', who: 'Test Kurator' };
  assert.equal(codeOf(await scene.put(`/parties/${schoolId}/answer`, accepted, scene.social.caller)), 'not_found', 'is no party yet');
  const forwarded = { answer: 'forwarded', directoryId: scene.directory.social };
  data(await scene.put(`/parties/${schoolId}/answer`, forwarded, scene.school.caller));
  data(await scene.put(`/parties/${schoolId}/answer`, forwarded, scene.school.caller)); // twice
  const plan = await scene.plan();
  const right = plan.parties.find(({ name }) => name.startsWith('Socialtjänsten'));
  assert.equal(right?.summons?.purpose, 'Samordna');
  assert.match(plan.parties.find(({ id }) => id === schoolId)?.summons?.forwardedTo ?? '', /^Socialtjänsten/);
  const wrong = await scene.put(`/parties/${right?.id}/answer`, accepted, scene.school.caller);
  assert.equal(codeOf(wrong), 'forbidden', 'it went to another unit');
  data(await scene.put(`/parties/${right?.id}/answer`, accepted, scene.social.caller));
  assert.equal(codeOf(await scene.coordinator.write('DELETE', `/api/care-plans/${scene.planId}/parties/${right?.id}`, {})), 'conflict');

  await app.ctx.db.update(carePlanParties).set({ answerBy: '2026-01-01' }).where(eq(carePlanParties.id, officeId));
  const now = new Date();
  assert.ok((await escalate(app.ctx, now, scene.planId)).some(({ partyId }) => partyId === officeId));
  assert.ok(!(await escalate(app.ctx, now, scene.planId)).some(({ partyId }) => partyId === officeId), 'once');
  assert.ok((await scene.plan()).parties.find(({ id }) => id === officeId)?.summons?.escalatedAt);
});

test('a plan becomes active with all it must say, once of two at once; then a newer one takes its place with what it said', async () => {
  const scene = await (await Scene.make()).ready();
  const regionId = await scene.party('region', ['health']);
  await scene.party('school', ['health']);
  const partId = await scene.part('intervention', ['health']);
  const lead = { responsiblePartyId: regionId, coordinatorId: null, followUpOn: later, noOtherMeasures: true };
  data(await scene.put('/lead', { ...lead, basedOn: await scene.version() }));
  data(
    await scene.put(`/parts/${partId}`, {
      partyId: regionId,
      owner: 'Test Sköterska',
      ownerUserId: null,
      on: later,
      status: 'planned',
      basedOn: 1,
    }),
  );
  const early = await scene.post('/activate', { basedOn: await scene.version() });
  assert.deepEqual([codeOf(early), fieldOf(early)], ['invalid', 'interventions'], 'nothing is written in it');
  using page = await PlanPage.open(scene.coordinator, app.address, scene.planId);
  data(await page.write(partId, 'what', 'Hembesök varje vecka'));
  await app.ctx.db.update(carePlans).set({ state: 'plan_draft' }).where(eq(carePlans.id, scene.planId));
  data(await scene.put('/person', { stance: 'accepted', words: '' }));
  assert.deepEqual((await scene.plan()).gaps, []);
  const basedOn = await scene.version();
  const both = await Promise.all([scene.post('/activate', { basedOn }), scene.post('/activate', { basedOn })]);
  assert.deepEqual(both.map(codeOf).toSorted(), ['conflict', null].toSorted());
  assert.equal(codeOf(await page.write(partId, 'what', 'x')), 'conflict', 'it is not written any more');

  const newPlanId = randomUUID();
  const newer = { newPlanId, basedOn: await scene.version() };
  data(await scene.post('/revise', newer));
  data(await scene.post('/revise', newer)); // twice
  const before = await scene.plan();
  assert.deepEqual([before.state, before.newerId], ['plan_active', newPlanId], 'it holds until the newer one is signed');
  const next = data<CarePlan>(await scene.coordinator.get(`/api/care-plans/${newPlanId}`));
  assert.deepEqual([next.state, next.edition, next.parts.map(({ texts }) => texts.what)], ['preparing', 2, ['Hembesök varje vecka']]);
  assert.equal(next.parts[0]?.chosen.partyId, next.responsiblePartyId);
  const again = { newPlanId: randomUUID(), basedOn: await scene.version() };
  assert.equal(codeOf(await scene.post('/revise', again)), 'conflict', 'one is being made');

  const signed = { state: 'plan_draft' as const, followUpOn: later, personStance: 'accepted' as const, personAt: new Date() };
  await app.ctx.db.update(carePlans).set(signed).where(eq(carePlans.id, newPlanId));
  data(await scene.coordinator.post(`/api/care-plans/${newPlanId}/activate`, { basedOn: next.version }));
  const after = await scene.plan();
  assert.deepEqual([after.state, after.newerId], ['revised', newPlanId]);
  const shown = async (): Promise<number> => (await scene.plan(scene.school.caller)).parts.length;
  assert.equal(await shown(), 1, 'what it was told stays to be read');
  data(await scene.coordinator.post(`/api/care-plans/${newPlanId}/withdraw`));
  assert.equal(await shown(), 0, 'no edition is shared any more');
  assert.equal((await scene.plan()).state, 'revised', 'how it ended stays');
});

test('written together: each has what the others write as far as they are told of it; who writes where is said; withdrawn, it stops', async () => {
  const scene = await (await Scene.make()).ready();
  await scene.party('school', ['school']);
  const [open, closed] = [await scene.part('goal', ['school']), await scene.part('goal', ['health'])];
  using here = await PlanPage.open(scene.coordinator, app.address, scene.planId);
  using there = await PlanPage.open(scene.school.caller, app.address, scene.planId);
  await Promise.all([here.write(open, 'what', 'Gå i skolan. '), there.write(open, 'what', 'Träffa vänner. ')]);
  data(await here.write(closed, 'what', 'Hemligt'));
  await until(() => here.text(open, 'what').length === 28 && here.text(open, 'what') === there.text(open, 'what'));
  assert.ok(!JSON.stringify(there.heard).includes(closed));
  assert.equal(codeOf(await there.write(closed, 'what', 'x')), 'not_found');
  data(await here.ask('plan:at', { at: { partId: closed, field: 'what' } }));
  data(await here.ask('plan:at', { at: { partId: open, field: 'what' } }));
  await until(() => there.writers.length === 1);
  assert.ok(!JSON.stringify(there.heard).includes(closed));
  await assert.rejects(PlanPage.open(scene.social.caller, app.address, scene.planId), /shut out/);

  const [given] = await app.ctx.db
    .select()
    .from(consents)
    .where(and(eq(consents.carePlanId, scene.planId), eq(consents.type, 'carePlan')));
  // As the patient's own unit takes it back at their word.
  data(await scene.coordinator.post(`/api/consents/${given?.id}/withdraw`));
  await until(() => there.changed > 0);
  assert.equal((await scene.plan()).state, 'consent_withdrawn');
  assert.deepEqual((await scene.plan(scene.school.caller)).parts, []);
  assert.notEqual(codeOf(await there.write(open, 'what', 'x')), null);
  assert.equal(codeOf(await here.write(open, 'what', 'x')), 'conflict');
});
