import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type News2Parameter, news2, news2Parameters, type Points, type SpO2Scale, whyNoNews2 } from './news2.ts';
import { consciousnessLevels, plausible, type Values, type VitalKind } from './vitals.ts';

/** Royal College of Physicians, NEWS2 chart 1: each row as it is printed, from the first value of a column to its last. */
type Column = [from: number, to: number, points: Points];
const chart: Record<
  'respirations' | 'spo2Scale1' | 'systolic' | 'pulse' | 'temperature',
  { kind: VitalKind; step: number; columns: Column[] }
> = {
  respirations: {
    kind: 'respirations_per_minute',
    step: 1,
    columns: [
      [3, 8, 3],
      [9, 11, 1],
      [12, 20, 0],
      [21, 24, 2],
      [25, 80, 3],
    ],
  },
  spo2Scale1: {
    kind: 'spo2_percent',
    step: 1,
    columns: [
      [50, 91, 3],
      [92, 93, 2],
      [94, 95, 1],
      [96, 100, 0],
    ],
  },
  systolic: {
    kind: 'systolic_mmhg',
    step: 1,
    columns: [
      [40, 90, 3],
      [91, 100, 2],
      [101, 110, 1],
      [111, 219, 0],
      [220, 300, 3],
    ],
  },
  pulse: {
    kind: 'pulse_per_minute',
    step: 1,
    columns: [
      [20, 40, 3],
      [41, 50, 1],
      [51, 90, 0],
      [91, 110, 1],
      [111, 130, 2],
      [131, 300, 3],
    ],
  },
  temperature: {
    kind: 'temperature_celsius',
    step: 0.1,
    columns: [
      [25, 35, 3],
      [35.1, 36, 1],
      [36.1, 38, 0],
      [38.1, 39, 1],
      [39.1, 45, 2],
    ],
  },
};
const scale2: { oxygen: number; columns: Column[] }[] = [
  {
    oxygen: 0,
    columns: [
      [50, 83, 3],
      [84, 85, 2],
      [86, 87, 1],
      [88, 92, 0],
      [93, 100, 0],
    ],
  },
  {
    oxygen: 2,
    columns: [
      [50, 83, 3],
      [84, 85, 2],
      [86, 87, 1],
      [88, 92, 0],
      [93, 94, 1],
      [95, 96, 2],
      [97, 100, 3],
    ],
  },
];

/** Every value that can be measured between two, both among them. */
const every = ([from, to]: Column, step: number): number[] =>
  Array.from({ length: Math.round((to - from) / step) + 1 }, (_, index) => Math.round((from + index * step) * 10) / 10);

const nothing: Values = {};
const well: Values = {
  respirations_per_minute: 16,
  spo2_percent: 97,
  oxygen_litres_per_minute: 0,
  systolic_mmhg: 120,
  pulse_per_minute: 70,
  consciousness: consciousnessLevels.indexOf('alert'),
  temperature_celsius: 37,
};

for (const [name, { kind, step, columns }] of Object.entries(chart))
  test(`${name}: every value of the chart, from the least that can be to the most`, () => {
    const parameter = name.replace('Scale1', '') as News2Parameter;
    const { possible } = plausible[kind];
    assert.deepEqual([columns[0]?.[0], columns.at(-1)?.[1]], possible, 'the chart is whole');
    for (const column of columns)
      for (const value of every(column, step)) {
        const { points, missing } = news2({ ...nothing, [kind]: value }, 1);
        assert.equal(points[parameter], column[2], `${value}`);
        assert.ok(!missing.includes(parameter));
      }
  });

test('saturation by scale 2: every value, on air and with oxygen; unknown oxygen leaves open what hangs on it', () => {
  for (const { oxygen, columns } of scale2)
    for (const column of columns)
      for (const spo2_percent of every(column, 1))
        assert.equal(news2({ spo2_percent, oxygen_litres_per_minute: oxygen }, 2).points.spo2, column[2], `${spo2_percent} with ${oxygen}`);
  assert.equal(news2({ spo2_percent: 92 }, 2).points.spo2, 0);
  const open = news2({ spo2_percent: 93 }, 2);
  assert.equal(open.points.spo2, undefined);
  assert.ok(open.missing.includes('spo2') && open.missing.includes('oxygen'));
});

