/** A round as it stands, and the one way it changes. */
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { Refusal } from '../../contract/refusal.ts';
import type { Db, Tx } from '../../drizzle/client.ts';
import { roundItems, rounds, visits } from '../../drizzle/schema/index.ts';
import { type AuditDetail, writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import type { Recipient } from '../notifications/recipients.ts';
import { tell } from '../notifications/tell.ts';
import { isStaff, may, type Right } from '../policies.ts';
import { type Change, changeVisitsIn, publish } from '../visits/changeVisit.ts';
import { loadVisit, type Person, type VisitState } from '../visits/visitState.ts';

export type RoundRow = typeof rounds.$inferSelect;
export type ItemRow = typeof roundItems.$inferSelect;
export type RoundState = { round: RoundRow; items: ItemRow[] };

export const noSuchRound = (): Refusal => new Refusal('not_found', 'There is no such round.');

/** What an actor may with a round is judged as of a visit that its doctor leads. */
export const subjectOf = ({ id, unitId, doctorId, doctorUnitId }: RoundRow) => {
  const doctor = { userId: doctorId, unitId: doctorUnitId, role: 'physician', seat: 'own', status: 'admitted', host: true };
  return { visitId: id, unitId, people: [doctor as Person] };
};

const rights = {
  read: ['round.read'],
  prepare: ['round.prepare'],
  lead: ['round.lead'],
  bedside: ['round.bedside'],
  take: ['round.lead', 'round.bedside'], // either end moves the round on
} as const satisfies Record<string, readonly Right[]>;
export type RoundPart = keyof typeof rights;

export const mayOf = (actor: Actor, round: RoundRow, part: RoundPart): boolean =>
  rights[part].some((right) => may(actor, right, subjectOf(round)));

/** In the order that the residents are taken in; null if there is no such round. `lock` keeps others from changing it. */
export async function loadRound(tx: Db | Tx, roundId: string, lock = false): Promise<RoundState | null> {
  const query = tx.select().from(rounds).where(eq(rounds.id, roundId));
  const [round] = lock ? await query.for('update') : await query;
  if (!round) return null;
  const items = await tx.select().from(roundItems).where(eq(roundItems.roundId, roundId)).orderBy(asc(roundItems.position));
  return { round, items };
}

export type RoundChange = {
  tx: Tx;
  round: RoundRow;
  items: ItemRow[];
  set: (patch: Partial<Omit<RoundRow, 'id' | 'version'>>) => Promise<void>;
  item: (itemId: string, patch: Partial<Omit<ItemRow, 'id' | 'roundId'>>) => Promise<void>;
  /** Changes visits of the round along with it: all of it or nothing. */
  visits: (visitIds: string[], change: (changes: Change[]) => Promise<boolean | undefined>) => Promise<void>;
  audit: (action: string, item?: ItemRow, detail?: AuditDetail) => Promise<void>;
};

/**
 * Under the round's lock, with its audit rows; when it is durable everybody of it is told. Rounds are locked before their visits.
 *
 * @throws {Refusal} `not_found` for a round out of reach, `forbidden`, and whatever `change` refuses; then nothing is written.
 */
export async function changeRound(
  ctx: Context,
  actor: Actor,
  roundId: string,
  part: RoundPart,
  now: Date,
  change: (change: RoundChange) => Promise<boolean | undefined>,
): Promise<void> {
  const states: VisitState[] = [];
  const told = await ctx.db.transaction(async (tx) => {
    const before = await loadRound(tx, roundId, true);
    if (!before || !mayOf(actor, before.round, 'read')) throw noSuchRound();
    if (!mayOf(actor, before.round, part)) throw new Refusal('forbidden', 'This is not yours to do in this round.');
    const { unitId } = before.round;
    const changeTheirVisits: RoundChange['visits'] = async (ids, task) => {
      const changed = await changeVisitsIn(tx, ids, actor.userId, task);
      if (changed.changed) states.push(...changed.states);
    };
    const changed = await change({
      tx,
      ...before,
      visits: changeTheirVisits,
      set: async (patch) => void (await tx.update(rounds).set(patch).where(eq(rounds.id, roundId))),
      item: async (itemId, patch) =>
        void (await tx
          .update(roundItems)
          .set(patch)
          .where(and(eq(roundItems.id, itemId), eq(roundItems.roundId, roundId)))),
      audit: (action, item, detail) =>
        writeAudit(tx, {
          actorId: actor.userId,
          action,
          subjectId: roundId,
          unitId,
          ...(item ? { visitId: item.visitId, patientId: item.patientId } : {}),
          detail,
        }),
    });
    if (changed === false) return null;
    await tx
      .update(rounds)
      .set({ version: sql`${rounds.version} + 1` })
      .where(eq(rounds.id, roundId));
    states.push(...(await tellTurns(ctx, tx, roundId, now)));
    return before.round;
  });
  if (!told) return;
  // Several changes of one visit are told as the last left it.
  publish(ctx, [...new Map(states.map((state) => [state.visitId, state])).values()]);
  ctx.hub.listChanged(told.unitId, [told.doctorId, ...told.bedside.map(({ userId }) => userId)]);
}

/** @throws {Refusal} `not_found`. */
export function itemOf(items: ItemRow[], itemId: string): ItemRow {
  const item = items.find(({ id }) => id === itemId);
  if (!item) throw new Refusal('not_found', 'There is no such resident in this round.');
  return item;
}

/** What one resident has taken so far, or is planned to, minutes. */
export function minutesEachTakes({ round, items }: RoundState, now: Date): number {
  const taken = items.filter(({ state, openedAt }) => state !== 'queued' && openedAt !== null);
  const seconds = taken.reduce((sum, item) => sum + secondsOpen(item, now), 0);
  // The plan counts as one resident, so that the first one alone does not decide.
  return (seconds / 60 + round.minutesEach) / (taken.length + 1);
}

export const secondsOpen = ({ secondsOpen, openSince }: ItemRow, now: Date): number =>
  secondsOpen + (openSince ? Math.max(0, Math.round((now.getTime() - openSince.getTime()) / 1_000)) : 0);

const isAhead = ({ state }: ItemRow): boolean => state === 'queued' || state === 'in_progress';

/** With so many before them, who waits elsewhere is told to come. */
const soon = 1;

/** Those who wait for their resident's minutes see how far off they are: written to the visits where it has changed. */
async function tellTurns(ctx: Context, tx: Tx, roundId: string, now: Date): Promise<VisitState[]> {
  const state = await loadRound(tx, roundId);
  if (!state) return [];
  const { round, items } = state;
  const each = minutesEachTakes(state, now);
  const isCurrent = ({ id }: ItemRow): boolean => id === round.currentItemId;
  // Who is decided on but not yet left is still before the others; who was left takes their turn again at the end of the list.
  const left = items.filter((item) => isAhead(item) || (isCurrent(item) && item.openSince !== null));
  const running = round.state === 'running';
  const wanted = new Map<string, { turnAhead: number | null; turnMinutes: number | null }>();
  for (const item of items) {
    const ahead = left.indexOf(item);
    const away = running && ahead >= 0 && !isCurrent(item);
    const before = away ? left.filter((one, index) => index < ahead || isCurrent(one)).length : 0;
    wanted.set(
      item.visitId,
      away ? { turnAhead: before, turnMinutes: Math.max(1, Math.round(before * each)) } : { turnAhead: null, turnMinutes: null },
    );
  }
  const rows = await tx
    .select({ id: visits.id, turnAhead: visits.turnAhead, turnMinutes: visits.turnMinutes })
    .from(visits)
    .where(inArray(visits.id, [...wanted.keys()]))
    .orderBy(asc(visits.id));
  const changed: VisitState[] = [];
  for (const { id, ...before } of rows) {
    const turn = wanted.get(id);
    if (!turn || (turn.turnAhead === before.turnAhead && turn.turnMinutes === before.turnMinutes)) continue;
    await tx
      .update(visits)
      .set({ ...turn, revision: sql`${visits.revision} + 1` })
      .where(eq(visits.id, id));
    const loaded = await loadVisit(tx, id);
    if (!loaded) continue;
    changed.push(loaded);
    const close = new Set(loaded.people.filter((person) => !isStaff(person)).map((person) => person.id));
    const only = ({ participantId }: Recipient): boolean => participantId !== null && close.has(participantId);
    if (turn.turnAhead === soon && close.size > 0) await tell(ctx, tx, id, { purpose: 'turn', only, occasion: 'turn' }, now);
  }
  return changed;
}
