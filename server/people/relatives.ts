/** Those close to a patient, and their representatives. */
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { RelativeView, relative } from '../../contract/patients.ts';
import { Refusal } from '../../contract/refusal.ts';
import type { Tx } from '../../drizzle/client.ts';
import { relatives } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import { presenceNeed } from '../consent/covers.ts';
import { generallyPresent } from '../consent/running.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { overtaken } from './overtaken.ts';
import { patientFor } from './patients.ts';
import { phoneOrNull } from './phones.ts';
import { requireReachable } from './reach.ts';

type Given = z.output<typeof relative>;

function checked(given: Given): Given {
  requireReachable(given);
  return { ...given, phone: phoneOrNull(given.phone, 'phone') };
}

export async function addRelative(ctx: Context, actor: Actor, patientId: string, given: Given): Promise<{ id: string }> {
  const values = checked(given);
  return ctx.db.transaction(async (tx) => {
    await patientFor(tx, actor, patientId, true);
    const [row] = await tx
      .insert(relatives)
      .values({ ...values, patientId })
      .returning({ id: relatives.id });
    if (!row) throw new Error('the relative was not made');
    await writeAudit(tx, { actorId: actor.userId, action: 'relative.add', subjectId: row.id, patientId, detail: { role: given.role } });
    return row;
  });
}

export async function changeRelative(
  ctx: Context,
  actor: Actor,
  relativeId: string,
  { basedOn, ...given }: Given & { basedOn: number },
): Promise<RelativeView> {
  const values = checked(given);
  return ctx.db.transaction(async (tx) => {
    const known = await relativeFor(tx, actor, relativeId);
    const { row: patient } = await patientFor(tx, actor, known.patientId);
    if (known.version !== basedOn) throw overtaken();
    const version = basedOn + 1;
    await tx
      .update(relatives)
      .set({ ...values, version })
      .where(eq(relatives.id, relativeId));
    await writeAudit(tx, { actorId: actor.userId, action: 'relative.change', subjectId: relativeId, patientId: known.patientId });
    const present = await generallyPresent(tx, known.patientId, new Date());
    const mayBePresent =
      presenceNeed(values, patient) === null || present.some((one) => one.relativeId === null || one.relativeId === relativeId);
    return { id: relativeId, version, mayBePresent, ...values };
  });
}

export async function endRelative(ctx: Context, actor: Actor, relativeId: string, now: Date): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { patientId } = await relativeFor(tx, actor, relativeId);
    await tx.update(relatives).set({ endedAt: now }).where(eq(relatives.id, relativeId));
    await writeAudit(tx, { actorId: actor.userId, action: 'relative.end', subjectId: relativeId, patientId });
  });
}

async function relativeFor(tx: Tx, actor: Actor, relativeId: string): Promise<typeof relatives.$inferSelect> {
  const [row] = await tx.select().from(relatives).where(eq(relatives.id, relativeId)).for('update');
  if (!row || row.endedAt) throw new Refusal('not_found', 'There is no such person.');
  await patientFor(tx, actor, row.patientId, true);
  return row;
}
