/** References and codes of invitations. */
import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';

/** Without those that are mistaken for one another: 0 and O, 1 and I. */
export const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

const randomText = (length: number): string => Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');

/** Two characters that a unit's invitations begin with. */
export const newMark = (): string => randomText(2);

export const newReference = (mark: string): string => mark + randomText(6);

export const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0');

/**
 * Keyed, not slow: a million codes are tried in no time however slow the hash is, so what protects them in a stolen
 * database is the key, which is not in it.
 */
export const hashCode = (secret: string, reference: string, code: string): string =>
  createHmac('sha256', secret).update(`guest code ${reference} ${code}`).digest('base64url');

export function codeMatches(secret: string, reference: string, code: string, stored: string): boolean {
  const [given, expected] = [Buffer.from(hashCode(secret, reference, code)), Buffer.from(stored)];
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** A password to be handed over once: four groups that can be read aloud. */
export const newPassword = (): string =>
  Array.from({ length: 4 }, () => randomText(4))
    .join('-')
    .toLowerCase();
