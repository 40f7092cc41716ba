/** What is measured of a person: the unit is part of the kind, so a number never travels alone. Free of zod, for the pages. */

export const vitalKinds = [
  'respirations_per_minute',
  'spo2_percent',
  'oxygen_litres_per_minute', // 0: breathes air
  'systolic_mmhg',
  'diastolic_mmhg',
  'pulse_per_minute',
  'consciousness', // an index into `consciousnessLevels`
  'temperature_celsius',
  'glucose_mmol_per_litre',
  'weight_kg',
  'hb_gram_per_litre',
  'inr',
] as const;
export type VitalKind = (typeof vitalKinds)[number];

/** Taken from the blood: for some a task by delegation. */
export const sampledKinds: readonly VitalKind[] = ['glucose_mmol_per_litre', 'hb_gram_per_litre', 'inr'];

/** ACVPU, and the confusion that somebody always has, which is no C. */
export const consciousnessLevels = ['alert', 'usualConfusion', 'newConfusion', 'voice', 'pain', 'unresponsive'] as const;
export type ConsciousnessLevel = (typeof consciousnessLevels)[number];

type Range = readonly [least: number, most: number];
/** Outside `possible` it is refused; outside `usual` somebody says that it is right. Both ends belong to the range. */
type Plausible = { possible: Range; usual: Range; decimals: 0 | 1 };

export const plausible: Record<VitalKind, Plausible> = {
  respirations_per_minute: { possible: [3, 80], usual: [8, 40], decimals: 0 },
  spo2_percent: { possible: [50, 100], usual: [85, 100], decimals: 0 },
  oxygen_litres_per_minute: { possible: [0, 60], usual: [0, 15], decimals: 1 },
  systolic_mmhg: { possible: [40, 300], usual: [80, 220], decimals: 0 },
  diastolic_mmhg: { possible: [20, 200], usual: [40, 130], decimals: 0 },
  pulse_per_minute: { possible: [20, 300], usual: [40, 150], decimals: 0 },
  consciousness: { possible: [0, consciousnessLevels.length - 1], usual: [0, consciousnessLevels.length - 1], decimals: 0 },
  temperature_celsius: { possible: [25, 45], usual: [34, 41], decimals: 1 },
  glucose_mmol_per_litre: { possible: [0.5, 60], usual: [3, 25], decimals: 1 },
  weight_kg: { possible: [0.3, 350], usual: [35, 200], decimals: 1 },
  hb_gram_per_litre: { possible: [20, 260], usual: [70, 200], decimals: 0 },
  inr: { possible: [0.5, 15], usual: [0.8, 5], decimals: 1 },
};

/** A weight that differs by more than this from one of the last week is asked about, kg. */
export const weightJump_kg = 5;

const within = (value: number, [least, most]: Range): boolean => value >= least && value <= most;
const hasDecimals = (value: number, decimals: number): boolean =>
  Math.abs(value * 10 ** decimals - Math.round(value * 10 ** decimals)) < 1e-6;

export type Doubt = 'impossible' | 'tooExact' | 'unusual';

/** What speaks against a value by itself; null: nothing. */
export function doubtOf(kind: VitalKind, value: number): Doubt | null {
  const { possible, usual, decimals } = plausible[kind];
  if (!Number.isFinite(value) || !within(value, possible)) return 'impossible';
  if (!hasDecimals(value, decimals)) return 'tooExact';
  return within(value, usual) ? null : 'unusual';
}

export type Values = Partial<Record<VitalKind, number>>;

/** The lower pressure is below the upper one. */
export const pressuresFit = ({ systolic_mmhg: upper, diastolic_mmhg: lower }: Values): boolean =>
  upper === undefined || lower === undefined || lower < upper;
