/**
 * `npm run rotate-keys`: a new key, and everything under it. Servers go on meanwhile: they read the new keys within seconds.
 * Can be stopped and run again at any time. `-- --forget` then drops old keys under which nothing lies any more.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { inArray } from 'drizzle-orm';
import { begin, Hindrance } from '../contract/process.ts';
import { openDatabase } from '../drizzle/client.ts';
import { useKeys } from '../drizzle/encrypted.ts';
import { type Keys, withNewKey } from '../drizzle/KeyRing.ts';
import { areKeysOf, reencrypt, unusedKeys } from '../drizzle/reencrypt.ts';
import { keyChecks } from '../drizzle/schema/index.ts';
import { whereDatabaseMayLie } from './dataFolder.ts';
import { readLaunchEnv, secretsIn } from './env.ts';
import { keyPlace, keysAt, readKeys, writeKeys } from './keys.ts';
import { startPostgres } from './postgres.ts';

/** By then every server has read the new keys and closes nothing with the old one any more. */
const allHaveReadMs = 3_000;

await begin(async () => {
  const { databaseUrl, dataDir } = await whereDatabaseMayLie(readLaunchEnv(process.env));
  const { file } = keyPlace(process.env, dataDir);
  if (file === null)
    throw new Hindrance('DATA_KEYS: keys in a variable cannot be turned here: put them into a file, named by DATA_KEYS_FILE.');
  const embedded = databaseUrl === undefined ? await startPostgres(dataDir, (await secretsIn(dataDir)).postgresPassword) : null;
  const { db, pool } = openDatabase(databaseUrl ?? embedded?.url ?? '', () => undefined, 1);
  try {
    const ring = await keysAt({ text: null, file }, false);
    useKeys(ring);
    if (!(await areKeysOf(db, ring))) throw new Hindrance(`${file}: these keys do not open this database.`);
    if (process.argv.includes('--forget')) {
      const unused = await unusedKeys(db);
      if (unused.length > 0) await db.delete(keyChecks).where(inArray(keyChecks.keyId, unused));
      await writeKeys(file, without(readKeys(file), unused));
      process.stdout.write(`Forgotten: ${unused.join(', ') || 'none'}.\n`);
      return;
    }
    await writeKeys(file, withNewKey(readKeys(file)));
    await pause(allHaveReadMs);
    await areKeysOf(db, ring);
    const count = await reencrypt(db);
    process.stdout.write(`Under the new key ${ring.keys.current}: ${count} values. Old keys stay in ${file} until they are forgotten.\n`);
  } finally {
    await pool.end();
    if (embedded && !embedded.found) await embedded.stop();
  }
});

function without({ current, keys, index }: Keys, ids: string[]): Keys {
  return { current, index, keys: Object.fromEntries(Object.entries(keys).filter(([id]) => !ids.includes(id))) };
}
