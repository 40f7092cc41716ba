import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eq, isNotNull, isNull } from 'drizzle-orm';
import { type Db, openDatabase } from '../../drizzle/client.ts';
import {
  agreements,
  carePlans,
  consents,
  delegations,
  directoryUnits,
  identityProviders,
  measurements,
  openings,
  patients,
  policies,
  recordBlocks,
  relatives,
  rounds,
  snippets,
  stills,
  users,
} from '../../drizzle/schema/index.ts';
import { testSecret } from '../../testing/care.ts';
import { createTestDatabase } from '../../testing/database.ts';
import '../../testing/keys.ts';
import { resetDemo, seedDemo } from './seed.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let db: Db;
let close: () => Promise<void>;
before(async () => {
  database = await createTestDatabase();
  const opened = openDatabase(database.url, () => undefined, 2);
  db = opened.db;
  close = () => opened.pool.end();
  await db.delete(policies);
});
after(async () => {
  await close();
  await database[Symbol.asyncDispose]();
});

const eidPort = 3009;

test('the demo is laid once a day, and anew on demand, whatever was done in it', async () => {
  const now = new Date();
  assert.equal(await seedDemo(db, testSecret, eidPort, now), true);
  assert.equal(await seedDemo(db, testSecret, eidPort, now), false);
  const count = async () => (await db.select().from(patients)).length;
  const before = await count();
  const [close_] = await db.select().from(relatives);
  assert.ok(close_);
  const { patientId, id: relativeId } = close_;
  const [patient] = await db.select().from(patients).where(eq(patients.id, patientId));
  const assignment = await db.query.assignments.findFirst();
  assert.ok(patient && assignment);
  const given = { patientId, capacity: 'own' as const, form: 'oral' as const, keptBy: patientId };
  await db.insert(consents).values({ ...given, type: 'relativePresence', relativeId });
  const [recording] = await db
    .insert(consents)
    .values({ ...given, type: 'recording' })
    .returning();
  const visit = await db.query.visits.findFirst({ where: (row, { eq: is }) => is(row.patientId, patientId) });
  const anybody = await db.query.users.findFirst({ where: (row, { eq: is }) => is(row.kind, 'staff') });
  assert.ok(recording && visit && anybody);
  const place = { visitId: visit.id, patientId, unitId: visit.unitId, consentId: recording.id, takenBy: anybody.id };
  const taken = { kind: 'record' as const, site: 'left_heel' as const, scaled: false, camera: 'Prov', takenAt: now, announcedAt: now };
  await db.insert(stills).values({ ...place, ...taken, id: crypto.randomUUID(), keptUntil: now });
  await db.insert(recordBlocks).values({ patientId, unitId: assignment.unitId, setBy: patientId });
  await db
    .insert(openings)
    .values({ patientId, assignmentId: assignment.id, kind: 'relation', reason: 'advice', until: new Date(now.getTime() + 1_000) });
  const phrases = async () => (await db.select().from(snippets)).map(({ title }) => title).toSorted();
  const laid = await phrases();
  const [kept] = await db.select().from(snippets);
  assert.ok(laid.length >= 4 && kept);
  await db.update(snippets).set({ title: 'Ändrad', version: 2 }).where(eq(snippets.id, kept.id));
  await db.insert(snippets).values({ id: crypto.randomUUID(), userId: kept.userId, title: 'Ny', text: 'Prov' });
  await resetDemo(db, testSecret, eidPort, now);
  assert.deepEqual(await phrases(), laid);
  assert.equal(await count(), before);
  assert.deepEqual(await db.select().from(recordBlocks), []);
  assert.ok((await db.select().from(measurements)).length > 300);
  assert.equal((await db.select().from(rounds)).length, 1);
  const [plan, ...others] = await db.select().from(carePlans);
  assert.deepEqual([plan?.state, others.length, (await db.select().from(directoryUnits)).length >= 50], ['summoned', 0, true]);
  assert.deepEqual(await db.select().from(stills), []);
  assert.equal((await db.select().from(delegations)).length, 2);
  assert.equal((await db.select().from(patients).where(isNotNull(patients.fixedPhysicianId))).length, 6);
});

test('everybody of the demo can log in, by password and by its e-ID, and an older demo gets what it did not have', async () => {
  const staff = await db.select().from(users).where(eq(users.kind, 'staff'));
  assert.ok(staff.length > 5 && staff.every(({ hsaId, licence }) => hsaId !== null && licence === 'valid'));
  assert.equal(new Set(staff.map(({ hsaId }) => hsaId)).size, staff.length);
  await db.update(users).set({ hsaId: null, licence: 'unverified' }).where(eq(users.kind, 'staff'));
  await db.update(patients).set({ municipality: null });
  await db.delete(identityProviders);
  await db.delete(policies);
  await db.delete(agreements);
  assert.equal(await seedDemo(db, testSecret, eidPort, new Date()), false);
  assert.deepEqual(
    await db
      .select()
      .from(users)
      .where(isNull(users.hsaId))
      .then((rows) => rows.filter(({ kind }) => kind === 'staff')),
    [],
  );
  assert.deepEqual(await db.select().from(patients).where(isNull(patients.municipality)), []);
  assert.equal((await db.select().from(identityProviders)).length, 2);
  assert.equal((await db.select().from(policies))[0]?.policy.requiredLevel.clinical, 1);
  assert.ok((await db.select().from(agreements)).length > 0);
});
