/** Mail about a plan: that something waits in Samrum, and nothing of what it is about. */
import { eq } from 'drizzle-orm';
import type { Tx } from '../../drizzle/client.ts';
import { type carePlans, messages, units } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import { wordsIn } from '../notifications/words.ts';

type Telling = {
  purpose: 'summons' | 'silence' | 'task';
  to: { email: string; name: string; personId: string | null };
  /** Names what it is for, so that it is filed once. */
  occasion: string;
};
type Plan = Pick<typeof carePlans.$inferSelect, 'id' | 'unitId'>;

export async function mail(
  ctx: Pick<Context, 'env' | 'jobs'>,
  tx: Tx,
  { id: carePlanId, unitId }: Plan,
  { purpose, to, occasion }: Telling,
  now: Date,
): Promise<void> {
  const [unit] = await tx.select().from(units).where(eq(units.id, unitId));
  if (!unit) throw new Error('there is no such unit to tell for');
  const t = wordsIn('sv');
  const url = ctx.env.PUBLIC_URL ?? `http://localhost:${ctx.env.PORT}`;
  const from = unit.discreet ? [] : [t('unit', { name: unit.name })];
  const body = [
    t('hello'),
    '',
    t(`lead.${purpose}`),
    ...from,
    '',
    t('plan.link', { url }),
    '',
    t('questions', { phone: unit.phone }),
    t('noReply'),
  ];
  const row = { carePlanId, purpose, channel: 'email' as const, address: to.email, recipient: to.name, personId: to.personId };
  const filed = await tx
    .insert(messages)
    .values({ ...row, subject: t(`subject.${purpose}`), body: body.join('\n'), occasion: `${purpose} ${occasion}`, filedAt: now })
    .onConflictDoNothing()
    .returning({ id: messages.id });
  await ctx.jobs.file(
    tx,
    'deliver',
    filed.map(({ id }) => ({ data: { messageId: id } })),
  );
}
