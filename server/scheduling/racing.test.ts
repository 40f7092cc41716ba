import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { Reply } from '../../contract/wire.ts';
import { resources } from '../../drizzle/schema/index.ts';
import { type Account, type CareHome, makeAccount, makeCareHome, makePatient } from '../../testing/care.ts';
import { type Caller, codeOf, fieldOf, TestApp } from '../../testing/TestApp.ts';

let app: TestApp;
let home: CareHome;
let nurses: Account[];
let rooms: string[];
let patientId: string;
let caller: Caller;
before(async () => {
  app = await TestApp.start();
  const { db } = app.ctx;
  home = await makeCareHome(db);
  nurses = await Promise.all([1, 2, 3].map(() => makeAccount(db, home.unitId, 'nurse')));
  const values = [1, 2].map((nr) => ({ unitId: home.unitId, kind: 'room' as const, name: `Rum ${nr}` }));
  rooms = (await db.insert(resources).values(values).returning()).map(({ id }) => id);
  patientId = await makePatient(db, home);
  const [first] = nurses;
  assert.ok(first);
  caller = await app.signedInAs(first);
});
after(() => app[Symbol.asyncDispose]());

const begins = new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000 + 7 * 24 * 3_600_000);
const at = (quarter: number): string => new Date(begins.getTime() + quarter * 15 * 60_000).toISOString();

type Wish = { visitId: string; quarter: number; minutes: number; who: number[]; room: number | null; doubled?: string | null };

const bookingOf = ({ visitId, quarter, minutes, who, room, doubled = null }: Wish) => ({
  visitId,
  unitId: home.unitId,
  patientId,
  startsAt: at(quarter),
  durationMinutes: minutes,
  place: 'Rum',
  address: null,
  entrance: null,
  callbackPhone: null,
  language: 'sv',
  patientComes: 'bedside',
  staff: who.map((nr, index) => ({ userId: nurses[nr]?.userId ?? '', unitId: home.unitId, host: index === 0, atBedside: false })),
  relativeIds: [],
  resourceIds: room === null ? [] : [rooms[room] ?? ''],
  doubled,
});
const book = (wish: Wish): Promise<Reply<unknown>> => caller.post('/api/visits', bookingOf(wish));
const detailsOf = (quarter: number, minutes: number, basedOn = 1) => {
  const { startsAt, durationMinutes, place, address, entrance, callbackPhone, language } = bookingOf({
    visitId: '',
    quarter,
    minutes,
    who: [0],
    room: null,
  });
  return { startsAt, durationMinutes, place, address, entrance, callbackPhone, language, basedOn };
};
const move = (visitId: string, quarter: number, minutes: number, doubled: string | null = null): Promise<Reply<unknown>> =>
  caller.put(`/api/visits/${visitId}/details`, { ...detailsOf(quarter, minutes), doubled });

const overlapping = async (): Promise<number> => {
  const { rows } = await app.ctx.db.execute<{ n: string }>(
    `select count(*) as n from bookings a join bookings b on a.id < b.id and a.during && b.during
     and (a.user_id = b.user_id or a.resource_id = b.resource_id) and (a.lane = 0 and b.lane = 0)`,
  );
  return Number(rows[0]?.n);
};

