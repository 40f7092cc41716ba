/** What was measured, picked out and put in words. */
import type { Measured, News2View, ReadingView } from '../../contract/measurements.ts';
import { consciousnessLevels, plausible, type Values, type VitalKind } from '../../contract/vitals.ts';
import { useWords } from '../app/words.ts';

/** Those of NEWS2 first, in the order that they are taken in; then the rest. */
export const measuredFirst = [
  'respirations_per_minute',
  'spo2_percent',
  'oxygen_litres_per_minute',
  'systolic_mmhg',
  'diastolic_mmhg',
  'pulse_per_minute',
  'consciousness',
  'temperature_celsius',
] as const satisfies VitalKind[];
export const measuredBesides = ['glucose_mmol_per_litre', 'weight_kg', 'hb_gram_per_litre', 'inr'] as const satisfies VitalKind[];

/** What holds of what was filed. */
export const standing = ({ readings }: Measured): ReadingView[] => readings.filter(({ corrected, value }) => !corrected && value !== null);

/** The last of each kind. */
export function latest(measured: Measured): Map<VitalKind, ReadingView> {
  return new Map(standing(measured).map((reading) => [reading.kind, reading]));
}

export const valuesOf = (readings: ReadingView[]): Values =>
  Object.fromEntries(readings.flatMap(({ kind, value }) => (value === null ? [] : [[kind, value]])));

const sameRoundMs = 30 * 60_000;

/** What is measured now goes on from what was measured a moment ago in the same visit, or outside any. */
export function runningRound(measured: Measured | null, visitId: string | null, now: number): { id: string; values: Values } | null {
  const last = measured?.readings.at(-1);
  if (!measured || !last || measured.lastVisitId !== visitId) return null;
  const together = measured.readings.filter(({ observationId }) => observationId === last.observationId);
  const began = Math.min(...together.map(({ measuredAt }) => Date.parse(measuredAt)));
  if (now - began > sameRoundMs) return null;
  return { id: last.observationId, values: valuesOf(together.filter(({ corrected }) => !corrected)) };
}

export const scoreOf = ({ news2 }: Measured, observationId: string): News2View | undefined =>
  news2.find((score) => score.observationId === observationId);

/** A value as it is written in the language of whoever reads, without its unit. */
export function useValueWords(): (kind: VitalKind, value: number) => string {
  const { t, language } = useWords();
  return (kind, value) => {
    if (kind === 'consciousness') return t(`consciousness.${consciousnessLevels[value] ?? 'alert'}`);
    if (kind === 'oxygen_litres_per_minute' && value === 0) return t('vitals.air');
    const { decimals } = plausible[kind];
    return new Intl.NumberFormat(language, { maximumFractionDigits: decimals }).format(value);
  };
}

/** The same with its unit. */
export function useValueWithUnit(): (kind: VitalKind, value: number) => string {
  const { t } = useWords();
  const words = useValueWords();
  return (kind, value) => {
    const unit = t(`vitals.unit.${kind}`, { defaultValue: '' });
    const bare = kind === 'consciousness' || (kind === 'oxygen_litres_per_minute' && value === 0) || unit === '';
    return bare ? words(kind, value) : `${words(kind, value)} ${unit}`;
  };
}
