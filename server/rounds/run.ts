/** The round as it goes: one partition at a time, opened from beside the bed, and shut before the next. */
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { Refusal } from '../../contract/refusal.ts';
import type { roundRoutes } from '../../contract/rounds.ts';
import { itemOutcomes } from '../../contract/rounds.ts';
import { participants, patients } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { isStaff } from '../policies.ts';
import { staffSeats } from '../scheduling/seatsOf.ts';
import type { Change } from '../visits/changeVisit.ts';
import { everybodyOut, shutPartition } from '../visits/hosting.ts';
import { changeRound, type ItemRow, itemOf, type RoundChange, type RoundRow, secondsOpen } from './round.ts';

type Opening = z.output<(typeof roundRoutes)['POST /api/rounds/:roundId/items/:itemId/open']['body']>;

export const isDone = ({ state }: Pick<ItemRow, 'state'>): boolean => itemOutcomes.some((outcome) => outcome === state);

/** Begins, with the first on the list next. Twice is once. */
export async function start(ctx: Context, actor: Actor, roundId: string, now: Date): Promise<void> {
  await changeRound(ctx, actor, roundId, 'prepare', now, async ({ round, items, set, audit }) => {
    if (round.state === 'running') return false;
    const [first] = items;
    if (!first) throw new Refusal('conflict', 'Nobody is on the list.', 'items');
    if (round.state !== 'list_locked' && round.state !== 'brief_ready') throw new Refusal('conflict', 'Lock the list first.');
    await set({ state: 'running', currentItemId: first.id });
    await audit('round.start');
    return true;
  });
}

export function requireRunning({ state }: RoundRow): void {
  if (state === 'closed') throw new Refusal('ended', 'The round is closed.');
  if (state !== 'running') throw new Refusal('conflict', 'The round has not begun.');
}

/** Makes a resident the next one, also one who was left before. Whoever is open is sealed in the same instant. */
export async function goTo(ctx: Context, actor: Actor, roundId: string, itemId: string, now: Date): Promise<void> {
  await changeRound(ctx, actor, roundId, 'take', now, async (change) => {
    const { round, items, set, audit } = change;
    requireRunning(round);
    const next = itemOf(items, itemId);
    if (round.currentItemId === itemId) return false;
    if (isDone(next)) throw new Refusal('conflict', 'This resident is done.', 'itemId');
    const current = items.find(({ id }) => id === round.currentItemId);
    if (current) await leave(change, current, true, now);
    await set({ currentItemId: itemId });
    await audit('round.next', next);
    return true;
  });
}

/** Shuts a partition, with doctor and bedside alone in it. What is not open stays as it is. */
export async function seal(ctx: Context, actor: Actor, roundId: string, itemId: string, now: Date): Promise<void> {
  await changeRound(ctx, actor, roundId, 'take', now, async (change) => {
    const item = itemOf(change.items, itemId);
    if (!item.openSince) return false;
    await leave(change, item, false, now);
    await change.audit('round.seal', item);
    return true;
  });
}

/**
 * Nobody but staff is left in it, and nothing but their sound goes through. Who is done with and left for good ends.
 *
 * @throws {Refusal} `conflict`, naming `emergency`: the call stays open until it is over.
 */
async function leave({ visits, item: changeItem }: RoundChange, item: ItemRow, forGood: boolean, now: Date): Promise<void> {
  await visits([item.visitId], async ([visit]) => {
    if (!visit) return false;
    const { before } = visit;
    if (before.emergencySince) throw new Refusal('conflict', 'There is an emergency: the call stays open until it is over.', 'emergency');
    const done = isDone(item);
    if (done && forGood && before.stage !== 'documenting') {
      await visit.set({ partition: 'over' });
      await everybodyOut(visit, now);
      return true;
    }
    const wanted = done ? ('over' as const) : ('sealed' as const);
    if (before.partition === wanted) return false;
    await shutPartition(visit, wanted);
    return true;
  });
  if (item.openSince) await changeItem(item.id, { openSince: null, secondsOpen: secondsOpen(item, now) });
}

/**
 * Opens the current resident's partition. Whoever stands at the bed has read name and birth date from the person: what
 * does not fit opens nothing, and is kept in the audit.
 *
 * @throws {Refusal} `invalid`, naming `birthDate.wrong` or `name.wrong`; `conflict` if it is not this resident's turn.
 */
