/** Delegations: given by licensed staff, taken back, and looked at before the task is done (HSLF-FS 2017:37; SOSFS 1997:14). */
import { aliasedTable, and, asc, desc, eq, gte, isNull, lte, or } from 'drizzle-orm';
import type { z } from 'zod';
import type { DelegatedTask, DelegationView, delegationRoutes } from '../../contract/delegations.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import type { Db, Tx } from '../../drizzle/client.ts';
import { assignments, careRelations, delegations, patients, units, users } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { isDelegate, may } from '../policies.ts';
import { careDateOf } from '../visits/today.ts';

type Given = z.output<(typeof delegationRoutes)['POST /api/units/:unitId/delegations']['body']>;

/** A decision holds for a year at most. */
const longestDays = 366;

const noSuch = (what: string): Refusal => new Refusal('not_found', `There is no such ${what}.`);

function dayAfter(day: string, days: number): string {
  const at = new Date(`${day}T12:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** Who of a unit does tasks only by delegation. */
const delegates = (tx: Db | Tx, unitId: string) =>
  tx
    .select({ userId: users.id, name: users.name, place: users.place, role: assignments.role })
    .from(assignments)
    .innerJoin(users, eq(users.id, assignments.userId))
    .where(and(eq(assignments.unitId, unitId), eq(assignments.role, 'assistantNurse'), isNull(assignments.endedAt)))
    .orderBy(asc(users.name), asc(users.place));

async function views(tx: Db | Tx, which: ReturnType<typeof eq>): Promise<DelegationView[]> {
  const giver = aliasedTable(users, 'giver');
  const rows = await tx
    .select({ delegation: delegations, to: users, giver, patientName: patients.name })
    .from(delegations)
    .innerJoin(users, eq(users.id, delegations.userId))
    .innerJoin(giver, eq(giver.id, delegations.givenBy))
    .leftJoin(patients, eq(patients.id, delegations.patientId))
    .where(which)
    .orderBy(desc(delegations.from), desc(delegations.until), asc(delegations.id));
  return rows.map(({ delegation: { id, task, patientId, words, from, until, endedAt }, to, giver: by, patientName }) => ({
    ...{ id, task, words, from, until },
    to: { userId: to.id, name: to.name, place: to.place, role: 'assistantNurse' },
    patient: patientId === null ? null : { id: patientId, name: patientName ?? '' },
    givenBy: { name: by.name, place: by.place },
    ended: endedAt?.toISOString() ?? null,
  }));
}

export async function delegationsOf(ctx: Context, actor: Actor, unitId: string) {
  if (!may(actor, 'delegation.read', { unitId })) throw noSuch('unit');
  const [unit] = await ctx.db.select({ id: units.id }).from(units).where(eq(units.id, unitId));
  if (!unit) throw noSuch('unit');
  return {
    delegations: await views(ctx.db, eq(delegations.unitId, unitId)),
    staff: await delegates(ctx.db, unitId),
    may: { give: may(actor, 'delegation.give', { unitId }) },
  };
}

/** @throws {Refusal} `invalid`, naming the field, for a day that is past or more than a year off, and for whoever is not of the unit; `conflict`, naming `userId_has`, who has it already. */
export async function delegate(ctx: Context, actor: Actor, unitId: string, given: Given, now: Date): Promise<DelegationView> {
  if (!may(actor, 'delegation.read', { unitId })) throw noSuch('unit');
  require_(may(actor, 'delegation.give', { unitId }));
  const from = careDateOf(now);
  if (given.until < from) throw new Refusal('invalid', 'until: is past', 'until');
  if (given.until > dayAfter(from, longestDays)) throw new Refusal('invalid', 'until: is more than a year off', 'until.far');
  return ctx.db.transaction(async (tx) => {
    const known = await delegates(tx, unitId);
    if (!known.some(({ userId }) => userId === given.userId))
      throw new Refusal('invalid', 'userId: does no tasks by delegation at this unit', 'userId');
    if (given.patientId !== null) await requireOfUnit(tx, unitId, given.patientId);
    await requireNew(tx, unitId, given, from);
    const [row] = await tx
      .insert(delegations)
      .values({ ...given, unitId, givenBy: actor.userId, from })
      .returning({ id: delegations.id });
    const [view] = row ? await views(tx, eq(delegations.id, row.id)) : [];
    if (!view) throw new Error('the delegation was not made');
    await writeAudit(tx, {
      actorId: actor.userId,
      action: 'delegation.give',
      subjectId: view.id,
      unitId,
      ...(given.patientId ? { patientId: given.patientId } : {}),
      detail: { task: given.task },
    });
    return view;
  });
}

/** Where the same is given already it is taken back first: of two nobody would know which holds. */
async function requireNew(tx: Tx, unitId: string, { task, userId, patientId }: Given, today: string): Promise<void> {
  const [there] = await tx
    .select({ id: delegations.id })
    .from(delegations)
    .where(
      and(
        eq(delegations.unitId, unitId),
        eq(delegations.task, task),
        eq(delegations.userId, userId),
        patientId === null ? isNull(delegations.patientId) : eq(delegations.patientId, patientId),
        gte(delegations.until, today),
        isNull(delegations.endedAt),
      ),
    );
  if (there) throw new Refusal('conflict', 'userId: has this delegation already', 'userId_has');
}

async function requireOfUnit(tx: Tx, unitId: string, patientId: string): Promise<void> {
  const of = and(eq(careRelations.unitId, unitId), eq(careRelations.patientId, patientId));
  const [relation] = await tx.select({ patientId: careRelations.patientId }).from(careRelations).where(of);
  if (!relation) throw new Refusal('invalid', 'patientId: is no patient of this unit', 'patientId');
}

/** Twice is once. */
export async function endDelegation(ctx: Context, actor: Actor, delegationId: string, now: Date): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [row] = await tx.select().from(delegations).where(eq(delegations.id, delegationId)).for('update');
    if (!row || !may(actor, 'delegation.read', row)) throw noSuch('delegation');
    require_(may(actor, 'delegation.give', row));
    if (row.endedAt) return;
    await tx.update(delegations).set({ endedAt: now, endedBy: actor.userId }).where(eq(delegations.id, delegationId));
    await writeAudit(tx, { actorId: actor.userId, action: 'delegation.end', subjectId: delegationId, unitId: row.unitId });
  });
}

/** The delegation by which this person may do it now; null: none. The one for the patient goes before the one for the unit. */
export async function delegationFor(
  tx: Db | Tx,
  actor: Actor,
  { unitId, patientId, task }: { unitId: string; patientId: string; task: DelegatedTask },
  now: Date,
): Promise<string | null> {
  const today = careDateOf(now);
  const [row] = await tx
    .select({ id: delegations.id })
    .from(delegations)
    .where(
      and(
        eq(delegations.userId, actor.userId),
        eq(delegations.unitId, unitId),
        eq(delegations.task, task),
        or(isNull(delegations.patientId), eq(delegations.patientId, patientId)),
        lte(delegations.from, today),
        gte(delegations.until, today),
        isNull(delegations.endedAt),
      ),
    )
    .orderBy(asc(delegations.patientId))
    .limit(1);
  return row?.id ?? null;
}

/**
 * What a task rests on, for whoever does it by delegation alone; null: they do it in their own right.
 *
 * @throws {Refusal} `forbidden`, naming `delegation`, if there is none, or it has run out.
 */
export async function requireDelegation(
  tx: Db | Tx,
  actor: Actor,
  of: { unitId: string; patientId: string; task: DelegatedTask },
  now: Date,
): Promise<string | null> {
  if (!isDelegate(actor)) return null;
  const found = await delegationFor(tx, actor, of, now);
  if (!found) throw new Refusal('forbidden', 'This takes a delegation, and there is none that holds today.', 'delegation');
  return found;
}
