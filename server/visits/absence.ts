import { and, eq, lt } from 'drizzle-orm';
import { participants } from '../../drizzle/schema/index.ts';
import { endExpired, stopLeftovers } from '../consent/expiry.ts';
import type { Context } from '../context.ts';
import { deleteOutlived } from '../examining/retention.ts';
import { endLapsedLicences } from '../people/enforce.ts';
import { changeVisit } from './changeVisit.ts';
import { bedsideIsGone } from './seats.ts';

const everyMs = 5_000;

/**
 * Frees the seats of those who fell out and did not come back in time. Any number of servers may do it at once: each
 * seat is judged again under the visit's lock. One statement every few seconds needs no job queue.
 */
export function startFreeingSeats(ctx: Context): { close: () => void } {
  let last: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    for (const task of [freeSeats, endExpired, stopLeftovers, endLapsedLicences, deleteOutlived])
      last = last
        .then(async () => void (await task(ctx, new Date())))
        .catch((error: unknown) => ctx.log.error({ err: error }, 'what runs out was not ended'));
  }, everyMs);
  return { close: () => clearInterval(timer) };
}

export async function freeSeats(ctx: Context, now: Date): Promise<void> {
  const before = new Date(now.getTime() - ctx.env.SEAT_KEPT_MS);
  const due = and(eq(participants.presence, 'returning'), lt(participants.absentSince, before));
  const rows = await ctx.db.select({ id: participants.id, visitId: participants.visitId }).from(participants).where(due);
  for (const { id, visitId } of rows) {
    await changeVisit(ctx, visitId, null, async (change) => {
      const { before: state, seat, audit } = change;
      const person = state.people.find((other) => other.id === id);
      if (person?.presence !== 'returning' || !person.absentSince || person.absentSince >= before) return false;
      await seat(id, { presence: 'away', sending: [], absentSince: null, heldBy: null });
      await bedsideIsGone(change, person);
      await audit('visit.seat_freed', id);
      return true;
    });
  }
}
