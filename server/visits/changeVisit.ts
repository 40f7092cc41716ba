import { and, eq, inArray, sql } from 'drizzle-orm';
import { Refusal } from '../../contract/refusal.ts';
import { unheldStates } from '../../contract/visits.ts';
import type { Tx } from '../../drizzle/client.ts';
import { participants, visits } from '../../drizzle/schema/index.ts';
import { type AuditDetail, writeAudit } from '../access/audit.ts';
import { followMeeting } from '../careplan/followMeeting.ts';
import type { Context } from '../context.ts';
import { releaseFrom } from '../scheduling/bookings.ts';
import { requireStep } from './stages.ts';
import { loadVisit, type Person, type VisitState } from './visitState.ts';

export type SeatPatch = Partial<Omit<typeof participants.$inferInsert, 'id' | 'visitId' | 'userId' | 'startsAt'>>;
export type VisitPatch = Partial<Omit<typeof visits.$inferInsert, 'id' | 'unitId' | 'patientId' | 'state' | 'revision'>>;

/** A visit under change: its row is locked, nobody else changes it meanwhile. */
export type Change = {
  tx: Tx;
  before: VisitState;
  /** Changes one seat. */
  seat: (participantId: string, patch: SeatPatch) => Promise<void>;
  /** Changes the visit itself. */
  set: (patch: VisitPatch) => Promise<void>;
  /** Moves the visit to another stage. @throws {Refusal} `conflict` if it cannot go there. */
  stage: (to: VisitState['stage'], patch?: VisitPatch) => Promise<void>;
  audit: (action: string, subjectId?: string, detail?: AuditDetail) => Promise<void>;
};

/**
 * The one way a visit changes: under its row's lock, with its audit rows, one revision up; then, when that is durable,
 * the SFU gets the desired state and everybody a snapshot.
 *
 * @param change - returns false to say that nothing changed; then nobody is told.
 * @throws {Refusal} `not_found` if there is no such visit, and whatever `change` refuses; then nothing is written.
 */
export async function changeVisit(
  ctx: Context,
  visitId: string,
  actorId: string | null,
  change: (change: Change) => Promise<boolean | undefined>,
): Promise<VisitState> {
  const [state] = await changeVisits(ctx, [visitId], actorId, ([only]) => (only ? change(only) : Promise.resolve(false)));
  if (!state) throw noSuchVisit();
  return state;
}

/** The same for several that change together or not at all; `change` gets them in the order they were named. */
export async function changeVisits(
  ctx: Context,
  visitIds: string[],
  actorId: string | null,
  change: (changes: Change[]) => Promise<boolean | undefined>,
): Promise<VisitState[]> {
  const before = new Map<string, VisitState['stage']>();
  const noting = (changes: Change[]): ReturnType<typeof change> => {
    for (const { before: was } of changes) before.set(was.visitId, was.stage);
    return change(changes);
  };
  const { states, changed } = await ctx.db.transaction((tx) => changeVisitsIn(tx, visitIds, actorId, noting));
  if (changed) publish(ctx, states);
  for (const { visitId, stage, carePlanId } of states) if (carePlanId && stage !== before.get(visitId)) ctx.hub.planChanged(carePlanId);
  return states;
}

/** Tells of what is durable now: the SFU gets the desired state and everybody a snapshot. */
export function publish(ctx: Context, states: VisitState[]): void {
  for (const state of states) {
    ctx.media.apply(state);
    ctx.hub.changed(state);
  }
}

/** The same within a change of something larger, which publishes when it is durable. */
export async function changeVisitsIn(
  tx: Tx,
  visitIds: string[],
  actorId: string | null,
  change: (changes: Change[]) => Promise<boolean | undefined>,
): Promise<{ states: VisitState[]; changed: boolean }> {
  const before = new Map<string, VisitState>();
  for (const visitId of visitIds.toSorted()) {
    const state = await loadVisit(tx, visitId, true);
    if (!state) throw noSuchVisit();
    before.set(visitId, state);
  }
  const named = visitIds.flatMap((id) => before.get(id) ?? []);
  const changed = (await change(named.map((state) => changeOf(tx, state, actorId)))) !== false;
  if (!changed) return { states: named, changed };
  await tx
    .update(visits)
    .set({ revision: sql`${visits.revision} + 1` })
    .where(inArray(visits.id, visitIds));
  const states: VisitState[] = [];
  for (const visitId of visitIds) {
    const state = await loadVisit(tx, visitId);
    if (!state) throw new Error('the visit vanished under its own lock');
    states.push(state);
  }
  return { states, changed };
}

/** The same words for a visit that does not exist and for one that is out of reach. */
export const noSuchVisit = (): Refusal => new Refusal('not_found', 'There is no such visit.');

function changeOf(tx: Tx, before: VisitState, actorId: string | null): Change {
  const { visitId, unitId, patientId } = before;
  const ofVisit = eq(visits.id, visitId);
  let at = before.stage;
  return {
    tx,
    before,
    seat: async (participantId, patch) => {
      await tx
        .update(participants)
        .set(patch)
        .where(and(eq(participants.id, participantId), eq(participants.visitId, visitId)));
    },
    set: async (patch) => {
      await tx.update(visits).set(patch).where(ofVisit);
    },
    stage: async (to, patch = {}) => {
      requireStep(at, to);
      at = to;
      await tx
        .update(visits)
        .set({ ...patch, state: to })
        .where(ofVisit);
      const unheld = unheldStates.some((one) => one === to);
      if (unheld || to === 'documenting') await releaseFrom(tx, { visitId }, unheld ? null : (patch.endedAt ?? new Date()));
      if (before.carePlanId) await followMeeting(tx, before.carePlanId, to, actorId);
    },
    audit: (action, subjectId = visitId, detail) => writeAudit(tx, { actorId, action, subjectId, visitId, unitId, patientId, detail }),
  };
}

/** @throws {Refusal} `not_found` if that participant is not on the visit. */
export function personOn(state: VisitState, participantId: string): Person {
  const person = state.people.find(({ id }) => id === participantId);
  if (!person) throw new Refusal('not_found', 'There is no such participant in this visit.');
  return person;
}
