/** Times as a device gives them, by our clock: how far it is off is known from when it says that it sends. */
import { Refusal } from '../../contract/refusal.ts';

const minute = 60_000;
/** A clock that is off by more is set right. */
const skewAllowedMs = 2 * minute;
const aheadAllowedMs = 5 * minute;
/** What waited longer for a line is nothing of now. */
const oldestMs = 31 * 24 * 60 * minute;

/** @throws {Refusal} `invalid`, naming `field`, for what has not come yet, and for what is more than a month ago. */
export function byOurClock(given: string, sentAt: string, field: string, now: Date): Date {
  const skewMs = now.getTime() - Date.parse(sentAt);
  const at = new Date(Date.parse(given) + (Math.abs(skewMs) > skewAllowedMs ? skewMs : 0));
  if (at.getTime() > now.getTime() + aheadAllowedMs) throw new Refusal('invalid', `${field}: has not come yet`, field);
  if (at.getTime() < now.getTime() - oldestMs) throw new Refusal('invalid', `${field}: is more than a month ago`, field);
  return at;
}
