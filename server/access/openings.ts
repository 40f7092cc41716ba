/** Opening what no care relation opens: with a reason, for a while, and seen by the unit head. */
import { and, asc, eq, gt, inArray, isNull, notInArray, or, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { z } from 'zod';
import type { accessRoutes } from '../../contract/access.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import type { Db, Tx } from '../../drizzle/client.ts';
import { openings, patients, recordBlocks, units } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import { requireProof } from '../identity/proof.ts';
import type { Actor } from '../identity/sessions.ts';
import { indexOf, readNumber } from '../people/numbers.ts';
import { patientFor } from '../people/patients.ts';
import { may } from '../policies.ts';
import { writeAudit } from './audit.ts';

type Body<K extends 'POST /api/openings' | 'POST /api/patients/:patientId/emergency/open'> = z.output<(typeof accessRoutes)[K]['body']>;

const openMs = 24 * 3_600_000;
const emergencyMs = 4 * 3_600_000;

/** What somebody has opened of a patient, by the assignment that they act by. */
export type Opened = { relation: boolean; emergency: string[] };

export async function openedBy(tx: Db | Tx, actor: Actor, patientId: string, now = new Date()): Promise<Opened> {
  const held = actor.assignments.map(({ id }) => id);
  if (held.length === 0) return { relation: false, emergency: [] };
  const rows = await tx
    .select({ kind: openings.kind, unitId: openings.unitId })
    .from(openings)
    .where(and(eq(openings.patientId, patientId), inArray(openings.assignmentId, held), gt(openings.until, now)));
  return {
    relation: rows.some(({ kind }) => kind === 'relation'),
    emergency: rows.flatMap(({ kind, unitId }) => (kind === 'emergency' && unitId !== null ? [unitId] : [])),
  };
}

export type RunningBlock = { id: string; unitId: string; unitName: string; since: Date };

/** Units whose records of a patient are closed to others. */
export const runningBlocks = (tx: Db | Tx, patientId: string): Promise<RunningBlock[]> =>
  tx
    .select({ id: recordBlocks.id, unitId: recordBlocks.unitId, unitName: units.name, since: recordBlocks.since })
    .from(recordBlocks)
    .innerJoin(units, eq(units.id, recordBlocks.unitId))
    .where(and(eq(recordBlocks.patientId, patientId), isNull(recordBlocks.liftedAt)))
    .orderBy(asc(units.name));

const isBlocked = async (tx: Db | Tx, patientId: string, unitId: string): Promise<boolean> =>
  (await runningBlocks(tx, patientId)).some((block) => block.unitId === unitId);

/** Whether what a unit has written is open by an opening: not behind a block, unless it was opened in an emergency. */
export async function opensUnit(tx: Db | Tx, actor: Actor, patientId: string, unitId: string): Promise<boolean> {
  const opened = await openedBy(tx, actor, patientId);
  if (opened.emergency.includes(unitId)) return true;
  return opened.relation && !(await isBlocked(tx, patientId, unitId));
}

/** Of what units of the patient have written, what the actor reads: of the units they hold, and what they have opened. */
export const writtenInReach = async (tx: Db | Tx, actor: Actor, patientId: string, unitId: PgColumn): Promise<SQL | undefined> =>
  (await reachOf(tx, actor, patientId))(unitId);

/** The same for several questions about one patient, each with a column of its own for the unit. */
export async function reachOf(tx: Db | Tx, actor: Actor, patientId: string): Promise<(unitId: PgColumn) => SQL | undefined> {
  const held = actor.assignments.map((one) => one.unitId);
  const open = await openedBy(tx, actor, patientId);
  const closed = open.relation ? (await runningBlocks(tx, patientId)).map((block) => block.unitId) : [];
  return (unitId) => or(inArray(unitId, [...held, ...open.emergency]), open.relation ? notInArray(unitId, closed) : undefined);
}

/** @throws {Refusal} `not_found` alike for nobody and for a patient of another organisation. */
export async function openPatient(
  ctx: Context,
  actor: Actor,
  { number, reason, note }: Body<'POST /api/openings'>,
  now: Date,
): Promise<{ patientId: string; until: string }> {
  const held = actor.assignments[0];
  require_(held !== undefined && may(actor, 'patient.open', held));
  const identity = readNumber(number);
  if (!identity) throw new Refusal('invalid', 'number: is no personal or coordination number', 'number');
  const opened = await ctx.db.transaction(async (tx) => {
    const [patient] = await tx
      .select({ id: patients.id })
      .from(patients)
      .where(and(eq(patients.numberIndex, indexOf(identity)), eq(patients.organisationId, held.organisationId)));
    const { id: assignmentId, unitId } = held;
    if (!patient) {
      await writeAudit(tx, { actorId: actor.userId, action: 'patient.open_failed', unitId });
      return null; // refused when it is written
    }
    const until = new Date(now.getTime() + openMs);
    const subjectId = await keep(tx, { patientId: patient.id, assignmentId, kind: 'relation', reason, note, at: now, until });
    await writeAudit(tx, { actorId: actor.userId, action: 'patient.open', subjectId, patientId: patient.id, unitId, detail: { reason } });
    return { patientId: patient.id, until: until.toISOString() };
  });
  if (!opened) throw new Refusal('not_found', 'There is no such patient in your organisation.', 'number');
  return opened;
}

async function keep(tx: Tx, row: typeof openings.$inferInsert): Promise<string> {
  const [made] = await tx.insert(openings).values(row).returning({ id: openings.id });
  if (!made) throw new Error('the opening was not made');
  return made.id;
}

type Blocked = { unitId: string; unitName: string };

/** First stage: that something is blocked, and where. @throws {Refusal} `prove_again`. */
export async function lookAtBlocks(ctx: Context, actor: Actor, patientId: string, reason: string, now: Date): Promise<Blocked[]> {
  requireProof(actor, now);
  return ctx.db.transaction(async (tx) => {
    const held = await clinicalFor(tx, actor, patientId);
    await writeAudit(tx, {
      actorId: actor.userId,
      action: 'patient.emergency',
      patientId,
      unitId: held.unitId,
      detail: { stage: 1, reason },
    });
    return (await runningBlocks(tx, patientId)).map(({ unitId, unitName }) => ({ unitId, unitName }));
  });
}

/** Second stage: what one unit has blocked, for a few hours. @throws {Refusal} `conflict` if nothing is blocked there; `prove_again`. */
export async function openBlocked(
  ctx: Context,
  actor: Actor,
  patientId: string,
  { unitId, reason, note }: Body<'POST /api/patients/:patientId/emergency/open'>,
  now: Date,
): Promise<{ until: string }> {
  requireProof(actor, now);
  const until = new Date(now.getTime() + emergencyMs);
  await ctx.db.transaction(async (tx) => {
    const held = await clinicalFor(tx, actor, patientId);
    if (!(await isBlocked(tx, patientId, unitId))) throw new Refusal('conflict', 'Nothing is blocked there.', 'unitId');
    const opening = { patientId, assignmentId: held.id, kind: 'emergency', reason, note, unitId, at: now, until } as const;
    const subjectId = await keep(tx, opening);
    await writeAudit(tx, {
      actorId: actor.userId,
      action: 'patient.emergency',
      subjectId,
      patientId,
      unitId,
      detail: { stage: 2, reason },
    });
  });
  ctx.hub.listChanged(unitId, []);
  return { until: until.toISOString() };
}

async function clinicalFor(tx: Tx, actor: Actor, patientId: string) {
  const { row, unitIds, opened } = await patientFor(tx, actor, patientId);
  const held = actor.assignments[0];
  require_(held !== undefined && may(actor, 'patient.emergency', { unitIds, organisationId: row.organisationId, opened }));
  return held;
}
