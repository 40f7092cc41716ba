/** Summons (kallelse) of principals, who have a duty to come, and invitations of others; and what they answer. */
import { randomUUID } from 'node:crypto';
import { and, eq, isNotNull, isNull, lt } from 'drizzle-orm';
import { isPrincipal } from '../../contract/planKinds.ts';
import type { SummonsAnswer, SummonsText } from '../../contract/planParties.ts';
import { endedStates } from '../../contract/planSteps.ts';
import { Refusal } from '../../contract/refusal.ts';
import type { Tx } from '../../drizzle/client.ts';
import { carePlanParties, carePlans, directoryUnits } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { fileAnswerDue } from './due.ts';
import { partyOfUnit, requireRunning } from './parties.ts';
import { changePlan, mayCoordinate, type PlanChange, partyOf } from './plan.ts';
import { mail } from './tellOfPlan.ts';

type Party = Pick<typeof carePlanParties.$inferSelect, 'id' | 'channel' | 'directoryId'> & Partial<typeof carePlanParties.$inferSelect>;
type Sent = SummonsText & { reference: string | null };

/**
 * By the channel of the principal: it lies in its list here, or was sent in its own system, whose reference is kept, or goes by letter.
 *
 * @throws {Refusal} `conflict` if they were summoned and have answered; `invalid`, naming `answerBy`, or `reference` where
 *   their own system has to be used.
 */
export const summon = (
  ctx: Context,
  actor: Actor,
  planId: string,
  partyId: string,
  { reference, ...text }: Sent,
  now: Date,
): Promise<void> =>
  changePlan(ctx, actor, planId, {}, now, async (change) => {
    const { tx, plan, parties, sharing, step, party, audit } = change;
    requireRunning(change);
    const summoned = partyOf(parties, partyId);
    if (!sharing.stands) throw new Refusal('conflict', 'The person has not said yes to a plan.', 'consent');
    if (summoned.answer) throw new Refusal('conflict', 'They have answered.', 'partyId');
    if (text.answerBy <= now.toISOString().slice(0, 10)) throw new Refusal('invalid', 'answerBy: is past', 'answerBy');
    if (summoned.channel === 'system' && reference === null)
      throw new Refusal('invalid', 'reference: is wanted where they are summoned by a system of their own', 'reference');
    await party(partyId, { summons: JSON.stringify(text), answerBy: text.answerBy, sentAt: now, reference, escalatedAt: null });
    if (plan.state === 'preparing') await step('summoned');
    await tellUnit(ctx, change, summoned, now);
    await fileAnswerDue(ctx, tx, planId, text.answerBy);
    await audit(isPrincipal(summoned.kind) ? 'plan.summon' : 'plan.invite', partyId, { channel: summoned.channel ?? 'letter' });
    return true;
  });

/**
 * By the unit that it went to, or kept by the coordinator who was told. Forwarded, it goes to the right unit as it was.
 *
 * @throws {Refusal} `forbidden` for another unit; `conflict` if nothing was sent, or another answer was given.
 */
export const answerSummons = (
  ctx: Context,
  actor: Actor,
  planId: string,
  partyId: string,
  given: SummonsAnswer,
  now: Date,
): Promise<void> =>
  changePlan(ctx, actor, planId, { part: 'any' }, now, async (change) => {
    const { parties, viewer, party, audit } = change;
    const asked = partyOf(parties, partyId);
    if (!mayCoordinate(viewer) && viewer.partyId !== partyId) throw new Refusal('forbidden', 'The summons went to another unit.');
    requireRunning(change);
    if (!asked.sentAt) throw new Refusal('conflict', 'They have not been summoned.', 'partyId');
    if (asked.answer === given.answer) return false; // twice is once
    if (asked.answer === 'forwarded') throw new Refusal('conflict', 'It went on to another unit.', 'partyId');
    const answered = { answer: given.answer, answeredAt: now, answeredBy: actor.userId };
    if (given.answer === 'forwarded') {
      const forwardedTo = await forward(ctx, change, asked, given.directoryId, now);
      await party(partyId, { ...answered, forwardedTo });
    } else await party(partyId, { ...answered, answerWords: given.answer === 'accepted' ? given.who : given.reason });
    await audit('plan.answer', partyId, { answer: given.answer });
    return true;
  });

