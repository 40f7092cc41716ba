/** The parts of a plan: added, chosen for, taken off. What is written in them is in `live.ts`. */
import { and, eq, max, sql } from 'drizzle-orm';
import { type Aid, type Area, type Chosen, nothingChosen, type PartKind, type PartView } from '../../contract/planParts.ts';
import { heldStates, writtenStates } from '../../contract/planSteps.ts';
import { Refusal } from '../../contract/refusal.ts';
import { carePlanParts } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { overtaken } from '../people/overtaken.ts';
import { may } from '../policies.ts';
import { careDateOf } from '../visits/today.ts';
import { fileTaskDue } from './due.ts';
import { requireOwner } from './owners.ts';
import { changePlan, mayCoordinate, type PlanChange } from './plan.ts';
import { requireWritten } from './process.ts';
import { mayBeTold, type PartRow, type Viewer } from './sharing.ts';
import { textsOfParts } from './texts.ts';
import { partViewOf } from './view.ts';

/** As many as stay readable on paper, and more than anybody needs. */
const mostParts = 120;

/**
 * By whoever plans: a party on areas that it may be told of, and no other. The same again is once.
 *
 * @throws {Refusal} `forbidden` on other areas; `conflict` where the plan is not being written, or is full.
 */
export async function addPart(
  ctx: Context,
  actor: Actor,
  planId: string,
  { partId, kind, areas }: { partId: string; kind: PartKind; areas: Area[] },
  now: Date,
): Promise<PartView> {
  return partOfChange(ctx, actor, planId, now, async (change) => {
    const { tx, parts, viewer, sharing, audit } = change;
    const there = parts.find(({ id }) => id === partId);
    if (there) return requireTold(change, there);
    requireWritten(change);
    requireWriter(viewer);
    if (!mayBeTold(sharing, viewer, { areas })) throw new Refusal('forbidden', 'You are not told of that area.', 'areas');
    if (parts.length >= mostParts) throw new Refusal('conflict', `No more than ${mostParts} parts fit.`);
    const [last] = await tx
      .select({ position: max(carePlanParts.position) })
      .from(carePlanParts)
      .where(eq(carePlanParts.planId, planId));
    const row = { id: partId, planId, kind, areas, position: (last?.position ?? 0) + 1, chosen: JSON.stringify(nothingChosen) };
    const [made] = await tx
      .insert(carePlanParts)
      .values({ ...row, madeBy: actor.userId })
      .onConflictDoNothing()
      .returning();
    if (!made) throw new Refusal('conflict', 'partId: is taken', 'partId');
    await audit('plan.part', partId, { kind });
    return made;
  });
}

/** @throws {Refusal} `not_found` alike for none and one that the actor is not told of; `conflict` if it was changed meanwhile. */
export const choose = (
  ctx: Context,
  actor: Actor,
  planId: string,
  partId: string,
  { basedOn, ...chosen }: Chosen & { basedOn: number },
  now: Date,
): Promise<PartView> =>
  partOfChange(ctx, actor, planId, now, async (change) => {
    const row = partFor(change, partId);
    requireWriter(change.viewer);
    const { parties, plan } = change;
    const before = JSON.parse(row.chosen) as Chosen;
    // When the plan holds, how far a part has come is all that changes without a new edition.
    const onlyStatus = Object.entries(chosen).every(([key, value]) => key === 'status' || before[key as keyof Chosen] === value);
    if (!writtenStates.includes(plan.state) && !onlyStatus) requireWritten(change);
    if (chosen.partyId !== null && !parties.some(({ id }) => id === chosen.partyId))
      throw new Refusal('invalid', 'partyId: is no party to this plan', 'partyId');
    const { on, ownerUserId } = chosen;
    if (on !== null && on !== before.on && on < careDateOf(now)) throw new Refusal('invalid', 'on: is past', 'on');
    if (ownerUserId !== null && ownerUserId !== before.ownerUserId) await requireOwner(change, ownerUserId);
    if (on !== null && heldStates.includes(plan.state) && on !== before.on) await fileTaskDue(ctx, change.tx, planId, on);
    return set(change, row, basedOn, 'plan.choose', {
      chosen: JSON.stringify(chosen),
      ownerUserId: chosen.ownerUserId,
      dueOn: chosen.on,
      done: chosen.status === 'done' || chosen.status === 'stopped',
    });
  });

