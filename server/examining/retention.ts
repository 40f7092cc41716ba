import { eq, lt } from 'drizzle-orm';
import { stills } from '../../drizzle/schema/index.ts';
import { writeAudits } from '../access/audit.ts';
import type { Context } from '../context.ts';

const atOnce = 200;

/** Takes away pictures whose time is over, each with a row in the log. Several servers may do it at once. @returns how many. */
export async function deleteOutlived(ctx: Context, now: Date): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const over = await tx.select().from(stills).where(lt(stills.keptUntil, now)).limit(atOnce).for('update', { skipLocked: true });
    if (over.length === 0) return 0;
    for (const { id } of over) await tx.delete(stills).where(eq(stills.id, id));
    await writeAudits(
      tx,
      over.map(({ id, visitId, unitId, patientId, kind }) => ({
        actorId: null,
        action: 'still.outlived',
        ...{ subjectId: id, visitId, unitId, patientId, detail: { kind } },
      })),
    );
    return over.length;
  });
}
