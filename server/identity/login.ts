import { and, eq, gt } from 'drizzle-orm';
import type { Me } from '../../contract/identity.ts';
import { Refusal } from '../../contract/refusal.ts';
import { invitations, participants, users, visits } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import { secretMatches } from './passwords.ts';
import type { Actor } from './sessions.ts';

/** Where a request came from, for limits and cookies. */
export type From = { address: string; secure: boolean };

type User = typeof users.$inferSelect;

export const meOf = ({ id, kind, name, role, place, synthetic }: User): Me => ({ userId: id, kind, name, role, place, synthetic });
export const meOfActor = ({ userId, kind, name, role, place, synthetic }: Actor): Me => ({ userId, kind, name, role, place, synthetic });

/** @throws {Refusal} `wrong_credentials`, whichever of the two was wrong; `rate_limited`. */
export async function logIn(ctx: Context, username: string, password: string, from: From): Promise<{ me: Me; cookie: string }> {
  const user = await ctx.limits.attempt(`login ${username.toLowerCase()}`, from.address, async () => {
    const [row] = await ctx.db.select().from(users).where(eq(users.username, username.toLowerCase()));
    const right = await secretMatches(row?.passwordHash, password);
    if (right && row) return row;
    await writeAudit(ctx.db, row?.id ?? null, 'login.failed', row?.id ?? null);
    return null;
  });
  if (!user) throw new Refusal('wrong_credentials', 'The name or the password is not right.');
  return { me: meOf(user), cookie: await beginSession(ctx, user.id, 'login', from) };
}

/** @throws {Refusal} `wrong_code` alike for unknown, expired and mistyped; `rate_limited`. */
export async function enterAsGuest(
  ctx: Context,
  reference: string,
  code: string,
  from: From,
  now: Date,
): Promise<{ visitId: string; me: Me; cookie: string }> {
  const found = await ctx.limits.attempt(`guest ${reference}`, from.address, async () => {
    const [row] = await ctx.db
      .select({ invitation: invitations, participant: participants, user: users })
      .from(invitations)
      .innerJoin(participants, eq(participants.id, invitations.participantId))
      .innerJoin(users, eq(users.id, participants.userId))
      .innerJoin(visits, eq(visits.id, participants.visitId))
      .where(and(eq(invitations.reference, reference), gt(invitations.expiresAt, now)));
    const right = await secretMatches(row?.invitation.codeHash, code);
    if (right && row && row.participant.status !== 'removed') return row;
    await writeAudit(ctx.db, null, 'guest.failed', row?.participant.id ?? null);
    return null;
  });
  if (!found) throw new Refusal('wrong_code', 'The reference or the code is not right, or no longer valid.');
  const cookie = await beginSession(ctx, found.user.id, 'guest.enter', from);
  return { visitId: found.participant.visitId, me: meOf(found.user), cookie };
}

async function beginSession(ctx: Context, userId: string, action: string, { secure }: From): Promise<string> {
  const cookie = await ctx.sessions.begin(userId, secure);
  await writeAudit(ctx.db, userId, action, userId);
  return cookie;
}

/** Ends the session and every socket of it. */
export async function logOut(ctx: Context, actor: Actor | null, secure: boolean): Promise<string> {
  if (actor) {
    await writeAudit(ctx.db, actor.userId, 'logout', actor.userId);
    ctx.hub.sessionEnded(actor.sessionId);
  }
  return ctx.sessions.end(actor?.sessionId, secure);
}
