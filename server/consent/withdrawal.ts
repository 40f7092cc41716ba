/** What ends with a consent: at once, and on the SFU. */
import { and, eq, inArray } from 'drizzle-orm';
import { openStates } from '../../contract/visits.ts';
import { consents, visits } from '../../drizzle/schema/index.ts';
import { stopPlan } from '../careplan/withdrawn.ts';
import type { Context } from '../context.ts';
import { type Change, changeVisit } from '../visits/changeVisit.ts';
import { everybodyOut } from '../visits/hosting.ts';
import { type Consent, covers, presenceConsent } from './covers.ts';

type Ended = Pick<typeof consents.$inferSelect, 'id' | 'type' | 'patientId' | 'visitId' | 'carePlanId'>;

/** Goes through the patient's open visits after a consent has ended. Where it did not get through them all, it is called again. */
export async function stopWhatRestedOnIt(
  ctx: Context,
  { id: consentId, type, patientId, visitId, carePlanId }: Ended,
  actorId: string | null,
  now: Date,
): Promise<void> {
  await stopPlan(ctx, { type, carePlanId }, actorId, now);
  const these = visitId === null ? eq(visits.patientId, patientId) : eq(visits.id, visitId);
  const open = await ctx.db
    .select({ id: visits.id })
    .from(visits)
    .where(and(these, inArray(visits.state, [...openStates])));
  for (const { id } of open) {
    await changeVisit(ctx, id, actorId, (change) =>
      type === 'careVisit' ? stop(change, now) : withholdUncovered(change, change.before.consents),
    );
  }
  await ctx.db.update(consents).set({ stoppedAt: now }).where(eq(consents.id, consentId));
}

/** Care over video is not wanted any more: what runs is over, what has not begun is called off. In an emergency the call stays open. */
async function stop(change: Change, now: Date): Promise<boolean> {
  const { before, stage, seat, audit } = change;
  if (before.emergencySince || covers(before.consents, { type: 'careVisit', visitId: before.visitId }, now)) return false;
  if (before.stage === 'in_progress') await everybodyOut(change, now);
  else {
    await stage('cancelled', { endedAt: now, waitingSince: null, curtainSince: null });
    for (const { id, presence } of before.people)
      if (presence !== 'away') await seat(id, { presence: 'away', sending: [], absentSince: null });
  }
  await audit('visit.stop');
  return true;
}

/** Puts out everybody who was let in and whose being there has nothing to rest on any more. @returns whether anybody was. */
export async function withholdUncovered({ before, seat, audit }: Change, held: readonly Consent[]): Promise<boolean> {
  const lost = before.people.filter(
    (person) =>
      person.seat === 'own' && person.status === 'admitted' && presenceConsent({ ...before, consents: held }, person) === 'missing',
  );
  const uncovered = before.people.filter(({ userId, status }) => status === 'admitted' && lost.some((one) => one.userId === userId));
  for (const { id, presence } of uncovered) {
    await seat(id, { status: 'withheld', presence: presence === 'away' ? 'away' : 'lobby', sending: [], absentSince: null });
    await audit('people.withhold', id);
  }
  return uncovered.length > 0;
}
