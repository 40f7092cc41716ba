/** Files what is to be told together with what it tells of: with the transaction it is there, or not at all. */
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { IssuedCode } from '../../contract/booking.ts';
import type { MessagePurpose, Reminder } from '../../contract/messages.ts';
import type { Tx } from '../../drizzle/client.ts';
import { messages, patients, units, visits } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import { calendarOf } from './calendar.ts';
import { bodyOf, codeSmsOf, linkOf, smsOf, subjectOf, type Told } from './compose.ts';
import { type Recipient, recipientsOf } from './recipients.ts';
import { reminderTimes } from './reminders.ts';

type Row = typeof messages.$inferInsert;
type Telling = {
  purpose: Exclude<MessagePurpose, 'code'>;
  /** Whom; else everybody. */
  only?: (to: Recipient) => boolean;
  /** In clear this once: who has mail and a telephone gets theirs by SMS. */
  codes?: IssuedCode[];
  /** The visit is new: else it is being changed, and its revision is about to go up. */
  isNew?: boolean;
  /** Its time is new: so are its reminders. */
  anew?: boolean;
  /** Names a reminder, so that it is filed once. */
  occasion?: string;
};

export async function tell(ctx: Pick<Context, 'env' | 'jobs'>, tx: Tx, visitId: string, telling: Telling, now: Date): Promise<void> {
  const { purpose, only = () => true, codes = [], isNew = false, anew = isNew, occasion = null } = telling;
  const [found] = await tx
    .select({ visit: visits, unit: units, patient: patients })
    .from(visits)
    .innerJoin(units, eq(units.id, visits.unitId))
    .innerJoin(patients, eq(patients.id, visits.patientId))
    .where(eq(visits.id, visitId));
  if (!found) throw new Error('there is no such visit to tell of');
  const { visit, unit, patient } = found;
  if (anew) await remindLater(ctx, tx, visitId, visit.startsAt, unit.reminders, now);
  const told: Told = { startsAt: visit.startsAt, minutes: visit.durationMinutes, modality: visit.modality, unit };
  const about = { visitId, told, sequence: visit.revision + (isNew ? 0 : 1), now };
  const rows = (await recipientsOf(tx, visitId, patient)).filter(only).flatMap((to) => {
    const code = codes.find(({ participantId }) => participantId === to.participantId)?.code ?? null;
    return messagesTo(ctx, to, about, purpose, code).map((row) => ({ ...row, occasion }));
  });
  if (rows.length === 0) return;
  const filed = await tx.insert(messages).values(rows).onConflictDoNothing().returning({ id: messages.id, channel: messages.channel });
  const sent = filed.filter(({ channel }) => channel !== 'letter');
  await ctx.jobs.file(
    tx,
    'deliver',
    sent.map(({ id }) => ({ data: { messageId: id } })),
  );
}

type About = { visitId: string; told: Told; sequence: number; now: Date };

function messagesTo(
  { env }: Pick<Context, 'env'>,
  to: Recipient,
  { visitId, told, sequence, now }: About,
  purpose: Telling['purpose'],
  code: string | null,
): Row[] {
  if (to.channel === 'none') return [];
  const publicUrl = env.PUBLIC_URL ?? `http://localhost:${env.PORT}`;
  const shared = { visitId, personId: to.personId, recipient: to.name, purpose, sequence, filedAt: now };
  if (to.channel === 'sms')
    return to.phone === null
      ? []
      : [{ ...shared, id: randomUUID(), channel: 'sms', address: to.phone, subject: '', body: smsOf(purpose, told, to, publicUrl) }];
  const subject = subjectOf(purpose, told, to);
  const codeBySms = code !== null && to.channel === 'email' && to.phone !== null;
  const body = bodyOf(purpose, told, to, publicUrl, codeBySms);
  if (to.channel === 'letter') return [{ ...shared, id: randomUUID(), channel: 'letter', address: '', subject, body }];
  if (to.email === null) return [];
  const entry = {
    uid: `${visitId}@${new URL(publicUrl).hostname}`,
    sequence,
    cancelled: purpose === 'cancellation',
    startsAt: told.startsAt,
    minutes: told.minutes,
    summary: subjectOf('invitation', told, to),
    description: body,
    url: told.modality === 'video' ? linkOf(publicUrl, to) : null,
    from: env.MAIL_FROM,
    to: to.email,
    stamp: now,
  };
  const calendar = purpose === 'reminder' ? '' : calendarOf(entry);
  const mail: Row = { ...shared, id: randomUUID(), channel: 'email', address: to.email, subject, body, calendar };
  if (!codeBySms || code === null || to.phone === null) return [mail];
  const sms = codeSmsOf(code, told.startsAt, to.language);
  return [mail, { ...shared, id: randomUUID(), purpose: 'code', channel: 'sms', address: to.phone, subject: '', body: sms }];
}

/** Files the reminders of a visit; those of a time that it does not have any more do nothing when they come. */
async function remindLater(
  ctx: Pick<Context, 'jobs'>,
  tx: Tx,
  visitId: string,
  startsAt: Date,
  reminders: Reminder[],
  now: Date,
): Promise<void> {
  const times = reminderTimes(startsAt, reminders);
  const jobs = times.map((startAfter, nr) => ({ data: { visitId, startsAt: startsAt.toISOString(), nr }, startAfter }));
  await ctx.jobs.file(
    tx,
    'remind',
    jobs.filter(({ startAfter }) => startAfter > now),
  );
}
