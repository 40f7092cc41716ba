/** A newer plan that is to take the place of one that holds: it begins with what that said. */

import { randomUUID } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import { heldStates } from '../../contract/planSteps.ts';
import { Refusal } from '../../contract/refusal.ts';
import { carePlanParties, carePlanParts, carePlans, carePlanTexts, consents } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { newerOf } from './editions.ts';
import { changePlan, type PlanChange } from './plan.ts';
import { documentsOf } from './texts.ts';

/**
 * The older one holds until the newer one is signed. What the person has said yes to goes on with the newer one.
 * The same again is once.
 *
 * @throws {Refusal} `conflict` if the plan does not hold, or a newer one is being made already.
 */
export const revise = (ctx: Context, actor: Actor, planId: string, newPlanId: string, basedOn: number, now: Date): Promise<void> =>
  changePlan(ctx, actor, planId, {}, now, async (change) => {
    const { tx, plan, audit } = change;
    const newer = await newerOf(tx, planId);
    if (newer?.id === newPlanId) return false;
    const givenUp = newer?.state === 'closed';
    if ((newer && !givenUp) || plan.version !== basedOn)
      throw new Refusal('conflict', 'Somebody else has changed this meanwhile.', 'basedOn');
    if (!heldStates.includes(plan.state)) throw new Refusal('conflict', 'The plan does not hold.', 'state');
    if (newer) await tx.update(carePlans).set({ takesPlaceOf: null }).where(eq(carePlans.id, newer.id));
    const { id: _, version: __, ...same } = plan;
    await tx.insert(carePlans).values({
      ...same,
      ...{ id: newPlanId, state: 'preparing', edition: plan.edition + 1, takesPlaceOf: planId, madeBy: actor.userId, madeAt: now },
      ...{ activatedAt: null, signedBy: null, followUpOn: null, responsiblePartyId: null },
      ...{ personStance: null, personWords: '', personAt: null },
    });
    const parties = await copyParties(change, newPlanId);
    const responsiblePartyId = plan.responsiblePartyId === null ? null : (parties.get(plan.responsiblePartyId) ?? null);
    await tx.update(carePlans).set({ responsiblePartyId }).where(eq(carePlans.id, newPlanId));
    await copyConsents(change, newPlanId, parties, now);
    await copyParts(change, newPlanId, parties, actor, now);
    await audit('plan.revise', newPlanId);
    return true;
  });

async function copyParties({ tx, parties }: PlanChange, planId: string): Promise<Map<string, string>> {
  const ids = new Map(parties.map(({ id }) => [id, randomUUID() as string]));
  const rows = parties.map(({ id, kind, name, contact, directoryId, unitId, relativeId, channel }) => ({
    ...{ id: ids.get(id) ?? randomUUID(), planId },
    ...{ kind, name, contact, directoryId, unitId, relativeId, channel },
  }));
  if (rows.length > 0) await tx.insert(carePlanParties).values(rows);
  return ids;
}

async function copyConsents({ tx, plan }: PlanChange, planId: string, parties: Map<string, string>, now: Date): Promise<void> {
  const held = await tx
    .select()
    .from(consents)
    .where(and(eq(consents.carePlanId, plan.id), isNull(consents.endedAt)));
  const rows = held
    .filter(({ validUntil }) => validUntil === null || validUntil > now)
    .map(({ id: _, ...row }) => ({
      ...row,
      carePlanId: planId,
      partyId: row.partyId === null ? null : (parties.get(row.partyId) ?? null),
    }));
  if (rows.length > 0) await tx.insert(consents).values(rows);
}

async function copyParts({ tx, parts }: PlanChange, planId: string, parties: Map<string, string>, actor: Actor, now: Date): Promise<void> {
  const documents = await documentsOf(
    tx,
    parts.map(({ id }) => id),
  );
  for (const { id, version: _, ...part } of parts) {
    const newId = randomUUID();
    const chosen = JSON.parse(part.chosen) as { partyId: string | null };
    const moved = { ...chosen, partyId: chosen.partyId === null ? null : (parties.get(chosen.partyId) ?? null) };
    await tx.insert(carePlanParts).values({ ...part, id: newId, planId, chosen: JSON.stringify(moved), goalReached: null });
    const texts = [...(documents.get(id) ?? [])].map(([field, document]) => ({
      ...{ partId: newId, field, change: new Uint8Array(document.whole), by: actor.userId, at: now },
    }));
    if (texts.length > 0) await tx.insert(carePlanTexts).values(texts);
  }
}
