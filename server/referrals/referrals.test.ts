import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import type { VisitRecord } from '../../contract/record.ts';
import type { Referral } from '../../contract/referrals.ts';
import type { Reply } from '../../contract/wire.ts';
import { auditEntries, consents, visits } from '../../drizzle/schema/index.ts';
import { type Account, makeAccount, makeUnit, makeVisit, type TestVisit } from '../../testing/care.ts';
import { type Caller, codeOf, fieldOf, TestApp, until } from '../../testing/TestApp.ts';

let app: TestApp;
before(async () => {
  app = await TestApp.start({ sfu: true });
});
after(() => app[Symbol.asyncDispose]());

const data = <T>(reply: Reply<unknown>): T => {
  assert.ok(reply.ok, JSON.stringify(reply));
  return reply.data as T;
};

type Scene = { visit: TestVisit; nurse: Caller; elsewhere: string; specialist: Account; asked: Caller };

/** A visit, and a physician of another unit who has nothing to do with it yet. */
async function scene(): Promise<Scene> {
  const { db } = app.ctx;
  const visit = await makeVisit(db);
  const { unitId: elsewhere } = await makeUnit(db, visit.organisationId, 'Hudkliniken');
  const specialist = await makeAccount(db, elsewhere, 'physician', 'Umeå');
  return { visit, nurse: await app.signedInAs(visit.nurse), elsewhere, specialist, asked: await app.signedInAs(specialist) };
}

const question = 'Behöver förändringen på vänster underben tas bort?';
const ask = ({ visit, nurse, elsewhere, specialist }: Scene, part: object = {}): Promise<Reply<unknown>> =>
  nurse.post(`/api/visits/${visit.id}/people`, {
    ...{ kind: 'specialist', userId: specialist.userId, unitId: elsewhere, referralId: randomUUID(), question, consented: true },
    ...part,
  });
const list = async (caller: Caller, { visit }: Scene): Promise<Referral[]> => data(await caller.get(`/api/visits/${visit.id}/referrals`));
const answer = (caller: Caller, { id }: Referral, text: string, basedOn: number): Promise<Reply<unknown>> =>
  caller.put(`/api/referrals/${id}/answer`, { answer: text, basedOn });

test('a question and the patient’s yes are wanted, each named, and nothing is left of what was refused', async () => {
  const here = await scene();
  const noQuestion = await ask(here, { question: '  ' });
  assert.deepEqual([codeOf(noQuestion), fieldOf(noQuestion)], ['invalid', 'question']);
  const noYes = await ask(here, { consented: false });
  assert.deepEqual([codeOf(noYes), fieldOf(noYes)], ['conflict', 'consented']);
  const nobody = await ask(here, { userId: randomUUID() });
  assert.equal(codeOf(nobody), 'invalid');
  assert.deepEqual(await list(here.nurse, here), []);
  assert.equal(codeOf(await here.asked.get(`/api/visits/${here.visit.id}/referrals`)), 'not_found');
  await assert.rejects(here.asked.visit(here.visit.id), /not_found/);
});

