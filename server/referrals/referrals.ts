/** What specialists are asked into visits for, and what they answer. */
import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Referral } from '../../contract/referrals.ts';
import { Refusal } from '../../contract/refusal.ts';
import { staffRoles } from '../../contract/units.ts';
import type { Tx } from '../../drizzle/client.ts';
import { assignments, referrals, users } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import { opensUnit } from '../access/openings.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { overtaken } from '../people/overtaken.ts';
import { may, seatOf } from '../policies.ts';
import { type Change, changeVisit, noSuchVisit } from '../visits/changeVisit.ts';
import { loadVisit, type Person, type VisitState } from '../visits/visitState.ts';

type Row = typeof referrals.$inferSelect;

/** Keeps the question beside the seat. One who was taken off and is asked anew has a new question; what they answered goes with the old one. */
export async function refer(
  { tx, before: { visitId }, audit }: Change,
  actor: Actor,
  participantId: string,
  { referralId, question }: { referralId: string; question: string },
  now: Date,
): Promise<void> {
  await tx.delete(referrals).where(eq(referrals.participantId, participantId));
  const asked = { question, askedBy: actor.userId, askedAt: now };
  const kept = await tx
    .insert(referrals)
    .values({ id: referralId, visitId, participantId, ...asked })
    .onConflictDoNothing({ target: referrals.id })
    .returning({ id: referrals.id });
  if (kept.length === 0) throw new Refusal('conflict', 'referralId: is taken', 'referralId');
  await audit('referral.ask', participantId);
}

/** For staff of the visit; the reading is in the audit. */
export async function referralsOf(ctx: Context, actor: Actor, visitId: string): Promise<Referral[]> {
  return ctx.db.transaction(async (tx) => {
    const visit = await loadVisit(tx, visitId);
    if (!visit) throw noSuchVisit();
    const { unitId, patientId } = visit;
    if (!may(actor, 'visit.read', visit) && !(await opensUnit(tx, actor, patientId, unitId))) throw noSuchVisit();
    const rows = await tx.select().from(referrals).where(eq(referrals.visitId, visitId)).orderBy(asc(referrals.askedAt));
    if (rows.length > 0)
      await writeAudit(tx, { actorId: actor.userId, action: 'referral.read', subjectId: visitId, visitId, unitId, patientId });
    return Promise.all(rows.map((row) => viewOf(tx, actor, visit, row)));
  });
}

/**
 * The specialist's own, from their seat. The others see that it has come.
 *
 * @throws {Refusal} `not_found` for another's; `ended` when the visit is done and it was answered; `conflict` if they wrote
 *   meanwhile on another device.
 */
export async function answerReferral(
  ctx: Context,
  actor: Actor,
  referralId: string,
  { answer, basedOn }: { answer: string; basedOn: number },
  now: Date,
): Promise<Referral> {
  const [found] = await ctx.db.select({ visitId: referrals.visitId }).from(referrals).where(eq(referrals.id, referralId));
  if (!found) throw noSuchReferral();
  let answered: Referral | null = null;
  await changeVisit(ctx, found.visitId, actor.userId, async ({ tx, before, seat, audit }) => {
    const [row] = await tx.select().from(referrals).where(eq(referrals.id, referralId)).for('update');
    const own = seatOf(actor, before);
    if (!row || !own || own.id !== row.participantId || own.status === 'removed') throw noSuchReferral();
    answered = await viewOf(tx, actor, before, row);
    if (row.answer === answer && row.version === basedOn + 1) return false; // sent twice
    if (row.version !== basedOn) throw overtaken();
    if (row.answeredAt && before.stage === 'completed') throw new Refusal('ended', 'The visit is done.');
    const change = { answer, answeredAt: now, version: basedOn + 1 };
    await tx.update(referrals).set(change).where(eq(referrals.id, referralId));
    await seat(own.id, { answers: basedOn });
    await audit('referral.answer', own.id);
    answered = await viewOf(tx, actor, before, { ...row, ...change });
    return true;
  });
  if (!answered) throw new Error('no answer was kept');
  return answered;
}

async function viewOf(tx: Tx, actor: Actor, visit: VisitState, row: Row): Promise<Referral> {
  const seat = visit.people.find(({ id }) => id === row.participantId);
  const { id, participantId, question, askedAt, answer, answeredAt, version } = row;
  return {
    id,
    participantId,
    to: seat ? standing(seat) : nobody,
    question,
    askedBy: await askerOf(tx, visit, row.askedBy),
    askedAt: askedAt.toISOString(),
    answer,
    answeredAt: answeredAt?.toISOString() ?? null,
    version,
    mine: seat !== undefined && seatOf(actor, visit)?.id === participantId,
  };
}

/** As they sit in the visit; or, with no seat in it, as they work at its unit. */
async function askerOf(tx: Tx, { people, unitId }: VisitState, userId: string): Promise<Standing> {
  const seat = people.find((one) => one.userId === userId);
  if (seat) return standing(seat);
  const here = and(eq(assignments.userId, users.id), eq(assignments.unitId, unitId), isNull(assignments.endedAt));
  const [account] = await tx
    .select({ name: users.name, place: users.place, role: assignments.role })
    .from(users)
    .leftJoin(assignments, here)
    .where(eq(users.id, userId));
  return account ?? nobody;
}

type Standing = Referral['to'];
const nobody: Standing = { name: null, role: null, place: '' };
const standing = ({ name, role, place }: Pick<Person, 'name' | 'role' | 'place'>): Standing => ({
  name,
  role: staffRoles.find((one) => one === role) ?? null,
  place,
});

const noSuchReferral = (): Refusal => new Refusal('not_found', 'There is no such question to you.', 'referralId');