test('oxygen and consciousness: air is 0, any flow 2; whoever is not clear has 3, but for the confusion they always have', () => {
  assert.deepEqual(
    [0, 0.5, 60].map((flow) => news2({ oxygen_litres_per_minute: flow }, 1).points.oxygen),
    [0, 2, 2],
  );
  const points = consciousnessLevels.map((_, consciousness) => news2({ consciousness }, 1).points.consciousness);
  assert.deepEqual(points, [0, 0, 3, 3, 3, 3]);
});

test('the sum, and what it means: 0–4 low, any single 3 low–medium, 5–6 medium, 7 and more high', () => {
  const of = (values: Values, scale: SpO2Scale = 1): [number, string] => {
    const { score, risk } = news2({ ...well, ...values }, scale);
    return [score, risk];
  };
  assert.deepEqual(of({}), [0, 'low']);
  assert.deepEqual(of({ pulse_per_minute: 111, temperature_celsius: 39.1 }), [4, 'low']);
  assert.deepEqual(of({ consciousness: consciousnessLevels.indexOf('newConfusion') }), [3, 'lowMedium']);
  assert.deepEqual(of({ systolic_mmhg: 90, pulse_per_minute: 91 }), [4, 'lowMedium']);
  assert.deepEqual(of({ systolic_mmhg: 90, pulse_per_minute: 111 }), [5, 'medium']);
  assert.deepEqual(of({ pulse_per_minute: 111, temperature_celsius: 39.1, respirations_per_minute: 21 }), [6, 'medium']);
  assert.deepEqual(of({ pulse_per_minute: 131, temperature_celsius: 39.1, respirations_per_minute: 21 }), [7, 'high']);
  assert.deepEqual(of({ spo2_percent: 97, oxygen_litres_per_minute: 2 }, 2), [5, 'medium']);
  const worst = { respirations_per_minute: 30, spo2_percent: 80, oxygen_litres_per_minute: 5, systolic_mmhg: 80, pulse_per_minute: 140 };
  assert.deepEqual(of({ ...worst, consciousness: consciousnessLevels.indexOf('unresponsive'), temperature_celsius: 34 }), [20, 'high']);
});

const kinds: Record<News2Parameter, VitalKind> = {
  respirations: 'respirations_per_minute',
  spo2: 'spo2_percent',
  oxygen: 'oxygen_litres_per_minute',
  systolic: 'systolic_mmhg',
  pulse: 'pulse_per_minute',
  consciousness: 'consciousness',
  temperature: 'temperature_celsius',
};

test('whatever is left out is named as missing, and counts for nothing: never 0 for what was not measured', () => {
  const measured = fc.record(
    Object.fromEntries(
      Object.values(kinds).map((kind) => {
        const [min, max] = plausible[kind].possible;
        return [kind, fc.integer({ min: Math.ceil(min), max: Math.floor(max) })];
      }),
    ) as Record<VitalKind, fc.Arbitrary<number>>,
  );
  fc.assert(
    fc.property(measured, fc.subarray([...news2Parameters]), fc.constantFrom<SpO2Scale>(1, 2), (values, left, scale) => {
      const whole = news2(values, scale);
      assert.deepEqual(whole.missing, []);
      const rest: Values = { ...values };
      for (const parameter of left) delete rest[kinds[parameter]];
      const { points, missing, score } = news2(rest, scale);
      for (const parameter of left) assert.ok(missing.includes(parameter) && points[parameter] === undefined);
      const alsoOpen = scale === 2 && left.includes('oxygen') && !left.includes('spo2') && (values.spo2_percent ?? 0) >= 93;
      assert.deepEqual(new Set(missing), new Set([...left, ...(alsoOpen ? (['spo2'] as const) : [])]));
      assert.equal(
        score,
        Object.values(points).reduce<number>((sum, one) => sum + one, 0),
      );
      assert.ok(score <= whole.score);
    }),
  );
});

test('not under 16, not in pregnancy, not before it is decided', () => {
  const adult = { birthDate: '1940-05-05', pregnant: null };
  assert.equal(whyNoNews2(adult, true, '2026-11-22'), null);
  assert.equal(whyNoNews2(adult, false, '2026-11-22'), 'undecided');
  assert.equal(whyNoNews2({ ...adult, pregnant: true }, true, '2026-11-22'), 'pregnancy');
  const young = { birthDate: '2010-11-22', pregnant: false };
  assert.equal(whyNoNews2(young, true, '2026-11-21'), 'age');
  assert.equal(whyNoNews2(young, true, '2026-11-22'), null);
});
