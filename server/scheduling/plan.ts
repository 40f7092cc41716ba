/** What a unit offers, with what, and when it is open. */
import { and, asc, eq, isNull, ne, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reminder } from '../../contract/messages.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import type { resource, UnitPlan, visitType, WeekHours } from '../../contract/scheduling.ts';
import type { Tx } from '../../drizzle/client.ts';
import { assignments, forms, resources, unitHours, units, users, visitTypes } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { overtaken } from '../people/overtaken.ts';
import { may } from '../policies.ts';
import { isBookedAfter } from './bookings.ts';
import { hoursOf, requireNoOverlap } from './hours.ts';

type VisitType = z.output<typeof visitType>;
type Resource = z.output<typeof resource>;

async function viewOf(tx: Tx, actor: Actor, unitId: string): Promise<UnitPlan> {
  const [unit] = await tx
    .select({ name: units.name, organisationId: units.organisationId, reminders: units.reminders, physicalEvery: units.physicalEvery })
    .from(units)
    .where(eq(units.id, unitId));
  if (!unit) throw noSuchUnit();
  const types = await tx
    .select()
    .from(visitTypes)
    .where(and(eq(visitTypes.unitId, unitId), isNull(visitTypes.endedAt)))
    .orderBy(asc(visitTypes.name));
  const things = await tx
    .select()
    .from(resources)
    .where(and(eq(resources.unitId, unitId), isNull(resources.endedAt)))
    .orderBy(asc(resources.kind), asc(resources.name));
  const hours = await tx.select().from(unitHours).where(eq(unitHours.unitId, unitId));
  const mayChange = may(actor, 'unit.plan', { unitId, organisationId: unit.organisationId });
  return {
    unitId,
    unitName: unit.name,
    hours: hoursOf(hours),
    reminders: unit.reminders,
    physicalEvery: unit.physicalEvery,
    types: types.map(({ endedAt: _, ...type }) => type),
    resources: things.map(({ endedAt: _, ...thing }) => thing),
    staff: mayChange ? await staffOf(tx, unitId) : [],
    mayChange,
  };
}

const staffOf = (tx: Tx, unitId: string): Promise<UnitPlan['staff']> =>
  tx
    .select({ assignmentId: assignments.id, name: users.name, role: assignments.role, place: users.place })
    .from(assignments)
    .innerJoin(users, eq(users.id, assignments.userId))
    .where(and(eq(assignments.unitId, unitId), isNull(assignments.endedAt), ne(assignments.role, 'administrator')))
    .orderBy(asc(assignments.role), asc(users.name));

const noSuchUnit = (): Refusal => new Refusal('not_found', 'There is no such unit.', 'unitId');

/** Everybody who books sees what every unit offers: it says nothing of anybody. */
export async function readPlan(ctx: Context, actor: Actor, unitId: string): Promise<UnitPlan> {
  return ctx.db.transaction(async (tx) => {
    const plan = await viewOf(tx, actor, unitId);
    require_(plan.mayChange || may(actor, 'colleagues.read', null));
    return plan;
  });
}

/** Changes a unit's plan, with its audit row. @throws {Refusal} `not_found` alike for no such unit and for one of others. */
async function change(
  ctx: Context,
  actor: Actor,
  unitIn: (tx: Tx) => Promise<string | undefined>,
  doing: (tx: Tx, unitId: string) => Promise<string>,
): Promise<UnitPlan> {
  return ctx.db.transaction(async (tx) => {
    const unitId = await unitIn(tx);
    const before = unitId === undefined ? null : await viewOf(tx, actor, unitId);
    if (!before?.mayChange) throw noSuchUnit();
    const subjectId = await doing(tx, before.unitId);
    await writeAudit(tx, { actorId: actor.userId, action: 'unit.plan', subjectId, unitId: before.unitId });
    return viewOf(tx, actor, before.unitId);
  });
}

const at = (unitId: string) => async (): Promise<string> => unitId;
const ofType = (typeId: string) => async (tx: Tx) =>
  (await tx.select({ unitId: visitTypes.unitId }).from(visitTypes).where(eq(visitTypes.id, typeId)))[0]?.unitId;
const ofResource = (resourceId: string) => async (tx: Tx) =>
  (await tx.select({ unitId: resources.unitId }).from(resources).where(eq(resources.id, resourceId)))[0]?.unitId;

