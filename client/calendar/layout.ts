/** Where things stand on a day that is drawn by the hour. */
import type { CalendarEntry, UnitCalendar } from '../../contract/calendar.ts';
import { fieldsOf } from '../booking/careTime.ts';

export const minutesAStep = 15;

/** Minutes from midnight, as the Swedish clock goes. */
export const minuteOf = (iso: string): number => minutesIn(fieldsOf(iso).time);
const minutesIn = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
export const timeAt = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

type Span = { from: number; until: number };

/** Each beside those that it overlaps: which lane of how many. */
export function lanesOf(spans: readonly Span[]): { lane: number; lanes: number }[] {
  const placed = spans.map(() => ({ lane: 0, lanes: 1 }));
  const order = spans.map((_, index) => index).toSorted((a, b) => (spans[a]?.from ?? 0) - (spans[b]?.from ?? 0) || a - b);
  let group: number[] = [];
  let end = -1;
  const close = (): void => {
    const lanes = Math.max(...group.map((index) => (placed[index]?.lane ?? 0) + 1));
    for (const index of group) placed[index] = { lane: placed[index]?.lane ?? 0, lanes };
  };
  for (const index of order) {
    const { from, until } = spans[index] ?? { from: 0, until: 0 };
    if (from >= end && group.length > 0) {
      close();
      group = [];
    }
    const taken = group.filter((other) => (spans[other]?.until ?? 0) > from).map((other) => placed[other]?.lane);
    let lane = 0;
    while (taken.includes(lane)) lane++;
    placed[index] = { lane, lanes: 1 };
    group.push(index);
    end = Math.max(end, until);
  }
  if (group.length > 0) close();
  return placed;
}

/** The hours to draw: a working day, and whatever lies outside it. */
export function hoursOf(entries: readonly CalendarEntry[]): { first: number; last: number } {
  const starts = entries.map(({ startsAt }) => minuteOf(startsAt));
  const ends = entries.map(({ startsAt, minutes }) => Math.min(minuteOf(startsAt) + minutes, 24 * 60));
  return { first: Math.min(7, ...starts.map((at) => Math.floor(at / 60))), last: Math.max(18, ...ends.map((at) => Math.ceil(at / 60))) };
}

export type Column = { key: string; title: string; day: string; entries: CalendarEntry[]; busy: Span[] };

/** What of it falls on a Swedish day, in minutes of it. */
const onDay = (from: string, until: string, day: string): Span | null => {
  const [begins, ends] = [fieldsOf(from), fieldsOf(until)];
  if (begins.date > day || ends.date < day) return null;
  return { from: begins.date < day ? 0 : minutesIn(begins.time), until: ends.date > day ? 24 * 60 : minutesIn(ends.time) };
};

export const busyOn = (busy: UnitCalendar['busy'], userId: string, day: string): Span[] =>
  busy.filter((one) => one.userId === userId).flatMap(({ from, until }) => onDay(from, until, day) ?? []);

/** A column for each of the staff, or each thing, that has something on a day; what has nobody, or nothing, comes last. */
export function columnsBy(
  by: 'staff' | 'resources',
  calendar: UnitCalendar,
  day: string,
  names: { nameOf: (one: CalendarEntry['staff'][number]) => string; rest: string },
): Column[] {
  const columns = new Map<string, Column>();
  const rest: Column = { key: 'rest', title: names.rest, day, entries: [], busy: [] };
  for (const entry of calendar.entries.filter(({ startsAt }) => fieldsOf(startsAt).date === day)) {
    const whose =
      by === 'staff'
        ? entry.staff.map((one) => ({ key: one.userId, title: names.nameOf(one) }))
        : entry.resources.map(({ id, name }) => ({ key: id, title: name }));
    if (whose.length === 0) rest.entries.push(entry);
    for (const { key, title } of whose) {
      const busy = by === 'staff' ? busyOn(calendar.busy, key, day) : [];
      const column = columns.get(key) ?? { key, title, day, entries: [], busy };
      column.entries.push(entry);
      columns.set(key, column);
    }
  }
  const sorted = [...columns.values()].toSorted((a, b) => a.title.localeCompare(b.title, 'sv'));
  return rest.entries.length > 0 ? [...sorted, rest] : sorted;
}

/** The six weeks around a month, from a Monday on. */
export function monthFrom(day: string): string {
  const first = new Date(`${day.slice(0, 7)}-01T12:00:00Z`);
  first.setUTCDate(first.getUTCDate() - ((first.getUTCDay() + 6) % 7));
  return first.toISOString().slice(0, 10);
}

export function mondayOf(day: string): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}
