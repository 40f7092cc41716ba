/** Who may own what a plan says, by account: those who plan at the unit that coordinates, and at the parties' units. */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { PlanOwner } from '../../contract/carePlans.ts';
import { Refusal } from '../../contract/refusal.ts';
import type { Db, Tx } from '../../drizzle/client.ts';
import { assignments, users } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { type PlanChange, type PlanState_, planFor } from './plan.ts';
import { planningRoles, type Viewer } from './sharing.ts';

/** A party chooses among its own; whoever coordinates among all. */
export async function ownersOf(ctx: Context, actor: Actor, planId: string, now: Date): Promise<PlanOwner[]> {
  return ctx.db.transaction(async (tx) => {
    const state = await planFor(tx, actor, planId, now);
    const { unitId, patientId } = state.plan;
    await writeAudit(tx, { actorId: actor.userId, action: 'plan.owners', subjectId: planId, unitId, patientId });
    return owners(tx, state);
  });
}

async function owners(
  tx: Db | Tx,
  { plan, parties, viewer }: Pick<PlanState_, 'plan' | 'parties'> & { viewer: Viewer },
): Promise<PlanOwner[]> {
  const seen = parties.filter(({ id, unitId }) => unitId !== null && (viewer.whole || id === viewer.partyId));
  const unitIds = [...seen.flatMap(({ unitId }) => unitId ?? []), ...(viewer.whole ? [plan.unitId] : [])];
  if (unitIds.length === 0) return [];
  const rows = await tx
    .selectDistinct({ userId: users.id, name: users.name, place: users.place, role: assignments.role, unitId: assignments.unitId })
    .from(assignments)
    .innerJoin(users, eq(users.id, assignments.userId))
    .where(and(inArray(assignments.unitId, unitIds), inArray(assignments.role, [...planningRoles]), isNull(assignments.endedAt)));
  return rows
    .map(({ unitId, ...person }) => ({
      ...person,
      partyId: seen.find((party) => party.unitId === unitId)?.id ?? null,
      coordinates: unitId === plan.unitId,
    }))
    .toSorted((a, b) => (a.name ?? a.place).localeCompare(b.name ?? b.place, 'sv'));
}

/** @throws {Refusal} `invalid`, naming `ownerUserId`. */
export async function requireOwner(change: PlanChange, userId: string): Promise<void> {
  const known = await owners(change.tx, change);
  if (!known.some((one) => one.userId === userId))
    throw new Refusal('invalid', 'ownerUserId: does not work with a party to this plan', 'ownerUserId');
}
