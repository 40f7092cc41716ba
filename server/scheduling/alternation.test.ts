import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import type { VisitRecord } from '../../contract/record.ts';
import type { Alternation, Suitability } from '../../contract/suitability.ts';
import type { Reply } from '../../contract/wire.ts';
import { units, visits } from '../../drizzle/schema/index.ts';
import { makeNextVisit, makeVisit } from '../../testing/care.ts';
import { codeOf, fieldOf, TestApp } from '../../testing/TestApp.ts';

let app: TestApp;
before(async () => {
  app = await TestApp.start();
});
after(() => app[Symbol.asyncDispose]());

const data = <T>(reply: Reply<unknown>): T => {
  assert.ok(reply.ok, JSON.stringify(reply));
  return reply.data as T;
};
const inDays = (days: number): Date => new Date(Date.now() + days * 24 * 3_600_000);

test('every third visit is to be in person: whoever books sees when it is due, and what becomes one in person begins anew', async () => {
  const { db } = app.ctx;
  const visit = await makeVisit(db, inDays(-30));
  const nurse = await app.signedInAs(visit.nurse);
  const read = async (): Promise<Alternation> =>
    data(await nurse.get(`/api/units/${visit.unitId}/patients/${visit.patientId}/alternation`));
  assert.deepEqual(await read(), { every: null, remoteSince: 1, lastPhysicalAt: null, due: false });
  await db.update(units).set({ physicalEvery: 3 }).where(eq(units.id, visit.unitId));
  assert.equal((await read()).due, false);
  const second = await makeNextVisit(db, visit, inDays(-20));
  assert.deepEqual([(await read()).remoteSince, (await read()).due], [2, true]);
  await db.update(visits).set({ modality: 'physical' }).where(eq(visits.id, second.id));
  assert.deepEqual(await read(), { every: 3, remoteSince: 0, lastPhysicalAt: await startOf(second.id), due: false });
  const missed = await makeNextVisit(db, visit, inDays(-10));
  await db.update(visits).set({ state: 'no_show' }).where(eq(visits.id, missed.id));
  assert.equal((await read()).remoteSince, 0, 'what was not held does not count');
});

const startOf = async (id: string): Promise<string> =>
  (await app.ctx.db.select({ at: visits.startsAt }).from(visits).where(eq(visits.id, id)))[0]?.at.toISOString() ?? '';

test('what speaks against video is answered before it is booked, and stays with the visit', async () => {
  const visit = await makeVisit(app.ctx.db);
  const nurse = await app.signedInAs(visit.nurse);
  const answers = { assessable: false, information: true, person: true, private: true, physical: true };
  const book = (modality: string, suitability: Suitability | null, days: number) => {
    const visitId = randomUUID();
    const body = {
      visitId,
      unitId: visit.unitId,
      patientId: visit.patientId,
      startsAt: inDays(days).toISOString(),
      durationMinutes: 30,
      modality,
      place: 'Rum 1',
      address: null,
      entrance: null,
      callbackPhone: null,
      language: 'sv',
      patientComes: 'bedside',
      staff: [{ userId: visit.nurse.userId, unitId: visit.unitId, host: true, atBedside: true }],
      relativeIds: [],
      suitability,
    };
    return nurse.post('/api/visits', body).then((reply) => ({ reply, visitId }));
  };
  const { reply: refused } = await book('video', { ...answers, reason: null }, 3);
  assert.deepEqual([codeOf(refused), fieldOf(refused)], ['invalid', 'suitabilityReason']);
  const { visitId } = await book('video', { ...answers, reason: 'Vägen är stängd' }, 3);
  const record = data<VisitRecord>(await nurse.get(`/api/visits/${visitId}`));
  assert.deepEqual(record.suitability, { ...answers, reason: 'Vägen är stängd' });
  const { rows } = await app.ctx.db.execute<{ reason: string }>(`select suitability_reason as reason from visits where id = '${visitId}'`);
  assert.ok(rows[0]?.reason && !rows[0].reason.includes('Vägen'), 'it lies encrypted');
  assert.ok((await book('physical', { ...answers, reason: null }, 4)).reply.ok);
});
