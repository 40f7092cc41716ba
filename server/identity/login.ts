import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Me, OwnSession } from '../../contract/identity.ts';
import { Refusal } from '../../contract/refusal.ts';
import { users } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Origin } from './limits.ts';
import { secretMatches } from './passwords.ts';
import { type Actor, activeOf, assignmentsOf, type HeldAssignment } from './sessions.ts';

/** Where a request came from, for limits and cookies. */
export type From = Origin & { secure: boolean; browser: string | null };

const shown = ({ organisationId: _, ...held }: HeldAssignment) => held;

export const meOf = ({
  userId,
  kind,
  name,
  place,
  assignments,
  choices,
  onlyVisitId,
  operator,
  synthetic,
}: Omit<Actor, 'sessionId' | 'level'>): Me => ({
  userId,
  kind,
  name,
  place,
  assignments: assignments.map(shown),
  choices: choices.map(shown),
  onlyVisitId,
  operator,
  synthetic,
});

/** @throws {Refusal} `wrong_credentials`, whichever of the two was wrong; `rate_limited`. */
export async function logIn(ctx: Context, username: string, password: string, from: From): Promise<{ me: Me; cookie: string }> {
  const user = await ctx.limits.login(username.toLowerCase(), from, async () => {
    const [row] = await ctx.db.select().from(users).where(eq(users.username, username.toLowerCase()));
    const right = await secretMatches(row?.passwordHash, password);
    if (right && row) return row;
    await writeAudit(ctx.db, { actorId: row?.id ?? null, action: 'login.failed', subjectId: row?.id ?? null });
    return null;
  });
  if (!user) throw new Refusal('wrong_credentials', 'The name or the password is not right.');
  const { id: userId } = user;
  const cookie = await ctx.db.transaction(async (tx) => {
    await writeAudit(tx, { actorId: userId, action: 'login', subjectId: userId });
    return ctx.sessions.begin(tx, userId, from);
  });
  const choices = user.kind === 'staff' ? await assignmentsOf(ctx.db, userId) : [];
  return { me: meOf({ ...user, userId, onlyVisitId: null, assignments: activeOf(choices, null), choices }), cookie };
}

/**
 * One person may have several assignments, and acts by one at a time: what they see and may is that one's.
 *
 * @throws {Refusal} `not_found` for one that is not theirs or has ended.
 */
export async function chooseAssignment(ctx: Context, actor: Actor, assignmentId: string): Promise<Me> {
  const chosen = actor.choices.find(({ id }) => id === assignmentId);
  if (!chosen) throw new Refusal('not_found', 'There is no such assignment.', 'assignmentId');
  await ctx.db.transaction(async (tx) => {
    await ctx.sessions.choose(tx, actor.sessionId, assignmentId);
    await writeAudit(tx, { actorId: actor.userId, action: 'assignment.choose', subjectId: assignmentId, unitId: chosen.unitId });
  });
  ctx.hub.sessionEnded(actor.sessionId); // its connections come again, and are judged by the new one
  return meOf({ ...actor, assignments: [chosen] });
}

/** One's own sessions that hold now, the newest first. */
export async function ownSessions(ctx: Context, { userId, sessionId }: Actor): Promise<OwnSession[]> {
  const held = await ctx.sessions.of(ctx.db, userId);
  return held.map(({ id, createdAt, browser }) => ({ key: keyOf(id), since: createdAt.toISOString(), browser, here: id === sessionId }));
}

/**
 * "Log out there": ends one of one's own sessions and every socket of it.
 *
 * @throws {Refusal} `not_found` for one that is not theirs or has ended.
 */
export async function endSession(ctx: Context, actor: Actor, key: string): Promise<OwnSession[]> {
  const { userId } = actor;
  const found = (await ctx.sessions.of(ctx.db, userId)).find(({ id }) => keyOf(id) === key);
  if (!found) throw new Refusal('not_found', 'There is no such session.', 'key');
  await ctx.db.transaction(async (tx) => {
    await writeAudit(tx, { actorId: userId, action: 'session.end', subjectId: userId });
    await ctx.sessions.end(tx, found.id, false);
  });
  ctx.hub.sessionEnded(found.id);
  return ownSessions(ctx, actor);
}

const keyOf = (sessionId: string): string => createHash('sha256').update(sessionId).digest('hex').slice(0, 32);

/** Ends the session and every socket of it. */
export async function logOut(ctx: Context, actor: Actor | null, secure: boolean): Promise<string> {
  if (!actor) return ctx.sessions.forget(secure);
  const { userId, sessionId } = actor;
  const cookie = await ctx.db.transaction(async (tx) => {
    await writeAudit(tx, { actorId: userId, action: 'logout', subjectId: userId });
    return ctx.sessions.end(tx, sessionId, secure);
  });
  ctx.hub.sessionEnded(sessionId);
  return cookie;
}
