/** Record blocks: what a unit has written is closed to other units, at once, at the patient's wish. A guardian cannot. */
import { and, asc, eq } from 'drizzle-orm';
import type { Block } from '../../contract/access.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import type { Tx } from '../../drizzle/client.ts';
import { careRelations, organisations, patients, recordBlocks, units } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { patientFor } from '../people/patients.ts';
import { may } from '../policies.ts';
import { writeAudit } from './audit.ts';
import { type RunningBlock, runningBlocks } from './openings.ts';

const viewOf = ({ since, ...row }: RunningBlock): Block => ({ ...row, since: since.toISOString() });

/** Staff see the blocks of their own units, and that there are others. */
export async function blocksFor(ctx: Context, actor: Actor, patientId: string): Promise<{ blocks: Block[]; elsewhere: number }> {
  return ctx.db.transaction(async (tx) => {
    const { row, unitIds, opened } = await patientFor(tx, actor, patientId);
    require_(may(actor, 'patient.visits', { unitIds, organisationId: row.organisationId, opened }));
    await writeAudit(tx, { actorId: actor.userId, action: 'block.read', patientId });
    const all = await runningBlocks(tx, patientId);
    const own = all.filter(({ unitId }) => may(actor, 'visit.book', { unitId }));
    return { blocks: own.map(viewOf), elsewhere: all.length - own.length };
  });
}

/** Twice is once. */
async function set(tx: Tx, actor: Actor, patientId: string, unitId: string): Promise<Block> {
  const known = (await runningBlocks(tx, patientId)).find((one) => one.unitId === unitId);
  if (known) return viewOf(known);
  await tx.insert(recordBlocks).values({ patientId, unitId, setBy: actor.userId });
  await writeAudit(tx, { actorId: actor.userId, action: 'block.set', patientId, unitId });
  const made = (await runningBlocks(tx, patientId)).find((one) => one.unitId === unitId);
  if (!made) throw new Error('the block was not made');
  return viewOf(made);
}

/** Staff of the unit set it when the patient asks them. */
export async function setBlock(ctx: Context, actor: Actor, patientId: string, unitId: string): Promise<Block> {
  return ctx.db.transaction(async (tx) => {
    const { unitIds } = await patientFor(tx, actor, patientId, true);
    if (!unitIds.includes(unitId) || !may(actor, 'visit.book', { unitId }))
      throw new Refusal('not_found', 'There is no such unit.', 'unitId');
    return set(tx, actor, patientId, unitId);
  });
}

/** The patient's own: every unit where they are a patient. */
export async function ownBlocks(ctx: Context, actor: Actor) {
  require_(may(actor, 'consent.own', null), 'This page is the patient’s own.');
  return ctx.db.transaction(async (tx) => {
    const rows = await tx
      .select({ patientId: patients.id, unitId: units.id, unitName: units.name, provider: organisations.name })
      .from(patients)
      .innerJoin(careRelations, eq(careRelations.patientId, patients.id))
      .innerJoin(units, eq(units.id, careRelations.unitId))
      .innerJoin(organisations, eq(organisations.id, units.organisationId))
      .where(eq(patients.userId, actor.userId))
      .orderBy(asc(organisations.name), asc(units.name));
    const blocks: (RunningBlock & { patientId: string })[] = [];
    for (const patientId of new Set(rows.map((row) => row.patientId)))
      blocks.push(...(await runningBlocks(tx, patientId)).map((one) => ({ ...one, patientId })));
    return rows.map((row) => {
      const found = blocks.find(({ unitId, patientId }) => unitId === row.unitId && patientId === row.patientId);
      return { ...row, block: found ? viewOf({ id: found.id, unitId: found.unitId, unitName: found.unitName, since: found.since }) : null };
    });
  });
}

export async function setOwnBlock(
  ctx: Context,
  actor: Actor,
  { patientId, unitId }: { patientId: string; unitId: string },
): Promise<Block> {
  require_(may(actor, 'consent.own', null), 'This page is the patient’s own.');
  return ctx.db.transaction(async (tx) => {
    const [own] = await tx
      .select({ id: patients.id })
      .from(patients)
      .innerJoin(careRelations, and(eq(careRelations.patientId, patients.id), eq(careRelations.unitId, unitId)))
      .where(and(eq(patients.id, patientId), eq(patients.userId, actor.userId)));
    if (!own) throw new Refusal('not_found', 'You are no patient there.', 'unitId');
    return set(tx, actor, patientId, unitId);
  });
}

/** By the patient, or by staff of the unit whom they asked. Twice is once. */
export async function liftBlock(ctx: Context, actor: Actor, blockId: string, now: Date): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [found] = await tx
      .select({ block: recordBlocks, userId: patients.userId })
      .from(recordBlocks)
      .innerJoin(patients, eq(patients.id, recordBlocks.patientId))
      .where(eq(recordBlocks.id, blockId))
      .for('update', { of: recordBlocks });
    const own = found !== undefined && may(actor, 'consent.own', null) && found.userId === actor.userId;
    if (!found || !(own || may(actor, 'visit.book', { unitId: found.block.unitId })))
      throw new Refusal('not_found', 'There is no such block.');
    const { patientId, unitId, liftedAt } = found.block;
    if (liftedAt) return;
    await tx.update(recordBlocks).set({ liftedAt: now, liftedBy: actor.userId }).where(eq(recordBlocks.id, blockId));
    await writeAudit(tx, { actorId: actor.userId, action: 'block.lift', patientId, unitId });
  });
}
