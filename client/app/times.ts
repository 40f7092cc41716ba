/** Times of day. Care runs on Swedish time; whoever is elsewhere sees both clocks. */
const careZone = 'Europe/Stockholm';

const clock = (date: Date, language: string, timeZone?: string): string =>
  new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...(timeZone ? { timeZone } : {}) }).format(
    date,
  );

/** `here` is null for a viewer whose clock shows Swedish time. */
export function bothClocks(iso: string, language: string): { care: string; here: string | null } {
  const date = new Date(iso);
  const care = clock(date, language, careZone);
  const here = clock(date, language);
  return { care, here: here === care ? null : here };
}

/** "lördag 21 november", in Swedish time. */
export const dayOf = (iso: string, language: string): string =>
  new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: careZone }).format(
    new Date(iso),
  );

/** A date without a time of day, YYYY-MM-DD. */
export const dateOf = (date: string, language: string): string =>
  new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(date));

/** Today in Sweden, YYYY-MM-DD; Swedish dates are written so. */
export const careToday = (now = new Date()): string => new Intl.DateTimeFormat('sv', { timeZone: careZone }).format(now);

/** The day so many days from a date, YYYY-MM-DD. */
export const dayAfter = (date: string, days: number): string => {
  const moved = new Date(`${date}T12:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
};

export const minutesSince = (iso: string, now: number): number => Math.floor((now - Date.parse(iso)) / 60_000);
