/** Showing again who one is: to open what has locked, before signing and emergency access, and to take over a shared device. */
import { eq } from 'drizzle-orm';
import type { Me } from '../../contract/identity.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import { users } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { From } from './login.ts';
import { meOf } from './me.ts';
import { hashSecret, secretMatches } from './passwords.ts';
import type { Actor } from './sessions.ts';
import { tryCode } from './totp.ts';

/** Who showed who they are within this is believed. */
const freshMs = 5 * 60_000;

/** @throws {Refusal} `prove_again`. */
export function requireProof({ provedAt, onlyVisitId }: Actor, now: Date): void {
  if (onlyVisitId === null && now.getTime() - provedAt.getTime() > freshMs)
    throw new Refusal('prove_again', 'Show again who you are.', 'proof');
}

type Proof = { pin: string } | { password: string; oneTimeCode?: string | undefined };

/** @throws {Refusal} `wrong_credentials`, `wrong_code`, `totp_required`; `rate_limited`; `locked` where a PIN is not enough; `level_too_low`. */
export async function unlock(ctx: Context, actor: Actor, proof: Proof, from: From, now: Date): Promise<Me> {
  if ('pin' in proof) {
    if (actor.locked === 'absolute') throw new Refusal('locked', 'Log in with password or e-ID.', 'pin');
    await requirePin(ctx, actor.userId, actor.sessionId, proof.pin);
  } else {
    const level = await requirePassword(ctx, actor.userId, proof, from, now);
    if (level < actor.level) throw new Refusal('level_too_low', 'What was begun by e-ID is opened by e-ID.', 'password');
  }
  const whole = !('pin' in proof);
  await ctx.db.transaction((tx) => opened(ctx, tx, actor, whole, now));
  const fresh = await ctx.sessions.actorIn(ctx.db, actor.sessionId, now);
  if (!fresh) throw new Refusal('unauthenticated', 'Log in first.');
  return meOf(ctx, ctx.db, fresh);
}

type Tx = Parameters<Context['sessions']['change']>[0];

/** @param whole - by password or e-ID: counts as a new login. */
export async function opened(
  ctx: Context,
  tx: Tx,
  { userId, sessionId }: Pick<Actor, 'userId' | 'sessionId'>,
  whole: boolean,
  now: Date,
): Promise<void> {
  await ctx.sessions.change(tx, sessionId, {
    seenAt: now,
    provedAt: now,
    lockedAt: null,
    pinFailures: 0,
    ...(whole ? { loginAt: now } : {}),
  });
  await writeAudit(tx, { actorId: userId, action: 'session.unlock', subjectId: userId, detail: { whole } });
}

/** Each try is taken before it is looked at, so that many at once are no more than a few; after those a whole login is wanted. */
export async function requirePin(ctx: Context, userId: string, sessionId: string, pin: string): Promise<void> {
  const [user] = await ctx.db.select({ pinHash: users.pinHash }).from(users).where(eq(users.id, userId));
  if (!(await ctx.sessions.takePinTry(ctx.db, sessionId)))
    throw new Refusal('rate_limited', 'Too many attempts. Log in with password or e-ID.', 'pin');
  if (await secretMatches(user?.pinHash, pin)) return;
  await writeAudit(ctx.db, { actorId: userId, action: 'pin.failed', subjectId: userId });
  throw new Refusal('wrong_credentials', 'The PIN is not right.', 'pin');
}

async function requirePassword(
  ctx: Context,
  userId: string,
  { password, oneTimeCode }: { password: string; oneTimeCode?: string | undefined },
  from: From,
  now: Date,
): Promise<number> {
  const [user] = await ctx.db
    .select({ username: users.username, passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.id, userId));
  let shown: Awaited<ReturnType<typeof tryCode>> = 'none';
  const right = await ctx.limits.login(
    user?.username ?? userId,
    from,
    async () => {
      const matches = await secretMatches(user?.passwordHash, password);
      if (matches) shown = await ctx.db.transaction((tx) => tryCode(ctx, tx, userId, oneTimeCode, now));
      if (matches && shown !== 'wrong') return true;
      await writeAudit(ctx.db, { actorId: userId, action: 'login.failed', subjectId: userId });
      return null;
    },
    () => shown !== 'wanted',
  );
  const seen = shown as Awaited<ReturnType<typeof tryCode>>;
  if (seen === 'wrong') throw new Refusal('wrong_code', 'The one-time code is not right.', 'oneTimeCode');
  if (!right) throw new Refusal('wrong_credentials', 'The password is not right.', 'password');
  if (seen === 'wanted') throw new Refusal('totp_required', 'A one-time code is wanted too.', 'oneTimeCode');
  return seen === 'right' ? 2 : 1;
}

/** A PIN opens what has locked, and takes over a shared device; it is never enough to log in. */
export async function choosePin(ctx: Context, actor: Actor, pin: string, now: Date): Promise<Me> {
  require_(actor.kind === 'staff');
  requireProof(actor, now);
  if (/^(\d)\1+$/.test(pin) || '0123456789'.includes(pin) || '9876543210'.includes(pin))
    throw new Refusal('invalid', 'pin: is too easy to guess', 'pin');
  const pinHash = await hashSecret(pin);
  await ctx.db.transaction(async (tx) => {
    await tx.update(users).set({ pinHash }).where(eq(users.id, actor.userId));
    await writeAudit(tx, { actorId: actor.userId, action: 'pin.choose', subjectId: actor.userId });
  });
  return meOf(ctx, ctx.db, { ...actor, hasPin: true });
}

const touchEveryMs = 20_000;

/** Somebody is still there. */
export async function touch(ctx: Context, { sessionId }: Actor, now: Date): Promise<void> {
  await ctx.sessions.seen(ctx.db, sessionId, now, new Date(now.getTime() - touchEveryMs));
}

export async function lock(ctx: Context, { sessionId, userId }: Actor, now: Date): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await ctx.sessions.change(tx, sessionId, { lockedAt: now });
    await writeAudit(tx, { actorId: userId, action: 'session.lock', subjectId: userId });
  });
  ctx.hub.sessionLocked(sessionId);
}
