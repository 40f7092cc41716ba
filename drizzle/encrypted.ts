import { customType } from 'drizzle-orm/pg-core';
import type { KeyRing } from './KeyRing.ts';

let ring: KeyRing | null = null;

/** The keys of this process. Columns are made once for all databases, so their keys are too. */
export function useKeys(keys: KeyRing): void {
  ring = keys;
}

/** @throws where no keys have been given. */
export function keys(): KeyRing {
  if (!ring) throw new Error('no keys have been given: call useKeys first');
  return ring;
}

/**
 * Text that lies encrypted in the database. It cannot be searched or compared there.
 *
 * @param context - table and column: what is encrypted for one cannot be read from another.
 */
export const encryptedText = (context: string) =>
  customType<{ data: string; driverData: string }>({
    dataType: () => 'text',
    toDriver: (text) => (text === '' ? '' : keys().encrypt(text, context)), // the schema's tools know no keys
    fromDriver: (stored) => keys().decrypt(stored, context),
  })();

/** Bytes that lie encrypted in the database. */
export const encryptedBytes = (context: string) =>
  customType<{ data: Uint8Array<ArrayBuffer>; driverData: Buffer }>({
    dataType: () => 'bytea',
    toDriver: (bytes) => keys().encryptBytes(bytes, context),
    fromDriver: (stored) => new Uint8Array(keys().decryptBytes(stored, context)),
  })();

/** A patient's number is encrypted, so it is found by a keyed hash of what it is. */
export const numberIndex = (kind: string, number: string, ring: KeyRing = keys()): string => ring.index(`${kind} ${number}`);
