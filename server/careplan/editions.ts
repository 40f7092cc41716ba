/** A plan and what took its place, or whose place it took: the same plan for the person. */
import { eq, inArray, or } from 'drizzle-orm';
import type { Db, Tx } from '../../drizzle/client.ts';
import { carePlans } from '../../drizzle/schema/index.ts';

/** All of them, in no order; the plan itself is one. */
export async function editionsOf(tx: Db | Tx, planId: string): Promise<string[]> {
  const known = new Set([planId]);
  for (let before = 0; before < known.size; ) {
    before = known.size;
    const rows = await tx
      .select({ id: carePlans.id, takesPlaceOf: carePlans.takesPlaceOf })
      .from(carePlans)
      .where(or(inArray(carePlans.id, [...known]), inArray(carePlans.takesPlaceOf, [...known])));
    for (const { id, takesPlaceOf } of rows) {
      known.add(id);
      if (takesPlaceOf) known.add(takesPlaceOf);
    }
  }
  return [...known];
}

/** The edition that is to take the place of this one, or has taken it. */
export async function newerOf(tx: Db | Tx, planId: string): Promise<{ id: string; state: typeof carePlans.$inferSelect.state } | null> {
  const [newer] = await tx.select({ id: carePlans.id, state: carePlans.state }).from(carePlans).where(eq(carePlans.takesPlaceOf, planId));
  return newer ?? null;
}
