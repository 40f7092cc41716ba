/** The coordinator's board: what runs, what is late, who has not answered. */
import { and, desc, eq, inArray, isNotNull, isNull, not, notInArray, or, type SQL, sql } from 'drizzle-orm';
import type { PlanListed } from '../../contract/carePlans.ts';
import { carePlanParties, carePlans, patients, units, users } from '../../drizzle/schema/index.ts';
import { coveredBy } from '../access/agreements.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { careDateOf } from '../visits/today.ts';
import { meetingsOf } from './meeting.ts';
import { type PartyRow, planningRoles } from './sharing.ts';

/** What has ended falls off the board; it is found on the patient's page. */
const offBoard = ['revised', 'closed', 'consent_withdrawn'] as const;

/** The plans that the actor's units coordinate or are summoned to, what is late first; a patient's own. */
export const plansFor = (ctx: Context, actor: Actor, now: Date): Promise<PlanListed[]> =>
  listed(ctx, actor, actor.kind === 'patient' ? undefined : notInArray(carePlans.state, [...offBoard]), now);

/** All of a patient's, those that have ended too. */
export const plansOfPatient = (ctx: Context, actor: Actor, patientId: string, now: Date): Promise<PlanListed[]> =>
  listed(ctx, actor, eq(carePlans.patientId, patientId), now);

async function listed(ctx: Context, actor: Actor, wanted: SQL | undefined, now: Date): Promise<PlanListed[]> {
  const planning = actor.assignments.filter(({ role }) => planningRoles.includes(role));
  const unitIds = [...new Set(planning.map(({ unitId }) => unitId))];
  const own = actor.kind === 'patient' && actor.onlyVisitId === null;
  if (unitIds.length === 0 && !own) return [];
  return ctx.db.transaction(async (tx) => {
    const summoned = tx
      .select({ id: carePlanParties.planId })
      .from(carePlanParties)
      .where(and(inArray(carePlanParties.unitId, unitIds), isNotNull(carePlanParties.sentAt)));
    const reach = own ? eq(patients.userId, actor.userId) : or(inArray(carePlans.unitId, unitIds), inArray(carePlans.id, summoned));
    const rows = await tx
      .select({
        plan: carePlans,
        patient: patients,
        unit: { id: units.id, name: units.name },
        coordinator: sql<string | null>`coalesce(${users.name}, ${users.place})`,
      })
      .from(carePlans)
      .innerJoin(patients, eq(patients.id, carePlans.patientId))
      .innerJoin(units, eq(units.id, carePlans.unitId))
      .leftJoin(users, eq(users.id, carePlans.coordinatorId))
      .where(and(reach, wanted))
      .orderBy(desc(carePlans.madeAt));
    const ids = rows.map(({ plan }) => plan.id);
    const meetings = await meetingsOf(tx, ids);
    const unanswered = await unansweredOf(tx, ids);
    const uncovered = await uncoveredOf(tx, ids, planning, now);
    if (ids.length > 0) await writeAudit(tx, { actorId: actor.userId, action: 'plan.list', detail: { plans: ids.length } });
    const found = rows.map(({ plan, patient, unit, coordinator }): PlanListed => {
      const missing = unanswered.get(plan.id) ?? [];
      const dates = missing.flatMap(({ answerBy }) => answerBy ?? []).toSorted();
      const today = now.toISOString().slice(0, 10);
      const answerBy = dates[0] ?? null;
      const late = (answerBy !== null && answerBy < today) || (plan.followUpOn !== null && plan.followUpOn < today);
      return {
        id: plan.id,
        state: plan.state,
        unit,
        patient: briefOf(patient),
        patientId: plan.patientId,
        coordinator,
        edition: plan.edition,
        answersMissing: missing.length,
        answerBy,
        meetingAt: meetings.get(plan.id)?.startsAt.toISOString() ?? null,
        followUpOn: plan.followUpOn,
        overdue: late,
        uncovered: unitIds.includes(unit.id) ? (uncovered.get(plan.id) ?? []) : [],
        asksYou: missing.some(({ unitId }) => unitId !== null && unitIds.includes(unitId)),
      };
    });
    return found.toSorted((a, b) => Number(b.overdue) - Number(a.overdue));
  });
}

/** Parties that work here for other organisations, which no agreement lets work with the actor's people. */
async function uncoveredOf(
  tx: Parameters<typeof meetingsOf>[0],
  planIds: string[],
  planning: Actor['assignments'],
  now: Date,
): Promise<Map<string, string[]>> {
  if (planIds.length === 0) return new Map();
  const organisationIds = [...new Set(planning.map(({ organisationId }) => organisationId))];
  const rows = await tx
    .select({ planId: carePlanParties.planId, name: carePlanParties.name })
    .from(carePlanParties)
    .innerJoin(units, eq(units.id, carePlanParties.unitId))
    .where(
      and(
        inArray(carePlanParties.planId, planIds),
        not(coveredBy(organisationIds, units.organisationId, careDateOf(now))),
        or(isNull(carePlanParties.answer), eq(carePlanParties.answer, 'accepted')),
      ),
    );
  const byPlan = Map.groupBy(rows, ({ planId }) => planId);
  return new Map([...byPlan].map(([planId, found]) => [planId, found.map(({ name }) => name)]));
}

async function unansweredOf(
  tx: Parameters<typeof meetingsOf>[0],
  planIds: string[],
): Promise<Map<string, Pick<PartyRow, 'planId' | 'answerBy' | 'unitId'>[]>> {
  if (planIds.length === 0) return new Map();
  const rows = await tx
    .select({
      planId: carePlanParties.planId,
      answerBy: carePlanParties.answerBy,
      sentAt: carePlanParties.sentAt,
      unitId: carePlanParties.unitId,
    })
    .from(carePlanParties)
    .where(and(inArray(carePlanParties.planId, planIds), isNull(carePlanParties.answer)));
  return Map.groupBy(
    rows.filter(({ sentAt }) => sentAt !== null),
    ({ planId }) => planId,
  );
}

type PatientRow = typeof patients.$inferSelect;
export const briefOf = ({ name, birthDate, protectedIdentity, address }: PatientRow): PlanListed['patient'] => ({
  name,
  birthYear: Number(birthDate.slice(0, 4)),
  place: protectedIdentity ? null : address,
  protectedIdentity,
});
