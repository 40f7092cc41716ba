import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { eq, sql } from 'drizzle-orm';
import { mostSnippets, type Snippet } from '../../contract/snippets.ts';
import { auditEntries, snippets } from '../../drizzle/schema/index.ts';
import { addUserPassword, makeVisit } from '../../testing/care.ts';
import { type Caller, codeOf, fieldOf, TestApp } from '../../testing/TestApp.ts';

let app: TestApp;
before(async () => {
  app = await TestApp.start();
});
after(() => app[Symbol.asyncDispose]());

const keep = (caller: Caller, id: string, part: object = {}) =>
  caller.put(`/api/my/snippets/${id}`, { title: 'Hembesök', text: 'Hembesök med anhörig.', basedOn: null, ...part });
const listed = async (caller: Caller): Promise<Snippet[]> => {
  const reply = await caller.get('/api/my/snippets');
  assert.ok(reply.ok, JSON.stringify(reply));
  return reply.data as Snippet[];
};

async function two(): Promise<{ nurse: Caller; doctor: Caller; userId: string }> {
  const visit = await makeVisit(app.ctx.db);
  return { nurse: await app.signedInAs(visit.nurse), doctor: await app.signedInAs(visit.doctor), userId: visit.nurse.userId };
}

test('one’s own alone: kept, changed, taken away, each once however often it is said', async () => {
  const { nurse, doctor, userId } = await two();
  const id = randomUUID();
  for (let time = 0; time < 3; time++) assert.equal(codeOf(await keep(nurse, id)), null);
  await Promise.all(Array.from({ length: 4 }, () => keep(nurse, id, { text: 'Nytt.', basedOn: 1 })));
  assert.deepEqual(await listed(nurse), [{ id, title: 'Hembesök', text: 'Nytt.', version: 2 }]);
  assert.deepEqual(await listed(doctor), []);
  assert.equal(codeOf(await keep(doctor, id)), 'not_found');
  await doctor.write('DELETE', `/api/my/snippets/${id}`, {});
  assert.equal((await listed(nurse)).length, 1, 'another’s stays');
  const { rows } = await app.ctx.db.execute(sql`select text from snippets where id = ${id}`);
  assert.ok(!String(rows[0]?.text).includes('Nytt'), 'lies encrypted');
  for (let time = 0; time < 2; time++) assert.equal(codeOf(await nurse.write('DELETE', `/api/my/snippets/${id}`, {})), null);
  assert.deepEqual(await listed(nurse), []);
  const told = await app.ctx.db.select().from(auditEntries).where(eq(auditEntries.actorId, userId));
  const actions = told.map(({ action }) => action).filter((action) => action.startsWith('snippet.'));
  assert.deepEqual(actions, ['snippet.keep', 'snippet.keep', 'snippet.remove']);
});

test('changed meanwhile in another tab, empty, too long, too many: each is said, and nothing is lost', async () => {
  const { nurse, userId } = await two();
  const id = randomUUID();
  await keep(nurse, id);
  await keep(nurse, id, { text: 'Andra.', basedOn: 1 });
  assert.equal(codeOf(await keep(nurse, id, { text: 'Tredje.', basedOn: 1 })), 'conflict');
  for (const [part, field] of [
    [{ title: ' ' }, 'title'],
    [{ title: 'x'.repeat(61) }, 'title'],
    [{ text: ' ' }, 'text'],
    [{ text: 'x'.repeat(2_001) }, 'text'],
  ] as const) {
    const refused = await keep(nurse, randomUUID(), part);
    assert.deepEqual([codeOf(refused), fieldOf(refused)], ['invalid', field]);
  }
  const more = Array.from({ length: mostSnippets - 1 }, (_, nr) => ({ id: randomUUID(), userId, title: `Fras ${nr}`, text: 'x' }));
  await app.ctx.db.insert(snippets).values(more);
  const refused = await keep(nurse, randomUUID());
  assert.deepEqual([codeOf(refused), fieldOf(refused)], ['conflict', 'many']);
  assert.equal(codeOf(await keep(nurse, id, { text: 'Fjärde.', basedOn: 2 })), null, 'one that is there can still be changed');
});

test('patients have none', async () => {
  const visit = await makeVisit(app.ctx.db);
  const patient = await app.signedInAs(await addUserPassword(app.ctx.db, visit.patientId));
  assert.equal(codeOf(await patient.get('/api/my/snippets')), 'forbidden');
  assert.equal(codeOf(await keep(patient, randomUUID())), 'forbidden');
});
