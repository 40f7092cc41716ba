import { require_ } from '../../contract/refusal.ts';
import type { Context } from '../context.ts';
import { can } from '../policies.ts';
import { changeVisit } from './changeVisit.ts';
import { type Acting, ownSeat } from './hosting.ts';

/**
 * The visit cannot be saved over the network: it goes on by telephone, everybody is told, and it is documented like any
 * other. What had not begun has begun now; who the patient is can be recorded afterwards.
 */
export async function continueByPhone(ctx: Context, { userId, visitId }: Acting, now: Date): Promise<void> {
  await changeVisit(ctx, visitId, userId, async ({ before, set, stage, audit }) => {
    require_(can(ownSeat(before.people, userId), 'visit.staff', before));
    if (before.phoneSince) return false;
    if (before.stage === 'in_progress') await set({ phoneSince: now });
    else await stage('in_progress', { phoneSince: now, beganAt: now, waitingSince: null });
    await audit('visit.phone');
    return true;
  });
}
