/** The plan goes along with its meeting: while that is held it is written together, afterwards it is a draft. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import { mayGo, type PlanState, planStates } from '../../contract/planSteps.ts';
import type { VisitState as Stage } from '../../contract/visits.ts';
import type { Tx } from '../../drizzle/client.ts';
import { carePlans } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';

const followed: Partial<Record<Stage, PlanState>> = {
  in_progress: 'in_meeting',
  documenting: 'plan_draft',
  completed: 'plan_draft',
  tech_failed: 'plan_draft', // what was written so far stays
};

/** A plan that has gone on meanwhile, or come to its end, stays where it is. */
export async function followMeeting(tx: Tx, planId: string, stage: Stage, actorId: string | null): Promise<void> {
  const to = followed[stage];
  if (!to) return;
  const [plan] = await tx
    .update(carePlans)
    .set({ state: to, version: sql`${carePlans.version} + 1` })
    .where(and(eq(carePlans.id, planId), inArray(carePlans.state, [...planStates.filter((from) => mayGo(from, to))])))
    .returning({ unitId: carePlans.unitId, patientId: carePlans.patientId });
  if (plan) await writeAudit(tx, { actorId, action: 'plan.follow', subjectId: planId, ...plan, detail: { state: to } });
}
