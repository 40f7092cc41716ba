/** The one decision on every part of a plan: may this person be told of it? */
import type { Area } from '../../contract/planParts.ts';
import type { carePlanParties, carePlanParts, carePlans, consents } from '../../drizzle/schema/index.ts';
import type { Actor } from '../identity/sessions.ts';
import { careRoles } from '../policies.ts';

export type PlanRow = typeof carePlans.$inferSelect;
export type PartyRow = typeof carePlanParties.$inferSelect;
export type PartRow = typeof carePlanParts.$inferSelect;
export type PlanConsent = Pick<typeof consents.$inferSelect, 'id' | 'type' | 'carePlanId' | 'partyId' | 'areas' | 'validUntil' | 'endedAt'>;

/** What the person has said yes to just now: a plan at all, and of what each party may be told. */
export type Sharing = { stands: boolean; areasOf: ReadonlyMap<string, ReadonlySet<Area>> };

export function sharingOf(planId: string, held: readonly PlanConsent[], now: Date): Sharing {
  const running = held.filter(
    (one) => one.carePlanId === planId && one.endedAt === null && (one.validUntil === null || one.validUntil > now),
  );
  const areasOf = new Map<string, ReadonlySet<Area>>();
  for (const { type, partyId, areas } of running) {
    if (type === 'planSharing' && partyId) areasOf.set(partyId, new Set([...(areasOf.get(partyId) ?? []), ...(areas ?? [])]));
  }
  return { stands: running.some(({ type }) => type === 'carePlan'), areasOf };
}

/**
 * Who looks: the person and those who speak for them, and the unit that coordinates, at all of it; a party at what the
 * person lets it be told of.
 */
export type Viewer = { whole: boolean; person: boolean; partyId: string | null; out: boolean };

/** Somebody's seat in the plan's meeting: a party's people may come by link alone. */
export type MeetingSeat = {
  userId: string;
  relativeId: string | null;
  partyId: string | null;
  out: boolean; // just now: moved out of what is talked of, or in a talk aside
};

/** Null: there is no such plan for them. A party's unit has it from when it is summoned, or sits in the meeting. */
export function viewerOf(
  actor: Actor,
  { unitId, personUserId }: Pick<PlanRow, 'unitId'> & { personUserId: string | null },
  parties: readonly Pick<PartyRow, 'id' | 'unitId' | 'relativeId' | 'sentAt'>[],
  seat: MeetingSeat | null,
): Viewer | null {
  const person = actor.userId === personUserId;
  const coordinates = actor.assignments.some((held) => held.unitId === unitId && planningRoles.includes(held.role));
  const out = seat?.out === true;
  if (person || coordinates) return { whole: true, person, partyId: null, out };
  const party =
    parties.find(({ unitId: at, sentAt }) => (sentAt !== null || seat !== null) && actor.assignments.some((held) => held.unitId === at)) ??
    parties.find((one) => seat !== null && (one.id === seat.partyId || (one.relativeId !== null && one.relativeId === seat.relativeId)));
  return party ? { whole: false, person: false, partyId: party.id, out } : null;
}

/** Those who plan, on the side of health care and of social services. */
export const planningRoles = [...careRoles, 'needsAssessor' as const];

/** A part is told to a party when the person lets it be told of every area that the part is about. */
export function mayBeTold(sharing: Sharing, viewer: Viewer, { areas }: Pick<PartRow, 'areas'>): boolean {
  if (viewer.whole) return true;
  if (!sharing.stands || viewer.partyId === null) return false;
  const told = sharing.areasOf.get(viewer.partyId);
  return told !== undefined && areas.every((area) => told.has(area));
}
