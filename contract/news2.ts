/**
 * NEWS2, National Early Warning Score 2 (Royal College of Physicians, 2017): its table and its thresholds. It supports a
 * decision; it makes none. Free of zod, so that the bedside has it without a line.
 */
import { consciousnessLevels, type Values } from './vitals.ts';

export const news2Parameters = ['respirations', 'spo2', 'oxygen', 'systolic', 'pulse', 'consciousness', 'temperature'] as const;
export type News2Parameter = (typeof news2Parameters)[number];
export type Points = 0 | 1 | 2 | 3;

/** 0–4 low; a single 3 low–medium; 5–6 medium; 7 and more high. */
export type News2Risk = 'low' | 'lowMedium' | 'medium' | 'high';

export type News2 = {
  points: Partial<Record<News2Parameter, Points>>;
  /** What was not measured. While anything is, the score is incomplete: at least `score`, never 0 for what is missing. */
  missing: News2Parameter[];
  score: number;
  risk: News2Risk;
};

/** For which saturation it is counted; 2 by a doctor's order alone. */
export type SpO2Scale = 1 | 2;

/** Steps of a table: the points up to and with each bound; beyond the last bound, the last points. */
function step(value: number, steps: readonly (readonly [upTo: number, points: Points])[], beyond: Points): Points {
  return steps.find(([upTo]) => value <= upTo)?.[1] ?? beyond;
}

export function news2(values: Values, scale: SpO2Scale): News2 {
  const found: Record<News2Parameter, Points | undefined> = {
    respirations: of(values.respirations_per_minute, (value) =>
      step(
        value,
        [
          [8, 3],
          [11, 1],
          [20, 0],
          [24, 2],
        ],
        3,
      ),
    ),
    spo2: saturation(values, scale),
    oxygen: of(values.oxygen_litres_per_minute, (value) => (value > 0 ? 2 : 0)),
    systolic: of(values.systolic_mmhg, (value) =>
      step(
        value,
        [
          [90, 3],
          [100, 2],
          [110, 1],
          [219, 0],
        ],
        3,
      ),
    ),
    pulse: of(values.pulse_per_minute, (value) =>
      step(
        value,
        [
          [40, 3],
          [50, 1],
          [90, 0],
          [110, 1],
          [130, 2],
        ],
        3,
      ),
    ),
    consciousness: of(values.consciousness, (value) => (clear.has(consciousnessLevels[value] ?? 'unresponsive') ? 0 : 3)),
    temperature: of(values.temperature_celsius, (value) =>
      step(
        value,
        [
          [35, 3],
          [36, 1],
          [38, 0],
          [39, 1],
        ],
        2,
      ),
    ),
  };
  const points = Object.fromEntries(Object.entries(found).filter(([, one]) => one !== undefined)) as News2['points'];
  const given = Object.values(points);
  const score = given.reduce<number>((sum, one) => sum + one, 0);
  return { points, missing: news2Parameters.filter((parameter) => points[parameter] === undefined), score, risk: riskOf(score, given) };
}

const clear = new Set<string>(['alert', 'usualConfusion']);
const of = (value: number | undefined, points: (value: number) => Points): Points | undefined =>
  value === undefined ? undefined : points(value);

/** On scale 2 what is 93 % or more counts differently with oxygen and without: unknown oxygen leaves it open. */
function saturation({ spo2_percent: value, oxygen_litres_per_minute: oxygen }: Values, scale: SpO2Scale): Points | undefined {
  if (value === undefined) return undefined;
  if (scale === 1)
    return step(
      value,
      [
        [91, 3],
        [93, 2],
        [95, 1],
      ],
      0,
    );
  if (value <= 92)
    return step(
      value,
      [
        [83, 3],
        [85, 2],
        [87, 1],
      ],
      0,
    );
  if (oxygen === undefined) return undefined;
  return oxygen === 0
    ? 0
    : step(
        value,
        [
          [94, 1],
          [96, 2],
        ],
        3,
      );
}

function riskOf(score: number, points: Points[]): News2Risk {
  if (score >= 7) return 'high';
  if (score >= 5) return 'medium';
  return points.includes(3) ? 'lowMedium' : 'low';
}

const youngest = 16;

export type News2Off = 'undecided' | 'age' | 'pregnancy';

/** Why it is not counted for somebody; null: it is. `undecided`: the care provider has not recorded its medical-device decision. */
export function whyNoNews2(person: { birthDate: string; pregnant: boolean | null }, decided: boolean, today: string): News2Off | null {
  if (!decided) return 'undecided';
  const sixteenth = `${Number(person.birthDate.slice(0, 4)) + youngest}${person.birthDate.slice(4)}`;
  if (today < sixteenth) return 'age';
  return person.pregnant ? 'pregnancy' : null;
}
