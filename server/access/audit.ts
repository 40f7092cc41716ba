import type { Db, Tx } from '../../drizzle/client.ts';
import { auditEntries } from '../../drizzle/schema/index.ts';

/**
 * Writes one audit row. Call it with the transaction of the change that it tells of.
 *
 * @param actorId - null when the system acted by itself.
 * @param detail - ids and codes only.
 */
export async function writeAudit(
  tx: Tx | Db,
  actorId: string | null,
  action: string,
  subjectId: string | null,
  detail?: Record<string, string | number | boolean>,
): Promise<void> {
  await tx.insert(auditEntries).values({ actorId, action, subjectId, ...(detail ? { detail } : {}) });
}
