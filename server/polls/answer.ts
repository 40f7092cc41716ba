/** What those who were asked say, and what staff see of it. */
import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { OwnPoll, PollAnswer, PollView } from '../../contract/polls.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import type { Tx } from '../../drizzle/client.ts';
import { pollInvitees, pollOptions, pollReplies, polls, units, visits } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { may } from '../policies.ts';
import { noSuchVisit } from '../visits/changeVisit.ts';
import { loadVisit } from '../visits/visitState.ts';
import { hashOf } from './make.ts';

const open: (typeof visits.$inferSelect)['state'][] = ['requested', 'triaged']; // once it has a time nothing is left to say

/** @throws {Refusal} `not_found` for a link that leads nowhere. */
async function askedBy(tx: Tx, secret: string, answering = false) {
  const query = tx
    .select({ invitee: pollInvitees, poll: polls, visit: visits, unit: units })
    .from(pollInvitees)
    .innerJoin(polls, eq(polls.visitId, pollInvitees.visitId))
    .innerJoin(visits, eq(visits.id, polls.visitId))
    .innerJoin(units, eq(units.id, visits.unitId))
    .where(eq(pollInvitees.secretHash, hashOf(secret)));
  const [row] = answering ? await query.for('update', { of: pollInvitees }) : await query; // of two answers at once the second replaces the first
  if (!row) throw new Refusal('not_found', 'This link leads nowhere.', 'secret');
  return { ...row, open: row.poll.closedAt === null && open.includes(row.visit.state) };
}

async function viewFor(tx: Tx, secret: string): Promise<OwnPoll> {
  const { invitee, poll, unit, open: isOpen } = await askedBy(tx, secret);
  const options = await tx.select().from(pollOptions).where(eq(pollOptions.visitId, poll.visitId)).orderBy(asc(pollOptions.startsAt));
  const said = await tx.select().from(pollReplies).where(eq(pollReplies.inviteeId, invitee.id));
  return {
    unitName: unit.discreet ? null : unit.name,
    phone: unit.phone,
    name: invitee.name,
    minutes: poll.minutes,
    open: isOpen,
    options: options.map(({ id, startsAt }) => ({
      id,
      startsAt: startsAt.toISOString(),
      answer: said.find(({ optionId }) => optionId === id)?.answer ?? null,
    })),
  };
}

export const ownPollOf = (ctx: Context, secret: string): Promise<OwnPoll> => ctx.db.transaction((tx) => viewFor(tx, secret));

type Said = { optionId: string; answer: PollAnswer }[];

/** @throws {Refusal} `ended` when it is closed; `invalid`, naming `answers`, for a time that was not offered. */
export async function answerPoll(ctx: Context, secret: string, answers: Said, now: Date): Promise<OwnPoll> {
  const { view, unitId } = await ctx.db.transaction(async (tx) => {
    const { invitee, visit, open: isOpen } = await askedBy(tx, secret, true);
    if (!isOpen) throw new Refusal('ended', 'A time has been chosen, or nobody is asked any more.');
    const ids = answers.map(({ optionId }) => optionId);
    const offered = await tx
      .select({ id: pollOptions.id })
      .from(pollOptions)
      .where(and(eq(pollOptions.visitId, visit.id), inArray(pollOptions.id, ids)));
    if (offered.length !== answers.length) throw new Refusal('invalid', 'answers: names a time that was not offered', 'answers');
    await tx.delete(pollReplies).where(eq(pollReplies.inviteeId, invitee.id));
    if (answers.length > 0) await tx.insert(pollReplies).values(answers.map((one) => ({ ...one, inviteeId: invitee.id })));
    await tx.update(pollInvitees).set({ answeredAt: now }).where(eq(pollInvitees.id, invitee.id));
    const { id: visitId, unitId, patientId } = visit;
    await writeAudit(tx, { actorId: null, action: 'poll.answer', subjectId: invitee.id, visitId, unitId, patientId });
    return { view: await viewFor(tx, secret), unitId };
  });
  ctx.hub.listChanged(unitId, []);
  return view;
}

export async function readPoll(ctx: Context, actor: Actor, visitId: string): Promise<PollView | null> {
  return ctx.db.transaction(async (tx) => {
    const visit = await loadVisit(tx, visitId);
    if (!visit || !may(actor, 'visit.read', visit)) throw noSuchVisit();
    const [poll] = await tx.select().from(polls).where(eq(polls.visitId, visitId));
    if (!poll) return null;
    const { unitId, patientId } = visit;
    await writeAudit(tx, { actorId: actor.userId, action: 'poll.read', subjectId: visitId, visitId, unitId, patientId });
    const options = await tx.select().from(pollOptions).where(eq(pollOptions.visitId, visitId)).orderBy(asc(pollOptions.startsAt));
    const rows = await tx
      .select({ invitee: pollInvitees, reply: pollReplies })
      .from(pollInvitees)
      .leftJoin(pollReplies, eq(pollReplies.inviteeId, pollInvitees.id))
      .where(eq(pollInvitees.visitId, visitId))
      .orderBy(asc(pollInvitees.id));
    const grouped = Map.groupBy(rows, ({ invitee }) => invitee.id);
    return {
      visitId,
      minutes: poll.minutes,
      open: poll.closedAt === null && open.includes(visit.stage),
      options: options.map(({ id, startsAt }) => ({ id, startsAt: startsAt.toISOString() })),
      invitees: [...grouped.values()].flatMap((replies) => {
        const [first] = replies;
        if (!first) return [];
        const { id, name, answeredAt } = first.invitee;
        const answers = Object.fromEntries(replies.flatMap(({ reply }) => (reply ? [[reply.optionId, reply.answer]] : [])));
        return [{ id, name, answeredAt: answeredAt?.toISOString() ?? null, answers }];
      }),
    };
  });
}

export async function closePoll(ctx: Context, actor: Actor, visitId: string, now: Date): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const visit = await loadVisit(tx, visitId, true);
    if (!visit || !may(actor, 'visit.read', visit)) throw noSuchVisit();
    require_(may(actor, 'visit.change', visit));
    const { unitId, patientId } = visit;
    const closed = await tx
      .update(polls)
      .set({ closedAt: now })
      .where(and(eq(polls.visitId, visitId), isNull(polls.closedAt)))
      .returning({ visitId: polls.visitId });
    if (closed.length > 0)
      await writeAudit(tx, { actorId: actor.userId, action: 'poll.close', subjectId: visitId, visitId, unitId, patientId });
  });
}
