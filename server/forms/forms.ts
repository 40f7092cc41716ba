/** What a unit asks before its visits. */
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { FormView, form } from '../../contract/forms.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import type { Tx } from '../../drizzle/client.ts';
import { forms, formVersions, units, visitTypes } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { overtaken } from '../people/overtaken.ts';
import { may } from '../policies.ts';

type Form = z.output<typeof form>;

const noSuchForm = (): Refusal => new Refusal('not_found', 'There is no such form.', 'formId');

async function plansAt(tx: Tx, actor: Actor, unitId: string): Promise<boolean> {
  const [unit] = await tx.select({ organisationId: units.organisationId }).from(units).where(eq(units.id, unitId));
  return unit !== undefined && may(actor, 'unit.plan', { unitId, organisationId: unit.organisationId });
}

/** A form as it is asked now. */
export const formColumns = {
  id: forms.id,
  unitId: forms.unitId,
  version: formVersions.version,
  title: formVersions.title,
  questions: formVersions.questions,
};

export async function formsOf(ctx: Context, actor: Actor, unitId: string): Promise<{ forms: FormView[]; mayChange: boolean }> {
  return ctx.db.transaction(async (tx) => {
    const mayChange = await plansAt(tx, actor, unitId);
    require_(mayChange || may(actor, 'colleagues.read', null));
    const found = await tx
      .select(formColumns)
      .from(forms)
      .innerJoin(formVersions, and(eq(formVersions.formId, forms.id), eq(formVersions.version, forms.version)))
      .where(and(eq(forms.unitId, unitId), isNull(forms.endedAt)))
      .orderBy(asc(formVersions.title));
    return { forms: found, mayChange };
  });
}

export async function addForm(ctx: Context, actor: Actor, unitId: string, body: Form): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    if (!(await plansAt(tx, actor, unitId))) throw new Refusal('not_found', 'There is no such unit.', 'unitId');
    const [row] = await tx.insert(forms).values({ unitId }).returning();
    if (!row) throw new Error('no form was made');
    await tx.insert(formVersions).values({ ...body, formId: row.id, version: 1, madeBy: actor.userId });
    await writeAudit(tx, { actorId: actor.userId, action: 'form.add', subjectId: row.id, unitId });
  });
}

/** @throws {Refusal} `not_found` alike for no such form and for one of others. */
async function ownForm(tx: Tx, actor: Actor, formId: string): Promise<{ unitId: string }> {
  const [row] = await tx
    .select()
    .from(forms)
    .where(and(eq(forms.id, formId), isNull(forms.endedAt)))
    .for('update');
  if (!row || !(await plansAt(tx, actor, row.unitId))) throw noSuchForm();
  return row;
}

export async function changeForm(
  ctx: Context,
  actor: Actor,
  formId: string,
  { basedOn, ...body }: Form & { basedOn: number },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { unitId } = await ownForm(tx, actor, formId);
    const [row] = await tx
      .update(forms)
      .set({ version: sql`${forms.version} + 1` })
      .where(and(eq(forms.id, formId), eq(forms.version, basedOn)))
      .returning();
    if (!row) throw overtaken();
    await tx.insert(formVersions).values({ ...body, formId, version: row.version, madeBy: actor.userId });
    await writeAudit(tx, { actorId: actor.userId, action: 'form.change', subjectId: formId, unitId });
  });
}

/** Kinds of visits that asked it ask nothing any more. */
export async function endForm(ctx: Context, actor: Actor, formId: string, now: Date): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { unitId } = await ownForm(tx, actor, formId);
    await tx.update(forms).set({ endedAt: now }).where(eq(forms.id, formId));
    await tx.update(visitTypes).set({ formId: null }).where(eq(visitTypes.formId, formId));
    await writeAudit(tx, { actorId: actor.userId, action: 'form.end', subjectId: formId, unitId });
  });
}