test('asked into a running visit: they see the question, come in, answer, and put it right; the others see it', async () => {
  const here = await scene();
  const { visit, nurse, asked } = here;
  const inside = await nurse.visit(visit.id);
  data(await inside.join());
  data(await ask(here));
  const twice = await ask(here);
  assert.deepEqual([codeOf(twice), fieldOf(twice)], ['conflict', 'userId']);
  const [mine] = await list(asked, here);
  assert.ok(mine);
  assert.deepEqual([mine.question, mine.mine, mine.answeredAt], [question, true, null]);
  assert.equal((await list(nurse, here))[0]?.mine, false);
  const specialist = await asked.visit(visit.id);
  data(await specialist.join());
  assert.equal(inside.snapshot?.people.find(({ id }) => id === mine.participantId)?.answers, 0);

  assert.equal(codeOf(await answer(nurse, mine, 'Nej.', 1)), 'not_found', 'the question was not put to them');
  const empty = await answer(asked, mine, ' ', 1);
  assert.deepEqual([codeOf(empty), fieldOf(empty)], ['invalid', 'answer']);
  data(await answer(asked, mine, 'Nej, den är ofarlig.', 1));
  data(await answer(asked, mine, 'Nej, den är ofarlig.', 1)); // sent twice
  await until(() => inside.snapshot?.people.find(({ id }) => id === mine.participantId)?.answers === 1);
  assert.equal(codeOf(await answer(asked, mine, 'Ja.', 1)), 'conflict', 'changed meanwhile on another device');
  data(await answer(asked, mine, 'Nej. Ny bild om tre månader.', 2));
  const [seen] = await list(nurse, here);
  assert.deepEqual([seen?.answer, seen?.version], ['Nej. Ny bild om tre månader.', 3]);
  const record = data<VisitRecord>(await nurse.get(`/api/visits/${visit.id}`));
  assert.equal(record.people.find(({ id }) => id === mine.participantId)?.answers, 2);

  await app.ctx.db.update(visits).set({ state: 'completed' }).where(eq(visits.id, visit.id));
  assert.equal(codeOf(await answer(asked, mine, 'Jo.', 3)), 'ended');
  const actions = (await app.ctx.db.select().from(auditEntries).where(eq(auditEntries.visitId, visit.id))).map(({ action }) => action);
  assert.equal(actions.filter((action) => action === 'referral.answer').length, 2);
  for (const action of ['referral.ask', 'referral.read', 'consent.give']) assert.ok(actions.includes(action), action);
});

test('the yes taken back: the specialist is out at once; given again they come in by themselves', async () => {
  const here = await scene();
  const { visit, nurse, asked } = here;
  const inside = await nurse.visit(visit.id);
  data(await inside.join());
  data(await ask(here));
  const [mine] = await list(asked, here);
  const participantId = mine?.participantId;
  const specialist = await asked.visit(visit.id);
  data(await specialist.join());
  data(await inside.ask('consent:withdraw', { participantId }));
  await until(() => specialist.snapshot?.you.status === 'withheld');
  assert.deepEqual([specialist.snapshot?.patient, specialist.snapshot?.people], [null, []]);
  assert.equal(codeOf(await specialist.join()), 'unknown_event');
  const given = { participantId, capacity: 'own', capacityNote: '', guardianId: null };
  data(await inside.ask('consent:give', given));
  await until(() => specialist.snapshot?.you.status === 'admitted');
  data(await specialist.join());
  const rows = await app.ctx.db.select().from(consents).where(eq(consents.visitId, visit.id));
  assert.deepEqual(
    rows.filter(({ type }) => type === 'specialist').map(({ endedAs }) => endedAs),
    ['withdrawn', null],
  );
});

test('taken off and asked anew, there is one question: the new one', async () => {
  const here = await scene();
  data(await ask(here));
  const [first] = await list(here.nurse, here);
  data(await here.nurse.post(`/api/visits/${here.visit.id}/people/${first?.participantId}/withdraw`));
  assert.equal(codeOf(await here.asked.get(`/api/visits/${here.visit.id}/referrals`)), 'not_found');
  data(await ask(here, { question: 'Och det högra?' }));
  assert.deepEqual(
    (await list(here.asked, here)).map(({ question: one }) => one),
    ['Och det högra?'],
  );
});

test('one asked into a resident’s part of a round has it in their day; staff of the round have it in the round alone', async () => {
  const here = await scene();
  data(await ask(here));
  await app.ctx.db.update(visits).set({ roundId: randomUUID(), partition: 'open' }).where(eq(visits.id, here.visit.id));
  const day = here.visit.startsAt.toISOString().slice(0, 10);
  const listed = async (caller: Caller): Promise<boolean> =>
    data<{ id: string }[]>(await caller.get(`/api/visits/today?day=${day}`)).some(({ id }) => id === here.visit.id);
  assert.equal(await listed(here.asked), true);
  assert.equal(await listed(here.nurse), false);
  data(await (await here.asked.visit(here.visit.id)).join());
});
