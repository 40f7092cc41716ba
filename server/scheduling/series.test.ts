import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import type { Occurrence } from '../../contract/booking.ts';
import type { VisitRecord } from '../../contract/record.ts';
import type { Reply } from '../../contract/wire.ts';
import { bookings, visits } from '../../drizzle/schema/index.ts';
import { makeVisit } from '../../testing/care.ts';
import { codeOf, fieldOf, TestApp } from '../../testing/TestApp.ts';
import { movedAlike, repeated } from './series.ts';

let app: TestApp;
before(async () => {
  app = await TestApp.start();
});
after(() => app[Symbol.asyncDispose]());

const data = <T>(reply: Reply<unknown>): T => {
  assert.ok(reply.ok, JSON.stringify(reply));
  return reply.data as T;
};

test('a series keeps its hour by the Swedish clock over the change of clocks, and moves so too', () => {
  assert.deepEqual(repeated('2027-03-17T08:00:00.000Z', { everyWeeks: 1, count: 3 }), [
    '2027-03-24T08:00:00.000Z',
    '2027-03-31T07:00:00.000Z',
  ]);
  const moved = { from: new Date('2027-03-17T08:00:00Z'), to: new Date('2027-03-18T09:30:00Z') };
  assert.equal(movedAlike(moved, new Date('2027-03-31T07:00:00Z')).toISOString(), '2027-04-01T08:30:00.000Z');
  const later = { from: new Date('2027-05-03T08:00:00Z'), to: new Date('2027-05-04T08:00:00Z') };
  assert.equal(movedAlike(later, new Date('2027-05-17T12:00:00Z')).toISOString(), '2027-05-18T12:00:00.000Z', 'each keeps its own hour');
});

/** A series of four, a week apart, from a moment on that nobody else has. */
async function scene() {
  const visit = await makeVisit(app.ctx.db);
  const nurse = await app.signedInAs(visit.nurse);
  const { unitId, patientId } = visit;
  const startsAt = '2027-05-04T08:00:00.000Z';
  const body = {
    visitId: randomUUID(),
    unitId,
    patientId,
    startsAt,
    durationMinutes: 30,
    place: 'Rum 1',
    address: null,
    entrance: null,
    callbackPhone: null,
    language: 'sv',
    patientComes: 'bedside',
    staff: [{ userId: visit.nurse.userId, unitId, host: true, atBedside: true }],
    relativeIds: [],
  };
  const repeat = { everyWeeks: 1, count: 4 };
  const ask = async (): Promise<Occurrence[]> =>
    data(
      await nurse.post('/api/visits/occurrences', {
        unitId,
        startsAt,
        minutes: 30,
        repeat,
        userIds: [visit.nurse.userId],
        resourceIds: [],
      }),
    );
  const startsNow = async (): Promise<string[]> => {
    const rows = await app.ctx.db.select().from(visits).where(eq(visits.seriesId, body.visitId)).orderBy(visits.startsAt);
    return rows.filter(({ state }) => state === 'booked').map((row) => row.startsAt.toISOString().slice(5, 16));
  };
  return { visit, nurse, body, ask, startsNow };
}

test('what stands in the way is told; all are booked or none; the same again is the same series', async () => {
  const { visit, nurse, body, ask, startsNow } = await scene();
  await app.ctx.db.insert(bookings).values({
    visitId: visit.id,
    userId: visit.nurse.userId,
    during: { from: new Date('2027-05-18T08:15:00Z'), until: new Date('2027-05-18T09:00:00Z') },
  });
  const times = await ask();
  assert.deepEqual(
    times.map(({ taken }) => taken.length),
    [0, 1, 0],
  );
  const all = times.map(({ startsAt }) => startsAt);
  const refused = await nurse.post('/api/visits', { ...body, alsoAt: all });
  assert.deepEqual([codeOf(refused), fieldOf(refused)], ['conflict', `taken.${visit.nurse.userId}`]);
  assert.deepEqual(await startsNow(), []);
  const free = all.toSpliced(1, 1);
  data(await nurse.post('/api/visits', { ...body, alsoAt: free }));
  data(await nurse.post('/api/visits', { ...body, alsoAt: free }));
  assert.deepEqual(await startsNow(), ['05-04T08:00', '05-11T08:00', '05-25T08:00']);
  const record = data<VisitRecord>(await nurse.get(`/api/visits/${body.visitId}`));
  assert.deepEqual(record.series, { nr: 1, count: 3 });
});

test('one is moved with those that follow, also into each other’s places, and called off with them', async () => {
  const { nurse, body, ask, startsNow } = await scene();
  const times = (await ask()).map(({ startsAt }) => startsAt);
  data(await nurse.post('/api/visits', { ...body, alsoAt: times }));
  const [, second] = await app.ctx.db.select().from(visits).where(eq(visits.seriesId, body.visitId)).orderBy(visits.startsAt);
  const move = (startsAt: string, basedOn: number) => nurse.post(`/api/visits/${second?.id}/move`, { startsAt, basedOn, following: true });
  data(await move('2027-05-18T09:00:00.000Z', 1));
  assert.deepEqual(await startsNow(), ['05-04T08:00', '05-18T09:00', '05-25T09:00', '06-01T09:00']);
  assert.equal(codeOf(await move('2027-05-11T09:00:00.000Z', 1)), 'conflict', 'somebody was first');
  data(await move('2027-05-11T09:00:00.000Z', 2));
  assert.deepEqual(await startsNow(), ['05-04T08:00', '05-11T09:00', '05-18T09:00', '05-25T09:00']);
  const absent = await nurse.post(`/api/visits/${second?.id}/close`, { as: 'no_show', reason: 'Påhittad', following: true });
  assert.equal(fieldOf(absent), 'following', 'nobody has failed to come yet');
  data(await nurse.post(`/api/visits/${second?.id}/close`, { as: 'cancelled', reason: 'Påhittad', following: true }));
  assert.deepEqual(await startsNow(), ['05-04T08:00']);
});