test('a hundred who book and move at once: nobody and nothing is booked twice, and each is answered', async () => {
  const wish = fc.record({
    quarter: fc.integer({ min: 0, max: 12 }),
    minutes: fc.constantFrom(15, 30, 45),
    who: fc.subarray([0, 1, 2], { minLength: 1 }),
    room: fc.option(fc.integer({ min: 0, max: 1 })),
    to: fc.integer({ min: 0, max: 12 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(wish, { minLength: 100, maxLength: 100 }), async (wishes) => {
      await app.ctx.db.execute(`delete from bookings`);
      const outcomes = await Promise.all(
        wishes.map(async ({ to, ...one }) => {
          const visitId = randomUUID();
          const made = await book({ ...one, visitId });
          const moved = made.ok ? await move(visitId, to, one.minutes) : null;
          return [codeOf(made), moved && codeOf(moved)];
        }),
      );
      for (const [made, moved] of outcomes) {
        assert.ok(made === null || made === 'conflict', String(made));
        assert.ok(moved === null || moved === undefined || moved === 'conflict', String(moved));
      }
      assert.ok(outcomes.some(([made]) => made === null));
      assert.equal(await overlapping(), 0);
    }),
    { numRuns: 3, endOnFailure: true }, // a smaller race is another race
  );
});

test('who is taken is named; a double booking takes the right and a reason, and lies encrypted', async () => {
  await app.ctx.db.execute('delete from bookings');
  const [first, second] = [randomUUID(), randomUUID()];
  assert.ok((await book({ visitId: first, quarter: 0, minutes: 30, who: [0, 1], room: 0 })).ok);
  const refused = await book({ visitId: second, quarter: 1, minutes: 30, who: [2, 1], room: 1 });
  assert.deepEqual([codeOf(refused), fieldOf(refused)], ['conflict', `taken.${nurses[1]?.userId}`]);
  const inRoom = await book({ visitId: second, quarter: 1, minutes: 30, who: [2], room: 0 });
  assert.deepEqual([codeOf(inRoom), fieldOf(inRoom)], ['conflict', `taken.${rooms[0]}`]);
  const assistant = await app.signedInAs(await makeAccount(app.ctx.db, home.unitId, 'assistantNurse'));
  const doubled = { visitId: second, quarter: 1, minutes: 30, who: [2, 1], room: 1, doubled: 'Påhittad brådska' };
  assert.equal(codeOf(await assistant.post('/api/visits', bookingOf(doubled))), 'forbidden');
  assert.ok((await book(doubled)).ok);
  const { rows } = await app.ctx.db.execute<{ lane: number; reason: string }>(
    `select lane, reason from bookings where visit_id = '${second}' order by lane desc`,
  );
  assert.deepEqual(
    rows.map(({ lane }) => lane),
    [1, 0, 0],
  );
  assert.match(rows[0]?.reason ?? '', /^v1\./);
  const third = await book({ visitId: randomUUID(), quarter: 2, minutes: 15, who: [1], room: null });
  assert.equal(codeOf(third), 'conflict', 'what is booked double takes its time too');
  const busy = await caller.post('/api/slots/busy', {
    startsAt: at(1),
    minutes: 15,
    userIds: nurses.map(({ userId }) => userId),
    resourceIds: rooms,
    butVisitId: second,
  });
  assert.deepEqual(busy.ok && busy.data, { userIds: [nurses[0]?.userId, nurses[1]?.userId], resourceIds: [rooms[0]] });
});

test('a move onto a booking is refused and leaves everything as it was; a visit that is not held leaves its time', async () => {
  await app.ctx.db.execute('delete from bookings');
  const [first, second] = [randomUUID(), randomUUID()];
  assert.ok((await book({ visitId: first, quarter: 0, minutes: 30, who: [0], room: 0 })).ok);
  assert.ok((await book({ visitId: second, quarter: 4, minutes: 30, who: [0], room: null })).ok);
  const refused = await move(second, 1, 30);
  assert.deepEqual([codeOf(refused), fieldOf(refused)], ['conflict', `taken.${nurses[0]?.userId}`]);
  assert.equal(codeOf(await book({ visitId: randomUUID(), quarter: 4, minutes: 15, who: [0], room: null })), 'conflict');
  assert.ok((await move(second, 2, 30)).ok, 'end to end is no overlap');
  assert.ok((await book({ visitId: randomUUID(), quarter: 4, minutes: 15, who: [0], room: null })).ok, 'where it was is free');
  assert.ok((await caller.post(`/api/visits/${first}/close`, { as: 'cancelled', reason: 'Prov' })).ok);
  assert.ok((await book({ visitId: randomUUID(), quarter: 0, minutes: 30, who: [0], room: 0 })).ok);
});

test('two who change places do so at once or not at all', async () => {
  await app.ctx.db.execute('delete from bookings');
  const [first, second] = [randomUUID(), randomUUID()];
  assert.ok((await book({ visitId: first, quarter: 0, minutes: 30, who: [0], room: null })).ok);
  assert.ok((await book({ visitId: second, quarter: 4, minutes: 30, who: [0], room: null })).ok);
  const swap = (basedOn: number) => caller.post(`/api/visits/${first}/swap`, { withVisitId: second, basedOn, withBasedOn: basedOn });
  assert.equal(codeOf(await swap(9)), 'conflict');
  assert.ok((await swap(1)).ok);
  const { rows } = await app.ctx.db.execute<{ id: string; starts_at: Date }>(
    `select id, starts_at from visits where id in ('${first}', '${second}') order by starts_at`,
  );
  assert.deepEqual(
    rows.map(({ id }) => id),
    [second, first],
  );
  assert.equal(await overlapping(), 0);
});
