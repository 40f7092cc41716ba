import type { z } from 'zod';
import { Refusal, require_ } from '../../contract/refusal.ts';
import type { visitRoutes } from '../../contract/visits.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { calledOff } from '../interpreting/orders.ts';
import { tell } from '../notifications/tell.ts';
import { may } from '../policies.ts';
import { followersOf } from '../scheduling/series.ts';
import { type Change, changeVisits, noSuchVisit } from './changeVisit.ts';

type Closing = z.output<(typeof visitRoutes)['POST /api/visits/:visitId/close']['body']>;

const isCalledOff = (as: Closing['as']): boolean => as === 'cancelled' || as === 'converted_to_physical';

/** Closes a visit that is not held, and if wanted those that follow in its series: all or none. */
export async function closeUnheld(ctx: Context, actor: Actor, visitId: string, closing: Closing, now: Date): Promise<void> {
  if (closing.following && !isCalledOff(closing.as))
    throw new Refusal('invalid', 'following: only what is called off takes others with it', 'following');
  const others = closing.following ? await followersOf(ctx.db, visitId) : [];
  await changeVisits(ctx, [visitId, ...others], actor.userId, async (changes) => {
    let any = false;
    for (const change of changes) any = (await closeOne(ctx, actor, change, closing, now)) || any;
    return any;
  });
}

/** Nobody came, it was cancelled, the technique failed, or it becomes a physical one. */
async function closeOne(ctx: Context, actor: Actor, change: Change, { as, reason }: Closing, now: Date): Promise<boolean> {
  const { tx, before, seat, stage, audit } = change;
  if (!may(actor, 'visit.read', before)) throw noSuchVisit();
  require_(may(actor, 'visit.change', before));
  if (before.stage === as) return false;
  if (before.emergencySince) throw new Refusal('conflict', 'There is an emergency: the call stays open until it is over.', 'emergency');
  await stage(as, { closingReason: reason, endedAt: now, curtainSince: null, waitingSince: null });
  for (const person of before.people.filter(({ presence }) => presence !== 'away'))
    await seat(person.id, { presence: 'away', sending: [], absentSince: null });
  const promised = before.stage !== 'requested' && before.stage !== 'triaged'; // else nobody has heard of a time
  if (promised && isCalledOff(as)) {
    await calledOff(ctx, change, now);
    await tell(ctx, tx, before.visitId, { purpose: 'cancellation' }, now);
  }
  await audit('visit.close', before.visitId, { as });
  return true;
}
