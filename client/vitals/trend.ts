/** Readings as a plot has them. */
import type { ReadingView } from '../../contract/measurements.ts';
import type { VitalKind } from '../../contract/vitals.ts';

/** Days back from the last reading; null: all there is. */
export const periods = { day: 1, week: 7, month: 30, all: null } as const;
export type Period = keyof typeof periods;

type Band = [least: number, most: number];

/** What NEWS2 gives no points for (see `contract/news2.ts`). */
const bands: Partial<Record<VitalKind, Band>> = {
  respirations_per_minute: [12, 20],
  spo2_percent: [96, 100],
  systolic_mmhg: [111, 219],
  pulse_per_minute: [51, 90],
  temperature_celsius: [36.1, 38],
};
const spo2Scale2Band: Band = [88, 92];

export const bandOf = (kind: VitalKind, scale2: boolean): Band | null =>
  kind === 'spo2_percent' && scale2 ? spo2Scale2Band : (bands[kind] ?? null);

type Line = (number | null)[];

/** Seconds since 1970 in order, and for each line what was measured then. The two blood pressures are drawn together. */
export function seriesOf(readings: ReadingView[], kind: VitalKind): { labels: VitalKind[]; data: [number[], ...Line[]] } {
  const labels: VitalKind[] = kind === 'systolic_mmhg' || kind === 'diastolic_mmhg' ? ['systolic_mmhg', 'diastolic_mmhg'] : [kind];
  const drawn = readings.filter((reading) => labels.includes(reading.kind));
  const times = [...new Set(drawn.map(({ measuredAt }) => Date.parse(measuredAt) / 1_000))].toSorted((a, b) => a - b);
  const place = new Map(times.map((time, index) => [time, index]));
  const lines = labels.map((): Line => times.map(() => null));
  for (const reading of drawn) {
    const line = lines[labels.indexOf(reading.kind)];
    const index = place.get(Date.parse(reading.measuredAt) / 1_000);
    if (line && index !== undefined) line[index] = reading.value;
  }
  return { labels, data: [times, ...lines] };
}