/** Where it works here, its mailbox hears that something waits. */
async function tellUnit(ctx: Context, { tx, plan }: Pick<PlanChange, 'tx' | 'plan'>, party: Party, now: Date): Promise<void> {
  if (party.channel !== 'samrum' || party.directoryId === null) return;
  const [unit] = await tx.select().from(directoryUnits).where(eq(directoryUnits.id, party.directoryId));
  if (!unit?.email) return;
  const to = { email: unit.email, name: unit.name, personId: null };
  await mail(ctx, tx, plan, { purpose: 'summons', to, occasion: `${party.id} ${now.toISOString()}` }, now);
}

/** What the person lets be told does not go with it: of that they are asked anew. */
async function forward(ctx: Context, change: PlanChange, asked: Party, directoryId: string, now: Date): Promise<string> {
  const { tx, plan, parties } = change;
  const [unit] = await tx
    .select()
    .from(directoryUnits)
    .where(and(eq(directoryUnits.id, directoryId), eq(directoryUnits.retired, false)));
  if (!unit || unit.id === asked.directoryId)
    throw new Refusal('invalid', 'directoryId: there is no such other unit in the directory', 'directoryId');
  const there = parties.find((one) => one.directoryId === directoryId);
  if (there) return there.id;
  const id = randomUUID();
  const { summons, answerBy } = asked;
  const row = { ...partyOfUnit(unit), id };
  await tx.insert(carePlanParties).values({ ...row, planId: plan.id, summons, answerBy, sentAt: now });
  await tellUnit(ctx, change, row, now);
  return id;
}

/** Silence goes to the head of the unit, once. @returns whose summons it was. */
export async function escalate(ctx: Context, now: Date, planId: string): Promise<{ planId: string; partyId: string }[]> {
  const today = now.toISOString().slice(0, 10);
  const silent = await ctx.db.transaction(async (tx) => {
    const rows = await tx
      .update(carePlanParties)
      .set({ escalatedAt: now })
      .where(
        and(
          eq(carePlanParties.planId, planId),
          lt(carePlanParties.answerBy, today),
          isNotNull(carePlanParties.sentAt),
          isNull(carePlanParties.answer),
          isNull(carePlanParties.escalatedAt),
        ),
      )
      .returning({ planId: carePlanParties.planId, partyId: carePlanParties.id, directoryId: carePlanParties.directoryId });
    const [plan] = await tx.select().from(carePlans).where(eq(carePlans.id, planId));
    if (!plan || endedStates.includes(plan.state)) return [];
    for (const { partyId, directoryId } of rows) {
      const { unitId, patientId } = plan;
      await writeAudit(tx, { actorId: null, action: 'plan.escalate', subjectId: partyId, unitId, patientId });
      if (directoryId !== null) await tellHead(ctx, tx, plan, partyId, directoryId, now);
    }
    return rows;
  });
  if (silent.length > 0) ctx.hub.planChanged(planId);
  return silent;
}

async function tellHead(ctx: Context, tx: Tx, plan: typeof carePlans.$inferSelect, partyId: string, directoryId: string, now: Date) {
  const [unit] = await tx.select().from(directoryUnits).where(eq(directoryUnits.id, directoryId));
  if (!unit?.headEmail) return;
  const to = { email: unit.headEmail, name: unit.headName ?? '', personId: null };
  await mail(ctx, tx, plan, { purpose: 'silence', to, occasion: `${partyId} ${now.toISOString().slice(0, 10)}` }, now);
}
