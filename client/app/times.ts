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

export const minutesSince = (iso: string, now: number): number => Math.floor((now - Date.parse(iso)) / 60_000);
