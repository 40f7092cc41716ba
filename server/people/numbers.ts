import { createRequire } from 'node:module';
import type * as library from 'personnummer';
import type { PatientListed } from '../../contract/patients.ts';
import { Refusal } from '../../contract/refusal.ts';
import { numberIndex } from '../../drizzle/encrypted.ts';

/** Its types say that the class is the module's default; it is the module itself. */
const personnummer: typeof library.default.default = createRequire(import.meta.url)('personnummer');

export type Identity = Pick<PatientListed, 'number' | 'numberKind' | 'birthDate'>;
type Given = { number: string; reserve: boolean; birthDate: string | null };

const reserveForm = /^[0-9A-Z][0-9A-Z-]{3,19}$/;

/**
 * Reads a number as it was written. Personal and coordination numbers (1991:481 18 §) come out with twelve digits; the
 * birth date is theirs. A reserve number is the care provider's own and says nothing of the birth date.
 *
 * @throws {Refusal} `invalid`, naming `number` or `birthDate`.
 */
export function identityOf({ number, reserve, birthDate }: Given, now: Date): Identity {
  const today = now.toISOString().slice(0, 10);
  if (!reserve) {
    const read = readNumber(number);
    if (!read || read.birthDate > today) throw new Refusal('invalid', 'number: is no personal or coordination number', 'number');
    return read;
  }
  const plain = number.toUpperCase().replace(/\s/g, '');
  if (!reserveForm.test(plain)) throw new Refusal('invalid', 'number: wants 4 to 20 letters, digits and hyphens', 'number');
  if (!birthDate || birthDate > today || birthDate < '1880')
    throw new Refusal('invalid', 'birthDate: is missing or impossible', 'birthDate');
  return { number: plain, numberKind: 'reserve', birthDate };
}

export const indexOf = ({ number, numberKind }: Pick<Identity, 'number' | 'numberKind'>): string => numberIndex(numberKind, number);

/** An identity as it lies in the database. */
export const stored = (identity: Identity): Identity & { numberIndex: string } => ({ ...identity, numberIndex: indexOf(identity) });

/** Null for what is no valid personal or coordination number. */
export function readNumber(text: string): Identity | null {
  const parsed = parse(text.replace(/\s/g, ''));
  if (!parsed) return null;
  const number = parsed.format(true);
  const coordination = parsed.isCoordinationNumber();
  const day = Number(number.slice(6, 8)) - (coordination ? 60 : 0);
  const birthDate = `${number.slice(0, 4)}-${number.slice(4, 6)}-${String(day).padStart(2, '0')}`;
  return { number, numberKind: coordination ? 'coordination' : 'personal', birthDate };
}

function parse(text: string) {
  // The library takes any separator; only what people write passes here.
  if (!/^(\d{6}|\d{8})[-+]?\d{4}$/.test(text) || text.slice(-4, -1) === '000') return null;
  try {
    return personnummer.parse(text);
  } catch {
    return null;
  }
}

/** As people write it: 19640823-3234; a reserve number as it is. */
export const written = ({ number, numberKind }: Pick<Identity, 'number' | 'numberKind'>): string =>
  numberKind === 'reserve' ? number : `${number.slice(0, 8)}-${number.slice(8)}`;
