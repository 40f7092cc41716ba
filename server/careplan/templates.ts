/** Templates of planning meetings: a unit's own, in versions. */
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { PlanTemplate, TemplateView } from '../../contract/planTemplates.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import type { Db, Tx } from '../../drizzle/client.ts';
import { planTemplates, planTemplateVersions, units } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { overtaken } from '../people/overtaken.ts';
import { may } from '../policies.ts';

const noSuchTemplate = (): Refusal => new Refusal('not_found', 'There is no such template.', 'templateId');

async function keepsAt(tx: Tx, actor: Actor, unitId: string): Promise<boolean> {
  const [unit] = await tx.select({ organisationId: units.organisationId }).from(units).where(eq(units.id, unitId));
  return unit !== undefined && may(actor, 'unit.plan', { unitId, organisationId: unit.organisationId });
}

const columns = {
  id: planTemplates.id,
  unitId: planTemplates.unitId,
  version: planTemplateVersions.version,
  name: planTemplateVersions.name,
  content: planTemplateVersions.content,
};
type Row = Omit<TemplateView, keyof PlanTemplate> & { name: string; content: Omit<PlanTemplate, 'name'> };
const viewOf = ({ content, ...row }: Row): TemplateView => ({ ...row, ...content });

/** Those that are in use, as they are now. */
export async function templatesOf(ctx: Context, actor: Actor, unitId: string): Promise<{ templates: TemplateView[]; mayChange: boolean }> {
  return ctx.db.transaction(async (tx) => {
    const mayChange = await keepsAt(tx, actor, unitId);
    require_(mayChange || may(actor, 'plan.propose', { unitId }));
    const rows = await tx
      .select(columns)
      .from(planTemplates)
      .innerJoin(
        planTemplateVersions,
        and(eq(planTemplateVersions.templateId, planTemplates.id), eq(planTemplateVersions.version, planTemplates.version)),
      )
      .where(and(eq(planTemplates.unitId, unitId), isNull(planTemplates.endedAt)))
      .orderBy(asc(planTemplateVersions.name));
    return { templates: rows.map(viewOf), mayChange };
  });
}

/** A template as it said in a version, whether it is in use or not. */
export async function templateAt(tx: Db | Tx, templateId: string, version: number): Promise<TemplateView | null> {
  const [row] = await tx
    .select(columns)
    .from(planTemplateVersions)
    .innerJoin(planTemplates, eq(planTemplates.id, planTemplateVersions.templateId))
    .where(and(eq(planTemplateVersions.templateId, templateId), eq(planTemplateVersions.version, version)));
  return row ? viewOf(row) : null;
}

/** @throws {Refusal} `not_found` alike for none, one of another unit and one that is not used any more. */
export async function templateOfUnit(tx: Tx, unitId: string, templateId: string): Promise<TemplateView> {
  const [row] = await tx
    .select({ version: planTemplates.version })
    .from(planTemplates)
    .where(and(eq(planTemplates.id, templateId), eq(planTemplates.unitId, unitId), isNull(planTemplates.endedAt)));
  const found = row && (await templateAt(tx, templateId, row.version));
  if (!found) throw noSuchTemplate();
  return found;
}

/** Two of one name cannot be told apart where one is chosen. */
async function requireFreeName(tx: Tx, unitId: string, name: string, templateId: string | null): Promise<void> {
  const rows = await tx
    .select({ id: planTemplates.id })
    .from(planTemplates)
    .innerJoin(
      planTemplateVersions,
      and(eq(planTemplateVersions.templateId, planTemplates.id), eq(planTemplateVersions.version, planTemplates.version)),
    )
    .where(
      and(
        eq(planTemplates.unitId, unitId),
        isNull(planTemplates.endedAt),
        eq(sql`lower(${planTemplateVersions.name})`, name.toLowerCase()),
      ),
    );
  if (rows.some(({ id }) => id !== templateId)) throw new Refusal('invalid', 'name: is another’s', 'name.taken');
}

/** @throws {Refusal} `not_found` at a unit that is not the actor's to plan for; `invalid`, naming `name.taken`. */
export async function addTemplate(ctx: Context, actor: Actor, unitId: string, { name, ...content }: PlanTemplate): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    if (!(await keepsAt(tx, actor, unitId))) throw new Refusal('not_found', 'There is no such unit.', 'unitId');
    await requireFreeName(tx, unitId, name, null);
    const [row] = await tx.insert(planTemplates).values({ unitId }).returning();
    if (!row) throw new Error('no template was made');
    await tx.insert(planTemplateVersions).values({ templateId: row.id, version: 1, name, content, madeBy: actor.userId });
    await writeAudit(tx, { actorId: actor.userId, action: 'planTemplate.add', subjectId: row.id, unitId });
  });
}

async function ownTemplate(tx: Tx, actor: Actor, templateId: string): Promise<{ unitId: string }> {
  const [row] = await tx
    .select()
    .from(planTemplates)
    .where(and(eq(planTemplates.id, templateId), isNull(planTemplates.endedAt)))
    .for('update');
  if (!row || !(await keepsAt(tx, actor, row.unitId))) throw noSuchTemplate();
  return row;
}

/** @throws {Refusal} `not_found`; `conflict` if somebody else has changed it; `invalid`, naming `name.taken`. */
export async function changeTemplate(
  ctx: Context,
  actor: Actor,
  templateId: string,
  { basedOn, name, ...content }: PlanTemplate & { basedOn: number },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { unitId } = await ownTemplate(tx, actor, templateId);
    await requireFreeName(tx, unitId, name, templateId);
    const [row] = await tx
      .update(planTemplates)
      .set({ version: sql`${planTemplates.version} + 1` })
      .where(and(eq(planTemplates.id, templateId), eq(planTemplates.version, basedOn)))
      .returning();
    if (!row) throw overtaken();
    await tx.insert(planTemplateVersions).values({ templateId, version: row.version, name, content, madeBy: actor.userId });
    await writeAudit(tx, { actorId: actor.userId, action: 'planTemplate.change', subjectId: templateId, unitId });
  });
}

export async function endTemplate(ctx: Context, actor: Actor, templateId: string, now: Date): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { unitId } = await ownTemplate(tx, actor, templateId);
    await tx.update(planTemplates).set({ endedAt: now }).where(eq(planTemplates.id, templateId));
    await writeAudit(tx, { actorId: actor.userId, action: 'planTemplate.end', subjectId: templateId, unitId });
  });
}
