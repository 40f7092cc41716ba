/** What comes of a plan afterwards: what is said of it, concerns that were reported, and plans it has to do with. */
import { and, asc, eq, inArray, or } from 'drizzle-orm';
import type { z } from 'zod';
import type { CarePlan } from '../../contract/carePlans.ts';
import { type concernReport, type newLink, type SurveyAnswers, saysSomething } from '../../contract/planAfter.ts';
import { heldStates } from '../../contract/planSteps.ts';
import { Refusal } from '../../contract/refusal.ts';
import type { Db, Tx } from '../../drizzle/client.ts';
import { carePlanLinks, carePlanSurveys, carePlans, concernReports, patients, users } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { isChild } from './children.ts';
import { changePlan, mayCoordinate, type PlanState_, partyOf, planFor } from './plan.ts';
import type { Viewer } from './sharing.ts';
import { templateAt } from './templates.ts';

type Said = SurveyAnswers & { partyId: string | null };

/** By the person, by who is close to them, or kept by the coordinator who asked. Said again, it takes the place of the former. */
export const answerSurvey = (ctx: Context, actor: Actor, planId: string, { partyId, ...answers }: Said, now: Date): Promise<void> =>
  changePlan(ctx, actor, planId, { part: 'any' }, now, async ({ tx, plan, parties, viewer, audit }) => {
    if (!heldStates.includes(plan.state)) throw new Refusal('conflict', 'The plan does not hold.', 'state');
    const party = partyId === null ? null : partyOf(parties, partyId);
    if (party && party.kind !== 'relative') throw new Refusal('invalid', 'partyId: is not close to the person', 'partyId');
    if (party ? !(mayCoordinate(viewer) || viewer.partyId === party.id) : !viewer.whole)
      throw new Refusal('forbidden', 'Each answers for themselves.');
    if (!saysSomething(answers)) throw new Refusal('invalid', 'scores: nothing is answered', 'scores');
    await requireAsked(tx, plan, answers);
    const row = { answers: JSON.stringify(answers), keptBy: actor.userId, at: now };
    await tx
      .insert(carePlanSurveys)
      .values({ ...row, planId, partyId })
      .onConflictDoUpdate({ target: [carePlanSurveys.planId, carePlanSurveys.partyId], set: row });
    await audit('plan.survey', partyId ?? planId);
    return true;
  });

/** @throws {Refusal} `invalid`, naming `answers`, for what was not asked, or cannot be chosen. */
async function requireAsked(tx: Tx, { templateId, templateVersion }: PlanState_['plan'], { answers }: SurveyAnswers): Promise<void> {
  const template = templateId === null || templateVersion === null ? null : await templateAt(tx, templateId, templateVersion);
  const fits = ({ question, answer }: SurveyAnswers['answers'][number]): boolean =>
    (template?.questions ?? []).some((one) => one.text === question && (one.kind !== 'choice' || one.options.includes(answer)));
  if (!answers.every(fits)) throw new Refusal('invalid', 'answers: are not answers to what is asked', 'answers');
}

/** It needs nobody's yes. The same again is once. @throws {Refusal} `conflict` for a grown-up's plan. */
export const reportConcern = (
  ctx: Context,
  actor: Actor,
  planId: string,
  { concernId, madeTo, words }: z.output<typeof concernReport>,
  now: Date,
): Promise<void> =>
  changePlan(ctx, actor, planId, {}, now, async ({ tx, patient, audit }) => {
    if (!isChild(patient, now)) throw new Refusal('conflict', 'This is no plan of a child.', 'child');
    const made = await tx
      .insert(concernReports)
      .values({ id: concernId, planId, madeTo, words, by: actor.userId, at: now })
      .onConflictDoNothing()
      .returning({ id: concernReports.id });
    if (made.length === 0) return false;
    await audit('plan.concern', concernId);
    return true;
  });

