/** How a patient usually is, and by what a score is counted. */
import { eq, sql } from 'drizzle-orm';
import type { NewBaseline } from '../../contract/measurements.ts';
import { require_ } from '../../contract/refusal.ts';
import type { Tx } from '../../drizzle/client.ts';
import { baselines } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { overtaken } from '../people/overtaken.ts';
import { patientFor } from '../people/patients.ts';
import { may } from '../policies.ts';
import { changeVisit } from '../visits/changeVisit.ts';
import { requireWriting } from './file.ts';

export async function keepBaselineInVisit(ctx: Context, actor: Actor, visitId: string, given: NewBaseline, now: Date): Promise<void> {
  await changeVisit(ctx, visitId, actor.userId, async ({ tx, before, set, audit }) => {
    requireWriting(actor, before);
    const detail = await keep(tx, actor, before.patientId, given, now);
    await set({ measuredAt: now }); // whoever looks at readings reads them anew
    await audit('baseline.keep', before.patientId, detail);
    return true;
  });
}

export async function keepBaseline(ctx: Context, actor: Actor, patientId: string, given: NewBaseline, now: Date): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { unitIds } = await patientFor(tx, actor, patientId);
    require_(unitIds.some((unitId) => may(actor, 'measurement.record', { unitId })));
    const detail = await keep(tx, actor, patientId, given, now);
    await writeAudit(tx, { actorId: actor.userId, action: 'baseline.keep', patientId, detail });
  });
}

/** @throws {Refusal} `conflict` if somebody changed it meanwhile; `forbidden` if scale 2 is ordered, or the order ended, by no doctor. */
async function keep(tx: Tx, actor: Actor, patientId: string, { basedOn, spo2Scale2, ...said }: NewBaseline, now: Date) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`baseline ${patientId}`}, 0))`);
  const [before] = await tx.select().from(baselines).where(eq(baselines.patientId, patientId));
  if ((before?.version ?? null) !== basedOn) throw overtaken();
  const ordered = before?.spo2Scale2At != null;
  if (ordered !== spo2Scale2) require_(may(actor, 'measurement.order', null), 'Scale 2 is a doctor’s order.');
  const order = ordered === spo2Scale2 ? {} : { spo2Scale2By: spo2Scale2 ? actor.userId : null, spo2Scale2At: spo2Scale2 ? now : null };
  const values = { ...said, ...order, version: (basedOn ?? 0) + 1 };
  await tx
    .insert(baselines)
    .values({ patientId, ...values })
    .onConflictDoUpdate({ target: baselines.patientId, set: values });
  return { spo2Scale: spo2Scale2 ? 2 : 1 };
}
