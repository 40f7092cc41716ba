/** One-time codes (RFC 6238) of local accounts, and the recovery codes for one who has lost the authenticator. */
import { createHmac, randomInt } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import { Secret, TOTP } from 'otpauth';
import { Refusal, require_ } from '../../contract/refusal.ts';
import type { Db, Tx } from '../../drizzle/client.ts';
import { recoveryCodes, totpSecrets, users } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import { alphabet } from './codes.ts';
import type { Actor } from './sessions.ts';

const period = 30; // s
const recoveryCount = 10;

const totpOf = (secret: string, label = ''): TOTP =>
  new TOTP({ issuer: 'Samrum', label, algorithm: 'SHA1', digits: 6, period, secret: Secret.fromBase32(secret) });

const hashOf = (ctx: Context, userId: string, code: string): string =>
  createHmac('sha256', ctx.env.SECRET).update(`recovery code ${userId} ${code}`).digest('base64url');

const newRecoveryCode = (): string => Array.from({ length: 10 }, () => alphabet[randomInt(alphabet.length)]?.toLowerCase()).join('');

const requireLocal = (actor: Actor): void => require_(actor.local && actor.kind === 'staff', 'This account has no password here.');

/** A new secret; it counts from the first code on. @throws {Refusal} `conflict` for one who uses them already. */
export async function beginTotp(ctx: Context, actor: Actor): Promise<{ uri: string; secret: string }> {
  requireLocal(actor);
  const secret = new Secret({ size: 20 }).base32;
  const [user] = await ctx.db.select({ username: users.username }).from(users).where(eq(users.id, actor.userId));
  const [kept] = await ctx.db
    .insert(totpSecrets)
    .values({ userId: actor.userId, secret })
    .onConflictDoUpdate({ target: totpSecrets.userId, set: { secret, lastStep: 0 }, setWhere: isNull(totpSecrets.confirmedAt) })
    .returning({ userId: totpSecrets.userId });
  if (!kept) throw new Refusal('conflict', 'One-time codes are in use already.');
  return { uri: totpOf(secret, user?.username ?? '').toString(), secret };
}

/** From now on a code is wanted at each login; this session has shown one. @throws {Refusal} `wrong_code`. */
export async function confirmTotp(ctx: Context, actor: Actor, code: string, now: Date): Promise<{ recoveryCodes: string[] }> {
  requireLocal(actor);
  const { userId } = actor;
  return ctx.db.transaction(async (tx) => {
    const [row] = await tx.select().from(totpSecrets).where(eq(totpSecrets.userId, userId)).for('update');
    if (!row || row.confirmedAt) throw new Refusal('conflict', 'Begin anew.');
    if (!(await takeStep(tx, row, code, now))) throw new Refusal('wrong_code', 'The code is not right.', 'oneTimeCode');
    await tx.update(totpSecrets).set({ confirmedAt: now }).where(eq(totpSecrets.userId, userId));
    await ctx.sessions.change(tx, actor.sessionId, { level: Math.max(actor.level, 2), provedAt: now });
    await writeAudit(tx, { actorId: userId, action: 'totp.begin', subjectId: userId });
    return { recoveryCodes: await newRecoveryCodes(ctx, tx, userId) };
  });
}

/** For one who has used them up, or lost them. @throws {Refusal} `conflict` for one who uses no one-time codes. */
export async function renewRecoveryCodes(ctx: Context, actor: Actor): Promise<{ recoveryCodes: string[] }> {
  requireLocal(actor);
  const { userId } = actor;
  return ctx.db.transaction(async (tx) => {
    const [row] = await tx.select().from(totpSecrets).where(eq(totpSecrets.userId, userId)).for('update');
    if (!row?.confirmedAt) throw new Refusal('conflict', 'One-time codes are not in use.');
    await writeAudit(tx, { actorId: userId, action: 'totp.renew', subjectId: userId });
    return { recoveryCodes: await newRecoveryCodes(ctx, tx, userId) };
  });
}

/** In the place of the former. @returns them as they are shown, this once. */
async function newRecoveryCodes(ctx: Context, tx: Tx, userId: string): Promise<string[]> {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  const codes = Array.from({ length: recoveryCount }, newRecoveryCode);
  await tx.insert(recoveryCodes).values(codes.map((one) => ({ userId, hash: hashOf(ctx, userId, one) })));
  return codes.map((one) => `${one.slice(0, 5)}-${one.slice(5)}`.toUpperCase());
}

export async function endTotp(ctx: Context, actor: Actor): Promise<void> {
  requireLocal(actor);
  await ctx.db.transaction(async (tx) => {
    await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, actor.userId));
    await tx.delete(totpSecrets).where(eq(totpSecrets.userId, actor.userId));
    await writeAudit(tx, { actorId: actor.userId, action: 'totp.end', subjectId: actor.userId });
  });
}

/** Whether a code is wanted of this person, and if so whether this is one. Each is good once. */
export async function tryCode(
  ctx: Context,
  tx: Tx,
  userId: string,
  code: string | undefined,
  now: Date,
): Promise<'none' | 'wanted' | 'right' | 'wrong'> {
  const [row] = await tx.select().from(totpSecrets).where(eq(totpSecrets.userId, userId)).for('update');
  if (!row?.confirmedAt) return 'none';
  if (code === undefined) return 'wanted';
  if (/^\d{6}$/.test(code)) return (await takeStep(tx, row, code, now)) ? 'right' : 'wrong';
  const used = await tx
    .update(recoveryCodes)
    .set({ usedAt: now })
    .where(and(eq(recoveryCodes.hash, hashOf(ctx, userId, code)), eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt)))
    .returning({ hash: recoveryCodes.hash });
  if (used.length > 0) await writeAudit(tx, { actorId: userId, action: 'totp.recovery', subjectId: userId });
  return used.length > 0 ? 'right' : 'wrong';
}

/** A step before and after: clocks differ. A step that was used, or an older one, is not taken again. */
async function takeStep(tx: Tx | Db, row: typeof totpSecrets.$inferSelect, code: string, now: Date): Promise<boolean> {
  const delta = totpOf(row.secret).validate({ token: code, timestamp: now.getTime(), window: 1 });
  if (delta === null) return false;
  const step = Math.floor(now.getTime() / 1000 / period) + delta;
  if (step <= row.lastStep) return false;
  await tx.update(totpSecrets).set({ lastStep: step }).where(eq(totpSecrets.userId, row.userId));
  return true;
}
