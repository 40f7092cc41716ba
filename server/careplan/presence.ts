/** Who is in the room for what a plan's meeting talks of now. */
import { asc, eq } from 'drizzle-orm';
import type { VisitSnapshot } from '../../contract/visits.ts';
import type { Db, Tx } from '../../drizzle/client.ts';
import { carePlanItems, carePlanParties, carePlans, consents } from '../../drizzle/schema/index.ts';
import type { Person } from '../visits/visitState.ts';
import { type PartyRow, type Sharing, sharingOf } from './sharing.ts';

export type ItemRow = typeof carePlanItems.$inferSelect;
/** The plan of a meeting, as far as the meeting goes by it. */
export type Meeting = {
  planId: string;
  items: ItemRow[];
  unitId: string;
  parties: Pick<PartyRow, 'id' | 'relativeId' | 'unitId'>[];
  sharing: Sharing;
};
type Seat = Pick<Person, 'role' | 'unitId' | 'relativeId' | 'partyId'>;

/** In the order that they are talked of. */
export async function loadMeeting(tx: Db | Tx, planId: string, now: Date): Promise<Meeting> {
  const items = await tx.select().from(carePlanItems).where(eq(carePlanItems.planId, planId)).orderBy(asc(carePlanItems.position));
  const parties = await tx
    .select({ id: carePlanParties.id, relativeId: carePlanParties.relativeId, unitId: carePlanParties.unitId })
    .from(carePlanParties)
    .where(eq(carePlanParties.planId, planId));
  const held = await tx.select().from(consents).where(eq(consents.carePlanId, planId));
  const [plan] = await tx.select({ unitId: carePlans.unitId }).from(carePlans).where(eq(carePlans.id, planId));
  return { planId, unitId: plan?.unitId ?? '', items, parties, sharing: sharingOf(planId, held, now) };
}

/** The person, who speaks for them, and their interpreter: nobody moves them out. */
export const staysAlways = ({ role }: Pick<Person, 'role'>): boolean =>
  role === 'patient' || role === 'guardian' || role === 'trustee' || role === 'interpreter';

/** For which party somebody is there; null: for none, as the unit that coordinates. */
export function partyIdOf({ parties, unitId }: Pick<Meeting, 'parties' | 'unitId'>, seat: Omit<Seat, 'role'>): string | null {
  if (seat.partyId !== null) return seat.partyId;
  if (seat.unitId === unitId) return null;
  const isTheirs = (party: Meeting['parties'][number]): boolean =>
    (seat.relativeId !== null && party.relativeId === seat.relativeId) || (seat.unitId !== null && party.unitId === seat.unitId);
  return parties.find(isTheirs)?.id ?? null;
}

/**
 * A party is in the room for what it was asked to and may be told of all areas of; between items while the person wants a
 * plan at all. Somebody close who is no party comes when no item is taken up.
 */
export function takesPart(meeting: Meeting, item: Pick<ItemRow, 'areas' | 'partyIds'> | null, seat: Seat): boolean {
  if (staysAlways(seat)) return true;
  const partyId = partyIdOf(meeting, seat);
  if (partyId === null && seat.unitId === meeting.unitId) return true;
  if (!meeting.sharing.stands) return false;
  if (item === null) return true;
  if (partyId === null || !item.partyIds.includes(partyId)) return false;
  const told = meeting.sharing.areasOf.get(partyId);
  return item.areas.every((area) => told?.has(area) === true);
}

/** Whether the plan itself is open to somebody there, as far as they are told of it. */
export function seesPlan(meeting: Meeting, seat: Seat): boolean {
  return seat.role === 'patient' || seat.unitId === meeting.unitId || partyIdOf(meeting, seat) !== null;
}

/** What somebody sees of the agenda: what they take part in. */
export function agendaFor(meeting: Meeting, planItemId: string | null, seat: Seat): VisitSnapshot['agenda'] {
  const at = meeting.items.findIndex(({ id }) => id === planItemId);
  const items = meeting.items.flatMap((item, nr) => {
    if (!takesPart(meeting, item, seat)) return [];
    const state = nr === at ? ('now' as const) : nr < at ? ('done' as const) : ('ahead' as const);
    return [{ id: item.id, title: item.title, minutes: item.minutes, state }];
  });
  return { items, free: planItemId === null };
}
