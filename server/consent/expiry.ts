import { and, eq, isNull, lt, lte } from 'drizzle-orm';
import { consents } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import { stopWhatRestedOnIt } from './withdrawal.ts';

/** Ends what was said yes to until now. Any number of servers may do it at once: each row ends once. */
export async function endExpired(ctx: Context, now: Date): Promise<void> {
  const due = await ctx.db
    .select({ id: consents.id })
    .from(consents)
    .where(and(isNull(consents.endedAt), lte(consents.validUntil, now)));
  for (const { id } of due) {
    const ended = await ctx.db.transaction(async (tx) => {
      const [row] = await tx
        .update(consents)
        .set({ endedAt: now, endedAs: 'expired' })
        .where(and(eq(consents.id, id), isNull(consents.endedAt)))
        .returning();
      if (!row) return null;
      const { patientId, type } = row;
      await writeAudit(tx, { actorId: null, action: 'consent.expire', subjectId: id, patientId, detail: { type } });
      return row;
    });
    if (ended) await stopWhatRestedOnIt(ctx, ended, null, now);
  }
}

const patienceMs = 5_000;

/** Takes up again what ended while nobody got to stop what rested on it: a server went away between the two, or was refused. */
export async function stopLeftovers(ctx: Context, now: Date): Promise<void> {
  const left = await ctx.db
    .select()
    .from(consents)
    .where(and(lt(consents.endedAt, new Date(now.getTime() - patienceMs)), isNull(consents.stoppedAt)));
  for (const one of left)
    await stopWhatRestedOnIt(ctx, one, null, now).catch((error: unknown) => {
      ctx.log.error({ err: error, consentId: one.id }, 'what rested on a consent was not stopped'); // and the others do not wait for it
    });
}
