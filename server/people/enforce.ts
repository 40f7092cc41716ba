/** What somebody may has changed: seats that rest on it go, in visits that are not over, their media with them. */
import { and, eq, inArray, lt, notInArray, or } from 'drizzle-orm';
import { licensedRoles } from '../../contract/policy.ts';
import { openStates } from '../../contract/visits.ts';
import { participants, users, visits } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import { changeVisit } from '../visits/changeVisit.ts';

type Seat = { userId: string; unitId: string };

/** Takes somebody off the open visits that they take part in by a unit. */
export async function freeSeatsOf(ctx: Context, actorId: string | null, { userId, unitId }: Seat, why: string): Promise<void> {
  const seats = await ctx.db
    .select({ visitId: participants.visitId })
    .from(participants)
    .innerJoin(visits, eq(visits.id, participants.visitId))
    .where(and(eq(participants.userId, userId), eq(participants.unitId, unitId), inArray(visits.state, [...openStates])));
  for (const visitId of new Set(seats.map((seat) => seat.visitId))) {
    await changeVisit(ctx, visitId, actorId, async ({ before, seat, audit }) => {
      for (const person of before.people.filter((one) => one.userId === userId && one.unitId === unitId)) {
        await seat(person.id, { status: 'removed', presence: 'away', sending: [], absentSince: null });
        await audit(why, person.id);
      }
      return true;
    });
  }
}

/** After licence or approved countries have changed: in which units somebody may still act, from any session of theirs. */
export async function judgeAnew(ctx: Context, actorId: string, userId: string): Promise<void> {
  const sessions = await ctx.sessions.of(ctx.db, userId);
  const actors = await Promise.all(sessions.map(({ id }) => ctx.sessions.actorIn(ctx.db, id)));
  const may = new Set(actors.flatMap((actor) => actor?.assignments.map(({ unitId }) => unitId) ?? []));
  const inRoom = await ctx.db
    .select({ unitId: participants.unitId })
    .from(participants)
    .where(and(eq(participants.userId, userId), inArray(participants.presence, ['room', 'returning'])));
  for (const unitId of new Set(inRoom.map((row) => row.unitId)))
    if (unitId !== null && !may.has(unitId)) await freeSeatsOf(ctx, actorId, { userId, unitId }, 'people.barred');
  ctx.hub.userChanged(userId);
}

/** A licence runs out while its holder is in a visit. */
export async function endLapsedLicences(ctx: Context, now: Date): Promise<void> {
  const today = now.toISOString().slice(0, 10);
  const lapsed = await ctx.db
    .select({ userId: participants.userId, unitId: participants.unitId })
    .from(participants)
    .innerJoin(users, eq(users.id, participants.userId))
    .where(
      and(
        inArray(participants.presence, ['room', 'returning']),
        inArray(participants.role, [...licensedRoles]),
        or(notInArray(users.licence, ['valid', 'restricted']), lt(users.licenceUntil, today)),
      ),
    );
  for (const { userId, unitId } of lapsed) if (unitId !== null) await freeSeatsOf(ctx, null, { userId, unitId }, 'people.barred');
}
