/** What ends with a consent: at once, and on the SFU. */
import { and, eq, inArray } from 'drizzle-orm';
import { openStates } from '../../contract/visits.ts';
import { type consents, visits } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import { type Change, changeVisit } from '../visits/changeVisit.ts';
import { everybodyOut } from '../visits/hosting.ts';
import { type Consent, presenceConsent } from './covers.ts';

type Ended = Pick<typeof consents.$inferSelect, 'type' | 'patientId' | 'visitId'>;

/** Goes through the patient's open visits after a consent has ended. */
export async function stopWhatRestedOnIt(
  ctx: Context,
  { type, patientId, visitId }: Ended,
  actorId: string | null,
  now: Date,
): Promise<void> {
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
}

/** Care over video is not wanted any more. In an emergency the call stays open; what has not begun is for staff to rebook. */
async function stop(change: Change, now: Date): Promise<boolean> {
  if (change.before.stage !== 'in_progress' || change.before.emergencySince) return false;
  await everybodyOut(change, now);
  await change.audit('visit.stop');
  return true;
}

/** Puts out everybody who was let in and whose being there has nothing to rest on any more. @returns whether anybody was. */
export async function withholdUncovered({ before, seat, audit }: Change, held: readonly Consent[]): Promise<boolean> {
  const { visitId } = before;
  const uncovered = before.people.filter(
    (person) => person.status === 'admitted' && presenceConsent({ visitId, consents: held }, person) === 'missing',
  );
  for (const { id, presence } of uncovered) {
    await seat(id, { status: 'withheld', presence: presence === 'away' ? 'away' : 'lobby', sending: [], absentSince: null });
    await audit('people.withhold', id);
  }
  return uncovered.length > 0;
}