export const setUnitHours = (ctx: Context, actor: Actor, unitId: string, hours: WeekHours[]): Promise<UnitPlan> =>
  change(ctx, actor, at(unitId), async (tx) => {
    requireNoOverlap(hours);
    await tx.delete(unitHours).where(eq(unitHours.unitId, unitId));
    if (hours.length > 0) await tx.insert(unitHours).values(hours.map((row) => ({ ...row, unitId })));
    return unitId;
  });

export const setReminders = (ctx: Context, actor: Actor, unitId: string, reminders: Reminder[]): Promise<UnitPlan> =>
  change(ctx, actor, at(unitId), async (tx) => {
    await tx.update(units).set({ reminders }).where(eq(units.id, unitId));
    return unitId;
  });

export const setAlternation = (ctx: Context, actor: Actor, unitId: string, physicalEvery: number | null): Promise<UnitPlan> =>
  change(ctx, actor, at(unitId), async (tx) => {
    await tx.update(units).set({ physicalEvery }).where(eq(units.id, unitId));
    return unitId;
  });

/** @throws {Refusal} `invalid`, naming `formId`, for one of another unit, or one that is asked no more. */
async function requireForm(tx: Tx, unitId: string, formId: string | null): Promise<void> {
  if (formId === null) return;
  const asked = and(eq(forms.id, formId), eq(forms.unitId, unitId), isNull(forms.endedAt));
  const [row] = await tx.select({ id: forms.id }).from(forms).where(asked);
  if (!row) throw new Refusal('invalid', 'formId: is none of this unit', 'formId');
}

export const addType = (ctx: Context, actor: Actor, unitId: string, type: VisitType): Promise<UnitPlan> =>
  change(ctx, actor, at(unitId), async (tx) => {
    await requireForm(tx, unitId, type.formId);
    const [row] = await tx
      .insert(visitTypes)
      .values({ ...type, unitId })
      .returning({ id: visitTypes.id });
    return row?.id ?? unitId;
  });

export const changeType = (
  ctx: Context,
  actor: Actor,
  typeId: string,
  { basedOn, ...type }: VisitType & { basedOn: number },
): Promise<UnitPlan> =>
  change(ctx, actor, ofType(typeId), async (tx, unitId) => {
    await requireForm(tx, unitId, type.formId);
    const now = and(eq(visitTypes.id, typeId), eq(visitTypes.version, basedOn), isNull(visitTypes.endedAt));
    const changed = await tx
      .update(visitTypes)
      .set({ ...type, version: sql`${visitTypes.version} + 1` })
      .where(now)
      .returning({ id: visitTypes.id });
    if (changed.length === 0) throw overtaken();
    return typeId;
  });

export const endType = (ctx: Context, actor: Actor, typeId: string, now: Date): Promise<UnitPlan> =>
  change(ctx, actor, ofType(typeId), async (tx) => {
    await tx
      .update(visitTypes)
      .set({ endedAt: now })
      .where(and(eq(visitTypes.id, typeId), isNull(visitTypes.endedAt)));
    return typeId;
  });

export const addResource = (ctx: Context, actor: Actor, unitId: string, thing: Resource): Promise<UnitPlan> =>
  change(ctx, actor, at(unitId), async (tx) => {
    const [row] = await tx
      .insert(resources)
      .values({ ...thing, unitId })
      .returning({ id: resources.id });
    return row?.id ?? unitId;
  });

export const changeResource = (
  ctx: Context,
  actor: Actor,
  resourceId: string,
  { basedOn, ...thing }: Resource & { basedOn: number },
): Promise<UnitPlan> =>
  change(ctx, actor, ofResource(resourceId), async (tx) => {
    const now = and(eq(resources.id, resourceId), eq(resources.version, basedOn), isNull(resources.endedAt));
    const changed = await tx
      .update(resources)
      .set({ ...thing, version: sql`${resources.version} + 1` })
      .where(now)
      .returning({ id: resources.id });
    if (changed.length === 0) throw overtaken();
    return resourceId;
  });

/** @throws {Refusal} `conflict` while something coming has it. */
export const endResource = (ctx: Context, actor: Actor, resourceId: string, now: Date): Promise<UnitPlan> =>
  change(ctx, actor, ofResource(resourceId), async (tx) => {
    await tx.select().from(resources).where(eq(resources.id, resourceId)).for('update'); // bookings hold a share of it
    if (await isBookedAfter(tx, resourceId, now)) throw new Refusal('conflict', 'Something coming has booked it.', 'resourceId');
    await tx
      .update(resources)
      .set({ endedAt: now })
      .where(and(eq(resources.id, resourceId), isNull(resources.endedAt)));
    return resourceId;
  });
