import { eq } from 'drizzle-orm';
import type { Me } from '../../contract/identity.ts';
import { groupOf, workCountries } from '../../contract/policy.ts';
import type { Db, Tx } from '../../drizzle/client.ts';
import { totpSecrets } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import type { Actor, Choice, HeldAssignment } from './sessions.ts';
import { groupOfAccount } from './standing.ts';

const shown = <T extends HeldAssignment>({ organisationId: _, ...held }: T) => held;

/** Somebody as their own screens see them. */
export async function meOf(ctx: Context, tx: Db | Tx, actor: Actor): Promise<Me> {
  const { userId, kind, name, place, assignments, choices, onlyVisitId, operator, synthetic, level, country, locked, hasPin, local } =
    actor;
  const policy = ctx.demands.current();
  const group = groupOfAccount(
    kind,
    (assignments.length > 0 ? assignments : choices).map(({ role }) => role),
  );
  return {
    userId,
    kind,
    name,
    place,
    assignments: assignments.map(shown),
    choices: choices.map(shown),
    onlyVisitId,
    operator,
    synthetic,
    level,
    levelWanted: wantedLevel(kind, onlyVisitId, choices, policy.requiredLevel),
    country,
    countries: workCountries.filter((one) => one === 'SE' || actor.workCountries.includes(one)),
    locked,
    idleMinutes: policy.idleMinutes[group],
    hasPin,
    hasTotp: kind === 'staff' && (await usesTotp(tx, userId)),
    local,
  };
}

/** The least that opens anything for this account. */
function wantedLevel(
  kind: string,
  onlyVisitId: string | null,
  choices: Choice[],
  required: Record<'clinical' | 'administrative' | 'patient', number>,
): number {
  if (kind === 'guest' || onlyVisitId !== null) return 1;
  if (kind === 'patient') return required.patient;
  return choices.length > 0 ? Math.min(...choices.map(({ role }) => required[groupOf(role)])) : required.administrative;
}

export async function usesTotp(tx: Db | Tx, userId: string): Promise<boolean> {
  const [row] = await tx.select({ confirmedAt: totpSecrets.confirmedAt }).from(totpSecrets).where(eq(totpSecrets.userId, userId));
  return row?.confirmedAt instanceof Date;
}
