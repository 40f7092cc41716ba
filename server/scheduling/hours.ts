import { Refusal } from '../../contract/refusal.ts';
import type { WeekHours } from '../../contract/scheduling.ts';

/** As the week goes; PostgreSQL's times without their seconds. */
export const hoursOf = (rows: { weekday: number; opens: string; closes: string }[]): WeekHours[] =>
  rows
    .map(({ weekday, opens, closes }) => ({ weekday, opens: opens.slice(0, 5), closes: closes.slice(0, 5) }))
    .toSorted((a, b) => a.weekday - b.weekday || (a.opens < b.opens ? -1 : 1));

/** @throws {Refusal} `invalid`, naming `hours`. */
export function requireNoOverlap(hours: WeekHours[]): void {
  const sorted = hoursOf(hours);
  const overlaps = sorted.some((row, index) => {
    const next = sorted[index + 1];
    return next !== undefined && next.weekday === row.weekday && next.opens < row.closes;
  });
  if (overlaps) throw new Refusal('invalid', 'hours: two rows of a day overlap', 'hours');
}
