/** Several are asked which times suit them, each by a link of their own. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { and, eq, inArray, isNotNull, isNull, notInArray, or } from 'drizzle-orm';
import type { z } from 'zod';
import type { Language } from '../../contract/language.ts';
import type { pollRoutes } from '../../contract/polls.ts';
import { Refusal } from '../../contract/refusal.ts';
import type { Tx } from '../../drizzle/client.ts';
import {
  careRelations,
  messages,
  patients,
  pollInvitees,
  pollOptions,
  polls,
  relatives,
  units,
  users,
  visits,
} from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { wordsIn } from '../notifications/words.ts';
import { may } from '../policies.ts';
import { furthestMs } from '../scheduling/book.ts';

type Asked = z.output<(typeof pollRoutes)['POST /api/polls']['body']>;
type Invitee = { name: string; language: Language; channel: 'email' | 'sms' | null; address: string };

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** @throws {Refusal} `not_found` for a unit or patient out of reach; `invalid`, naming the field; `conflict` if somebody was asked before. */
export async function makePoll(
  ctx: Context,
  actor: Actor,
  { visitId, unitId, patientId, minutes, options, invitees }: Asked,
  now: Date,
): Promise<{ links: { name: string; path: string }[] }> {
  if (!may(actor, 'visit.book', { unitId })) throw new Refusal('not_found', 'There is no such unit.', 'unitId');
  const ahead = options.map((at) => Date.parse(at) - now.getTime());
  if (ahead.some((ms) => ms <= 0)) throw new Refusal('invalid', 'options: one of them is past', 'options');
  if (ahead.some((ms) => ms > furthestMs)) throw new Refusal('invalid', 'options: one of them is more than two years ahead', 'options');
  if (new Set(options.map(Date.parse)).size < options.length) throw new Refusal('invalid', 'options: names a time twice', 'options');
  const links = await ctx.db.transaction(async (tx) => {
    const { unit, hushed } = await visitToCome(tx, actor, { visitId, unitId, patientId, minutes }, now);
    await clearOld(tx, visitId);
    const poll = { visitId, minutes, madeBy: actor.userId, madeAt: now };
    const made = await tx.insert(polls).values(poll).onConflictDoNothing().returning({ visitId: polls.visitId });
    if (made.length === 0) throw new Refusal('conflict', 'Somebody has been asked already.', 'visitId');
    await tx.insert(pollOptions).values(options.map((at) => ({ visitId, startsAt: new Date(at) })));
    const handed: { name: string; path: string }[] = [];
    for (const invitee of await inviteesOf(tx, patientId, invitees, hushed)) {
      const secret = randomBytes(32).toString('base64url');
      await tx.insert(pollInvitees).values({ visitId, name: invitee.name, secretHash: hashOf(secret) });
      const path = `/times#${secret}`;
      if (invitee.channel === null) handed.push({ name: invitee.name, path });
      else await file(ctx, tx, visitId, invitee, { path, minutes, unit }, now);
    }
    await writeAudit(tx, { actorId: actor.userId, action: 'poll.make', subjectId: visitId, visitId, unitId, patientId });
    return handed;
  });
  ctx.hub.listChanged(unitId, []);
  return { links };
}

/** One that was closed, or that nobody has answered, makes room: links may have been lost. */
async function clearOld(tx: Tx, visitId: string): Promise<void> {
  const answered = tx
    .select({ id: pollInvitees.visitId })
    .from(pollInvitees)
    .where(and(eq(pollInvitees.visitId, visitId), isNotNull(pollInvitees.answeredAt)));
  await tx.delete(polls).where(and(eq(polls.visitId, visitId), or(isNotNull(polls.closedAt), notInArray(polls.visitId, answered))));
}

type Unit = typeof units.$inferSelect;

