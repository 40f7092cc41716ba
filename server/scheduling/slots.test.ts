import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { Slot } from '../../contract/scheduling.ts';
import type { Reply } from '../../contract/wire.ts';
import type { Span } from '../../drizzle/range.ts';
import { assignments, bookings, exceptions, resources, unitHours, workingHours } from '../../drizzle/schema/index.ts';
import { type Account, makeAccount, makeCareHome, makeUnit, makeVisit } from '../../testing/care.ts';
import { type Caller, codeOf, fieldOf, TestApp } from '../../testing/TestApp.ts';
import { keepHolidays } from './holidays.ts';
import { slotsIn } from './slots.ts';

let app: TestApp;
before(async () => {
  app = await TestApp.start();
  await keepHolidays(app.ctx.db, new Date('2026-06-01T00:00:00Z'));
});
after(() => app[Symbol.asyncDispose]());

const data = <T>(reply: Reply<unknown>): T => {
  assert.ok(reply.ok, JSON.stringify(reply));
  return reply.data as T;
};
const long = new Date('2026-01-01T00:00:00Z'); // so that nothing is past
const clock = (slots: Slot[]): string[] => slots.map(({ startsAt }) => startsAt.slice(0, 16));

type Week = { weekday: number; opens: string; closes: string }[];
const workdays = (opens: string, closes: string): Week => [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens, closes }));

async function works(account: Account, unitId: string, zone: string, week: Week): Promise<void> {
  const [held] = await app.ctx.db.select().from(assignments).where(eq(assignments.userId, account.userId));
  assert.equal(held?.unitId, unitId);
  await app.ctx.db.insert(workingHours).values(week.map((row) => ({ ...row, zone, assignmentId: held?.id ?? '' })));
}

async function book(what: { userId: string } | { resourceId: string }, during: Span): Promise<void> {
  const visit = await makeVisit(app.ctx.db);
  await app.ctx.db.insert(bookings).values({ visitId: visit.id, during, ...what });
}
const span = (from: string, until: string): Span => ({ from: new Date(from), until: new Date(until) });

test('a doctor in Lisbon, one in Helsinki, a nurse and a room in Storuman: what they have in common, by each one’s own clock', async () => {
  const { db } = app.ctx;
  const home = await makeCareHome(db, 'Storuman');
  const [lisbon, helsinki] = [await makeUnit(db, home.organisationId, 'Lissabon'), await makeUnit(db, home.organisationId, 'Helsingfors')];
  const doctor = await makeAccount(db, lisbon.unitId, 'remotePhysician');
  const other = await makeAccount(db, helsinki.unitId, 'remotePhysician');
  const nurse = await makeAccount(db, home.unitId, 'nurse');
  await works(doctor, lisbon.unitId, 'Europe/Lisbon', workdays('09:00', '17:00')); // 10–18 in Sweden
  await works(other, helsinki.unitId, 'Europe/Helsinki', workdays('08:00', '16:00')); // 07–15
  await works(nurse, home.unitId, 'Europe/Stockholm', workdays('07:00', '16:00'));
  const [room] = await db.insert(resources).values({ unitId: home.unitId, kind: 'room', name: 'Rum 1' }).returning();
  const roomId = room?.id ?? '';
  await book({ resourceId: roomId }, span('2026-12-01T09:30:00Z', '2026-12-01T12:00:00Z')); // Tuesday 10:30–13:00
  const caller = await app.signedInAs(nurse);
  const staffOf = (account: Account, unitId: string) => ({ staff: [{ userId: account.userId, unitId }] });
  const search = {
    unitId: home.unitId,
    from: '2026-12-01T00:00:00Z',
    until: '2026-12-02T00:00:00Z',
    minutes: 30,
    needs: [staffOf(doctor, lisbon.unitId), staffOf(other, helsinki.unitId), staffOf(nurse, home.unitId), { resources: [roomId] }],
  };
  const found = data<Slot[]>(await caller.post('/api/slots/search', search));
  assert.deepEqual(clock(found), [
    '2026-12-01T09:00', // 10:00 in Sweden, when Lisbon begins; the room is taken at half past
    ...['12:00', '12:15', '12:30', '12:45', '13:00', '13:15', '13:30'].map((at) => `2026-12-01T${at}`), // until Helsinki goes home at 15
  ]);
  assert.deepEqual(found[0]?.free, [[doctor.userId], [other.userId], [nurse.userId], [roomId]]);

  const withMargin = data<Slot[]>(await caller.post('/api/slots/search', { ...search, minutesBefore: 15, minutesAfter: 15 }));
  assert.deepEqual(
    clock(withMargin),
    ['12:15', '12:30', '12:45', '13:00', '13:15'].map((at) => `2026-12-01T${at}`),
  );

  await db.insert(exceptions).values({ userId: other.userId, works: false, during: span('2026-12-01T12:30:00Z', '2026-12-01T14:00:00Z') });
  assert.deepEqual(
    clock(data(await caller.post('/api/slots/search', search))),
    ['09:00', '12:00'].map((at) => `2026-12-01T${at}`),
  );

  await db.insert(unitHours).values({ unitId: home.unitId, weekday: 2, opens: '12:00', closes: '24:00' });
  assert.deepEqual(clock(data(await caller.post('/api/slots/search', search))), ['2026-12-01T12:00']);
});

