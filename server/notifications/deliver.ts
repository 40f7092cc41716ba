/** Hands a message over: at least once, and then marks it. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { DeliveryFailure } from '../../contract/messages.ts';
import { messages, visits } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import { type Gateways, Undeliverable } from './gateways.ts';

/** @param last - if it fails now it is given up. @throws so that it is tried again. */
export async function deliver(ctx: Context, gateways: Gateways, messageId: string, last: boolean, now: Date): Promise<void> {
  const [message] = await ctx.db.select().from(messages).where(eq(messages.id, messageId));
  if (!message || message.sentAt || message.failedAt) return;
  try {
    await gateways.send(message);
  } catch (error) {
    const failure = error instanceof Undeliverable ? error.failure : last ? 'unreachable' : null;
    ctx.log.warn({ messageId, channel: message.channel, failure, err: failure === null ? error : undefined }, 'a message was not taken');
    await mark(ctx, messageId, failure === null ? {} : { failedAt: now, failure });
    if (failure === null) throw error;
    return;
  }
  await mark(ctx, messageId, { sentAt: now });
}

type Outcome = { sentAt?: Date; failedAt?: Date; failure?: DeliveryFailure };

async function mark(ctx: Context, messageId: string, outcome: Outcome): Promise<void> {
  const [marked] = await ctx.db
    .update(messages)
    .set({ ...outcome, attempts: sql`${messages.attempts} + 1` })
    .where(and(eq(messages.id, messageId), isNull(messages.sentAt)))
    .returning({ visitId: messages.visitId });
  if (!marked || !outcome.failedAt) return;
  const [visit] = await ctx.db.select({ unitId: visits.unitId }).from(visits).where(eq(visits.id, marked.visitId));
  if (visit) ctx.hub.listChanged(visit.unitId, []);
}
