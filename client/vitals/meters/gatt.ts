/**
 * What meters say over Bluetooth, as the GATT specification supplement lays it out, brought to our units. A value that a
 * meter marks as none (NaN, out of range) is none.
 */
import { plausible, type Values, type VitalKind } from '../../../contract/vitals.ts';

/** @property deviceAt - the meter's own clock, ISO 8601 in the zone of this device; null: it has none. */
export type Reading = { values: Values; deviceAt: string | null };

export type Characteristic = keyof typeof parsers;

const mmHgPerKPa = 7.500_62;
const kgPerPound = 0.453_592_37;
const glucose_g_per_mol = 180.156;

/** Nothing that is marked as none, rounded as it is kept. */
function valuesOf(raw: Partial<Record<VitalKind, number | null>>): Values {
  const values: Values = {};
  for (const [kind, value] of Object.entries(raw) as [VitalKind, number | null][])
    if (value !== null && Number.isFinite(value)) values[kind] = Number(value.toFixed(plausible[kind].decimals));
  return values;
}

/** Reads along the bytes. Beyond the end is a meter that breaks off: `RangeError`. */
class Cursor {
  #at = 0;
  readonly #view: DataView;

  constructor(view: DataView) {
    this.#view = view;
  }

  byte(): number {
    return this.#view.getUint8(this.#move(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#move(2), true);
  }

  skip(count: number): void {
    this.#move(count);
  }

  /** IEEE 11073 SFLOAT: 12 bits of mantissa, 4 of exponent. */
  sfloat(): number | null {
    const raw = this.u16();
    const mantissa = raw & 0x0fff;
    if (mantissa >= 0x07fe && mantissa <= 0x0802) return null;
    return scaled(mantissa >= 0x0800 ? mantissa - 0x1000 : mantissa, raw >> 12 >= 8 ? (raw >> 12) - 16 : raw >> 12);
  }

  /** IEEE 11073 FLOAT: 24 bits of mantissa, 8 of exponent. */
  float(): number | null {
    const raw = this.#view.getUint32(this.#move(4), true);
    const mantissa = raw & 0x00ff_ffff;
    if (mantissa >= 0x007f_fffe && mantissa <= 0x0080_0002) return null;
    const exponent = raw >>> 24;
    return scaled(mantissa >= 0x0080_0000 ? mantissa - 0x0100_0000 : mantissa, exponent >= 128 ? exponent - 256 : exponent);
  }

  /** Year, month, day, hours, minutes, seconds; by the meter's clock. Null: the meter does not know. */
  date(): string | null {
    const [year, month, day, hours, minutes, seconds] = [this.u16(), this.byte(), this.byte(), this.byte(), this.byte(), this.byte()];
    if (!year || !month || !day) return null;
    const at = new Date(year, month - 1, day, hours, minutes, seconds);
    return Number.isNaN(at.getTime()) ? null : at.toISOString();
  }

  #move(count: number): number {
    const from = this.#at;
    this.#at += count;
    return from;
  }
}

/** Without the noise of binary fractions. */
const scaled = (mantissa: number, exponent: number): number => (exponent < 0 ? mantissa / 10 ** -exponent : mantissa * 10 ** exponent);

const times = (value: number | null, factor: number): number | null => value && value * factor;

const parsers = {
  heart_rate_measurement: (data: Cursor): Reading => {
    const wide = data.byte() & 1;
    return { values: valuesOf({ pulse_per_minute: wide ? data.u16() : data.byte() }), deviceAt: null };
  },
  blood_pressure_measurement: (data: Cursor): Reading => {
    const flags = data.byte();
    const factor = flags & 1 ? mmHgPerKPa : 1;
    const [systolic, diastolic] = [times(data.sfloat(), factor), times(data.sfloat(), factor)];
    data.skip(2); // the mean
    const deviceAt = flags & 2 ? data.date() : null;
    const pulse = flags & 4 ? data.sfloat() : null;
    return { values: valuesOf({ systolic_mmhg: systolic, diastolic_mmhg: diastolic, pulse_per_minute: pulse }), deviceAt };
  },
  plx_spot_check_measurement: (data: Cursor): Reading => {
    const flags = data.byte();
    const values = valuesOf({ spo2_percent: data.sfloat(), pulse_per_minute: data.sfloat() });
    const clockSet = !(flags & 16);
    return { values, deviceAt: flags & 1 && clockSet ? data.date() : null };
  },
  plx_continuous_measurement: (data: Cursor): Reading => {
    data.skip(1);
    return { values: valuesOf({ spo2_percent: data.sfloat(), pulse_per_minute: data.sfloat() }), deviceAt: null };
  },
  temperature_measurement: (data: Cursor): Reading => {
    const flags = data.byte();
    const value = data.float();
    const celsius = value !== null && flags & 1 ? ((value - 32) * 5) / 9 : value;
    return { values: valuesOf({ temperature_celsius: celsius }), deviceAt: flags & 2 ? data.date() : null };
  },
  weight_measurement: (data: Cursor): Reading => {
    const flags = data.byte();
    const raw = data.u16();
    const kg = raw === 0xffff ? null : flags & 1 ? raw * 0.01 * kgPerPound : raw * 0.005;
    return { values: valuesOf({ weight_kg: kg }), deviceAt: flags & 2 ? data.date() : null };
  },
  glucose_measurement: (data: Cursor): Reading => {
    const flags = data.byte();
    data.skip(2); // its number
    const deviceAt = data.date();
    if (flags & 1) data.skip(2); // minutes off that
    const raw = flags & 2 ? data.sfloat() : null;
    const mmol = flags & 4 ? times(raw, 1_000) : times(raw, 1_000_000 / glucose_g_per_mol); // mol/l, or kg/l
    return { values: valuesOf({ glucose_mmol_per_litre: mmol }), deviceAt };
  },
};

/** @returns null for what breaks off or says nothing. */
export function parse(characteristic: Characteristic, data: DataView): Reading | null {
  try {
    const reading = parsers[characteristic](new Cursor(data));
    return Object.keys(reading.values).length > 0 ? reading : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
