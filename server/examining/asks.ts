/** What the doctor asks to be shown, and what the bedside answers. One thing at a time. */
import type { z } from 'zod';
import type { Asked, newAsk } from '../../contract/examination.ts';
import { require_ } from '../../contract/refusal.ts';
import type { Context } from '../context.ts';
import { can } from '../policies.ts';
import { changeVisit } from '../visits/changeVisit.ts';
import { type Acting, ownSeat } from '../visits/hosting.ts';
import type { VisitState } from '../visits/visitState.ts';

export const askedOf = ({ asked }: Pick<VisitState, 'asked'>): Asked | null => (asked === null ? null : (JSON.parse(asked) as Asked));

/** Asks for a view; what was asked before is taken back. Twice is once. */
export async function ask(ctx: Context, { userId, visitId }: Acting, wish: z.output<typeof newAsk>, now: Date): Promise<void> {
  await changeVisit(ctx, visitId, userId, async ({ before, set, audit }) => {
    const self = ownSeat(before.people, userId);
    require_(self !== undefined && can(self, 'visit.staff', before));
    if (askedOf(before)?.id === wish.id) return false;
    const asked: Asked = { ...wish, byId: self.id, at: now.toISOString() };
    await set({ asked: JSON.stringify(asked) });
    await audit('examination.ask', wish.id, { view: wish.view });
    return true;
  });
}

/** It has been shown, or cannot be shown. Late, when something else is asked for, it changes nothing. */
export async function answerAsk(
  ctx: Context,
  { userId, visitId, participantId }: Acting & { participantId: string },
  { id, shown }: { id: string; shown: boolean },
): Promise<void> {
  await changeVisit(ctx, visitId, userId, async ({ before, set, audit }) => {
    require_(can(ownSeat(before.people, userId), 'visit.attend', before));
    const asked = askedOf(before);
    if (asked?.id !== id) return false;
    await set({ asked: null });
    await audit('examination.done', id, { view: asked.view, shown });
    if (!shown) ctx.hub.tell(visitId, 'examination:cannot', { id }, ({ id: to }) => to === asked.byId && to !== participantId);
    return true;
  });
}
