/** What the home sees to before the doctor comes: the briefs, and that the list stands. */

import { Refusal } from '../../contract/refusal.ts';
import type { Brief } from '../../contract/rounds.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { changeRound, type ItemRow, itemOf, type RoundRow } from './round.ts';

const prepared = (items: ItemRow[]): boolean => items.length > 0 && items.every(({ briefReadyAt }) => briefReadyAt !== null);

/** Also while the round runs: what was not known comes late. */
export async function keepBrief(
  ctx: Context,
  actor: Actor,
  roundId: string,
  itemId: string,
  { brief, ready }: { brief: Brief; ready: boolean },
  now: Date,
): Promise<void> {
  await changeRound(ctx, actor, roundId, 'prepare', now, async ({ round, items, item, set, audit }) => {
    const before = itemOf(items, itemId);
    if (round.state === 'closed') throw new Refusal('ended', 'The round is closed.');
    const briefReadyAt = ready ? (before.briefReadyAt ?? now) : null;
    await item(itemId, { brief: JSON.stringify(brief), briefReadyAt });
    const kept = items.map((one) => (one.id === itemId ? { ...one, briefReadyAt } : one));
    const state = stateOfList(round, kept);
    if (state !== round.state) await set({ state });
    await audit('round.brief', before, { ready });
    return true;
  });
}

/** A list that is locked is ready when every brief is. */
const stateOfList = ({ state }: RoundRow, items: ItemRow[]): RoundRow['state'] => {
  if (state !== 'list_locked' && state !== 'brief_ready') return state;
  return prepared(items) ? 'brief_ready' : 'list_locked';
};

/** Twice is once. @throws {Refusal} `conflict` for an empty list. */
export async function lockList(ctx: Context, actor: Actor, roundId: string, now: Date): Promise<void> {
  await changeRound(ctx, actor, roundId, 'prepare', now, async ({ round, items, set, audit }) => {
    if (round.state !== 'draft' && round.state !== 'list_open') return false;
    if (items.length === 0) throw new Refusal('conflict', 'Nobody is on the list.', 'items');
    await set({ state: prepared(items) ? 'brief_ready' : 'list_locked' });
    await audit('round.lock');
    return true;
  });
}
