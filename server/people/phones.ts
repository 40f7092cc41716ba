import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { Refusal } from '../../contract/refusal.ts';

/** E.164; a number without a country is Swedish. @throws {Refusal} `invalid`, naming the field. */
export function phoneOf(text: string, field: string): string {
  const parsed = parsePhoneNumberFromString(text, 'SE');
  if (!parsed?.isValid()) throw new Refusal('invalid', `${field}: is no telephone number`, field);
  return parsed.number;
}

export const phoneOrNull = (text: string | null, field: string): string | null => (text === null ? null : phoneOf(text, field));
