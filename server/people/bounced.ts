/** Addresses of a patient, and of those close to them, from which what was sent came back the last time. */
import { and, desc, eq, inArray, isNotNull, or } from 'drizzle-orm';
import type { Tx } from '../../drizzle/client.ts';
import { messages, participants } from '../../drizzle/schema/index.ts';

const farthestBack = 200;

/** One statement. An address that has taken something since is not among them. */
export async function bouncedOf(tx: Tx, userId: string, relativeIds: string[]): Promise<string[]> {
  const accounts = tx.select({ id: participants.userId }).from(participants).where(inArray(participants.relativeId, relativeIds));
  const rows = await tx
    .select({ address: messages.address, failure: messages.failure })
    .from(messages)
    .where(
      and(
        or(eq(messages.personId, userId), relativeIds.length > 0 ? inArray(messages.personId, accounts) : undefined),
        inArray(messages.channel, ['email', 'sms']),
        or(isNotNull(messages.sentAt), isNotNull(messages.failedAt)),
      ),
    )
    .orderBy(desc(messages.filedAt))
    .limit(farthestBack);
  const last = new Map<string, string | null>();
  for (const { address, failure } of rows) if (!last.has(address)) last.set(address, failure);
  return [...last].filter(([, failure]) => failure === 'bounced').map(([address]) => address);
}
