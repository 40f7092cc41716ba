import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Characteristic, parse } from './gatt.ts';

const said = (characteristic: Characteristic, ...bytes: number[]) => parse(characteristic, new DataView(Uint8Array.from(bytes).buffer));
const u16 = (value: number): [number, number] => [value & 0xff, (value >> 8) & 0xff];
/** IEEE 11073: value = mantissa × 10^exponent. */
const sfloat = (mantissa: number, exponent = 0): [number, number] => u16(((exponent & 0xf) << 12) | (mantissa & 0xfff));
const float = (mantissa: number, exponent = 0): number[] => [...u16(mantissa & 0xffff), (mantissa >> 16) & 0xff, exponent & 0xff];
const date = [...u16(2026), 11, 23, 9, 15, 30];
const at = new Date(2026, 10, 23, 9, 15, 30).toISOString();

test('each meter in its own units, brought to ours', () => {
  assert.deepEqual(said('heart_rate_measurement', 0, 72), { values: { pulse_per_minute: 72 }, deviceAt: null });
  assert.deepEqual(said('heart_rate_measurement', 1, ...u16(280))?.values, { pulse_per_minute: 280 });
  const pressure = [...sfloat(128), ...sfloat(76), ...sfloat(93)];
  assert.deepEqual(said('blood_pressure_measurement', 0b110, ...pressure, ...date, ...sfloat(64)), {
    values: { systolic_mmhg: 128, diastolic_mmhg: 76, pulse_per_minute: 64 },
    deviceAt: at,
  });
  const kPa = [...sfloat(171, -1), ...sfloat(101, -1), ...sfloat(124, -1)];
  assert.deepEqual(said('blood_pressure_measurement', 1, ...kPa)?.values, { systolic_mmhg: 128, diastolic_mmhg: 76 });
  assert.deepEqual(said('plx_spot_check_measurement', 1, ...sfloat(97), ...sfloat(66), ...date), {
    values: { spo2_percent: 97, pulse_per_minute: 66 },
    deviceAt: at,
  });
  assert.equal(
    said('plx_spot_check_measurement', 0b10001, ...sfloat(97), ...sfloat(66), ...date)?.deviceAt,
    null,
    'a clock that was never set',
  );
  assert.deepEqual(said('plx_continuous_measurement', 0, ...sfloat(93), ...sfloat(101))?.values, {
    spo2_percent: 93,
    pulse_per_minute: 101,
  });
  assert.deepEqual(said('temperature_measurement', 0, ...float(384, -1))?.values, { temperature_celsius: 38.4 });
  assert.deepEqual(said('temperature_measurement', 1, ...float(1011, -1))?.values, { temperature_celsius: 38.4 }, '101.1 °F');
  assert.deepEqual(said('weight_measurement', 0, ...u16(12_300))?.values, { weight_kg: 61.5 });
  assert.deepEqual(said('weight_measurement', 1, ...u16(13_558))?.values, { weight_kg: 61.5 }, '135.58 lb');
  assert.deepEqual(
    said('glucose_measurement', 0b10, ...u16(7), ...date, ...sfloat(100, -5), 0x11),
    {
      values: { glucose_mmol_per_litre: 5.6 },
      deviceAt: at,
    },
    '100 mg/dl',
  );
  assert.deepEqual(said('glucose_measurement', 0b111, ...u16(7), ...date, ...u16(5), ...sfloat(62, -4), 0x11)?.values, {
    glucose_mmol_per_litre: 6.2,
  });
});

test('what a meter marks as none, or breaks off, is no reading', () => {
  assert.equal(said('plx_spot_check_measurement', 0, ...u16(0x07ff), ...u16(0x07ff)), null, 'not a number');
  assert.deepEqual(
    said('plx_spot_check_measurement', 0, ...sfloat(97), ...u16(0x0800))?.values,
    { spo2_percent: 97 },
    'not at this resolution',
  );
  assert.equal(said('temperature_measurement', 0, 0xff, 0xff, 0x7f, 0), null);
  assert.equal(said('weight_measurement', 0, 0xff, 0xff), null, 'unsuccessful');
  assert.equal(said('blood_pressure_measurement', 0, 1, 2, 3), null);
  assert.equal(said('glucose_measurement', 0, ...u16(1), ...date), null, 'a record without a value');
});

test('whatever bytes come, nothing is thrown and no value is other than a number', () => {
  const kinds: Characteristic[] = [
    'heart_rate_measurement',
    'blood_pressure_measurement',
    'plx_spot_check_measurement',
    'plx_continuous_measurement',
    'temperature_measurement',
    'weight_measurement',
    'glucose_measurement',
  ];
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.uint8Array({ maxLength: 24 }), (kind, bytes) => {
      for (const value of Object.values(parse(kind, new DataView(bytes.slice().buffer))?.values ?? {})) assert.ok(Number.isFinite(value));
    }),
  );
});