test('a public holiday is no weekday, unless somebody works all the same', async () => {
  const { db } = app.ctx;
  const home = await makeCareHome(db);
  const nurse = await makeAccount(db, home.unitId, 'nurse');
  await works(nurse, home.unitId, 'Europe/Stockholm', workdays('08:00', '09:00'));
  const search = {
    unitId: home.unitId,
    from: '2026-12-24T00:00:00Z', // Thursday, Christmas Eve
    until: '2026-12-29T00:00:00Z',
    minutes: 60,
    minutesBefore: 0,
    minutesAfter: 0,
    needs: [{ staff: [{ userId: nurse.userId, unitId: home.unitId }] }],
    limit: 100,
  };
  assert.deepEqual(clock(await slotsIn(app.ctx, search, long)), ['2026-12-28T07:00']);
  await db.insert(exceptions).values({ userId: nurse.userId, works: true, during: span('2026-12-26T10:00:00Z', '2026-12-26T11:00:00Z') });
  assert.deepEqual(clock(await slotsIn(app.ctx, search, long)), ['2026-12-26T10:00', '2026-12-28T07:00']);
});

test('when clocks change, hours keep to the clock of their place', async () => {
  const { db } = app.ctx;
  const home = await makeCareHome(db);
  const nurse = await makeAccount(db, home.unitId, 'nurse');
  await works(
    nurse,
    home.unitId,
    'Europe/Stockholm',
    [6, 7, 1].map((weekday) => ({ weekday, opens: '01:00', closes: '05:00' })),
  );
  const hoursOf = async (day: string): Promise<number> => {
    const search = {
      unitId: home.unitId,
      from: new Date(Date.parse(day) - 6 * 3_600_000).toISOString(),
      until: `${day}T12:00:00Z`,
      minutes: 60,
      minutesBefore: 0,
      minutesAfter: 0,
      needs: [{ staff: [{ userId: nurse.userId, unitId: home.unitId }] }],
      limit: 500,
    };
    return ((await slotsIn(app.ctx, search, long)).length - 1) / 4 + 1;
  };
  assert.equal(await hoursOf('2026-03-28'), 4);
  assert.equal(await hoursOf('2026-03-29'), 3, 'the night is an hour shorter');
  assert.equal(await hoursOf('2026-10-24'), 4);
  assert.equal(await hoursOf('2026-10-25'), 5, 'the night is an hour longer');
});

