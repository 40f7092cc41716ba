/** Who has the overall responsibility, who coordinates, and when the plan is followed up. */
import { and, eq, isNull } from 'drizzle-orm';
import { isPrincipal } from '../../contract/planKinds.ts';
import { Refusal } from '../../contract/refusal.ts';
import { assignments } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { changePlan, partyOf } from './plan.ts';
import { requireWritten } from './process.ts';

type Lead = {
  responsiblePartyId: string | null;
  coordinatorId: string | null;
  followUpOn: string | null;
  noOtherMeasures: boolean;
  basedOn: number;
};

/** @throws {Refusal} `invalid`, naming `responsiblePartyId`, `coordinatorId` or `followUpOn`; `conflict` if it was changed meanwhile. */
export const lead = (ctx: Context, actor: Actor, planId: string, { basedOn, ...given }: Lead, now: Date): Promise<void> =>
  changePlan(ctx, actor, planId, { basedOn }, now, async (change) => {
    const { tx, plan, parties, set, audit } = change;
    requireWritten(change);
    if (given.responsiblePartyId !== null && !isPrincipal(partyOf(parties, given.responsiblePartyId).kind))
      throw new Refusal('invalid', 'responsiblePartyId: is no principal', 'responsiblePartyId');
    if (given.followUpOn !== null && given.followUpOn <= now.toISOString().slice(0, 10))
      throw new Refusal('invalid', 'followUpOn: is past', 'followUpOn');
    if (given.coordinatorId !== null && given.coordinatorId !== plan.coordinatorId) {
      const [works] = await tx
        .select({ id: assignments.id })
        .from(assignments)
        .where(and(eq(assignments.userId, given.coordinatorId), eq(assignments.unitId, plan.unitId), isNull(assignments.endedAt)));
      if (!works) throw new Refusal('invalid', 'coordinatorId: does not work at the unit', 'coordinatorId');
    }
    await set(given);
    await audit('plan.lead');
    return true;
  });
