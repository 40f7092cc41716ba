/** A plan as it stands, and the one way it changes. */
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { mayGo, type PlanState } from '../../contract/planSteps.ts';
import { Refusal } from '../../contract/refusal.ts';
import type { Db, Tx } from '../../drizzle/client.ts';
import { carePlanParties, carePlanParts, carePlans, consents, patients } from '../../drizzle/schema/index.ts';
import { type AuditDetail, writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { overtaken } from '../people/overtaken.ts';
import { meetingSeatOf } from './meeting.ts';
import { type PartRow, type PartyRow, type PlanRow, type Sharing, sharingOf, type Viewer, viewerOf } from './sharing.ts';

type PatientRow = typeof patients.$inferSelect;
export type PlanState_ = { plan: PlanRow; patient: PatientRow; parties: PartyRow[]; parts: PartRow[]; sharing: Sharing };

/** The same words for a plan that does not exist and for one that is out of reach. */
export const noSuchPlan = (): Refusal => new Refusal('not_found', 'There is no such plan.');

/** Null if there is no such plan. `lock` keeps others from changing it until the transaction ends. */
export async function loadPlan(tx: Db | Tx, planId: string, now: Date, lock = false): Promise<PlanState_ | null> {
  const query = tx
    .select({ plan: carePlans, patient: patients })
    .from(carePlans)
    .innerJoin(patients, eq(patients.id, carePlans.patientId))
    .where(eq(carePlans.id, planId));
  const [row] = lock ? await query.for('update', { of: carePlans }) : await query;
  if (!row) return null;
  const parties = await tx.select().from(carePlanParties).where(eq(carePlanParties.planId, planId)).orderBy(asc(carePlanParties.id));
  const parts = await tx.select().from(carePlanParts).where(eq(carePlanParts.planId, planId)).orderBy(asc(carePlanParts.position));
  const held = await tx.select().from(consents).where(eq(consents.carePlanId, planId));
  return { ...row, parties, parts, sharing: sharingOf(planId, held, now) };
}

/** @throws {Refusal} `not_found` for one that the actor has nothing to do with. */
export async function planFor(
  tx: Db | Tx,
  actor: Actor,
  planId: string,
  now: Date,
  lock = false,
): Promise<PlanState_ & { viewer: Viewer }> {
  const state = await loadPlan(tx, planId, now, lock);
  if (!state) throw noSuchPlan();
  const seat = await meetingSeatOf(tx, actor, planId);
  const viewer = viewerOf(actor, { ...state.plan, personUserId: state.patient.userId }, state.parties, seat);
  if (!viewer) throw noSuchPlan();
  return { ...state, viewer };
}

/** Only the unit that coordinates it. */
export const mayCoordinate = ({ whole, person }: Viewer): boolean => whole && !person;

export type PlanChange = PlanState_ & {
  tx: Tx;
  viewer: Viewer;
  set: (patch: Partial<Omit<PlanRow, 'id' | 'version' | 'state'>>) => Promise<void>;
  /** Moves the plan on. @throws {Refusal} `conflict` if it cannot go there. */
  step: (to: PlanState, patch?: Partial<PlanRow>) => Promise<void>;
  party: (partyId: string, patch: Partial<Omit<PartyRow, 'id' | 'planId'>>) => Promise<void>;
  audit: (action: string, subjectId?: string, detail?: AuditDetail) => Promise<void>;
};

type Part = 'coordinate' | 'any';

/**
 * Under the plan's lock, with its audit rows; when it is durable everybody who looks at it is told.
 *
 * @param basedOn - the version that the actor saw; null where what they change has a version of its own.
 * @throws {Refusal} `not_found` for a plan out of reach, `forbidden`, `conflict` if it was changed meanwhile, and whatever
 *   `change` refuses; then nothing is written.
 */
export async function changePlan(
  ctx: Context,
  actor: Actor,
  planId: string,
  { part = 'coordinate', basedOn = null }: { part?: Part; basedOn?: number | null },
  now: Date,
  change: (change: PlanChange) => Promise<boolean | undefined>,
): Promise<void> {
  const changed = await ctx.db.transaction(async (tx) => {
    const state = await planFor(tx, actor, planId, now, true);
    const { plan, viewer } = state;
    if (part === 'coordinate' && !mayCoordinate(viewer)) throw new Refusal('forbidden', 'This is the coordinator’s to do.');
    if (basedOn !== null && basedOn !== plan.version) throw overtaken();
    const ofPlan = eq(carePlans.id, planId);
    let at = plan.state;
    const done = await change({
      ...state,
      tx,
      set: async (patch) => void (await tx.update(carePlans).set(patch).where(ofPlan)),
      step: async (to, patch = {}) => {
        if (!mayGo(at, to)) throw new Refusal('conflict', `A plan that is ${at} does not become ${to}.`, 'state');
        at = to;
        await tx
          .update(carePlans)
          .set({ ...patch, state: to })
          .where(ofPlan);
      },
      party: async (partyId, patch) =>
        void (await tx
          .update(carePlanParties)
          .set(patch)
          .where(and(eq(carePlanParties.id, partyId), eq(carePlanParties.planId, planId)))),
      audit: (action, subjectId = planId, detail) =>
        writeAudit(tx, { actorId: actor.userId, action, subjectId, unitId: plan.unitId, patientId: plan.patientId, detail }),
    });
    if (done === false) return false;
    await tx
      .update(carePlans)
      .set({ version: sql`${carePlans.version} + 1` })
      .where(ofPlan);
    return true;
  });
  if (changed) ctx.hub.planChanged(planId);
}

/** @throws {Refusal} `not_found`. */
export function partyOf(parties: readonly PartyRow[], partyId: string): PartyRow {
  const party = parties.find(({ id }) => id === partyId);
  if (!party) throw new Refusal('not_found', 'There is no such party to this plan.');
  return party;
}

/** Runs through the plans of patients whose consent has ended. */
export const plansOf = (tx: Db | Tx, patientIds: string[]) =>
  tx.select({ id: carePlans.id, state: carePlans.state }).from(carePlans).where(inArray(carePlans.patientId, patientIds));
