/** Hands a message over: at least once, and then marks it. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { DeliveryFailure } from '../../contract/messages.ts';
import { messages, visits } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import { type Gateways, type Message, Undeliverable } from './gateways.ts';

/** @param last - if it fails now it is given up. @throws so that it is tried again. */
export async function deliver(ctx: Context, gateways: Gateways, messageId: string, last: boolean, now: Date): Promise<void> {
  const [message] = await ctx.db.select().from(messages).where(eq(messages.id, messageId));
  if (!message || message.sentAt || message.failedAt) return;
  try {
    await gateways.send(message);
  } catch (error) {
    const failure = error instanceof Undeliverable ? error.failure : last ? 'unreachable' : null;
    ctx.log.warn({ messageId, channel: message.channel, failure, err: failure === null ? error : undefined }, 'a message was not taken');
    await mark(ctx, messageId, failure === null ? {} : { failedAt: now, failure, ...forgotten(ctx, message) });
    if (failure === null) throw error;
    return;
  }
  await mark(ctx, messageId, { sentAt: now, ...forgotten(ctx, message) });
}

/** A secret that has gone, or will not go, is kept nowhere in clear. */
const forgotten = ({ env }: Context, { purpose }: Message): { body?: string } =>
  (purpose === 'code' || purpose === 'poll') && env.DEMO !== '1' ? { body: '' } : {};

/** One that has been sent, or given up, stays so. */
export async function giveUp(ctx: Context, messageId: string, now: Date): Promise<void> {
  const [message] = await ctx.db.select().from(messages).where(eq(messages.id, messageId));
  if (message && !message.sentAt && !message.failedAt)
    await mark(ctx, messageId, { failedAt: now, failure: 'unreachable', ...forgotten(ctx, message) });
}

type Outcome = { sentAt?: Date; failedAt?: Date; failure?: DeliveryFailure; body?: string };

async function mark(ctx: Context, messageId: string, outcome: Outcome): Promise<void> {
  const [marked] = await ctx.db
    .update(messages)
    .set({ ...outcome, attempts: sql`${messages.attempts} + 1` })
    .where(and(eq(messages.id, messageId), isNull(messages.sentAt)))
    .returning({ visitId: messages.visitId });
  if (!marked || !outcome.failedAt) return;
  if (marked.visitId === null) return;
  const [visit] = await ctx.db.select({ unitId: visits.unitId }).from(visits).where(eq(visits.id, marked.visitId));
  if (visit) ctx.hub.listChanged(visit.unitId, []);
}
