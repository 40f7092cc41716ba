/** What a plan waits for with a date: answers to its summons, tasks, its follow-up. Jobs are filed for the morning of that day. */
import { and, eq } from 'drizzle-orm';
import { Temporal } from 'temporal-polyfill';
import type { Chosen } from '../../contract/planParts.ts';
import type { Tx } from '../../drizzle/client.ts';
import { carePlanParts, carePlans, users } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import { careZone } from '../scheduling/careZone.ts';
import { escalate } from './summons.ts';
import { mail } from './tellOfPlan.ts';

const morning = '06:00';
/** A task is spoken of so many days before it is due, and on the day. */
const remindDaysBefore = [3, 0];

const morningOf = (day: Temporal.PlainDate): Date =>
  new Date(day.toZonedDateTime({ timeZone: careZone, plainTime: morning }).epochMilliseconds);

export const careDay = (now: Date): string =>
  Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(careZone).toPlainDate().toString();

/** Looks after the plan in the mornings of these days. */
async function fileFor(ctx: Pick<Context, 'jobs'>, tx: Tx, planId: string, days: Temporal.PlainDate[]): Promise<void> {
  const jobs = days.map((day) => ({ data: { planId }, startAfter: morningOf(day) }));
  await ctx.jobs.file(tx, 'planDue', jobs);
}

export const fileAnswerDue = (ctx: Pick<Context, 'jobs'>, tx: Tx, planId: string, answerBy: string): Promise<void> =>
  fileFor(ctx, tx, planId, [Temporal.PlainDate.from(answerBy).add({ days: 1 })]);

export const fileTaskDue = (ctx: Pick<Context, 'jobs'>, tx: Tx, planId: string, on: string): Promise<void> =>
  fileFor(
    ctx,
    tx,
    planId,
    remindDaysBefore.map((days) => Temporal.PlainDate.from(on).subtract({ days })),
  );

export const fileFollowUp = (ctx: Pick<Context, 'jobs'>, tx: Tx, planId: string, on: string): Promise<void> =>
  fileFor(ctx, tx, planId, [Temporal.PlainDate.from(on)]);

/** Does what is due by now; what was done already is not done again. */
export async function lookAfter(ctx: Context, planId: string, now: Date): Promise<void> {
  await escalate(ctx, now, planId);
  const changed = await ctx.db.transaction(async (tx) => {
    const [plan] = await tx.select().from(carePlans).where(eq(carePlans.id, planId)).for('update');
    if (plan?.state !== 'plan_active' && plan?.state !== 'followup_due') return false;
    await remindOwners(ctx, tx, plan, now);
    if (plan.state !== 'plan_active' || plan.followUpOn === null || plan.followUpOn > careDay(now)) return false;
    await tx
      .update(carePlans)
      .set({ state: 'followup_due', version: plan.version + 1 })
      .where(eq(carePlans.id, planId));
    const { unitId, patientId } = plan;
    await writeAudit(tx, { actorId: null, action: 'plan.followUpDue', subjectId: planId, unitId, patientId });
    return true;
  });
  if (changed) ctx.hub.planChanged(planId);
}

async function remindOwners(ctx: Context, tx: Tx, plan: typeof carePlans.$inferSelect, now: Date): Promise<void> {
  const today = Temporal.PlainDate.from(careDay(now));
  const soon = remindDaysBefore.map((days) => today.add({ days }).toString());
  const tasks = await tx
    .select({ part: carePlanParts, owner: users })
    .from(carePlanParts)
    .innerJoin(users, eq(users.id, carePlanParts.ownerUserId))
    .where(and(eq(carePlanParts.planId, plan.id), eq(carePlanParts.done, false)));
  for (const { part, owner } of tasks) {
    const { on } = JSON.parse(part.chosen) as Chosen;
    if (on === null || !soon.includes(on) || owner.email === null) continue;
    const to = { email: owner.email, name: owner.name ?? owner.place, personId: owner.id };
    await mail(ctx, tx, plan, { purpose: 'task', to, occasion: `${part.id} ${on} ${today.toString()}` }, now);
  }
}
