/** What an agency of interpreters is told: a number to name the order by, when, which language and how. Nothing of the patient. */
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { MessagePurpose } from '../../contract/messages.ts';
import type { Tx } from '../../drizzle/client.ts';
import { interpretations, messages, units, visits } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import { whenIn } from '../notifications/compose.ts';
import { wordsIn } from '../notifications/words.ts';
import { careZone } from '../scheduling/careZone.ts';

type About = Extract<MessagePurpose, 'order' | 'orderChange' | 'orderEnd'>;

/** Files a mail to the agency of the visit's unit; a unit without one orders by telephone. */
export async function tellAgency(ctx: Pick<Context, 'jobs'>, tx: Tx, visitId: string, purpose: About, now: Date): Promise<void> {
  const [found] = await tx
    .select({ visit: visits, unit: units, order: interpretations })
    .from(interpretations)
    .innerJoin(visits, eq(visits.id, interpretations.visitId))
    .innerJoin(units, eq(units.id, visits.unitId))
    .where(eq(interpretations.visitId, visitId));
  const address = found?.unit.interpreterEmail;
  if (!found || !address) return;
  const { visit, unit, order } = found;
  const t = wordsIn('sv');
  const number = String(order.orderNumber);
  const body = [
    t('hello'),
    '',
    t(`lead.${purpose}`, { number }),
    '',
    t('order.language', { language: languageName(order.language) }),
    t(`order.${order.mode}`),
    whenIn(visit.startsAt, 'sv', careZone),
    t('length', { minutes: String(visit.durationMinutes) }),
    ...(unit.discreet ? [] : [t('unit', { name: unit.name })]),
    '',
    t(purpose === 'orderEnd' ? 'questions' : 'order.answer', { phone: unit.phone }),
    t('noReply'),
  ].join('\n');
  const row = { id: randomUUID(), visitId, personId: null, purpose, channel: 'email' as const, address };
  await tx.insert(messages).values({ ...row, recipient: '', subject: t(`subject.${purpose}`, { number }), body, filedAt: now });
  await ctx.jobs.file(tx, 'deliver', [{ data: { messageId: row.id } }]);
}

const names = new Intl.DisplayNames('sv', { type: 'language' });
const languageName = (tag: string): string => {
  const t = wordsIn('sv');
  if (tag === 'swl') return t('order.signed');
  if (tag === 'swl-x-tactile') return t('order.tactile');
  if (tag === 'kmr') return 'kurmanji';
  return names.of(tag) ?? tag;
};
