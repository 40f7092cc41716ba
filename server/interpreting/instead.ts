/** The rule that a visit does not start without its interpreter, and what it yields to (2017:900 13 §). */
import { eq } from 'drizzle-orm';
import type { Instead, InterpreterView } from '../../contract/interpreting.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import { interpretations } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import { can } from '../policies.ts';
import { changeVisit } from '../visits/changeVisit.ts';
import { type Acting, ownSeat } from '../visits/hosting.ts';
import type { VisitState } from '../visits/visitState.ts';
import { promise } from './orders.ts';

type Present = Pick<VisitState, 'interpretation' | 'people' | 'bystanders'>;

/** One is in the room, with a device or beside the patient, or it has been said how it goes without. */
export const lacksInterpreter = ({ interpretation, people, bystanders }: Present): boolean =>
  interpretation !== null &&
  interpretation.instead === null &&
  !people.some(({ role, presence }) => role === 'interpreter' && (presence === 'room' || presence === 'returning')) &&
  !bystanders.some(({ role }) => role === 'interpreter');

export const interpreterView = ({ interpretation }: Pick<VisitState, 'interpretation'>): InterpreterView | null => {
  if (!interpretation) return null;
  const { orderNumber, language, mode, number, instead } = interpretation;
  return { orderNumber, language, mode, number, instead };
};

const representatives = ['relative', 'guardian', 'trustee'];

/**
 * The visit is held with the interpreter on the telephone, or, because it cannot wait, without one. Somebody close to the
 * patient who interprets then stays on the roster as what they are.
 *
 * @throws {Refusal} `invalid`, naming `reason` or `relativeId`.
 */
export async function holdWithout(ctx: Context, { userId, visitId }: Acting, { kind, reason, relativeId }: Instead): Promise<void> {
  await changeVisit(ctx, visitId, userId, async (change) => {
    const { tx, before, audit } = change;
    require_(can(ownSeat(before.people, userId), 'visit.staff', before));
    if (!before.interpretation) throw new Refusal('conflict', 'No interpreter is ordered for this visit.');
    if (kind === 'urgent' && reason === null) throw new Refusal('invalid', 'reason: is wanted for what cannot wait', 'reason');
    const relative = before.people.find(({ id }) => id === relativeId);
    if (relativeId !== null && !(relative && representatives.includes(relative.role)))
      throw new Refusal('invalid', 'relativeId: is nobody close to the patient', 'relativeId');
    await tx
      .update(interpretations)
      .set({ instead: kind, insteadReason: reason, insteadRelativeId: relativeId })
      .where(eq(interpretations.visitId, visitId));
    if (before.preliminary) await promise(ctx, change, null, new Date()); // it is held: whoever comes hears of it
    await audit('interpreter.instead', relativeId ?? visitId, { kind });
    return true;
  });
}
