/** Plans of children: the child is heard by age and maturity, and normally both guardians say yes (FB 6:11, 6:13). */
import { and, eq, isNull } from 'drizzle-orm';
import type { ChildBasis } from '../../contract/planAfter.ts';
import { Refusal } from '../../contract/refusal.ts';
import type { Db, Tx } from '../../drizzle/client.ts';
import { relatives } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { changePlan, type PlanState_ } from './plan.ts';

const grownUpAt = 18;

export const isChild = ({ birthDate }: { birthDate: string }, now: Date): boolean => {
  const grownUp = `${Number(birthDate.slice(0, 4)) + grownUpAt}${birthDate.slice(4)}`;
  return now.toISOString().slice(0, 10) < grownUp;
};

/** Kept by the coordinator, before the plan is said yes to and whenever somebody says something else. */
export const keepChildBasis = (
  ctx: Context,
  actor: Actor,
  planId: string,
  { basedOn, ...basis }: ChildBasis & { basedOn: number },
  now: Date,
) =>
  changePlan(ctx, actor, planId, { basedOn }, now, async ({ tx, patient, set, audit }) => {
    if (!isChild(patient, now)) throw new Refusal('conflict', 'This is no plan of a child.', 'child');
    await requireBasis(tx, patient.id, basis);
    await set({ child: JSON.stringify(basis) });
    await audit('plan.child', planId, { guardians: basis.guardians.map(({ yes }) => (yes ? 'yes' : 'no')).join(' ') });
    return true;
  });

/** @throws {Refusal} `invalid`, naming `guardians`, `view`, `maturity` or `why`. */
async function requireBasis(tx: Db | Tx, patientId: string, { way, view, maturity, guardians, why }: ChildBasis): Promise<void> {
  const theirs = await tx
    .select({ id: relatives.id })
    .from(relatives)
    .where(and(eq(relatives.patientId, patientId), eq(relatives.role, 'guardian'), isNull(relatives.endedAt)));
  const asked = new Set(guardians.map(({ relativeId }) => relativeId));
  if (asked.size !== guardians.length || theirs.length !== asked.size || theirs.some(({ id }) => !asked.has(id)))
    throw new Refusal('invalid', 'guardians: name each guardian once', 'guardians');
  if ((way === 'saidThemselves' || way === 'throughOther') && view === '')
    throw new Refusal('invalid', 'view: say what the child says', 'view');
  if (way === 'notMature' && maturity === '') throw new Refusal('invalid', 'maturity: say how it was weighed', 'maturity');
  if (guardians.some(({ yes }) => !yes) && why === '') throw new Refusal('invalid', 'why: say why it goes on all the same', 'why');
}

/** @throws {Refusal} `conflict`, naming `child`, where nobody has written down what a child and their guardians say. */
export function requireHeard({ plan, patient }: Pick<PlanState_, 'plan' | 'patient'>, now: Date): void {
  if (isChild(patient, now) && plan.child === null)
    throw new Refusal('conflict', 'The child and their guardians are to be heard first.', 'child');
}
