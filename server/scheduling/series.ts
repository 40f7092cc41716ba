/** The same visit again and again: same day of the week, same time by the Swedish clock. */
import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import type { bookingRoutes, Occurrence, Repeat } from '../../contract/booking.ts';
import { Refusal } from '../../contract/refusal.ts';
import type { Tx } from '../../drizzle/client.ts';
import { holidays, visits } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { may } from '../policies.ts';
import { lanesTaken, spanOf, type Taken } from './bookings.ts';
import { careZone } from './careZone.ts';

const local = (iso: string): Temporal.ZonedDateTime => Temporal.Instant.from(iso).toZonedDateTimeISO(careZone);
const instantOf = (at: Temporal.ZonedDateTime): string => new Date(at.epochMilliseconds).toISOString();

/** After the first, in order. A time that a spring night skips is the one an hour later. */
export const repeated = (startsAt: string, { everyWeeks, count }: Repeat): string[] =>
  Array.from({ length: count - 1 }, (_, index) => instantOf(local(startsAt).add({ weeks: everyWeeks * (index + 1) })));

type Asked = z.output<(typeof bookingRoutes)['POST /api/visits/occurrences']['body']>;

/** When it would be, and whoever is taken, or which holiday it is, then. */
export async function occurrencesOf(
  { db }: Context,
  actor: Actor,
  { unitId, startsAt, minutes, minutesBefore, minutesAfter, repeat, userIds, resourceIds }: Asked,
): Promise<Occurrence[]> {
  if (!may(actor, 'visit.book', { unitId })) throw new Refusal('not_found', 'There is no such unit.', 'unitId');
  const wanted: Taken[] = [
    ...userIds.map((id) => ({ kind: 'user' as const, id })),
    ...resourceIds.map((id) => ({ kind: 'resource' as const, id })),
  ];
  const times = repeated(startsAt, repeat);
  const dayOf = (iso: string): string => local(iso).toPlainDate().toString();
  const free = await db
    .select()
    .from(holidays)
    .where(inArray(holidays.day, times.map(dayOf)));
  const found: Occurrence[] = [];
  for (const at of times) {
    const during = spanOf({ startsAt: new Date(at), durationMinutes: minutes, minutesBefore, minutesAfter });
    const taken = wanted.length > 0 ? await lanesTaken(db, wanted, during, null) : new Map<string, number>();
    found.push({ startsAt: at, taken: [...taken.keys()], holiday: free.find(({ day }) => day === dayOf(at))?.name ?? null });
  }
  return found;
}

/** Those of the same series that come after a visit and have not begun. */
export async function followersOf(tx: Pick<Tx, 'select'>, visitId: string): Promise<string[]> {
  const [visit] = await tx.select({ seriesId: visits.seriesId, startsAt: visits.startsAt }).from(visits).where(eq(visits.id, visitId));
  if (!visit?.seriesId) return [];
  const rows = await tx
    .select({ id: visits.id })
    .from(visits)
    .where(
      and(
        eq(visits.seriesId, visit.seriesId),
        gt(visits.startsAt, visit.startsAt),
        inArray(visits.state, ['booked', 'checked_in', 'waiting']),
      ),
    )
    .orderBy(asc(visits.startsAt));
  return rows.map(({ id }) => id);
}

/** As many days and minutes later, by the Swedish clock, as one visit was moved; each keeps the hour of its own. */
export function movedAlike(moved: { from: Date; to: Date }, at: Date): Date {
  const wall = (date: Date): Temporal.PlainDateTime => local(date.toISOString()).toPlainDateTime();
  const shift = wall(moved.from).until(wall(moved.to), { largestUnit: 'minutes' });
  return new Date(wall(at).add(shift).toZonedDateTime(careZone).epochMilliseconds);
}
