import { existsSync, readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Hindrance } from '../contract/process.ts';
import { KeyRing, type Keys, newKeys } from '../drizzle/KeyRing.ts';

/** Where the keys of an installation lie: `DATA_KEYS` (their text), `DATA_KEYS_FILE`, or a file of our own beside its data. */
export type KeyPlace = { text: string; file: null } | { text: null; file: string };

export function keyPlace(env: NodeJS.ProcessEnv, dataDir: string): KeyPlace {
  if (env.DATA_KEYS) return { text: env.DATA_KEYS, file: null };
  return { text: null, file: env.DATA_KEYS_FILE ?? join(dataDir, 'keys.json') };
}

/** The keys; in our own place they are made at the first start. @throws {Hindrance} for what is no such keys. */
export async function keysAt(place: KeyPlace, own: boolean): Promise<KeyRing> {
  if (place.file !== null && own && !existsSync(place.file)) await writeKeys(place.file, newKeys());
  try {
    return place.file === null ? KeyRing.of(JSON.parse(place.text)) : KeyRing.fromFile(place.file);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'they are not as they should be';
    throw new Hindrance(`${place.file === null ? 'DATA_KEYS' : place.file}: the keys cannot be read (${reason}).`);
  }
}

/** Written beside and then moved there, so that there are always whole keys; readable by their owner alone. */
export async function writeKeys(file: string, keys: Keys): Promise<void> {
  await writeFile(`${file}.new`, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

export const readKeys = (file: string): Keys => JSON.parse(readFileSync(file, 'utf8')) as Keys;
