/** From the need of a plan to the person's yes or no, their preparation, and the plan's end. */
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Preparation, preparation } from '../../contract/carePlans.ts';
import type { NewConsentBasis } from '../../contract/consent.ts';
import { writtenStates } from '../../contract/planSteps.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import { carePlans, units } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import { file } from '../consent/consents.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { patientFor } from '../people/patients.ts';
import { may } from '../policies.ts';
import { requireHeard } from './children.ts';
import { changePlan, noSuchPlan, type PlanChange } from './plan.ts';

type Proposed = { planId: string; unitId: string; need: string; proposedBy: string };

/**
 * Anybody may see that a plan is needed; staff of a unit keep it. The same again is once.
 *
 * @throws {Refusal} `not_found` for a patient out of reach, `forbidden` at a unit that is not the actor's.
 */
export async function propose(ctx: Context, actor: Actor, patientId: string, given: Proposed): Promise<void> {
  const { planId, unitId, need, proposedBy } = given;
  require_(may(actor, 'plan.propose', { unitId }));
  await ctx.db.transaction(async (tx) => {
    const { row } = await patientFor(tx, actor, patientId);
    const [unit] = await tx.select({ synthetic: units.synthetic }).from(units).where(eq(units.id, unitId));
    const made = await tx
      .insert(carePlans)
      .values({
        ...{ id: planId, patientId: row.id, unitId, need, proposedBy, madeBy: actor.userId, coordinatorId: actor.userId },
        synthetic: unit?.synthetic ?? false,
      })
      .onConflictDoNothing()
      .returning({ id: carePlans.id });
    if (made.length > 0)
      return writeAudit(tx, { actorId: actor.userId, action: 'plan.propose', subjectId: planId, unitId, patientId: row.id });
    const [there] = await tx.select({ madeBy: carePlans.madeBy }).from(carePlans).where(eq(carePlans.id, planId));
    if (there?.madeBy !== actor.userId) throw noSuchPlan();
  });
}

export const offer = (ctx: Context, actor: Actor, planId: string, basedOn: number, now: Date): Promise<void> =>
  changePlan(ctx, actor, planId, { basedOn }, now, async ({ step, audit }) => {
    await step('offered', { declinedWhy: null });
    await audit('plan.offer');
    return true;
  });

export const decline = (ctx: Context, actor: Actor, planId: string, { basedOn, why }: { basedOn: number; why: string }, now: Date) =>
  changePlan(ctx, actor, planId, { basedOn }, now, async ({ step, audit }) => {
    await step('declined', { declinedWhy: why });
    await audit('plan.decline');
    return true;
  });

/** @throws {Refusal} `invalid`, naming the field of the consent. */
export const consentTo = (
  ctx: Context,
  actor: Actor,
  planId: string,
  { basedOn, consent }: { basedOn: number; consent: NewConsentBasis },
  now: Date,
): Promise<void> =>
  changePlan(ctx, actor, planId, { basedOn }, now, async ({ tx, plan, patient, step, audit }) => {
    requireHeard({ plan, patient }, now);
    await step('consented');
    await file(tx, patient, { ...consent, type: 'carePlan', carePlanId: plan.id, keptBy: actor.userId }, now, plan.unitId);
    await audit('plan.consent');
    return true;
  });

/** What the person says beforehand: kept by the coordinator, or written by themselves. */
export const prepare = (
  ctx: Context,
  actor: Actor,
  planId: string,
  { basedOn, ...said }: z.output<typeof preparation> & { basedOn: number },
  now: Date,
): Promise<void> =>
  changePlan(ctx, actor, planId, { part: 'any', basedOn }, now, async (change) => {
    if (!change.viewer.whole) throw new Refusal('forbidden', 'This is the person’s to say.');
    if (change.plan.state === 'consented') await change.step('preparing');
    else requireWritten(change);
    await change.set({ preparation: JSON.stringify(said satisfies Preparation) });
    await change.audit('plan.prepare');
    return true;
  });

export const close = (ctx: Context, actor: Actor, planId: string, { basedOn, why }: { basedOn: number; why: string }, now: Date) =>
  changePlan(ctx, actor, planId, { basedOn }, now, async ({ step, audit }) => {
    await step('closed', { endedWhy: why, endedAt: now });
    await audit('plan.close');
    return true;
  });

/** @throws {Refusal} `conflict` where the plan is not being written. */
export function requireWritten({ plan }: Pick<PlanChange, 'plan'>): void {
  if (!writtenStates.includes(plan.state)) throw new Refusal('conflict', 'The plan is not being written.', 'state');
}
