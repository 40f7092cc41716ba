import { and, asc, eq, gte, inArray, lt, ne } from 'drizzle-orm';
import { Temporal } from 'temporal-polyfill';
import type { VisitListed } from '../../contract/visits.ts';
import { participants, placements, units, users, visits } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import { listed } from './views.ts';
import type { Person, VisitState } from './visitState.ts';

/** The care day is Swedish wherever the clinician sits. */
const careZone = 'Europe/Stockholm';

/** Start and end of the day that `now` falls in, in Sweden. */
export function careDay(now: Date): { from: Date; to: Date } {
  const start = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(careZone).startOfDay();
  return { from: new Date(start.epochMilliseconds), to: new Date(start.add({ days: 1 }).epochMilliseconds) };
}

/** The day's visits that this member of staff takes part in, in order of time: two queries however many there are. */
export async function visitsToday(ctx: Context, userId: string, now: Date): Promise<VisitListed[]> {
  const { from, to } = careDay(now);
  const mine = ctx.db
    .select({ visitId: participants.visitId })
    .from(participants)
    .where(and(eq(participants.userId, userId), eq(participants.seat, 'own'), ne(participants.status, 'removed')));
  const rows = await ctx.db
    .select({ visit: visits, unit: units, placement: placements })
    .from(visits)
    .innerJoin(units, eq(units.id, visits.unitId))
    .leftJoin(placements, eq(placements.visitId, visits.id))
    .where(and(inArray(visits.id, mine), gte(visits.startsAt, from), lt(visits.startsAt, to)))
    .orderBy(asc(visits.startsAt));
  const people = await peopleOf(
    ctx,
    rows.map(({ visit }) => visit.id),
  );
  return rows.map(({ visit: { id, state, ...visit }, unit, placement }) => {
    const whole: VisitState = { ...visit, visitId: id, stage: state, unit, placement, people: people.get(id) ?? [] };
    return listed(whole);
  });
}

async function peopleOf(ctx: Context, visitIds: string[]): Promise<Map<string, Person[]>> {
  if (visitIds.length === 0) return new Map();
  const rows = await ctx.db
    .select({ person: participants, user: { kind: users.kind, name: users.name, role: users.role, place: users.place } })
    .from(participants)
    .innerJoin(users, eq(users.id, participants.userId))
    .where(inArray(participants.visitId, visitIds))
    .orderBy(asc(participants.id));
  return Map.groupBy(
    rows.map(({ person, user }) => ({ ...person, user })),
    ({ visitId }) => visitId,
  );
}
