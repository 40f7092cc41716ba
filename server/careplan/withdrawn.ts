/** The person does not want the plan any more: nothing is shared from now on. What was lawfully made stays where it is. */
import { and, inArray, isNull, notInArray } from 'drizzle-orm';
import { endedStates, mayGo } from '../../contract/planSteps.ts';
import { Refusal } from '../../contract/refusal.ts';
import type { Tx } from '../../drizzle/client.ts';
import { carePlans, consents } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { editionsOf } from './editions.ts';
import { settleMeetings } from './moves.ts';
import { planFor } from './plan.ts';

type Ended = Pick<typeof consents.$inferSelect, 'type' | 'carePlanId'>;

/**
 * By the person, or by staff who have heard it.
 *
 * @throws {Refusal} `not_found` for a plan out of reach, `forbidden` for a party.
 */
export async function withdrawPlan(ctx: Context, actor: Actor, planId: string, now: Date): Promise<void> {
  const { viewer, plan } = await planFor(ctx.db, actor, planId, now);
  if (!viewer.whole) throw new Refusal('forbidden', 'This is the person’s to say.');
  if (plan.state !== 'consent_withdrawn' && !mayGo(plan.state, 'consent_withdrawn'))
    throw new Refusal('conflict', 'There is no yes to take back.', 'state');
  await stopPlan(ctx, { type: 'carePlan', carePlanId: planId }, actor.userId, now);
}

/** Twice is once. */
export async function stopPlan(ctx: Context, { type, carePlanId }: Ended, actorId: string | null, now: Date): Promise<void> {
  if (carePlanId === null) return;
  const editions = type === 'carePlan' ? await ctx.db.transaction((tx) => endSharing(tx, carePlanId, actorId, now)) : [carePlanId];
  for (const planId of editions) {
    await settleMeetings(ctx, planId, actorId);
    ctx.hub.planChanged(planId);
  }
}

/** Of every edition: whoever wants no plan wants none of them shared. What had come to its end stays as it ended. @returns them. */
async function endSharing(tx: Tx, planId: string, actorId: string | null, now: Date): Promise<string[]> {
  const editions = await editionsOf(tx, planId);
  await tx
    .update(consents)
    .set({ endedAt: now, endedAs: 'withdrawn', endedBy: actorId, stoppedAt: now })
    .where(and(inArray(consents.carePlanId, editions), isNull(consents.endedAt)));
  const stopped = await tx
    .update(carePlans)
    .set({ state: 'consent_withdrawn', endedAt: now })
    .where(and(inArray(carePlans.id, editions), notInArray(carePlans.state, [...endedStates])))
    .returning();
  for (const { id, unitId, patientId } of stopped)
    await writeAudit(tx, { actorId, action: 'plan.withdraw', subjectId: id, unitId, patientId });
  return editions;
}
