/** Those who work with a party take a seat in the plan's meeting by themselves; who comes without an account gets a link. */
import { Refusal } from '../../contract/refusal.ts';
import { participants } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { spanOf, take } from '../scheduling/bookings.ts';
import { staffSeats } from '../scheduling/seatsOf.ts';
import { changeVisit } from '../visits/changeVisit.ts';
import { meetingsOf } from './meeting.ts';
import { settleMeetings } from './moves.ts';
import { type PlanState_, planFor } from './plan.ts';
import type { PartyRow, Viewer } from './sharing.ts';

const summoned = 'kallad till planens möte'; // why they may be booked double

/** The party that whoever looks works with and may sit for: one that has answered that it comes. */
export function seatedFor({ parties, viewer }: Pick<PlanState_, 'parties'> & { viewer: Viewer }): (PartyRow & { unitId: string }) | null {
  const party = parties.find(({ id }) => id === viewer.partyId);
  return party?.answer === 'accepted' && party.unitId !== null ? { ...party, unitId: party.unitId } : null;
}

function partySeated(state: Parameters<typeof seatedFor>[0]): { unitId: string } {
  const party = seatedFor(state);
  if (!party) throw new Refusal('forbidden', 'Your unit has not answered that it comes.');
  return party;
}

/**
 * They may be booked elsewhere at that time: who is summoned comes, and both stand in their calendar.
 *
 * @throws {Refusal} `not_found` for a plan out of reach; `forbidden` to who does not work with a party that comes, or was taken
 *   off the meeting; `conflict`, naming `meeting`, where none is booked or it is over.
 */
export async function takeSeat(ctx: Context, actor: Actor, planId: string, now: Date): Promise<{ visitId: string }> {
  const meeting = await ctx.db.transaction(async (tx) => {
    partySeated(await planFor(tx, actor, planId, now));
    return (await meetingsOf(tx, [planId])).get(planId);
  });
  if (!meeting?.open) throw new Refusal('conflict', 'No meeting is booked, or it is over.', 'meeting');
  const { visitId } = meeting;
  await changeVisit(ctx, visitId, actor.userId, async ({ tx, before, audit }) => {
    const party = partySeated(await planFor(tx, actor, planId, now));
    const seated = before.people.find(({ userId, seat }) => userId === actor.userId && seat === 'own');
    if (seated?.status === 'removed') throw new Refusal('forbidden', 'You were taken off the meeting. Whoever coordinates asks you again.');
    if (seated) return false;
    const { startsAt } = before;
    const place = { userId: actor.userId, unitId: party.unitId, host: false, atBedside: false };
    const [seat] = await staffSeats(tx, { visitId, startsAt }, [place]);
    if (!seat) throw new Error('no seat was made');
    await tx.insert(participants).values(seat);
    await take(tx, { visitId }, spanOf(before), [{ kind: 'user', id: actor.userId }], summoned);
    await audit('people.seat', seat.id);
    return true;
  });
  await settleMeetings(ctx, planId, actor.userId); // what is talked of now may not be for them
  return { visitId };
}
