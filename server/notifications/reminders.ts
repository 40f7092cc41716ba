/** When to remind of a visit, and doing so. */
import { Temporal } from 'temporal-polyfill';
import type { Reminder } from '../../contract/messages.ts';
import type { Context } from '../context.ts';
import type { JobData } from '../jobs.ts';
import { careZone } from '../scheduling/careZone.ts';
import { loadVisit } from '../visits/visitState.ts';
import { tell } from './tell.ts';

/** Days go by the Swedish calendar, minutes by the clock on the wall: the night that clocks change makes no difference. */
export function reminderTimes(startsAt: Date, reminders: Reminder[]): Date[] {
  const begins = Temporal.Instant.fromEpochMilliseconds(startsAt.getTime());
  return reminders.map((reminder) => {
    if ('minutes' in reminder) return new Date(begins.subtract({ minutes: reminder.minutes }).epochMilliseconds);
    const day = begins.toZonedDateTimeISO(careZone).toPlainDate().subtract({ days: reminder.days });
    return new Date(day.toZonedDateTime({ timeZone: careZone, plainTime: reminder.at }).epochMilliseconds);
  });
}

const coming = ['booked', 'checked_in', 'waiting'];

/** Reminds, unless the visit has been moved, has begun or is over. */
export async function remind(ctx: Context, { visitId, startsAt, nr }: JobData['remind'], now: Date): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const visit = await loadVisit(tx, visitId, true);
    if (!visit || visit.startsAt.toISOString() !== startsAt || !coming.includes(visit.stage) || visit.startsAt <= now) return;
    await tell(ctx, tx, visitId, { purpose: 'reminder', occasion: `${startsAt} ${nr}`, only: ({ staff }) => !staff }, now);
  });
}
