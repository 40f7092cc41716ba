import { eq, inArray } from 'drizzle-orm';
import type { Tx } from '../../drizzle/client.ts';
import { planTemplates, planTemplateVersions, units, users } from '../../drizzle/schema/index.ts';
import { startersIn } from '../careplan/starters.ts';
import { idOf } from './idOf.ts';

const mark = 'DR';

/** The ready templates of planning meetings, as the demo's ward has made them its own. What is there stays as it is. */
export async function layPlanTemplates(tx: Tx): Promise<void> {
  const [head] = await tx.select({ id: users.id }).from(users).where(eq(users.username, 'chef.dorotea'));
  if (!head) return;
  for (const [nr, { name, ...content }] of startersIn('sv').entries()) {
    const id = idOf('planTemplate', mark, String(nr));
    await tx
      .insert(planTemplates)
      .values({ id, unitId: idOf('unit', mark) })
      .onConflictDoNothing();
    await tx.insert(planTemplateVersions).values({ templateId: id, version: 1, name, content, madeBy: head.id }).onConflictDoNothing();
  }
}

export async function takePlanTemplatesAway(tx: Tx): Promise<void> {
  await tx
    .delete(planTemplates)
    .where(inArray(planTemplates.unitId, tx.select({ id: units.id }).from(units).where(eq(units.synthetic, true))));
}
