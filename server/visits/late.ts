/** Either side says that it is late, and the other hears of it. */
import { Refusal } from '../../contract/refusal.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { tell } from '../notifications/tell.ts';
import { changeVisit, noSuchVisit } from './changeVisit.ts';
import { sideOf } from './side.ts';
import type { VisitState } from './visitState.ts';

/** Before that nobody knows yet. */
const hoursAhead = 12;
const before: VisitState['stage'][] = ['booked', 'checked_in', 'waiting'];

/**
 * The patient and those close to them hear by their own way; staff see it on their screens.
 *
 * @param minutes - behind the booked time; 0: in time after all.
 * @throws {Refusal} `not_found` out of reach, `conflict` for a visit that has begun, is over, or is not near.
 */
export async function sayLate(ctx: Context, actor: Actor, visitId: string, minutes: number, now: Date): Promise<void> {
  await changeVisit(ctx, visitId, actor.userId, async ({ tx, before: visit, set, audit }) => {
    const side = sideOf(actor, visit);
    if (!side) throw noSuchVisit();
    const untilMs = visit.startsAt.getTime() - now.getTime();
    const isNear = untilMs < hoursAhead * 3_600_000 && untilMs > -visit.durationMinutes * 60_000;
    if (!before.includes(visit.stage) || !isNear) throw new Refusal('conflict', 'The visit has begun, is over, or is not near.');
    const field = side === 'care' ? 'careLateMinutes' : 'patientLateMinutes';
    if ((visit[field] ?? 0) === minutes) return false;
    await set({ [field]: minutes === 0 ? null : minutes });
    if (side === 'care') await tell(ctx, tx, visitId, { purpose: 'late', only: ({ staff }) => !staff }, now);
    await audit('visit.late', visitId, { side, minutes });
    return true;
  });
}
