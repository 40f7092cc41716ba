import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { and, eq } from 'drizzle-orm';
import type { Me } from '../../contract/identity.ts';
import type { VisitListed } from '../../contract/visits.ts';
import type { Reply } from '../../contract/wire.ts';
import { assignments, auditEntries } from '../../drizzle/schema/index.ts';
import { type Account, type CareHome, makeAccount, makeCareHome, makeVisit, type TestVisit } from '../../testing/care.ts';
import { type Caller, codeOf, fieldOf, TestApp } from '../../testing/TestApp.ts';

let app: TestApp;
let homes: [CareHome, CareHome];
let visits: [TestVisit, TestVisit];
let nurse: Account;
before(async () => {
  app = await TestApp.start();
  homes = [await makeCareHome(app.ctx.db), await makeCareHome(app.ctx.db)];
  visits = [await makeVisit(app.ctx.db, new Date(), homes[0]), await makeVisit(app.ctx.db, new Date(), homes[1])];
  nurse = await makeAccount(app.ctx.db, homes[0].unitId, 'nurse');
  await app.ctx.db.insert(assignments).values({ userId: nurse.userId, unitId: homes[1].unitId, role: 'unitHead' });
});
after(() => app[Symbol.asyncDispose]());

const data = <T>(reply: Reply<unknown>): T => {
  assert.ok(reply.ok, JSON.stringify(reply));
  return reply.data as T;
};
const meOf = async (caller: Caller): Promise<Me> => data<Me>(await caller.get('/api/me'));
const choose = (caller: Caller, assignmentId: string) => caller.post('/api/assignment', { assignmentId });
const dayOf = async (caller: Caller): Promise<string[]> => data<VisitListed[]>(await caller.get('/api/visits/today')).map(({ id }) => id);

test('whoever has one assignment acts by it; of several one is chosen, and it alone opens what it opens', async () => {
  const single = await app.signedInAs(visits[0].nurse);
  const only = await meOf(single);
  assert.deepEqual(
    only.assignments.map(({ id }) => id),
    only.choices.map(({ id }) => id),
  );

  const caller = await app.signedInAs(nurse);
  const { assignments: active, choices } = await meOf(caller);
  assert.deepEqual([active, choices.length], [[], 2]);
  assert.equal(codeOf(await caller.get(`/api/visits/${visits[0].id}`)), 'not_found', 'none is active yet');

  const [first, second] = choices;
  assert.ok(first && second);
  assert.deepEqual(
    data<Me>(await choose(caller, first.id)).assignments.map(({ id }) => id),
    [first.id],
  );
  assert.deepEqual(await dayOf(caller), [visits[0].id]);
  assert.equal(codeOf(await caller.get(`/api/visits/${visits[0].id}`)), null);
  assert.equal(codeOf(await caller.get(`/api/visits/${visits[1].id}`)), 'not_found');

  const elsewhere = await app.signedInAs(nurse);
  assert.deepEqual((await meOf(elsewhere)).assignments, [], 'another device chooses for itself');
  data(await choose(elsewhere, second.id));
  assert.deepEqual(await dayOf(elsewhere), [visits[1].id]);
  assert.deepEqual(await dayOf(caller), [visits[0].id]);

  const rows = await app.ctx.db
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.actorId, nurse.userId), eq(auditEntries.action, 'assignment.choose')));
  assert.deepEqual(
    rows.map(({ unitId }) => unitId),
    [first.unitId, second.unitId],
  );
});

test('the access log says by which assignment somebody acted, over REST and over the socket', async () => {
  const caller = await app.signedInAs(visits[0].nurse);
  const [active] = (await meOf(caller)).assignments;
  await caller.get(`/api/visits/${visits[0].id}`);
  await (await caller.visit(visits[0].id)).ask('people:admit', { participantId: visits[0].relative.participantId });
  const rows = await app.ctx.db.select().from(auditEntries).where(eq(auditEntries.actorId, visits[0].nurse.userId));
  const by = (action: string): (string | null)[] => rows.filter((row) => row.action === action).map(({ assignmentId }) => assignmentId);
  assert.deepEqual(by('visit.read'), [active?.id]);
  assert.deepEqual(by('visit.lobby'), [active?.id]);
  assert.deepEqual(by('login').at(-1), null, 'before one is known');
});

test('what is not one’s own or has ended cannot be chosen, and one that ends while it is active opens nothing more', async () => {
  const caller = await app.signedInAs(nurse);
  const [, second] = (await meOf(caller)).choices;
  assert.ok(second);
  const [foreign] = await app.ctx.db.select().from(assignments).where(eq(assignments.userId, visits[1].nurse.userId));
  const refused = await choose(caller, foreign?.id ?? '');
  assert.deepEqual([codeOf(refused), fieldOf(refused)], ['not_found', 'assignmentId']);
  assert.equal(codeOf(await choose(caller, 'none')), 'invalid');
  assert.equal(codeOf(await choose(app.stranger(), second.id)), 'unauthenticated');
  data(await choose(caller, second.id));
  await makeThird();
  await app.ctx.db.update(assignments).set({ endedAt: new Date() }).where(eq(assignments.id, second.id));
  assert.deepEqual((await meOf(caller)).assignments, []);
  assert.equal(codeOf(await caller.get(`/api/visits/${visits[1].id}`)), 'not_found');
  assert.equal(codeOf(await choose(caller, second.id)), 'not_found');
});

/** So that two are left when one ends. */
async function makeThird(): Promise<void> {
  const home = await makeCareHome(app.ctx.db);
  await app.ctx.db.insert(assignments).values({ userId: nurse.userId, unitId: home.unitId, role: 'nurse' });
}
