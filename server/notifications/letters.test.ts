import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import type { WaitingLetter } from '../../contract/letters.ts';
import type { Reply } from '../../contract/wire.ts';
import { patients } from '../../drizzle/schema/index.ts';
import { makeVisit } from '../../testing/care.ts';
import { pagesOf } from '../../testing/pdf.ts';
import { type Caller, codeOf, TestApp } from '../../testing/TestApp.ts';

let app: TestApp;
before(async () => {
  app = await TestApp.start({ env: { PUBLIC_URL: 'https://samrum.test' } });
});
after(() => app[Symbol.asyncDispose]());

const data = <T>(reply: Reply<unknown>): T => {
  assert.ok(reply.ok, JSON.stringify(reply));
  return reply.data as T;
};
const soon = (days: number): string => `${new Date(Date.now() + days * 24 * 3_600_000).toISOString().slice(0, 10)}T09:00:00.000Z`;

/** A patient with Sámi letters in their name has neither mail nor telephone. */
async function scene(part: Partial<typeof patients.$inferInsert> = {}) {
  const visit = await makeVisit(app.ctx.db);
  const reach = { channel: 'letter' as const, name: 'Test Čáhppesžitŋa', address: 'Provvägen 1, 917 31 Dorotea', ...part };
  await app.ctx.db.update(patients).set(reach).where(eq(patients.id, visit.patientId));
  const nurse = await app.signedInAs(visit.nurse);
  const booking = {
    visitId: randomUUID(),
    unitId: visit.unitId,
    patientId: visit.patientId,
    startsAt: soon(20),
    durationMinutes: 30,
    place: 'Rum 1',
    address: null,
    entrance: null,
    callbackPhone: null,
    language: 'sv',
    patientComes: 'bedside',
    staff: [{ userId: visit.nurse.userId, unitId: visit.unitId, host: true, atBedside: true }],
    relativeIds: [],
  };
  data(await nurse.post('/api/visits', booking));
  return { visit, nurse, booking };
}

const waiting = async (caller: Caller): Promise<WaitingLetter[]> => data(await caller.get('/api/letters'));

const pages = (pdf: string): Promise<string[]> => pagesOf(Buffer.from(pdf, 'base64'));

test('a letter is a page with its address, and waits until somebody says that it is printed', async () => {
  const { nurse } = await scene();
  const [letter] = await waiting(nurse);
  assert.deepEqual([letter?.purpose, letter?.addressed, letter?.recipient], ['invitation', true, 'Test Čáhppesžitŋa']);
  const ids = [letter?.id ?? ''];
  const [page, ...more] = await pages(data<{ pdf: string }>(await nurse.post('/api/letters/pdf', { ids })).pdf);
  assert.equal(more.length, 0);
  for (const wanted of ['Test Čáhppesžitŋa', 'Provvägen 1', '917 31 Dorotea', 'Ett besök är bokat.', 'svensk tid'])
    assert.ok(page?.includes(wanted), `${wanted} is not in ${page}`);
  data(await nurse.post('/api/letters/printed', { ids }));
  data(await nurse.post('/api/letters/printed', { ids }));
  assert.deepEqual(await waiting(nurse), []);
});

test('moved before it is printed, one letter tells of the new time; called off before, there is none', async () => {
  const { nurse, booking } = await scene();
  const { startsAt: _, ...rest } = booking;
  data(await nurse.put(`/api/visits/${booking.visitId}/details`, { ...rest, startsAt: soon(21), basedOn: 1 }));
  const letters = await waiting(nurse);
  assert.deepEqual(
    letters.map(({ purpose, startsAt }) => [purpose, startsAt]),
    [['invitation', soon(21)]],
  );
  data(await nurse.post(`/api/visits/${booking.visitId}/close`, { as: 'cancelled', reason: 'Påhittad' }));
  assert.deepEqual(await waiting(nurse), []);
});

test('a printed letter is followed by one that says what has changed', async () => {
  const { nurse, booking } = await scene();
  data(await nurse.post('/api/letters/printed', { ids: (await waiting(nurse)).map(({ id }) => id) }));
  data(await nurse.post(`/api/visits/${booking.visitId}/close`, { as: 'cancelled', reason: 'Påhittad' }));
  assert.deepEqual(
    (await waiting(nurse)).map(({ purpose }) => purpose),
    ['cancellation'],
  );
});

test('of a protected identity nothing leaves, and other units see no letter', async () => {
  const { nurse } = await scene({ protectedIdentity: true });
  assert.deepEqual(await waiting(nurse), []);
  const other = await scene();
  const [letter] = await waiting(other.nurse);
  assert.equal(codeOf(await nurse.post('/api/letters/pdf', { ids: [letter?.id] })), 'not_found');
  assert.equal(codeOf(await nurse.post('/api/letters/printed', { ids: [letter?.id] })), 'not_found');
  assert.equal((await waiting(other.nurse)).length, 1);
});