export async function open(ctx: Context, actor: Actor, roundId: string, itemId: string, opening: Opening, now: Date): Promise<void> {
  const wrong = await wrongPart(ctx, actor, roundId, itemId, opening);
  if (wrong) throw new Refusal('invalid', `${wrong}: is not that of the resident`, `${wrong}.wrong`);
  await changeRound(ctx, actor, roundId, 'bedside', now, async ({ round, items, item, visits, audit }) => {
    requireRunning(round);
    const current = itemOf(items, itemId);
    if (round.currentItemId !== itemId) throw new Refusal('conflict', 'It is not this resident’s turn.', 'itemId');
    if (isDone(current)) throw new Refusal('conflict', 'This resident is done.', 'itemId');
    const { readiness } = opening;
    let opened = false;
    await visits([current.visitId], async ([visit]) => {
      if (!visit || visit.before.partition === 'open') return false;
      await admitToOpened(visit, actor, now);
      opened = true;
      return true;
    });
    if (!opened) return false;
    await item(itemId, { state: 'in_progress', openSince: current.openSince ?? now, openedAt: current.openedAt ?? now, readiness });
    await audit('round.open', current);
    return true;
  });
}

async function admitToOpened({ before, set, stage, seat }: Change, actor: Actor, now: Date): Promise<void> {
  const known = { identityMethod: 'knownToStaff' as const, identityBy: actor.userId, identityAt: now };
  await set({ partition: 'open', ...known });
  if (before.stage !== 'in_progress')
    await stage('in_progress', { beganAt: now, checkedInAt: before.checkedInAt ?? now, waitingSince: null });
  for (const person of before.people.filter((one) => isStaff(one) && !one.acknowledgedAt)) await seat(person.id, { acknowledgedAt: now });
}

/** Read outside the change, so that the attempt is kept though nothing else is. */
async function wrongPart(
  ctx: Context,
  actor: Actor,
  roundId: string,
  itemId: string,
  { name, birthDate }: Opening,
): Promise<'name' | 'birthDate' | null> {
  let wrong: 'name' | 'birthDate' | null = null;
  await changeRound(ctx, actor, roundId, 'bedside', new Date(), async ({ tx, round, items }) => {
    const { patientId, visitId } = itemOf(items, itemId);
    const [patient] = await tx
      .select({ name: patients.name, birthDate: patients.birthDate })
      .from(patients)
      .where(eq(patients.id, patientId));
    if (patient?.birthDate !== birthDate) wrong = 'birthDate';
    else if (patient.name !== name) wrong = 'name';
    if (wrong)
      await writeAudit(tx, {
        actorId: actor.userId,
        action: 'round.wrong_person',
        subjectId: round.id,
        unitId: round.unitId,
        visitId,
        patientId,
        detail: { wrong },
      });
    return false;
  });
  return wrong;
}

/** Another doctor goes on with those who are not done; the former leads no more. */
export async function handOverRound(
  ctx: Context,
  actor: Actor,
  roundId: string,
  doctor: { userId: string; unitId: string },
  now: Date,
): Promise<void> {
  await changeRound(ctx, actor, roundId, 'lead', now, async ({ tx, round, items, visits, set, audit }) => {
    if (round.state === 'closed') throw new Refusal('ended', 'The round is closed.');
    if (doctor.userId === round.doctorId) return false;
    const left = items.filter((item) => !isDone(item));
    if (left.some(({ openSince }) => openSince)) throw new Refusal('conflict', 'Leave the resident first.', 'itemId');
    for (const { visitId } of left) {
      const seats = await staffSeats(tx, { visitId, startsAt: round.startsAt }, [{ ...doctor, host: true, atBedside: false }]);
      await tx.insert(participants).values(seats).onConflictDoNothing();
      await tx
        .update(participants)
        .set({ host: true, status: 'admitted' })
        .where(and(eq(participants.visitId, visitId), eq(participants.userId, doctor.userId)));
    }
    await visits(
      left.map(({ visitId }) => visitId),
      async (changes) => {
        for (const { before, seat } of changes)
          for (const person of before.people.filter(({ userId }) => userId === round.doctorId))
            await seat(person.id, { host: false, status: 'removed', presence: 'away', sending: [], absentSince: null });
        return true;
      },
    );
    await set({ doctorId: doctor.userId, doctorUnitId: doctor.unitId });
    await audit('round.hand_over');
    return true;
  });
}