/** It has no time yet: a request of this patient's that is there, or a new one. */
async function visitToCome(
  tx: Tx,
  actor: Actor,
  { visitId, unitId, patientId, minutes }: Pick<Asked, 'visitId' | 'unitId' | 'patientId' | 'minutes'>,
  now: Date,
): Promise<{ unit: Unit; hushed: boolean }> {
  const [found] = await tx
    .select({ patient: patients, unit: units })
    .from(careRelations)
    .innerJoin(patients, eq(patients.id, careRelations.patientId))
    .innerJoin(units, eq(units.id, careRelations.unitId))
    .where(and(eq(careRelations.patientId, patientId), eq(careRelations.unitId, unitId)));
  if (!found) throw new Refusal('not_found', 'There is no such patient at this unit.', 'patientId');
  const { patient, unit } = found;
  const there = { unit, hushed: patient.protectedIdentity }; // then nothing leaves that somebody else might read
  const { address, entrance, phone, language, synthetic } = patient;
  const about = { address, entrance, callbackPhone: phone, language, synthetic };
  const row = { id: visitId, unitId, patientId, startsAt: now, place: '', durationMinutes: minutes, bookedBy: actor.userId, ...about };
  const made = await tx
    .insert(visits)
    .values({ ...row, state: 'triaged', priority: 'planned' })
    .onConflictDoNothing()
    .returning();
  if (made.length > 0) return there;
  const [request] = await tx
    .select()
    .from(visits)
    .where(and(eq(visits.id, visitId), inArray(visits.state, ['requested', 'triaged'])));
  if (request?.unitId !== unitId || request.patientId !== patientId)
    throw new Refusal('conflict', 'This number is taken by another visit.', 'visitId');
  return there;
}

/** @throws {Refusal} `invalid`, naming `invitees`, for one who is not there. */
async function inviteesOf(tx: Tx, patientId: string, asked: Asked['invitees'], hushed: boolean): Promise<Invitee[]> {
  const found: Invitee[] = [];
  for (const one of asked) {
    if (one.kind === 'other') {
      found.push({ name: one.name, language: 'sv', channel: one.email ? 'email' : null, address: one.email ?? '' });
      continue;
    }
    if (one.kind === 'staff') {
      const [user] = await tx
        .select()
        .from(users)
        .where(and(eq(users.id, one.userId), eq(users.kind, 'staff')));
      if (!user) throw new Refusal('invalid', 'invitees: names somebody who is not there', 'invitees');
      found.push({ name: user.name ?? user.place, language: 'sv', channel: user.email ? 'email' : null, address: user.email ?? '' });
      continue;
    }
    const close = and(eq(relatives.id, one.relativeId), eq(relatives.patientId, patientId), isNull(relatives.endedAt));
    const [relative] = await tx.select().from(relatives).where(close);
    if (!relative) throw new Refusal('invalid', 'invitees: names somebody who is not close to this patient', 'invitees');
    const { name, language, channel, email, phone } = relative;
    const way = hushed ? null : channel === 'email' && email ? 'email' : channel === 'sms' && phone ? 'sms' : null;
    found.push({ name, language, channel: way, address: (way === 'email' ? email : way === 'sms' ? phone : null) ?? '' });
  }
  return found;
}

type About = { path: string; minutes: number; unit: Unit };

async function file(ctx: Context, tx: Tx, visitId: string, invitee: Invitee, { path, minutes, unit }: About, now: Date): Promise<void> {
  const { channel, address, language, name } = invitee;
  if (channel === null) return;
  const t = wordsIn(language);
  const url = `${ctx.env.PUBLIC_URL ?? `http://localhost:${ctx.env.PORT}`}${path}`;
  const lines = [
    t('hello'),
    '',
    t('lead.poll', { minutes: String(minutes) }),
    ...(unit.discreet ? [] : [t('unit', { name: unit.name })]),
    '',
    t('poll.link', { url }),
    '',
    t('questions', { phone: unit.phone }),
    t('noReply'),
  ];
  const body = channel === 'sms' ? `${t('subject.poll')}. ${url}` : lines.join('\n');
  const row = { id: randomUUID(), visitId, purpose: 'poll' as const, channel, address, recipient: name };
  await tx.insert(messages).values({ ...row, subject: channel === 'sms' ? '' : t('subject.poll'), body, filedAt: now });
  await ctx.jobs.file(tx, 'deliver', [{ data: { messageId: row.id } }]);
}