/** Of two plans that the actor coordinates both. @throws {Refusal} `not_found`, naming `otherId`. */
export const link = (ctx: Context, actor: Actor, planId: string, { otherId, kind }: z.output<typeof newLink>, now: Date): Promise<void> =>
  changePlan(ctx, actor, planId, {}, now, async ({ tx, audit }) => {
    const other = await planFor(tx, actor, otherId, now).catch(() => null);
    if (!other || !mayCoordinate(other.viewer) || otherId === planId)
      throw new Refusal('not_found', 'There is no such other plan.', 'otherId');
    await tx
      .insert(carePlanLinks)
      .values({ planId, otherId, kind, madeBy: actor.userId })
      .onConflictDoUpdate({ target: [carePlanLinks.planId, carePlanLinks.otherId], set: { kind } });
    await audit('plan.link', otherId, { kind });
    return true;
  });

export const unlink = (ctx: Context, actor: Actor, planId: string, otherId: string, now: Date): Promise<void> =>
  changePlan(ctx, actor, planId, {}, now, async ({ tx, audit }) => {
    const gone = await tx
      .delete(carePlanLinks)
      .where(and(eq(carePlanLinks.planId, planId), eq(carePlanLinks.otherId, otherId)))
      .returning({ planId: carePlanLinks.planId });
    if (gone.length === 0) return false;
    await audit('plan.unlink', otherId);
    return true;
  });

/** Surveys are read by the unit that coordinates and each by who said it; concerns and other plans by that unit alone. */
export async function afterOf(
  tx: Db | Tx,
  actor: Actor,
  { plan, viewer }: PlanState_ & { viewer: Viewer },
  now: Date,
): Promise<Pick<CarePlan, 'surveys' | 'concerns' | 'links'>> {
  const said = await tx.select().from(carePlanSurveys).where(eq(carePlanSurveys.planId, plan.id));
  const surveys = said
    .filter(({ partyId }) => mayCoordinate(viewer) || (viewer.person ? partyId === null : partyId !== null && partyId === viewer.partyId))
    .map(({ partyId, answers, at }) => ({ ...(JSON.parse(answers) as SurveyAnswers), partyId, at: at.toISOString() }));
  if (!mayCoordinate(viewer)) return { surveys, concerns: [], links: [] };
  const reports = await tx
    .select({ report: concernReports, name: users.name, place: users.place })
    .from(concernReports)
    .leftJoin(users, eq(users.id, concernReports.by))
    .where(eq(concernReports.planId, plan.id))
    .orderBy(asc(concernReports.at));
  const concerns = reports.map(({ report: { id, madeTo, words, at }, name, place }) => ({
    ...{ id, madeTo, words, at: at.toISOString() },
    by: name ?? place,
  }));
  return { surveys, concerns, links: await linksOf(tx, actor, plan.id, now) };
}

/** As far as the actor coordinates the other plan, too. */
async function linksOf(tx: Db | Tx, actor: Actor, planId: string, now: Date): Promise<CarePlan['links']> {
  const rows = await tx
    .select()
    .from(carePlanLinks)
    .where(or(eq(carePlanLinks.planId, planId), eq(carePlanLinks.otherId, planId)));
  const others = rows.map((row) => ({ kind: row.kind, mine: row.planId === planId, id: row.planId === planId ? row.otherId : row.planId }));
  const named = others.length
    ? await tx
        .select({ id: carePlans.id, name: patients.name })
        .from(carePlans)
        .innerJoin(patients, eq(patients.id, carePlans.patientId))
        .where(
          inArray(
            carePlans.id,
            others.map(({ id }) => id),
          ),
        )
    : [];
  const links: CarePlan['links'] = [];
  for (const { id, kind, mine } of others) {
    const other = await planFor(tx, actor, id, now).catch(() => null);
    const name = named.find((one) => one.id === id)?.name;
    if (other && mayCoordinate(other.viewer) && name !== undefined) links.push({ planId: id, name, kind, mine });
  }
  return links;
}
