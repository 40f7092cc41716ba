import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { and, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { areas } from '../../contract/planKinds.ts';
import type { Area } from '../../contract/planParts.ts';
import type { Reply } from '../../contract/wire.ts';
import { carePlanParties, carePlans, consents, participants, visits } from '../../drizzle/schema/index.ts';
import { makeAccount, makeCareHome, makeUnit, makeVisit, type TestVisit } from '../../testing/care.ts';
import { type Caller, codeOf, fieldOf, TestApp, until, type VisitCaller } from '../../testing/TestApp.ts';
import { type Meeting, takesPart } from './presence.ts';

let app: TestApp;
before(async () => {
  app = await TestApp.start({ sfu: true });
});
after(() => app[Symbol.asyncDispose]());

const data = <T>(reply: Reply<unknown>): T => {
  assert.ok(reply.ok, JSON.stringify(reply));
  return reply.data as T;
};
const consent = { capacity: 'own', capacityNote: '', guardianId: null, form: 'oral' };

type Scene = {
  visit: TestVisit;
  planId: string;
  nurse: Caller;
  doctor: Caller;
  assessor: Caller;
  partyId: string;
  relativePartyId: string;
  items: { home: string; health: string; all: string };
};

/** A meeting with a needs assessor of another organisation, who may be told of the home and nothing else. */
async function scene(): Promise<Scene> {
  const { db } = app.ctx;
  const visit = await makeVisit(db);
  const elsewhere = await makeCareHome(db);
  const { unitId } = await makeUnit(db, elsewhere.organisationId, 'Socialtjänsten');
  const assessor = await makeAccount(db, unitId, 'needsAssessor');
  const [planId, partyId, relativePartyId] = [randomUUID(), randomUUID(), randomUUID()];
  const plan = { id: planId, patientId: visit.patientId, unitId: visit.unitId, need: 'x', proposedBy: 'x', madeBy: visit.nurse.userId };
  await db.insert(carePlans).values({ ...plan, state: 'summoned' });
  await db.insert(carePlanParties).values([
    { id: partyId, planId, kind: 'socialServices', name: 'Socialtjänsten', unitId, sentAt: new Date() },
    { id: relativePartyId, planId, kind: 'relative', name: 'Test Anhörig', relativeId: visit.relativeId },
  ]);
  const given = {
    patientId: visit.patientId,
    capacity: 'own' as const,
    form: 'oral' as const,
    keptBy: visit.nurse.userId,
    carePlanId: planId,
  };
  await db.insert(consents).values([
    { ...given, type: 'carePlan' },
    { ...given, type: 'planSharing', partyId, areas: ['home'] },
    { ...given, type: 'planSharing', partyId: relativePartyId, areas: ['home', 'health'] },
  ]);
  const nurse = await app.signedInAs(visit.nurse);
  data(await nurse.put(`/api/care-plans/${planId}/meeting`, { visitId: visit.id }));
  const asked = { kind: 'staff', userId: assessor.userId, unitId, host: false, atBedside: false };
  data(await nurse.post(`/api/visits/${visit.id}/people`, asked));
  const items = { home: randomUUID() as string, health: randomUUID() as string, all: randomUUID() as string };
  const { version } = data<{ version: number }>(await nurse.get(`/api/care-plans/${planId}`));
  const item = (id: string, title: string, of: Area[], partyIds: string[]) => ({ id, title, areas: of, minutes: 10, partyIds });
  const forbidden = [item(items.health, 'Hälsa', ['health'], [partyId])];
  const refused = await nurse.put(`/api/care-plans/${planId}/agenda`, { items: forbidden, basedOn: version });
  assert.deepEqual([codeOf(refused), fieldOf(refused)], ['invalid', 'items.0.partyIds'], 'not even by mistake');
  const list = [
    item(items.home, 'Hemmet', ['home'], [partyId, relativePartyId]),
    item(items.health, 'Hälsan', ['health'], [relativePartyId]),
    item(items.all, 'Allt annat', [], []),
  ];
  data(await nurse.put(`/api/care-plans/${planId}/agenda`, { items: list, basedOn: version }));
  const [doctor, social] = [await app.signedInAs(visit.doctor), await app.signedInAs(assessor)];
  return { visit, planId, nurse, doctor, assessor: social, partyId, relativePartyId, items };
}

const inside = async (caller: Caller, { visit }: Scene): Promise<VisitCaller> => {
  const seat = await caller.visit(visit.id);
  data(await seat.join());
  return seat;
};
const sees = (one: VisitCaller): string[] => one.snapshot?.agenda?.items.map(({ title }) => title) ?? [];

test('the agenda moves people: who takes part is in, the others wait and see nothing of it, and come back by themselves', async () => {
  const here = await scene();
  const chair = await inside(here.doctor, here);
  const social = await inside(here.assessor, here);
  assert.deepEqual(sees(chair), ['Hemmet', 'Hälsan', 'Allt annat']);
  assert.deepEqual(sees(social), ['Hemmet']);
  assert.equal(codeOf(await social.ask('agenda:take', { itemId: here.items.home })), 'unknown_event', 'is not the chair');
  data(await chair.ask('agenda:take', { itemId: here.items.health }));
  await until(() => social.snapshot?.you.aside === true);
  assert.deepEqual([social.snapshot?.people, social.snapshot?.patient, social.snapshot?.you.presence], [[], null, 'lobby']);
  assert.equal(codeOf(await social.join()), 'unknown_event');
  const [seat] = await app.ctx.db
    .select()
    .from(participants)
    .where(eq(participants.id, social.snapshot?.you.id ?? ''));
  assert.deepEqual(seat?.sending, []);
  data(await chair.ask('agenda:take', { itemId: here.items.home }));
  await until(() => social.snapshot?.you.aside === false);
  data(await social.join());
  data(await chair.ask('agenda:take', { itemId: null }));
  assert.equal(codeOf(await chair.ask('agenda:take', { itemId: randomUUID() })), 'not_found');
});

test('who works with a party that comes takes a seat by themselves, once; not before it has answered, nor after they were taken off', async () => {
  const { visit, planId, partyId, nurse } = await scene();
  const { db } = app.ctx;
  await db.update(carePlanParties).set({ answerBy: '2099-01-01' }).where(eq(carePlanParties.id, partyId));
  const [party] = await db.select().from(carePlanParties).where(eq(carePlanParties.id, partyId));
  const account = await makeAccount(db, party?.unitId ?? '', 'needsAssessor');
  const [colleague, foreign] = [await app.signedInAs(account), await app.signedInAs(await makeAccount(db, visit.unitId, 'administrator'))];
  const waiting = async () => data<{ summons: { planId: string; answerBy: string }[] }>(await colleague.get('/api/plan-tasks')).summons;
  const sit = (who: Caller) => who.post(`/api/care-plans/${planId}/meeting/seat`);
  const maySit = async () => data<{ may: { sit: boolean } }>(await colleague.get(`/api/care-plans/${planId}`)).may.sit;
  assert.deepEqual(
    (await waiting()).map(({ planId: of, answerBy }) => [of, answerBy]),
    [[planId, '2099-01-01']],
  );
  assert.deepEqual([codeOf(await sit(colleague)), await maySit()], ['forbidden', false], 'they have not answered');
  assert.equal(codeOf(await sit(foreign)), 'not_found');
  assert.equal(codeOf(await sit(nurse)), 'forbidden', 'who coordinates books');
  data(await colleague.put(`/api/care-plans/${planId}/parties/${partyId}/answer`, { answer: 'accepted', who: 'Test Kollega' }));
  assert.deepEqual([await waiting(), await maySit()], [[], true]);
  const seats = await Promise.all([sit(colleague), sit(colleague)]);
  assert.deepEqual(seats.map(data), [{ visitId: visit.id }, { visitId: visit.id }]);
  const own = await db
    .select()
    .from(participants)
    .where(and(eq(participants.visitId, visit.id), eq(participants.userId, account.userId)));
  assert.deepEqual(
    own.map(({ role, status, host }) => [role, status, host]),
    [['needsAssessor', 'admitted', false]],
  );
  const seat = await colleague.visit(visit.id);
  data(await seat.join());
  data(await nurse.post(`/api/visits/${visit.id}/people/${own[0]?.id}/withdraw`));
  assert.equal(codeOf(await sit(colleague)), 'forbidden', 'they were taken off');
  await db.update(visits).set({ state: 'completed' }).where(eq(visits.id, visit.id));
  const late = await sit(colleague);
  assert.deepEqual([codeOf(late), fieldOf(late), await maySit()], ['conflict', 'meeting', false]);
});

test('less is told from now on: who may not hear the item any more is out at once; the plan withdrawn, every party is', async () => {
  const here = await scene();
  const chair = await inside(here.doctor, here);
  const social = await inside(here.assessor, here);
  data(await chair.ask('agenda:take', { itemId: here.items.home }));
  data(await here.nurse.put(`/api/care-plans/${here.planId}/parties/${here.partyId}/areas`, { areas: ['school'], consent }));
  await until(() => social.snapshot?.you.aside === true);
  data(await here.nurse.put(`/api/care-plans/${here.planId}/parties/${here.partyId}/areas`, { areas: ['home'], consent }));
  await until(() => social.snapshot?.you.aside === false);
  data(await social.join());
  data(await chair.ask('agenda:take', { itemId: null }));
  const rows = await app.ctx.db.select().from(consents).where(eq(consents.carePlanId, here.planId));
  const plan = rows.find(({ type }) => type === 'carePlan');
  data(await here.nurse.post(`/api/consents/${plan?.id}/withdraw`));
  await until(() => social.snapshot?.you.aside === true);
  assert.equal(chair.snapshot?.you.aside, false);
});

test('a talk aside wants the person’s yes; the person, who speaks for them and their interpreter are never in it', async () => {
  const here = await scene();
  const chair = await inside(here.doctor, here);
  const social = await inside(here.assessor, here);
  const beside = await inside(here.nurse, here);
  const ids = [chair, social].map((one) => one.snapshot?.you.id);
  const wrong = await chair.ask('talk:propose', { participantIds: [ids[0], beside.snapshot?.you.id] });
  assert.deepEqual([codeOf(wrong), fieldOf(wrong)], ['invalid', 'participantIds'], 'the nurse is beside the person');
  data(await chair.ask('talk:propose', { participantIds: ids }));
  await until(() => beside.snapshot?.sideTalk?.agreed === false);
  data(await beside.ask('talk:answer', { yes: true }));
  await until(() => social.snapshot?.sideTalk?.agreed === true);
  const part = (): Promise<Reply<unknown>> =>
    here.assessor.post(`/api/care-plans/${here.planId}/parts`, { partId: randomUUID(), kind: 'need', areas: ['home'] });
  await app.ctx.db.update(carePlans).set({ state: 'in_meeting' }).where(eq(carePlans.id, here.planId));
  const aside = await part();
  assert.deepEqual([codeOf(aside), fieldOf(aside)], ['conflict', 'meeting'], 'the plan is not written in a talk aside');
  data(await beside.ask('talk:answer', { yes: false }));
  await until(() => social.snapshot?.sideTalk === null);
  data(await part());
});

test('for any agenda and consents: the person is always in; a party only where it was asked to and may be told of all', () => {
  const some = fc.uniqueArray(fc.constantFrom(...areas), { maxLength: 5 });
  const shape = fc.record({ told: some, about: some, asked: fc.boolean(), stands: fc.boolean(), taken: fc.boolean() });
  fc.assert(
    fc.property(shape, ({ told, about, asked, stands, taken }) => {
      const sharing = { stands, areasOf: new Map([['party', new Set(told)]]) };
      const parties = [{ id: 'party', relativeId: null, unitId: 'school' }];
      const meeting: Meeting = { planId: 'plan', unitId: 'home', items: [], parties, sharing };
      const item = taken ? { areas: about, partyIds: asked ? ['party'] : [] } : null;
      const seat = { unitId: null, relativeId: null, partyId: null };
      for (const role of ['patient', 'guardian', 'trustee', 'interpreter'] as const) assert.ok(takesPart(meeting, item, { ...seat, role }));
      assert.ok(takesPart(meeting, item, { ...seat, role: 'nurse', unitId: 'home' }));
      const expected = stands && (!taken || (asked && about.every((area) => told.includes(area))));
      assert.equal(takesPart(meeting, item, { ...seat, role: 'nurse', unitId: 'school' }), expected);
      assert.equal(takesPart(meeting, item, { ...seat, role: 'principal', partyId: 'party' }), expected);
      assert.equal(takesPart(meeting, item, { ...seat, role: 'relative', relativeId: 'nobody' }), stands && !taken);
    }),
  );
});
