/** When a unit's queue is open, and what it asks. */
import { eq } from 'drizzle-orm';
import type { QueueSettings } from '../../contract/queue.ts';
import { Refusal } from '../../contract/refusal.ts';
import type { Db, Tx } from '../../drizzle/client.ts';
import { queueHours, queueQuestions, units } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { may } from '../policies.ts';
import { hoursOf, requireNoOverlap } from '../scheduling/hours.ts';

/** A subquery of the units that have one. */
export const queueUnits = (tx: Db | Tx) => tx.select({ id: queueHours.unitId }).from(queueHours);

export async function settingsOf(tx: Tx, unitId: string): Promise<QueueSettings> {
  const hours = await tx.select().from(queueHours).where(eq(queueHours.unitId, unitId));
  const [asked] = await tx.select().from(queueQuestions).where(eq(queueQuestions.unitId, unitId));
  return { hours: hoursOf(hours), questions: asked?.questions ?? [] };
}

/** Whether the actor plans the unit. @throws {Refusal} `not_found` if there is no such unit. */
export async function plans(tx: Tx, actor: Actor, unitId: string): Promise<boolean> {
  const [unit] = await tx.select({ organisationId: units.organisationId }).from(units).where(eq(units.id, unitId));
  if (!unit) throw new Refusal('not_found', 'There is no such unit.', 'unitId');
  return may(actor, 'unit.plan', { unitId, organisationId: unit.organisationId });
}

export async function changeSettings(
  ctx: Context,
  actor: Actor,
  unitId: string,
  { hours, questions }: QueueSettings,
): Promise<QueueSettings> {
  requireNoOverlap(hours);
  return ctx.db.transaction(async (tx) => {
    if (!(await plans(tx, actor, unitId))) throw new Refusal('not_found', 'There is no such unit.', 'unitId');
    await tx.delete(queueHours).where(eq(queueHours.unitId, unitId));
    if (hours.length > 0) await tx.insert(queueHours).values(hours.map((row) => ({ ...row, unitId })));
    await tx.insert(queueQuestions).values({ unitId, questions }).onConflictDoUpdate({ target: queueQuestions.unitId, set: { questions } });
    await writeAudit(tx, { actorId: actor.userId, action: 'queue.change', subjectId: unitId, unitId });
    return settingsOf(tx, unitId);
  });
}