test('as a plain calculation has it, whatever is booked and wanted', async () => {
  const { db } = app.ctx;
  const home = await makeCareHome(db);
  const nurses = [await makeAccount(db, home.unitId, 'nurse'), await makeAccount(db, home.unitId, 'nurse')];
  const [room] = await db.insert(resources).values({ unitId: home.unitId, kind: 'room', name: 'Rum' }).returning();
  const zones = ['Europe/Lisbon', 'Europe/Helsinki'];
  for (const [index, nurse] of nurses.entries()) await works(nurse, home.unitId, zones[index] ?? '', workdays('08:00', '12:00'));
  const day = '2026-12-02';
  const visit = await makeVisit(db);
  const at = (minute: number): Date => new Date(Date.parse(`${day}T00:00:00Z`) + minute * 60_000);
  const worked = (index: number): [number, number] =>
    ['08:00', '12:00'].map((time) => {
      const there = Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zones[index] ?? '');
      return (there.epochMilliseconds - at(0).getTime()) / 60_000;
    }) as [number, number];
  const taken = fc.record({
    who: fc.integer({ min: 0, max: 2 }),
    from: fc.integer({ min: 0, max: 200 }),
    length: fc.integer({ min: 1, max: 24 }),
  });
  const wish = fc.record({
    bookings: fc.array(taken, { maxLength: 6 }),
    minutes: fc.constantFrom(15, 20, 30, 45, 60),
    minutesBefore: fc.constantFrom(0, 5, 10),
    minutesAfter: fc.constantFrom(0, 10),
    either: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(wish, async ({ bookings: made, minutes, minutesBefore, minutesAfter, either }) => {
      await db.delete(bookings).where(eq(bookings.visitId, visit.id));
      const rows = made.map(({ who, from, length }, lane) => {
        const during = { from: at(300 + from * 2), until: at(300 + (from + length) * 2) };
        const doubled = { lane, reason: lane > 0 ? 'prov' : '' };
        return {
          visitId: visit.id,
          during,
          ...doubled,
          ...(who === 2 ? { resourceId: room?.id ?? '' } : { userId: nurses[who]?.userId ?? '' }),
        };
      });
      if (rows.length > 0) await db.insert(bookings).values(rows);
      const staff = nurses.map(({ userId }) => ({ userId, unitId: home.unitId }));
      const needs = [...(either ? [{ staff }] : staff.map((one) => ({ staff: [one] }))), { resources: [room?.id ?? ''] }];
      const search = {
        unitId: home.unitId,
        from: at(0).toISOString(),
        until: at(1440).toISOString(),
        minutes,
        minutesBefore,
        minutesAfter,
        needs,
        limit: 500,
      };
      const isFree = (who: number, from: number, until: number): boolean => {
        const [opens, closes] = who === 2 ? [-Infinity, Infinity] : worked(who);
        const clear = made.every((one) => one.who !== who || 300 + (one.from + one.length) * 2 <= from || 300 + one.from * 2 >= until);
        return opens <= from && until <= closes && clear;
      };
      const step = minutes >= 15 ? 15 : 5;
      const expected: string[] = [];
      for (let minute = 0; minute < 1440; minute += step) {
        const [from, until] = [minute - minutesBefore, minute + minutes + minutesAfter];
        const free = [0, 1, 2].map((who) => isFree(who, from, until));
        if (free[2] && (either ? free[0] || free[1] : free[0] && free[1])) expected.push(at(minute).toISOString().slice(0, 16));
      }
      assert.deepEqual(clock(await slotsIn(app.ctx, search, long)), expected);
    }),
    { numRuns: 60 },
  );
});

test('what is no search is named; who books nothing there finds nothing', async () => {
  const visit = await makeVisit(app.ctx.db);
  const nurse: Caller = await app.signedInAs(visit.nurse);
  const { unitId } = visit;
  const good = {
    unitId,
    from: '2031-01-01T00:00:00Z',
    until: '2031-01-02T00:00:00Z',
    minutes: 30,
    needs: [{ staff: [{ userId: visit.nurse.userId, unitId }] }],
  };
  const named = async (wrong: object): Promise<string | undefined> => fieldOf(await nurse.post('/api/slots/search', { ...good, ...wrong }));
  assert.equal(await named({ minutes: 0 }), 'minutes');
  assert.equal(await named({ minutes: 26 * 60 }), 'minutes');
  assert.equal(await named({ until: '2030-12-31T00:00:00Z' }), 'until');
  assert.equal(await named({ until: '2031-06-01T00:00:00Z' }), 'until');
  assert.equal(await named({ needs: [] }), 'needs');
  assert.equal(codeOf(await nurse.post('/api/slots/search', { ...good, unitId: randomUUID() })), 'forbidden');
});
