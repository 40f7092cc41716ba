import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eq, getTableName, is, sql } from 'drizzle-orm';
import { getTableConfig, PgCustomColumn, PgTable } from 'drizzle-orm/pg-core';
import { makeCareHome, makePatient, makeVisit } from '../testing/care.ts';
import { createTestDatabase, startTestPostgres } from '../testing/database.ts';
import { testKeys } from '../testing/keys.ts';
import { type Db, openDatabase } from './client.ts';
import { useKeys } from './encrypted.ts';
import { KeyRing, newKeys, withNewKey } from './KeyRing.ts';
import { areKeysOf, encryptedColumns, reencrypt, unusedKeys } from './reencrypt.ts';
import * as schema from './schema/index.ts';

let postgres: Awaited<ReturnType<typeof startTestPostgres>>;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let db: Db;
let close: () => Promise<void>;

before(async () => {
  postgres = await startTestPostgres();
  database = await createTestDatabase();
  const opened = openDatabase(database.url, () => undefined, 4);
  db = opened.db;
  close = () => opened.pool.end();
});
after(async () => {
  await close();
  await database[Symbol.asyncDispose]();
  await postgres.stop();
});

test('every encrypted column of the schema is among those that are turned', () => {
  const tables = (Object.values(schema) as unknown[]).filter((value): value is PgTable => is(value, PgTable));
  const encrypted = tables.flatMap((table) =>
    getTableConfig(table).columns.flatMap((column) =>
      is(column, PgCustomColumn) && column.getSQLType() === 'text'
        ? [`${getTableName(table)}.${Object.entries(table).find(([, value]) => value === column)?.[0]}`]
        : [],
    ),
  );
  assert.deepEqual(encrypted.sort(), encryptedColumns.map(({ context }) => context).sort());
});

test('a number lies encrypted, is found by its index, and is unique at a care provider', async () => {
  const home = await makeCareHome(db);
  const id = await makePatient(db, home);
  const [row] = await db.select().from(schema.patients).where(eq(schema.patients.id, id));
  assert.match(row?.number ?? '', /^\d{12}$/);
  const { rows } = await db.execute<{ number: string }>(sql`select number from patients where id = ${id}`);
  assert.match(rows[0]?.number ?? '', /^v1\.k1\./);
  await assert.rejects(makePatient(db, home, { number: row?.number ?? '', numberIndex: row?.numberIndex ?? '' }));
});

test('turning the keys loses nothing, stopped half-way neither, and old ones are then of no use', async () => {
  const home = await makeCareHome(db);
  for (let index = 0; index < 3; index++) await makeVisit(db, new Date(), home);
  const [visit] = await db.select().from(schema.visits).limit(1);
  assert.ok(visit);
  await db.update(schema.visits).set({ about: 'Ont i knät', closingReason: 'Ändrade planer' }).where(eq(schema.visits.id, visit.id));
  await db.insert(schema.documentations).values({ visitId: visit.id, outcome: 'Bättre', agreed: '', followUp: 'Ring på måndag' });
  await db.execute(sql`update patients set number = 'R-OLD-1', number_kind = 'reserve', number_index = null where id = ${visit.patientId}`); // from before there were keys
  const read = async () => ({
    patients: await db.select({ id: schema.patients.id, number: schema.patients.number }).from(schema.patients).orderBy(schema.patients.id),
    visits: await db.select({ id: schema.visits.id, about: schema.visits.about }).from(schema.visits).orderBy(schema.visits.id),
    documentations: await db.select().from(schema.documentations),
  });
  const all = await read();
  assert.ok(all.patients.length > 3);
  const ring = KeyRing.of(withNewKey(testKeys));
  useKeys(ring);
  try {
    await db.execute(sql`alter table documentations add constraint stopped check (starts_with(outcome, 'v1.k1.'))`);
    await assert.rejects(reencrypt(db), 'stopped half-way');
    assert.deepEqual(await read(), all);
    await db.execute(sql`alter table documentations drop constraint stopped`);
    assert.ok((await reencrypt(db)) > 0);
    assert.equal(await reencrypt(db), 0);
    assert.deepEqual(await read(), all);
    assert.deepEqual(await unusedKeys(db), ['k1']);
    useKeys(KeyRing.of({ ...ring.keys, keys: { k2: ring.keys.keys.k2 } }));
    assert.deepEqual(await read(), all, 'without the old key');
    const [old] = await db.select().from(schema.patients).where(eq(schema.patients.id, visit.patientId));
    assert.equal(old?.numberIndex, ring.index('reserve R-OLD-1'));
  } finally {
    useKeys(KeyRing.of(testKeys));
  }
});

test('who comes with other keys is told so', async () => {
  const [ours, others] = [KeyRing.of(testKeys), KeyRing.of(newKeys())];
  assert.equal(await areKeysOf(db, ours), true);
  assert.equal(await areKeysOf(db, ours), true);
  assert.equal(await areKeysOf(db, others), false);
  assert.equal(await areKeysOf(db, KeyRing.of(withNewKey(testKeys))), true);
});
