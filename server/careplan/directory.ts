/** Units of principals that plans are made with: one directory for the installation, kept by those who plan. */
import { and, asc, desc, eq, ilike, inArray, or, sql } from 'drizzle-orm';
import type { DirectoryUnit, DirectoryView } from '../../contract/planParties.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import { directoryUnits, units } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { overtaken } from '../people/overtaken.ts';
import { phoneOf } from '../people/phones.ts';
import { may } from '../policies.ts';

const mostFound = 60;

/** Those of the principals that the actor works for come first: most plans are made at home. */
export async function findInDirectory(ctx: Context, actor: Actor, search: string): Promise<DirectoryView[]> {
  require_(may(actor, 'directory.read', null));
  const own = ctx.db
    .select({ principal: directoryUnits.principal })
    .from(directoryUnits)
    .where(
      inArray(
        directoryUnits.unitId,
        actor.assignments.map(({ unitId }) => unitId),
      ),
    );
  const like = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  const rows = await ctx.db
    .select()
    .from(directoryUnits)
    .where(and(eq(directoryUnits.retired, false), or(ilike(directoryUnits.principal, like), ilike(directoryUnits.name, like))))
    .orderBy(desc(inArray(directoryUnits.principal, own)), asc(directoryUnits.principal), asc(directoryUnits.name))
    .limit(mostFound);
  return rows.map(viewOf);
}

/** @throws {Refusal} `invalid`, naming `unitId` or `phone`. */
export async function addToDirectory(ctx: Context, actor: Actor, given: DirectoryUnit): Promise<DirectoryView> {
  require_(may(actor, 'directory.keep', null));
  return ctx.db.transaction(async (tx) => {
    await requireUnit(ctx, given.unitId);
    const [made] = await tx.insert(directoryUnits).values(stored(given)).returning();
    if (!made) throw new Error('the unit was not made');
    await writeAudit(tx, { actorId: actor.userId, action: 'directory.add', subjectId: made.id });
    return viewOf(made);
  });
}

/** @throws {Refusal} `not_found`; `conflict` if somebody else has changed it; `invalid`, naming the field. */
export async function changeInDirectory(
  ctx: Context,
  actor: Actor,
  id: string,
  { basedOn, retired, ...given }: DirectoryUnit & { basedOn: number; retired: boolean },
): Promise<DirectoryView> {
  require_(may(actor, 'directory.keep', null));
  return ctx.db.transaction(async (tx) => {
    const [before] = await tx.select().from(directoryUnits).where(eq(directoryUnits.id, id)).for('update');
    if (!before) throw new Refusal('not_found', 'There is no such unit in the directory.');
    if (before.version !== basedOn) throw overtaken();
    await requireUnit(ctx, given.unitId);
    const [changed] = await tx
      .update(directoryUnits)
      .set({ ...stored(given), retired, version: sql`${directoryUnits.version} + 1` })
      .where(eq(directoryUnits.id, id))
      .returning();
    if (!changed) throw new Error('the unit vanished under its own lock');
    await writeAudit(tx, { actorId: actor.userId, action: 'directory.change', subjectId: id });
    return viewOf(changed);
  });
}

async function requireUnit(ctx: Context, unitId: string | null): Promise<void> {
  if (unitId === null) return;
  const [unit] = await ctx.db.select({ id: units.id }).from(units).where(eq(units.id, unitId));
  if (!unit) throw new Refusal('invalid', 'unitId: there is no such unit', 'unitId');
}

const stored = ({ phone, ...rest }: DirectoryUnit) => ({ ...rest, phone: phone === null ? null : phoneOf(phone, 'phone') });

const viewOf = ({ synthetic: _, ...row }: typeof directoryUnits.$inferSelect): DirectoryView => row as DirectoryView;
