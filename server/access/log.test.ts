import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { desc, sql } from 'drizzle-orm';
import type pg from 'pg';
import { type Db, openDatabase } from '../../drizzle/client.ts';
import { auditHeads, auditLinks } from '../../drizzle/schema/index.ts';
import { createTestDatabase, startTestPostgres } from '../../testing/database.ts';
import { writeAudit } from './audit.ts';
import { HeadSigner } from './chain.ts';
import { sealAll, sealBatch } from './seal.ts';
import { type Finding, verifyLog } from './verify.ts';

const signer = new HeadSigner('a key of the tests, long enough');
let postgres: Awaited<ReturnType<typeof startTestPostgres>>;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let db: Db;
let pool: pg.Pool;

before(async () => {
  postgres = await startTestPostgres();
});
after(() => postgres.stop());
beforeEach(async () => {
  database = await createTestDatabase();
  ({ db, pool } = openDatabase(database.url, () => undefined, 4));
});
afterEach(async () => {
  await pool.end();
  await database[Symbol.asyncDispose]();
});

async function write(entries: number): Promise<void> {
  for (let index = 0; index < entries; index++)
    await writeAudit(db, { actorId: randomUUID(), action: 'patient.read', patientId: randomUUID(), detail: { index, why: 'visit' } });
}

/** As somebody does who has the database in their hands. */
async function tamper(statement: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('set session_replication_role = replica');
    assert.ok(((await client.query(statement)).rowCount ?? 0) > 0, 'something was changed');
  } finally {
    client.release(true);
  }
}

const findings = async (
  ...anchor: Parameters<typeof verifyLog> extends [unknown, unknown, (infer A)?] ? [A?] : never
): Promise<Finding[]> => (await verifyLog(db, signer, ...anchor)).findings;

test('what is written is sealed in batches, in any order of arrival, and verified', async () => {
  assert.deepEqual(await verifyLog(db, signer), { sealed: 0, head: null, unsealed: { entries: 0, oldest: null }, findings: [] });
  await write(5);
  const waiting = await verifyLog(db, signer);
  assert.equal(waiting.unsealed.entries, 5);
  assert.ok(waiting.unsealed.oldest);
  assert.equal(await sealAll(db, signer, false), 5);
  assert.equal(await sealAll(db, signer, false), 0, 'once');
  const late = await pool.connect();
  await late.query(`begin; insert into audit_entries (action) values ('opened.first')`);
  await write(2);
  assert.equal(await sealAll(db, signer, false), 2);
  await late.query('commit');
  late.release();
  assert.equal(await sealAll(db, signer, false), 1, 'one that was begun before and committed after');
  const { sealed, head, unsealed, findings } = await verifyLog(db, signer);
  assert.deepEqual([sealed, head?.position, unsealed.entries, findings], [8, 8, 0, []]);
});

test('more than a batch, and several servers at once, make one chain', async () => {
  await db.execute(sql`insert into audit_entries (action) select 'many.' || n from generate_series(1, 2500) n`);
  const sealed = await Promise.all([1, 2, 3].map(() => sealAll(db, signer, true)));
  await sealAll(db, signer, true);
  const verdict = await verifyLog(db, signer);
  assert.deepEqual([verdict.sealed, verdict.findings], [2500, []]);
  assert.ok(Math.max(...sealed) >= 1_000);
});

test('nothing can be changed, removed or emptied by the program', async () => {
  await write(1);
  await sealBatch(db, signer, false);
  for (const table of ['audit_entries', 'audit_links', 'audit_heads']) {
    for (const statement of [
      `delete from ${table}`,
      `truncate ${table}`,
      `update ${table} set ${table === 'audit_entries' ? 'action' : 'hash'} = 'x'`,
    ])
      await assert.rejects(pool.query(statement), /append-only/);
  }
});

