/** Care providers and their units. */
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { Refusal, require_ } from '../../contract/refusal.ts';
import type { OrganisationView, organisation, UnitView, unit } from '../../contract/units.ts';
import type { Db, Tx } from '../../drizzle/client.ts';
import { organisations, units } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import { newMark } from '../identity/codes.ts';
import type { Actor } from '../identity/sessions.ts';
import { administeredBy, may } from '../policies.ts';
import { overtaken } from './overtaken.ts';
import { phoneOf, phoneOrNull } from './phones.ts';

type UnitRow = typeof units.$inferSelect;

const unitView = ({ mark: _, synthetic: __, reminders: ___, physicalEvery: ____, ...view }: UnitRow): UnitView => view;

/** What the actor administers: two statements however many there are. */
export async function administered(ctx: Context, actor: Actor): Promise<OrganisationView[]> {
  const ids = administeredBy(actor);
  require_(ids === null || ids.length > 0);
  const rows = await ctx.db
    .select({ organisation: organisations, unit: units })
    .from(organisations)
    .leftJoin(units, eq(units.organisationId, organisations.id))
    .where(ids === null ? undefined : inArray(organisations.id, ids))
    .orderBy(asc(organisations.name), asc(units.name));
  const grouped = Map.groupBy(rows, ({ organisation }) => organisation.id);
  return [...grouped.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { id, name, kind, medicalDeviceDecision } = first.organisation;
    return [{ id, name, kind, medicalDeviceDecision, units: group.flatMap(({ unit }) => (unit ? [unitView(unit)] : [])) }];
  });
}

export async function addOrganisation(ctx: Context, actor: Actor, body: z.output<typeof organisation>): Promise<{ id: string }> {
  require_(may(actor, 'organisation.add', null));
  return ctx.db.transaction(async (tx) => {
    const [row] = await tx.insert(organisations).values(body).returning({ id: organisations.id });
    if (!row) throw new Error('the organisation was not made');
    await writeAudit(tx, { actorId: actor.userId, action: 'organisation.add', subjectId: row.id });
    return row;
  });
}

type UnitBody = z.output<typeof unit>;

const checked = ({ phone, emergencyPhone, ...rest }: UnitBody): UnitBody => ({
  ...rest,
  phone: phoneOf(phone, 'phone'),
  emergencyPhone: phoneOrNull(emergencyPhone, 'emergencyPhone'),
});

export async function addUnit(ctx: Context, actor: Actor, organisationId: string, body: UnitBody): Promise<{ id: string }> {
  require_(may(actor, 'unit.administer', { organisationId }));
  const values = checked(body);
  return ctx.db.transaction(async (tx) => {
    const [known] = await tx.select({ id: organisations.id }).from(organisations).where(eq(organisations.id, organisationId));
    if (!known) throw new Refusal('not_found', 'There is no such organisation.');
    const id = await insertUnit(tx, { ...values, organisationId });
    await writeAudit(tx, { actorId: actor.userId, action: 'unit.add', subjectId: id, unitId: id });
    return { id };
  });
}

/** Tries marks until one is free: there are 1,024. */
export async function insertUnit(tx: Tx, values: Omit<typeof units.$inferInsert, 'mark'>): Promise<string> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const [row] = await tx
      .insert(units)
      .values({ ...values, mark: newMark() })
      .onConflictDoNothing({ target: units.mark })
      .returning({ id: units.id });
    if (row) return row.id;
  }
  throw new Refusal('conflict', 'No more units fit in this installation.');
}

export async function changeUnit(ctx: Context, actor: Actor, unitId: string, given: UnitBody & { basedOn: number }): Promise<UnitView> {
  const { basedOn, ...body } = given;
  return ctx.db.transaction(async (tx) => {
    await administeredUnit(tx, actor, unitId);
    const [row] = await tx
      .update(units)
      .set({ ...checked(body), version: sql`${units.version} + 1` })
      .where(and(eq(units.id, unitId), eq(units.version, basedOn)))
      .returning();
    if (!row) throw overtaken();
    await writeAudit(tx, { actorId: actor.userId, action: 'unit.change', subjectId: unitId, unitId });
    return unitView(row);
  });
}

/** @throws {Refusal} `not_found` alike for no such unit and for one of others. */
export async function administeredUnit(tx: Db | Tx, actor: Actor, unitId: string): Promise<UnitRow> {
  const [row] = await tx.select().from(units).where(eq(units.id, unitId));
  if (!row || !may(actor, 'unit.administer', row)) throw new Refusal('not_found', 'There is no such unit.');
  return row;
}
