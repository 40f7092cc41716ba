import type { z } from 'zod';
import { Refusal, require_ } from '../../contract/refusal.ts';
import type { visitRoutes } from '../../contract/visits.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { tell } from '../notifications/tell.ts';
import { may } from '../policies.ts';
import { changeVisit, noSuchVisit } from './changeVisit.ts';

type Closing = z.output<(typeof visitRoutes)['POST /api/visits/:visitId/close']['body']>;

/** Closes a visit that is not held: nobody came, it was cancelled, the technique failed, or it becomes a physical one. */
export async function closeUnheld(ctx: Context, actor: Actor, visitId: string, { as, reason }: Closing, now: Date): Promise<void> {
  await changeVisit(ctx, visitId, actor.userId, async ({ tx, before, seat, stage, audit }) => {
    if (!may(actor, 'visit.read', before)) throw noSuchVisit();
    require_(may(actor, 'visit.change', before));
    if (before.stage === as) return false;
    if (before.emergencySince) throw new Refusal('conflict', 'There is an emergency: the call stays open until it is over.', 'emergency');
    await stage(as, { closingReason: reason, endedAt: now, curtainSince: null, waitingSince: null });
    for (const person of before.people.filter(({ presence }) => presence !== 'away'))
      await seat(person.id, { presence: 'away', sending: [], absentSince: null });
    if (as === 'cancelled' || as === 'converted_to_physical') await tell(ctx, tx, visitId, { purpose: 'cancellation' }, now);
    await audit('visit.close', visitId, { as });
    return true;
  });
}
