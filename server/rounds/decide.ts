/** What came of each resident: decided, read back, signed; and the end of the round, when nothing is left without an owner. */
import { eq } from 'drizzle-orm';
import { Refusal } from '../../contract/refusal.ts';
import type { Decision } from '../../contract/rounds.ts';
import type { Tx } from '../../drizzle/client.ts';
import { documentations } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import { requireDelegation } from '../delegations/delegations.ts';
import { requireProof } from '../identity/proof.ts';
import type { Actor } from '../identity/sessions.ts';
import { overtaken } from '../people/overtaken.ts';
import { releaseFrom } from '../scheduling/bookings.ts';
import type { Change } from '../visits/changeVisit.ts';
import { emptyDocumentation } from '../visits/documentation.ts';
import { everybodyOut } from '../visits/hosting.ts';
import { careDateOf } from '../visits/today.ts';
import { changeRound, type ItemRow, itemOf } from './round.ts';
import { isDone, requireRunning } from './run.ts';

type Written = typeof documentations.$inferSelect;

/**
 * Keeps what the doctor decides; changed, it is to be signed anew, and other instructions to be read back anew.
 *
 * @throws {Refusal} `invalid`, naming `followUpOn_past`; `conflict`, naming `basedOn`, if somebody wrote meanwhile.
 */
export async function decide(
  ctx: Context,
  actor: Actor,
  roundId: string,
  itemId: string,
  { basedOn, as, instructions, ...text }: Decision & { basedOn: number | null },
  now: Date,
): Promise<void> {
  await changeRound(ctx, actor, roundId, 'lead', now, async ({ tx, round, items, item, audit }) => {
    requireRunning(round);
    if (text.followUpOn !== null && text.followUpOn < careDateOf(now))
      throw new Refusal('invalid', 'followUpOn: is past', 'followUpOn_past');
    const current = itemOf(items, itemId);
    const [before] = await tx.select().from(documentations).where(eq(documentations.visitId, current.visitId));
    if ((before?.version ?? null) !== basedOn) throw overtaken();
    const values = {
      ...text,
      followUp: text.outcome === '' ? '' : (before?.followUp ?? ''),
      version: (basedOn ?? 0) + 1,
      writtenBy: actor.userId,
      writtenAt: now,
    };
    await tx
      .insert(documentations)
      .values({ ...emptyDocumentation, visitId: current.visitId, ...values })
      .onConflictDoUpdate({ target: documentations.visitId, set: values });
    const readAnew = instructions === current.instructions ? {} : { readBackAt: null, readBackBy: null };
    await item(itemId, { state: as, instructions, signedAt: null, signedBy: null, ...readAnew });
    await audit('round.decide', current, { as });
    return true;
  });
}

/** Whoever receives an oral order says it back. Twice is once. */
export async function readBack(ctx: Context, actor: Actor, roundId: string, itemId: string, now: Date): Promise<void> {
  await changeRound(ctx, actor, roundId, 'bedside', now, async ({ tx, round, items, item, audit }) => {
    if (round.state === 'closed') throw new Refusal('ended', 'The round is closed.');
    const current = itemOf(items, itemId);
    if (current.readBackAt) return false;
    const { unitId } = round;
    const delegation = await requireDelegation(tx, actor, { unitId, patientId: current.patientId, task: 'oralOrder' }, now);
    if (current.instructions === '') throw new Refusal('conflict', 'There are no instructions.', 'instructions');
    await item(itemId, { readBackAt: now, readBackBy: actor.userId });
    await audit('round.read_back', current, delegation ? { delegation } : undefined);
    return true;
  });
}

/**
 * The doctor signs what was decided, as it stood when they read it.
 *
 * @throws {Refusal} `prove_again`; `invalid`, naming what is missing; `conflict`, naming `basedOn` or `readBack`.
 */
export async function sign(ctx: Context, actor: Actor, roundId: string, itemId: string, basedOn: number, now: Date): Promise<void> {
  await changeRound(ctx, actor, roundId, 'lead', now, async ({ tx, round, items, item, audit }) => {
    if (round.state === 'closed') throw new Refusal('ended', 'The round is closed.');
    const current = itemOf(items, itemId);
    if (current.signedAt) return false;
    const written = await writtenOf(tx, current);
    if (written?.version !== basedOn) throw overtaken();
    const missing = missingIn(current, written);
    if (missing && missing !== 'signed') throw new Refusal('invalid', `${missing}: is missing`, missing);
    requireProof(actor, now);
    await item(itemId, { signedAt: now, signedBy: actor.userId });
    await audit('round.sign', current, { version: basedOn });
    return true;
  });
}

async function writtenOf(tx: Tx, { visitId }: ItemRow): Promise<Written | undefined> {
  const [row] = await tx.select().from(documentations).where(eq(documentations.visitId, visitId));
  return row;
}

export type Missing = 'state' | 'outcome' | 'followUpOwner' | 'followUpOn' | 'soundEnough' | 'pictureEnough' | 'readBack' | 'signed';

/** What a resident lacks before the round can be closed; null: nothing. */
export function missingIn(item: ItemRow, written: Written | undefined): Missing | null {
  if (!isDone(item)) return 'state';
  if (!written?.outcome) return 'outcome';
  if (!written.followUpOwner) return 'followUpOwner';
  if (!written.followUpOn) return 'followUpOn';
  if (item.state === 'decided' && !written.soundEnough) return 'soundEnough';
  if (item.state === 'decided' && !written.pictureEnough) return 'pictureEnough';
  if (item.instructions !== '' && !item.readBackAt) return 'readBack';
  return item.signedAt ? null : 'signed';
}

const ends = {
  decided: 'completed',
  deferred: 'completed',
  needs_physical: 'converted_to_physical',
  needs_acute: 'escalated_emergency',
} as const;

/**
 * Ends the round and every visit of it.
 *
 * @throws {Refusal} `conflict`, naming `items.N.PART`, for the first resident that something is missing of; N counts from 0.
 */
export async function closeRound(ctx: Context, actor: Actor, roundId: string, now: Date): Promise<void> {
  await changeRound(ctx, actor, roundId, 'lead', now, async ({ tx, round, items, item, visits, set, audit }) => {
    if (round.state === 'closed') return false;
    if (round.state !== 'running') throw new Refusal('conflict', 'The round has not begun.');
    for (const [index, one] of items.entries()) {
      const missing = missingIn(one, await writtenOf(tx, one));
      if (missing) throw new Refusal('conflict', `items.${index}.${missing}: is missing`, `items.${index}.${missing}`);
    }
    requireProof(actor, now);
    for (const one of items) {
      await visits([one.visitId], async ([visit]) => {
        if (visit) await end(visit, one, now);
        return visit !== undefined;
      });
      if (one.openSince) await item(one.id, { openSince: null });
    }
    await set({ state: 'closed', closedAt: now, currentItemId: null });
    await releaseFrom(tx, { roundId }, now);
    await audit('round.close');
    return true;
  });
}

/** Whoever was never seen was deferred: that visit was not held. */
async function end(visit: Change, { state, openedAt }: ItemRow, now: Date): Promise<void> {
  const { before, stage, set } = visit;
  if (before.emergencySince) throw new Refusal('conflict', 'There is an emergency: the call stays open until it is over.', 'emergency');
  await set({ partition: 'over' });
  const outcome = isDone({ state }) ? ends[state as keyof typeof ends] : 'completed';
  if (openedAt === null && outcome === 'completed') return stage('cancelled', { closingReason: 'deferred' });
  if (before.stage !== 'documenting') await everybodyOut(visit, now);
  await stage(outcome);
}
