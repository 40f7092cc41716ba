import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Me, OwnSession } from '../../contract/identity.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import { users } from '../../drizzle/schema/index.ts';
import { actingBy } from '../access/acting.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Origin } from './limits.ts';
import { meOf } from './me.ts';
import { secretMatches } from './passwords.ts';
import type { Actor, Beginning } from './sessions.ts';
import { declaresCountry } from './standing.ts';
import { tryCode } from './totp.ts';

/** Where a request came from, for limits and cookies. */
export type From = Origin & { secure: boolean; browser: string | null; origin: string };

export type Begun = { me: Me; cookie: string; sessionId: string };

/** @throws {Refusal} `wrong_credentials`, whichever of the two was wrong; `totp_required`; `wrong_code`; `level_too_low`; `rate_limited`. */
export async function logIn(
  ctx: Context,
  { username, password, oneTimeCode }: { username: string; password: string; oneTimeCode?: string | undefined },
  from: From,
  now: Date,
): Promise<Begun> {
  const name = username.toLowerCase();
  let codeWanted = false;
  const proved = await ctx.limits.login(
    name,
    from,
    async () => {
      const [row] = await ctx.db.select().from(users).where(eq(users.username, name));
      const right = await secretMatches(row?.passwordHash, password);
      if (!right || !row) {
        await writeAudit(ctx.db, { actorId: row?.id ?? null, action: 'login.failed', subjectId: row?.id ?? null });
        return null;
      }
      const shown = await ctx.db.transaction((tx) => tryCode(ctx, tx, row.id, oneTimeCode, now));
      if (shown === 'wrong') {
        codeWanted = true;
        await writeAudit(ctx.db, { actorId: row.id, action: 'login.failed', subjectId: row.id });
        return null;
      }
      return { userId: row.id, shown };
    },
    ({ shown }) => shown !== 'wanted',
  );
  if (!proved) {
    if (codeWanted) throw new Refusal('wrong_code', 'The one-time code is not right.', 'oneTimeCode');
    throw new Refusal('wrong_credentials', 'The name or the password is not right.');
  }
  if (proved.shown === 'wanted') throw new Refusal('totp_required', 'A one-time code is wanted too.', 'oneTimeCode');
  return beginSession(ctx, proved.userId, from, { level: proved.shown === 'right' ? 2 : 1 }, now);
}

/**
 * However they showed who they are: a session of theirs in this browser, and what others had open in it locks.
 *
 * @throws {Refusal} `level_too_low` if a session of this level opens nothing at all.
 */
export async function beginSession(
  ctx: Context,
  userId: string,
  from: From,
  beginning: Beginning & { level: number },
  now: Date,
): Promise<Begun> {
  let former: string[] = [];
  const begun = await ctx.db.transaction(async (tx) => {
    if (from.device) await ctx.sessions.lockOthers(tx, from.device, userId, now);
    const { sessionId, cookie } = await ctx.sessions.begin(tx, userId, from, beginning);
    const { level } = beginning;
    await actingBy({ assignments: [] }, () => writeAudit(tx, { actorId: userId, action: 'login', subjectId: userId, detail: { level } }));
    if (from.device) former = await ctx.sessions.endOthersOf(tx, userId, from.device, sessionId);
    const actor = await ctx.sessions.actorIn(tx, sessionId, now);
    if (!actor) throw tooLow(); // a patient's session that opens nothing
    const me = await meOf(ctx, tx, actor);
    const mayEnrol = me.local && level === 1 && me.levelWanted === 2 && !me.hasTotp;
    if (level < me.levelWanted && !mayEnrol) throw tooLow();
    return { me, cookie, sessionId };
  });
  for (const id of former) ctx.hub.sessionEnded(id); // not before it is durable: a login that is refused ends nothing
  return begun;
}

const tooLow = (): Refusal => new Refusal('level_too_low', 'This way of logging in does not show surely enough who you are.');

/**
 * One person may have several assignments, and acts by one at a time: what they see and may is that one's.
 *
 * @throws {Refusal} `not_found` for one that is not theirs or has ended; `invalid`, naming `country`; `forbidden` for one that is barred.
 */
export async function chooseAssignment(ctx: Context, actor: Actor, assignmentId: string, country: string | null): Promise<Me> {
  const chosen = actor.choices.find(({ id }) => id === assignmentId);
  if (!chosen) throw new Refusal('not_found', 'There is no such assignment.', 'assignmentId');
  if (declaresCountry(chosen.role) && country === null) throw new Refusal('invalid', 'country: say from where you work', 'country');
  const { bar: barred, acting: now } = await ctx.db.transaction(async (tx) => {
    await ctx.sessions.choose(tx, actor.sessionId, assignmentId, country);
    const acting = await ctx.sessions.actorIn(tx, actor.sessionId);
    const bar = acting?.choices.find(({ id }) => id === assignmentId)?.barred ?? null;
    if (bar) await ctx.sessions.choose(tx, actor.sessionId, assignmentId, null);
    await writeAudit(tx, {
      actorId: actor.userId,
      action: bar ? 'assignment.refused' : 'assignment.choose',
      subjectId: assignmentId,
      unitId: chosen.unitId,
      detail: { ...(country === null ? {} : { country }), ...(bar ? { bar } : {}) },
    });
    return { bar, acting };
  });
  ctx.hub.sessionEnded(actor.sessionId); // its connections come again, and are judged by the new one
  if (barred === 'level') throw new Refusal('level_too_low', 'This way of logging in does not show surely enough who you are.');
  require_(barred !== 'country', 'Work from that country is not approved: health data are worked with inside the EU and EEA alone.');
  require_(barred === null, 'There is no Swedish licence on file that holds.');
  if (!now) throw new Refusal('unauthenticated', 'Log in first.');
  return meOf(ctx, ctx.db, now);
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

/** "Log out everywhere else". */
export async function endOtherSessions(ctx: Context, actor: Actor): Promise<OwnSession[]> {
  const { userId, sessionId } = actor;
  const ended = await ctx.db.transaction(async (tx) => {
    await writeAudit(tx, { actorId: userId, action: 'session.end', subjectId: userId, detail: { which: 'others' } });
    return ctx.sessions.endAllBut(tx, userId, sessionId);
  });
  for (const id of ended) ctx.hub.sessionEnded(id);
  return ownSessions(ctx, actor);
}

/** A session's id is a secret; this tells one from another. */
export const keyOf = (sessionId: string): string => createHash('sha256').update(sessionId).digest('hex').slice(0, 32);

/** Ends the session and every socket of it. */
export async function logOut(ctx: Context, actor: Actor | null, secure: boolean): Promise<string> {
  if (!actor) return ctx.sessions.forget(secure);
  const { userId, sessionId, deviceId } = actor;
  let former: string[] = [];
  const cookie = await ctx.db.transaction(async (tx) => {
    await writeAudit(tx, { actorId: userId, action: 'logout', subjectId: userId });
    if (deviceId) former = await ctx.sessions.endOthersOf(tx, userId, deviceId, sessionId);
    return ctx.sessions.end(tx, sessionId, secure);
  });
  for (const id of [sessionId, ...former]) ctx.hub.sessionEnded(id);
  return cookie;
}
