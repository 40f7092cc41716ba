/** Files what is to be told together with what it tells of: with the transaction it is there, or not at all. */
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { IssuedCode } from '../../contract/codes.ts';
import type { Reminder } from '../../contract/messages.ts';
import type { Tx } from '../../drizzle/client.ts';
import { messages, patients, units, visits, visitTypes } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import { calendarOf } from './calendar.ts';
import { bodyOf, codeSmsOf, linkOf, type Purpose, smsOf, subjectOf, type Told } from './compose.ts';
import { purposeOfLetter } from './letters.ts';
import { type Recipient, recipientsOf } from './recipients.ts';
import { reminderTimes } from './reminders.ts';

type Row = typeof messages.$inferInsert;
type Telling = {
  purpose: Purpose;
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
    .select({ visit: visits, unit: units, patient: patients, formId: visitTypes.formId })
    .from(visits)
    .innerJoin(units, eq(units.id, visits.unitId))
    .innerJoin(patients, eq(patients.id, visits.patientId))
    .leftJoin(visitTypes, eq(visitTypes.id, visits.typeId))
    .where(eq(visits.id, visitId));
  if (!found) throw new Error('there is no such visit to tell of');
  const { visit, unit, patient } = found;
  if (visit.preliminary) return; // when its interpreter has said yes
  if (anew) await remindLater(ctx, tx, visitId, visit.startsAt, unit.reminders, now);
  const visitTold: Told = {
    startsAt: visit.startsAt,
    minutes: visit.durationMinutes,
    modality: visit.modality,
    late: visit.careLateMinutes,
    turn: visit.turnMinutes,
    asks: found.formId !== null,
    unit,
  };
  const about = { visitId, told: visitTold, sequence: visit.revision + (isNew ? 0 : 1), now };
  const rows: Row[] = [];
  for (const to of (await recipientsOf(tx, visitId, patient, unit)).filter(only)) {
    const code = codes.find(({ participantId }) => participantId === to.participantId)?.code ?? null;
    const told = to.channel === 'letter' ? await purposeOfLetter(tx, visitId, to.personId, purpose) : purpose;
    if (told) rows.push(...messagesTo(ctx, to, about, told, code).map((row) => ({ ...row, occasion })));
  }
  if (rows.length === 0) return;
  const filed = await tx.insert(messages).values(rows).onConflictDoNothing().returning({ id: messages.id, channel: messages.channel });
  const sent = filed.filter(({ channel }) => channel !== 'letter');
  await ctx.jobs.file(
    tx,
    'deliver',
    sent.map(({ id }) => ({ data: { messageId: id } })),
  );
}

/** Who comes for a part of the visit hears of that part alone: an interval, later if the visit is late. */
const partFor = ({ slot }: Recipient, told: Told): Told =>
  slot ? { ...told, startsAt: new Date(told.startsAt.getTime() + slot.after * 60_000), minutes: slot.minutes, interval: true } : told;

/** What does not change the entry in a calendar. */
const isNoEntry = (purpose: Telling['purpose']): boolean => ['reminder', 'late', 'turn', 'saying'].includes(purpose);

type About = { visitId: string; told: Told; sequence: number; now: Date };

function messagesTo(
  { env }: Pick<Context, 'env'>,
  to: Recipient,
  { visitId, told: whole, sequence, now }: About,
  purpose: Telling['purpose'],
  code: string | null,
): Row[] {
  if (to.channel === 'none') return [];
  const told = partFor(to, whole);
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
  const calendar = isNoEntry(purpose) ? '' : calendarOf(entry);
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