for (const [what, statement, expected] of [
  ['an entry is changed', `update audit_entries set action = 'patient.search' where id = 3`, [{ kind: 'changed', entryId: 3 }]],
  [
    'a time is changed by a millionth of a second',
    `update audit_entries set at = at + interval '1 microsecond' where id = 3`,
    [{ kind: 'changed', entryId: 3 }],
  ],
  ['a detail is changed', `update audit_entries set detail = '{"index":2,"why":"other"}' where id = 3`, [{ kind: 'changed', entryId: 3 }]],
  ['an entry is removed', 'delete from audit_entries where id = 3', [{ kind: 'removed', entryId: 3 }]],
  [
    'an entry is removed with its link',
    'with gone as (delete from audit_links where entry_id = 3) delete from audit_entries where id = 3',
    [
      { kind: 'gap', position: 3 },
      { kind: 'changed', entryId: 4 },
    ],
  ],
  [
    'two entries change places',
    'update audit_links set entry_id = case entry_id when 2 then -3 else -2 end where entry_id in (2, 3)',
    [
      { kind: 'removed', entryId: -3 },
      { kind: 'removed', entryId: -2 },
    ],
  ],
  [
    'the contents of two entries change places',
    'update audit_entries a set patient_id = b.patient_id from audit_entries b where (a.id, b.id) in ((2, 3), (3, 2))',
    [
      { kind: 'changed', entryId: 2 },
      { kind: 'changed', entryId: 3 },
    ],
  ],
  [
    'an entry is put in with a link of its own',
    `with put as (insert into audit_entries (id, action) values (99, 'put.in') returning id)
     insert into audit_links (position, entry_id, hash) select 7, id, repeat('a', 64) from put`,
    [
      { kind: 'changed', entryId: 99 },
      { kind: 'tail', position: 7 },
    ],
  ],
  [
    'an entry is put in among the old ones',
    `insert into audit_entries (id, action, at) values (99, 'put.in', now() - interval '1 day')`,
    [{ kind: 'unsealed', entryId: 99 }],
  ],
  [
    'a link is changed',
    `update audit_links set hash = repeat('0', 64) where position = 6`,
    [
      { kind: 'changed', entryId: 6 },
      { kind: 'head', position: 6 },
    ],
  ],
  ['a head is signed by another', `update audit_heads set signature = repeat('A', 86)`, [{ kind: 'head', position: 6 }]],
] as const) {
  test(`it is found when ${what}`, async () => {
    await write(6);
    await sealBatch(db, signer, false);
    assert.deepEqual(await findings(), []);
    await tamper(statement);
    assert.deepEqual(await findings(), expected);
  });
}

test('a chain made anew is not signed by this installation, and one that was cut off lacks the head that was written down', async () => {
  await write(3);
  await sealBatch(db, signer, false);
  const [anchor] = await db.select().from(auditHeads).orderBy(desc(auditHeads.position)).limit(1);
  assert.ok(anchor);
  assert.deepEqual(await findings(anchor), []);
  await tamper('with a as (delete from audit_links) , b as (delete from audit_heads) delete from audit_entries where id = 3');
  await sealBatch(db, new HeadSigner('the key of somebody else entirely'), true);
  assert.deepEqual(await findings(), [{ kind: 'head', position: 2 }]);
  await tamper('delete from audit_heads');
  await tamper('delete from audit_links');
  await sealBatch(db, signer, true); // by one who has even the key
  assert.deepEqual(await findings(), []);
  assert.deepEqual(await findings(anchor), [{ kind: 'tail', position: 3 }]);
});

test('an entry put in with an old time is sealed, and said to be late', async () => {
  await write(2);
  await sealBatch(db, signer, false);
  await db.execute(sql`insert into audit_entries (id, action, at) values (99, 'put.in', now() - interval '1 day')`);
  assert.equal(await sealAll(db, signer, false), 0, 'it is not among the recent ones');
  assert.equal(await sealAll(db, signer, true), 1);
  assert.deepEqual(await findings(), [{ kind: 'late', entryId: 99 }]);
  const links = await db.select().from(auditLinks);
  assert.equal(links.length, 3);
});
