/** What the meeting of a plan talks of, and which visit it is. */
import { eq } from 'drizzle-orm';
import type { AgendaItem } from '../../contract/planMeeting.ts';
import { Refusal } from '../../contract/refusal.ts';
import { openStates } from '../../contract/visits.ts';
import { carePlanItems, visits } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { may } from '../policies.ts';
import { noSuchVisit } from '../visits/changeVisit.ts';
import { loadVisit } from '../visits/visitState.ts';
import { settleMeetings } from './moves.ts';
import { requireRunning } from './parties.ts';
import { changePlan, type PlanChange } from './plan.ts';

/**
 * All of it at once. A party that may not be told of an area of an item is not put on it.
 *
 * @throws {Refusal} `invalid`, naming `items.N.partyIds`; `conflict`, naming `basedOn`, if it was changed meanwhile.
 */
export async function setAgenda(
  ctx: Context,
  actor: Actor,
  planId: string,
  { items, basedOn }: { items: AgendaItem[]; basedOn: number },
  now: Date,
): Promise<void> {
  await changePlan(ctx, actor, planId, { basedOn }, now, async (change) => {
    requireRunning(change);
    items.forEach((item, nr) => requireTold(change, item, nr));
    const { tx, audit } = change;
    await tx.delete(carePlanItems).where(eq(carePlanItems.planId, planId));
    if (items.length > 0) await tx.insert(carePlanItems).values(items.map((item, nr) => ({ ...item, planId, position: nr + 1 })));
    await audit('plan.agenda', planId, { items: items.length });
    return true;
  });
  await settleMeetings(ctx, planId, actor.userId);
}

function requireTold({ parties, sharing }: PlanChange, { partyIds, areas }: AgendaItem, nr: number): void {
  for (const partyId of partyIds) {
    if (!parties.some(({ id }) => id === partyId))
      throw new Refusal('invalid', `items.${nr}.partyIds: names no party to this plan`, `items.${nr}.partyIds`);
    if (!areas.every((area) => sharing.areasOf.get(partyId)?.has(area) === true))
      throw new Refusal('invalid', `items.${nr}.partyIds: may not be told of all of it`, `items.${nr}.partyIds`);
  }
}

/**
 * The same again is once.
 *
 * @throws {Refusal} `not_found` for a visit out of reach, or of another person; `conflict` if it is over.
 */
export async function meetIn(ctx: Context, actor: Actor, planId: string, visitId: string, now: Date): Promise<void> {
  await changePlan(ctx, actor, planId, {}, now, async (change) => {
    const { tx, plan, step, audit } = change;
    const visit = await loadVisit(tx, visitId, true);
    if (!visit || visit.patientId !== plan.patientId || !may(actor, 'visit.change', visit)) throw noSuchVisit();
    if (visit.carePlanId === planId) return false;
    if (visit.carePlanId !== null || visit.roundId !== null || !openStates.some((open) => open === visit.stage))
      throw new Refusal('conflict', 'That visit cannot be a meeting of this plan.', 'visitId');
    requireRunning(change);
    await tx.update(visits).set({ carePlanId: planId }).where(eq(visits.id, visitId));
    if (plan.state === 'summoned' || plan.state === 'plan_draft') await step('meeting_scheduled');
    await audit('plan.meeting', visitId);
    return true;
  });
  await settleMeetings(ctx, planId, actor.userId);
}
