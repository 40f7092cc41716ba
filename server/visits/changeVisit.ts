import { and, eq, sql } from 'drizzle-orm';
import { Refusal } from '../../contract/refusal.ts';
import type { Tx } from '../../drizzle/client.ts';
import { participants, visits } from '../../drizzle/schema/index.ts';
import { type AuditDetail, writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
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
  const { state, changed } = await ctx.db.transaction(async (tx) => {
    const before = await loadVisit(tx, visitId, true);
    if (!before) throw noSuchVisit();
    const changed = (await change(changeOf(tx, before, actorId))) !== false;
    if (!changed) return { state: before, changed };
    await tx
      .update(visits)
      .set({ revision: sql`${visits.revision} + 1` })
      .where(eq(visits.id, visitId));
    const state = await loadVisit(tx, visitId);
    if (!state) throw new Error('the visit vanished under its own lock');
    return { state, changed };
  });
  if (changed) {
    ctx.media.apply(state);
    ctx.hub.changed(state);
  }
  return state;
}

/** The same words for a visit that does not exist and for one that is out of reach. */
export const noSuchVisit = (): Refusal => new Refusal('not_found', 'There is no such visit.');

function changeOf(tx: Tx, before: VisitState, actorId: string | null): Change {
  const { visitId, unitId, patientId } = before;
  const ofVisit = eq(visits.id, visitId);
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
      requireStep(before.stage, to);
      await tx
        .update(visits)
        .set({ ...patch, state: to })
        .where(ofVisit);
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
