/** The assistant nurse in Dorotea takes blood from a finger by the nurse's delegation; in Åsele the delegation has run out. */
import { and, eq, inArray } from 'drizzle-orm';
import type { Tx } from '../../drizzle/client.ts';
import { delegations, units, users } from '../../drizzle/schema/index.ts';
import { careDateOf } from '../visits/today.ts';
import { idOf } from './idOf.ts';

const dayMs = 24 * 3_600_000;
const demos = [
  { mark: 'DR', to: 'underskoterska.dorotea', by: 'sjukskoterska.dorotea', from: -60, until: 300 },
  { mark: 'AS', to: 'underskoterska.asele', by: 'sjukskoterska.asele', from: -380, until: -20 },
];

/** Anew each time, since its days are counted from today. */
export async function layDelegations(tx: Tx, now: Date): Promise<void> {
  const day = (days: number): string => careDateOf(new Date(now.getTime() + days * dayMs));
  for (const { mark, to, by, from, until } of demos) {
    const [unit] = await tx
      .select({ id: units.id })
      .from(units)
      .where(and(eq(units.mark, mark), eq(units.synthetic, true)));
    const userId = await userOf(tx, to);
    const givenBy = await userOf(tx, by);
    if (!unit || !userId || !givenBy) continue;
    const row = { unitId: unit.id, userId, givenBy, task: 'capillarySample' as const, from: day(from), until: day(until) };
    await tx
      .insert(delegations)
      .values({ ...row, id: idOf(`delegation ${to}`) })
      .onConflictDoUpdate({ target: delegations.id, set: row });
  }
}

async function userOf(tx: Tx, username: string): Promise<string | undefined> {
  const [user] = await tx.select({ id: users.id }).from(users).where(eq(users.username, username));
  return user?.id;
}

/** After the readings that rest on them. */
export async function takeDelegationsAway(tx: Tx): Promise<void> {
  const theirs = tx.select({ id: units.id }).from(units).where(eq(units.synthetic, true));
  await tx.delete(delegations).where(inArray(delegations.unitId, theirs));
}
