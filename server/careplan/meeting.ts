/** The plan's meeting is a visit; here is what the plan wants to know of it. */
import { and, desc, eq, inArray, ne } from 'drizzle-orm';
import { openStates } from '../../contract/visits.ts';
import type { Db, Tx } from '../../drizzle/client.ts';
import { participants, visits } from '../../drizzle/schema/index.ts';
import type { Actor } from '../identity/sessions.ts';
import type { MeetingSeat } from './sharing.ts';

/** The actor's seat in a meeting of the plan that can still be entered; a guest has that of their own visit alone. */
export async function meetingSeatOf(tx: Db | Tx, { userId, onlyVisitId }: Actor, planId: string): Promise<MeetingSeat | null> {
  const [seat] = await tx
    .select({
      id: participants.id,
      userId: participants.userId,
      relativeId: participants.relativeId,
      partyId: participants.partyId,
      aside: participants.aside,
      sideTalk: visits.sideTalk,
    })
    .from(participants)
    .innerJoin(visits, eq(visits.id, participants.visitId))
    .where(
      and(
        eq(visits.carePlanId, planId),
        eq(participants.userId, userId),
        eq(participants.seat, 'own'),
        ne(participants.status, 'removed'),
        inArray(visits.state, [...openStates]),
        onlyVisitId === null ? undefined : eq(visits.id, onlyVisitId),
      ),
    )
    .orderBy(desc(visits.startsAt))
    .limit(1);
  if (!seat) return null;
  const { id, sideTalk, aside, ...rest } = seat;
  return { ...rest, out: aside || (sideTalk?.agreed === true && sideTalk.participantIds.includes(id)) };
}

export type PlanMeeting = { visitId: string; startsAt: Date; open: boolean };

/** The plan's latest meeting, and whether it can still be entered. */
export async function meetingsOf(tx: Db | Tx, planIds: string[]): Promise<Map<string, PlanMeeting>> {
  if (planIds.length === 0) return new Map();
  const rows = await tx
    .select({ planId: visits.carePlanId, visitId: visits.id, startsAt: visits.startsAt, state: visits.state })
    .from(visits)
    .where(and(inArray(visits.carePlanId, planIds), ne(visits.state, 'cancelled')))
    .orderBy(visits.startsAt);
  return new Map(
    rows.flatMap(({ planId, state, ...meeting }) =>
      planId ? [[planId, { ...meeting, open: openStates.some((one) => one === state) }] as const] : [],
    ),
  );
}
