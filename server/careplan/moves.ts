/** Moving people in and out as the agenda moves, and talks aside. */
import { and, eq, inArray } from 'drizzle-orm';
import { Refusal, require_ } from '../../contract/refusal.ts';
import { openStates } from '../../contract/visits.ts';
import { visits } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import { can, isBedside } from '../policies.ts';
import { type Change, changeVisit, personOn } from '../visits/changeVisit.ts';
import { type Acting, ownSeat } from '../visits/hosting.ts';
import type { VisitState } from '../visits/visitState.ts';
import { type ItemRow, type Meeting, staysAlways, takesPart } from './presence.ts';

/**
 * Takes up an item: whoever takes part is in the room, the others wait beside it, all in one step. Null: everybody is in.
 * The chair has to be one who takes part.
 *
 * @throws {Refusal} `forbidden`; `not_found` for an item of another agenda; `conflict`, naming `chair`, where the chair may
 *   not be told of what the item is about: somebody else leads then.
 */
export async function takeUp(ctx: Context, { userId, visitId }: Acting, itemId: string | null): Promise<void> {
  const state = await changeVisit(ctx, visitId, userId, async (change) => {
    const { before, set, audit } = change;
    const meeting = meetingOf(before);
    const self = ownSeat(before.people, userId);
    require_(can(self, 'visit.host', before));
    const item = itemOf(meeting, itemId);
    if (self && !takesPart(meeting, item, self))
      throw new Refusal('conflict', 'You may not be told of this: somebody else leads it.', 'chair');
    if (before.planItemId === itemId) return false;
    if (before.sideTalk) await set({ sideTalk: null });
    await set({ planItemId: itemId });
    await settle(change, meeting, item);
    await audit('agenda.take', itemId ?? visitId);
    return true;
  });
  if (state.carePlanId) ctx.hub.planChanged(state.carePlanId);
}

function itemOf({ items }: Meeting, itemId: string | null): ItemRow | null {
  if (itemId === null) return null;
  const item = items.find(({ id }) => id === itemId);
  if (!item) throw new Refusal('not_found', 'There is no such item on the agenda.', 'itemId');
  return item;
}

/** Puts everybody where they belong. Who is let back comes in by themselves. @returns whether anybody was moved. */
async function settle({ before, seat }: Change, meeting: Meeting, item: ItemRow | null): Promise<boolean> {
  let moved = false;
  for (const person of before.people) {
    const aside = !takesPart(meeting, item, person);
    if (aside === person.aside) continue;
    moved = true;
    const out = aside && person.presence !== 'away' ? { presence: 'lobby' as const, sending: [], absentSince: null, handUpAt: null } : {};
    await seat(person.id, { aside, ...out });
  }
  return moved;
}

/** What the person lets be told has changed: nobody hears on what they may not be told any more. */
export async function settleMeetings(ctx: Context, planId: string, actorId: string | null): Promise<void> {
  const open = await ctx.db
    .select({ id: visits.id })
    .from(visits)
    .where(and(eq(visits.carePlanId, planId), inArray(visits.state, [...openStates])));
  for (const { id } of open) {
    await changeVisit(ctx, id, actorId, async (change) => {
      const { before, audit } = change;
      const meeting = meetingOf(before);
      const item = meeting.items.find((one) => one.id === before.planItemId) ?? null;
      const moved = await settle(change, meeting, item);
      if (moved) await audit('agenda.settle');
      return moved;
    });
  }
}

/**
 * Asks the person whether some of those there may talk by themselves. Nothing happens before they say yes.
 *
 * @throws {Refusal} `invalid`, naming `participantIds`, for the person, who speaks for them and their interpreter, and for
 *   who is not in the room; `conflict` while there is another.
 */
export async function proposeTalk(ctx: Context, { userId, visitId }: Acting, participantIds: string[]): Promise<void> {
  await changeVisit(ctx, visitId, userId, async ({ before, set, audit }) => {
    require_(can(ownSeat(before.people, userId), 'visit.host', before));
    meetingOf(before);
    if (before.sideTalk) throw new Refusal('conflict', 'There is a talk aside already.', 'participantIds');
    const people = [...new Set(participantIds)].map((id) => personOn(before, id));
    const stay = people.some((person) => staysAlways(person) || isBedside(person));
    if (stay || people.length < 2 || people.some((person) => person.seat !== 'own' || !can(person, 'visit.room', before)))
      throw new Refusal('invalid', 'participantIds: name two or more of those who are in the room, and not the person', 'participantIds');
    await set({ sideTalk: { participantIds: people.map(({ id }) => id), agreed: false } });
    await audit('talk.propose');
    return true;
  });
}

/** The person says yes or no. Twice is once; a no ends it. */
export async function answerTalk(ctx: Context, { userId, visitId }: Acting, yes: boolean): Promise<void> {
  const state = await changeVisit(ctx, visitId, userId, async ({ before, set, audit }) => {
    require_(can(ownSeat(before.people, userId), 'visit.bedside', before));
    const { sideTalk } = before;
    if (!sideTalk || sideTalk.agreed === yes) return false;
    await set({ sideTalk: yes ? { ...sideTalk, agreed: true } : null });
    await audit(yes ? 'talk.agree' : 'talk.refuse');
    return true;
  });
  if (state.carePlanId) ctx.hub.planChanged(state.carePlanId);
}

/** By the chair, or by the person who does not want it to go on (`answerTalk`). */
export async function endTalk(ctx: Context, { userId, visitId }: Acting): Promise<void> {
  const state = await changeVisit(ctx, visitId, userId, async ({ before, set, audit }) => {
    require_(can(ownSeat(before.people, userId), 'visit.host', before));
    if (!before.sideTalk) return false;
    await set({ sideTalk: null });
    await audit('talk.end');
    return true;
  });
  if (state.carePlanId) ctx.hub.planChanged(state.carePlanId);
}

function meetingOf({ meeting }: VisitState): Meeting {
  if (!meeting) throw new Refusal('conflict', 'This is no meeting of a plan.', 'visitId');
  return meeting;
}
