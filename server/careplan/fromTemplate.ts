/** A plan that begins from a template: it asks what the template asks. */
import { randomUUID } from 'node:crypto';
import { eq, inArray, max } from 'drizzle-orm';
import { nothingChosen } from '../../contract/planParts.ts';
import type { TemplatePart } from '../../contract/planTemplates.ts';
import { carePlanParts } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { changePlan, type PlanChange } from './plan.ts';
import { requireWritten } from './process.ts';
import { templateOfUnit } from './templates.ts';
import { textsOfParts } from './texts.ts';

/**
 * What the plan asks from now on; what a former template asked and nobody has answered is asked no more. Null: none.
 *
 * @throws {Refusal} `not_found` for a template that is not the unit's; `conflict` if the plan is not being written, or was
 *   changed meanwhile.
 */
export const beginFrom = (
  ctx: Context,
  actor: Actor,
  planId: string,
  { templateId, basedOn }: { templateId: string | null; basedOn: number },
  now: Date,
): Promise<void> =>
  changePlan(ctx, actor, planId, { basedOn }, now, async (change) => {
    const { tx, plan, set, audit } = change;
    if (plan.state !== 'consented') requireWritten(change);
    const template = templateId === null ? null : await templateOfUnit(tx, plan.unitId, templateId);
    await removeUnanswered(change);
    if (template) await ask(change, template.parts, actor);
    await set({ templateId, templateVersion: template?.version ?? null });
    await audit('plan.template', templateId ?? planId);
    return true;
  });

async function removeUnanswered({ tx, parts }: PlanChange): Promise<void> {
  const asked = parts.filter(({ prompt }) => prompt !== '').map(({ id }) => id);
  const texts = await textsOfParts(tx, asked);
  const unanswered = asked.filter((id) => Object.values(texts.get(id) ?? {}).every((text) => !text.trim()));
  if (unanswered.length > 0) await tx.delete(carePlanParts).where(inArray(carePlanParts.id, unanswered));
}

/** Once each: what is asked already is not asked again. */
async function ask({ tx, plan }: PlanChange, asked: readonly TemplatePart[], actor: Actor): Promise<void> {
  const [last] = await tx
    .select({ position: max(carePlanParts.position) })
    .from(carePlanParts)
    .where(eq(carePlanParts.planId, plan.id));
  const there = await tx.select({ prompt: carePlanParts.prompt }).from(carePlanParts).where(eq(carePlanParts.planId, plan.id));
  const fresh = asked.filter(({ prompt }) => !there.some((one) => one.prompt === prompt));
  const from = (last?.position ?? 0) + 1;
  const rows = fresh.map((part, nr) => ({
    ...part,
    ...{ id: randomUUID(), planId: plan.id, position: from + nr, chosen: JSON.stringify(nothingChosen), madeBy: actor.userId },
  }));
  if (rows.length > 0) await tx.insert(carePlanParts).values(rows);
}
