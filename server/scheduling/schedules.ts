/** When staff work: the hours of the week by each assignment, and what departs from them. */
import { and, asc, eq, sql } from 'drizzle-orm';
import { Refusal } from '../../contract/refusal.ts';
import type { StaffSchedule, WeekHours } from '../../contract/scheduling.ts';
import type { Tx } from '../../drizzle/client.ts';
import { assignments, exceptions, units, workingHours } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { may } from '../policies.ts';
import { careZone } from './careZone.ts';
import { hoursOf, requireNoOverlap } from './hours.ts';

type Held = { id: string; userId: string; unitId: string };

/** One's own, or that of staff of a unit that one plans. @throws {Refusal} `not_found` for any other. */
async function schedulable(tx: Tx, actor: Actor, assignmentId: string): Promise<Held> {
  const [row] = await tx
    .select({ held: assignments, organisationId: units.organisationId })
    .from(assignments)
    .innerJoin(units, eq(units.id, assignments.unitId))
    .where(and(eq(assignments.id, assignmentId), sql`${assignments.endedAt} is null`));
  const own = row !== undefined && row.held.userId === actor.userId && actor.choices.some(({ id }) => id === assignmentId);
  if (!row || !(own || may(actor, 'unit.plan', { unitId: row.held.unitId, organisationId: row.organisationId })))
    throw new Refusal('not_found', 'There is no such assignment.');
  return row.held;
}

async function viewOf(tx: Tx, { id: assignmentId, userId }: Held): Promise<StaffSchedule> {
  const rows = await tx.select().from(workingHours).where(eq(workingHours.assignmentId, assignmentId));
  const coming = await tx
    .select()
    .from(exceptions)
    .where(and(eq(exceptions.userId, userId), sql`upper(${exceptions.during}) > now()`))
    .orderBy(asc(exceptions.during));
  return {
    assignmentId,
    userId,
    zone: rows[0]?.zone ?? careZone,
    hours: hoursOf(rows),
    exceptions: coming.map(({ id, during: { from, until }, works }) => ({
      id,
      from: from.toISOString(),
      until: until.toISOString(),
      works,
    })),
    mayChange: true,
  };
}

export const readSchedule = (ctx: Context, actor: Actor, assignmentId: string): Promise<StaffSchedule> =>
  ctx.db.transaction(async (tx) => viewOf(tx, await schedulable(tx, actor, assignmentId)));

async function change(
  ctx: Context,
  actor: Actor,
  assignmentId: string,
  doing: (tx: Tx, held: Held) => Promise<void>,
): Promise<StaffSchedule> {
  return ctx.db.transaction(async (tx) => {
    const held = await schedulable(tx, actor, assignmentId);
    await doing(tx, held);
    await writeAudit(tx, { actorId: actor.userId, action: 'staff.schedule', subjectId: held.userId, unitId: held.unitId });
    return viewOf(tx, held);
  });
}

type Week = { zone: string; hours: WeekHours[] };

export const setSchedule = (ctx: Context, actor: Actor, assignmentId: string, { zone, hours }: Week): Promise<StaffSchedule> =>
  change(ctx, actor, assignmentId, async (tx) => {
    requireNoOverlap(hours);
    await tx.delete(workingHours).where(eq(workingHours.assignmentId, assignmentId));
    if (hours.length > 0) await tx.insert(workingHours).values(hours.map((row) => ({ ...row, assignmentId, zone })));
  });

type Exception = { from: string; until: string; works: boolean };

export const addException = (ctx: Context, actor: Actor, assignmentId: string, { from, until, works }: Exception): Promise<StaffSchedule> =>
  change(ctx, actor, assignmentId, async (tx, { userId }) => {
    await tx.insert(exceptions).values({ userId, during: { from: new Date(from), until: new Date(until) }, works });
  });

export const endException = (ctx: Context, actor: Actor, assignmentId: string, exceptionId: string): Promise<StaffSchedule> =>
  change(ctx, actor, assignmentId, async (tx, { userId }) => {
    await tx.delete(exceptions).where(and(eq(exceptions.id, exceptionId), eq(exceptions.userId, userId)));
  });
