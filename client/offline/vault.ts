/**
 * What lies on this device while the line is away: encrypted with a key that leaves this browser for nobody, and gone with
 * it. Where a browser keeps nothing (or the page is not secure) everything here resolves to nothing.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

export type Sealed = { iv: Uint8Array<ArrayBuffer>; body: ArrayBuffer };
export type EntryRow = { id: string; userId: string; nr: number; sealed: Sealed; picture: Sealed | null };

type Schema = DBSchema & {
  keys: { key: string; value: CryptoKey };
  kept: { key: string; value: { userId: string; at: number; sealed: Sealed } };
  entries: { key: string; value: EntryRow };
};

let opened: Promise<IDBPDatabase<Schema>> | null = null;

/** @throws where this browser has no such thing. */
export function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>('samrum', 1, {
    upgrade: (db) => {
      db.createObjectStore('keys');
      db.createObjectStore('kept');
      db.createObjectStore('entries', { keyPath: 'id' });
    },
  });
  opened.catch(() => {
    opened = null;
  });
  return opened;
}

/** One key a person, made when it is first needed. */
async function keyOf(userId: string): Promise<CryptoKey> {
  const db = await database();
  const present = await db.get('keys', userId);
  if (present) return present;
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const tx = db.transaction('keys', 'readwrite');
  const meanwhile = await tx.store.get(userId); // another page of this browser may have been quicker
  if (!meanwhile) await tx.store.put(made, userId);
  await tx.done;
  return meanwhile ?? made;
}

export async function seal(userId: string, plain: Uint8Array<ArrayBuffer>): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, body: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await keyOf(userId), plain) };
}

export async function unseal(userId: string, { iv, body }: Sealed): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, await keyOf(userId), body));
}

export const sealJson = (userId: string, value: unknown): Promise<Sealed> => seal(userId, new TextEncoder().encode(JSON.stringify(value)));
export const unsealJson = async (userId: string, sealed: Sealed): Promise<unknown> =>
  JSON.parse(new TextDecoder().decode(await unseal(userId, sealed)));

/** Everything of this person is gone from this device: first the key, without which the rest is noise. */
export async function wipe(userId: string): Promise<void> {
  const db = await database();
  const tx = db.transaction(['keys', 'kept', 'entries'], 'readwrite');
  await tx.objectStore('keys').delete(userId);
  for (const name of ['kept', 'entries'] as const) {
    for (let cursor = await tx.objectStore(name).openCursor(); cursor; cursor = await cursor.continue())
      if (cursor.value.userId === userId) await cursor.delete();
  }
  await tx.done;
}