/** A plan is no decision on aid: the needs assessor says where that stands, of interventions alone. */
export const assess = (
  ctx: Context,
  actor: Actor,
  planId: string,
  partId: string,
  { aid, basedOn }: { aid: Aid | null; basedOn: number },
  now: Date,
): Promise<PartView> =>
  partOfChange(ctx, actor, planId, now, async (change) => {
    const row = partFor(change, partId);
    if (!assesses(actor, change)) throw new Refusal('forbidden', 'The needs assessor says that.');
    if (row.kind !== 'intervention') throw new Refusal('invalid', 'aid: is of interventions', 'aid');
    return set(change, row, basedOn, 'plan.assess', { aid: aid === null ? null : JSON.stringify(aid) });
  });

/** By the unit that coordinates, when the plan holds: what the person and the others found. */
export const reach = (
  ctx: Context,
  actor: Actor,
  planId: string,
  partId: string,
  { reached, basedOn }: { reached: PartView['goalReached']; basedOn: number },
  now: Date,
): Promise<PartView> =>
  partOfChange(ctx, actor, planId, now, async (change) => {
    const row = partFor(change, partId);
    if (!mayCoordinate(change.viewer)) throw new Refusal('forbidden', 'This is the coordinator’s to do.');
    if (row.kind !== 'goal') throw new Refusal('invalid', 'reached: is of goals', 'reached');
    if (!heldStates.includes(change.plan.state)) throw new Refusal('conflict', 'The plan does not hold.', 'state');
    return set(change, row, basedOn, 'plan.reach', { goalReached: reached });
  });

/** At the unit that coordinates, or at a party's. */
export const assesses = (actor: Actor, { plan, parties }: Pick<PlanChange, 'plan' | 'parties'>): boolean =>
  [plan.unitId, ...parties.flatMap(({ unitId }) => unitId ?? [])].some((unitId) => may(actor, 'plan.assess', { unitId }));

/** Whoever made it, and who coordinates. */
export const mayRemove = ({ userId }: Actor, viewer: Viewer, { madeBy }: Pick<PartRow, 'madeBy'>): boolean =>
  mayCoordinate(viewer) || madeBy === userId;

export const removePart = (ctx: Context, actor: Actor, planId: string, partId: string, now: Date): Promise<void> =>
  changePlan(ctx, actor, planId, { part: 'any' }, now, async (change) => {
    const { tx, parts, viewer, audit } = change;
    const row = parts.find(({ id }) => id === partId);
    if (!row) return false; // twice is once
    requireTold(change, row);
    requireWritten(change);
    if (!mayRemove(actor, viewer, row)) throw new Refusal('forbidden', 'Somebody else has made this part.');
    await tx.delete(carePlanParts).where(eq(carePlanParts.id, partId));
    await audit('plan.partOff', partId, { kind: row.kind });
    return true;
  });

async function set(change: PlanChange, row: PartRow, basedOn: number, action: string, patch: Partial<PartRow>): Promise<PartRow> {
  if (row.version !== basedOn) throw overtaken();
  const [changed] = await change.tx
    .update(carePlanParts)
    .set({ ...patch, version: sql`${carePlanParts.version} + 1` })
    .where(and(eq(carePlanParts.id, row.id), eq(carePlanParts.version, basedOn)))
    .returning();
  if (!changed) throw overtaken();
  await change.audit(action, row.id);
  return changed;
}

/** Parties and the unit that coordinates write; the person says what they want written, and it is written for them. */
export function requireWriter(viewer: Viewer): void {
  if (viewer.out) throw new Refusal('conflict', 'Who is out of the room, or in a talk aside, does not write in the plan.', 'meeting');
  if (!viewer.whole && viewer.partyId === null) throw new Refusal('forbidden', 'You do not write in this plan.');
}

const noSuchPart = (): Refusal => new Refusal('not_found', 'There is no such part of this plan.');

export function partFor(change: Pick<PlanChange, 'parts' | 'sharing' | 'viewer'>, partId: string): PartRow {
  const row = change.parts.find(({ id }) => id === partId);
  if (!row) throw noSuchPart();
  return requireTold(change, row);
}

function requireTold({ sharing, viewer }: Pick<PlanChange, 'sharing' | 'viewer'>, row: PartRow): PartRow {
  if (!mayBeTold(sharing, viewer, row)) throw noSuchPart();
  return row;
}

async function partOfChange(
  ctx: Context,
  actor: Actor,
  planId: string,
  now: Date,
  task: (change: PlanChange) => Promise<PartRow>,
): Promise<PartView> {
  let view: PartView | null = null;
  await changePlan(ctx, actor, planId, { part: 'any' }, now, async (change) => {
    const row = await task(change);
    const texts = await textsOfParts(change.tx, [row.id]);
    view = partViewOf(row, texts.get(row.id) ?? {}, mayRemove(actor, change.viewer, row));
    return true;
  });
  if (!view) throw new Error('the part was not made');
  return view;
}
