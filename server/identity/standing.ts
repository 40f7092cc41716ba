/** Whether somebody may act by an assignment just now, and whether their session has locked. Pure: the same for every door. */
import type { Bar, locks } from '../../contract/identity.ts';
import { type AccountGroup, abroadRoles, groupOf, licensedRoles, type Policy, workCountries } from '../../contract/policy.ts';
import type { StaffRole } from '../../contract/units.ts';
import type { users } from '../../drizzle/schema/index.ts';

export type Credentials = Pick<typeof users.$inferSelect, 'licence' | 'licenceUntil' | 'workCountries'>;
type Lock = (typeof locks)[number];

/** Wrong PINs until a whole login is wanted. */
export const pinTries = 5;

export const declaresCountry = (role: StaffRole): boolean => abroadRoles.includes(role);

/**
 * Licence, assignment and country are looked at together, each time: when a session acts, when a visit is entered, and
 * while it runs.
 *
 * @param country - as declared; null: not yet, and then from Sweden unless the role declares one.
 * @param today - YYYY-MM-DD.
 */
export function barOf(
  role: StaffRole,
  { licence, licenceUntil, workCountries: approved }: Credentials,
  { level, country }: { level: number; country: string | null },
  policy: Policy,
  today: string,
): Bar | null {
  if (level < policy.requiredLevel[groupOf(role)]) return 'level';
  const licensed = (licence === 'valid' || licence === 'restricted') && (licenceUntil === null || licenceUntil >= today);
  if (licensedRoles.includes(role) && !licensed) return 'licence';
  const from = country ?? 'SE';
  const inside = workCountries.some((one) => one === from);
  if (groupOf(role) === 'clinical' && !(inside && (from === 'SE' || approved.includes(from)))) return 'country';
  return null;
}

type Touched = { seenAt: Date; lockedAt: Date | null; loginAt: Date; pinFailures: number };

/** @returns `absolute` where only a whole login opens again. */
export function lockOf({ seenAt, lockedAt, loginAt, pinFailures }: Touched, group: AccountGroup, policy: Policy, now: Date): Lock | null {
  const since = (moment: Date): number => now.getTime() - moment.getTime();
  if (since(loginAt) > policy.absoluteHours[group] * 3_600_000) return 'absolute';
  if (lockedAt === null && since(seenAt) <= policy.idleMinutes[group] * 60_000) return null;
  return pinFailures >= pinTries ? 'absolute' : 'idle';
}

/** Which rules an account falls under: those of the strictest of what it can do. */
export function groupOfAccount(kind: string, roles: StaffRole[]): AccountGroup {
  if (kind !== 'staff') return 'patient';
  return roles.some((role) => groupOf(role) === 'clinical') ? 'clinical' : 'administrative';
}
