import { eq } from 'drizzle-orm';
import { Refusal, require_ } from '../../contract/refusal.ts';
import { organisations } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { may } from '../policies.ts';

/** The decision by which a care provider takes NEWS2 into use; null takes it back, and nothing is counted any more. */
export async function decideMedicalDevice(ctx: Context, actor: Actor, organisationId: string, decision: string | null): Promise<void> {
  require_(may(actor, 'unit.administer', { organisationId }));
  await ctx.db.transaction(async (tx) => {
    const changed = await tx
      .update(organisations)
      .set({ medicalDeviceDecision: decision })
      .where(eq(organisations.id, organisationId))
      .returning({ id: organisations.id });
    if (changed.length === 0) throw new Refusal('not_found', 'There is no such organisation.');
    const detail = { decided: decision !== null };
    await writeAudit(tx, { actorId: actor.userId, action: 'organisation.medical_device', subjectId: organisationId, detail });
  });
}
