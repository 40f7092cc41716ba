/** Whom a provider's claims mean here. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import { assignments, patients, users } from '../../../drizzle/schema/index.ts';
import type { Context } from '../../context.ts';
import { isHsaId } from '../../people/hsaId.ts';
import { identityOf, indexOf } from '../../people/numbers.ts';
import { LoginRefused } from './LoginRefused.ts';
import type { ProviderRow } from './providers.ts';

export type Claims = Record<string, unknown>;

const textOf = (claims: Claims, name: string): string | null =>
  typeof claims[name] === 'string' && claims[name] !== '' ? claims[name] : null;

/** @throws {LoginRefused} `level` if the provider does not say how surely it knows, or nothing that counts here. */
export function levelOf({ claims: names, levels }: ProviderRow, claims: Claims): number {
  const level = levels[textOf(claims, names.level) ?? ''];
  if (level === undefined) throw new LoginRefused('level', 'no level that is known');
  return level;
}

/** @throws {LoginRefused} `invalid` if what names the person is missing or malformed. */
export function personOf({ claims: names, audience }: ProviderRow, claims: Claims): string {
  const person = textOf(claims, names.person);
  if (person === null) throw new LoginRefused('invalid', 'the person is not named');
  if (audience === 'staff' && !isHsaId(person)) throw new LoginRefused('invalid', 'no HSA-id');
  return person;
}

/** @throws {LoginRefused} `unknownPerson` for one whom nobody has registered here. */
export async function whoIs(
  ctx: Context,
  provider: ProviderRow,
  person: string,
  claims: Claims,
): Promise<{ userId: string; assignmentId: string | null }> {
  if (provider.audience === 'resident') return { userId: await residentOf(ctx, person), assignmentId: null };
  const [user] = await ctx.db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.hsaId, person), eq(users.kind, 'staff')));
  if (!user) throw new LoginRefused('unknownPerson');
  const commission = provider.claims.assignment === null ? null : textOf(claims, provider.claims.assignment);
  if (commission === null) return { userId: user.id, assignmentId: null };
  const [held] = await ctx.db
    .select({ id: assignments.id })
    .from(assignments)
    .where(and(eq(assignments.userId, user.id), eq(assignments.hsaId, commission), isNull(assignments.endedAt)));
  return { userId: user.id, assignmentId: held?.id ?? null };
}

/** One person has one account, also at several care providers; one with a password of its own comes last. */
async function residentOf(ctx: Context, number: string): Promise<string> {
  let identity: ReturnType<typeof identityOf>;
  try {
    identity = identityOf({ number, reserve: false, birthDate: null }, new Date());
  } catch {
    throw new LoginRefused('invalid', 'no personal number');
  }
  const [found] = await ctx.db
    .select({ userId: patients.userId })
    .from(patients)
    .innerJoin(users, eq(users.id, patients.userId))
    .where(eq(patients.numberIndex, indexOf(identity)))
    .orderBy(sql`${users.username} is not null`)
    .limit(1);
  if (!found) throw new LoginRefused('unknownPerson');
  return found.userId;
}
