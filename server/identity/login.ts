import { eq } from 'drizzle-orm';
import type { Me } from '../../contract/identity.ts';
import { Refusal } from '../../contract/refusal.ts';
import { users } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Origin } from './limits.ts';
import { secretMatches } from './passwords.ts';
import { type Actor, assignmentsOf } from './sessions.ts';

/** Where a request came from, for limits and cookies. */
export type From = Origin & { secure: boolean };

export const meOf = ({ userId, kind, name, place, assignments, onlyVisitId, operator, synthetic }: Omit<Actor, 'sessionId'>): Me => ({
  userId,
  kind,
  name,
  place,
  assignments: assignments.map(({ organisationId: _, ...held }) => held),
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
    return ctx.sessions.begin(tx, userId, from.secure);
  });
  const assignments = user.kind === 'staff' ? await assignmentsOf(ctx.db, userId) : [];
  return { me: meOf({ ...user, userId, onlyVisitId: null, assignments }), cookie };
}

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
