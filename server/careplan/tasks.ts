/** What waits for somebody in plans: summons of their units, and what they have taken on. */
import { and, asc, eq, inArray, isNotNull, isNull, notInArray } from 'drizzle-orm';
import type { PlanSummons, PlanTask } from '../../contract/carePlans.ts';
import type { Chosen } from '../../contract/planParts.ts';
import { endedStates, heldStates } from '../../contract/planSteps.ts';
import type { Tx } from '../../drizzle/client.ts';
import { carePlanParties, carePlanParts, carePlans, patients } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { briefOf } from './board.ts';
import { planFor } from './plan.ts';
import { mayBeTold, planningRoles } from './sharing.ts';
import { textsOfParts } from './texts.ts';

const mostShown = 100;

/** The soonest first; what has no date last. */
export async function waitingFor(ctx: Context, actor: Actor, now: Date): Promise<{ summons: PlanSummons[]; tasks: PlanTask[] }> {
  return ctx.db.transaction(async (tx) => {
    const found = { summons: await summonsFor(tx, actor), tasks: await tasksFor(tx, actor, now) };
    const [summons, tasks] = [found.summons.length, found.tasks.length];
    if (summons + tasks > 0) await writeAudit(tx, { actorId: actor.userId, action: 'plan.tasks', detail: { tasks, summons } });
    return found;
  });
}

async function summonsFor(tx: Tx, { assignments }: Actor): Promise<PlanSummons[]> {
  const unitIds = assignments.filter(({ role }) => planningRoles.includes(role)).map(({ unitId }) => unitId);
  if (unitIds.length === 0) return [];
  const { unitId, sentAt, answer, answerBy } = carePlanParties;
  const rows = await tx
    .select({ planId: carePlans.id, patient: patients, answerBy })
    .from(carePlanParties)
    .innerJoin(carePlans, eq(carePlans.id, carePlanParties.planId))
    .innerJoin(patients, eq(patients.id, carePlans.patientId))
    .where(
      and(inArray(unitId, unitIds), isNotNull(sentAt), isNotNull(answerBy), isNull(answer), notInArray(carePlans.state, [...endedStates])),
    )
    .orderBy(asc(answerBy))
    .limit(mostShown);
  return rows.flatMap(({ patient, answerBy: by, planId }) => (by ? [{ planId, patient: briefOf(patient), answerBy: by }] : []));
}

/** What its owner may not be told of any more is not there. */
async function tasksFor(tx: Tx, actor: Actor, now: Date): Promise<PlanTask[]> {
  const mine = await tx
    .select({ part: carePlanParts })
    .from(carePlanParts)
    .innerJoin(carePlans, eq(carePlans.id, carePlanParts.planId))
    .where(and(eq(carePlanParts.ownerUserId, actor.userId), eq(carePlanParts.done, false), inArray(carePlans.state, [...heldStates])))
    .orderBy(asc(carePlanParts.dueOn))
    .limit(mostShown);
  const tasks: PlanTask[] = [];
  for (const { part } of mine) {
    const state = await planFor(tx, actor, part.planId, now).catch(() => null); // they work there no more
    if (!state || !mayBeTold(state.sharing, state.viewer, part)) continue;
    const { on, status } = JSON.parse(part.chosen) as Chosen;
    const what = (await textsOfParts(tx, [part.id])).get(part.id)?.what ?? '';
    const { id: partId, planId, version } = part;
    tasks.push({ planId, partId, patient: briefOf(state.patient), what, on, status, version });
  }
  return tasks;
}
