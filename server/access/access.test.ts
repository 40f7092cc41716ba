import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import type { Block, ToReview } from '../../contract/access.ts';
import type { Colleague } from '../../contract/booking.ts';
import { defaultPolicy } from '../../contract/policy.ts';
import type { Reply } from '../../contract/wire.ts';
import { auditEntries, patients, policies, sessions, users } from '../../drizzle/schema/index.ts';
import {
  type Account,
  addUserPassword,
  type CareHome,
  makeAccount,
  makeCareHome,
  makePatient,
  makeRelative,
  makeUnit,
  makeVisit,
  type TestVisit,
  testNumber,
} from '../../testing/care.ts';
import { type Caller, codeOf, fieldOf, TestApp } from '../../testing/TestApp.ts';
import { reasonsFor, type Seen, sampleOf } from './rules.ts';

let app: TestApp;
let home: CareHome;
let visit: TestVisit;
let number: string;
let clinic: { unitId: string };
let physician: Account;
before(async () => {
  app = await TestApp.start();
  home = await makeCareHome(app.ctx.db, 'Boendet');
  number = testNumber('1947-05-06');
  visit = await makeVisit(app.ctx.db, new Date(), home, { number, birthDate: '1947-05-06', address: 'Provvägen 1' });
  clinic = await makeUnit(app.ctx.db, home.organisationId, 'Hemsjukvården');
  physician = await makeAccount(app.ctx.db, clinic.unitId, 'physician', 'Dorotea', 'Test Läkaren');
});
after(() => app[Symbol.asyncDispose]());

const data = <T>(reply: Reply<unknown>): T => {
  assert.ok(reply.ok, JSON.stringify(reply));
  return reply.data as T;
};
const open = (caller: Caller, part: object = {}) => caller.post('/api/openings', { number, reason: 'referral', note: '', ...part });
const actionsOf = async (userId: string): Promise<string[]> =>
  (await app.ctx.db.select().from(auditEntries).where(eq(auditEntries.actorId, userId))).map(({ action }) => action);

test('no care relation: nothing is seen until it is opened with a reason, for a day, to read and not to change', async () => {
  const caller = await app.signedInAs(physician);
  const path = `/api/patients/${visit.patientId}`;
  assert.equal(codeOf(await caller.get(path)), 'not_found');
  assert.equal(fieldOf(await open(caller, { reason: 'curiosity' })), 'reason');
  assert.equal(fieldOf(await open(caller, { number: '19470506-0000' })), 'number');
  assert.equal(codeOf(await open(caller, { number: testNumber('1946-05-06') })), 'not_found');
  assert.deepEqual(data<{ patientId: string }>(await open(caller)).patientId, visit.patientId);
  const view = data<{ version: number; name: string }>(await caller.get(path));
  assert.equal(codeOf(await caller.get(`/api/visits/${visit.id}`)), null, 'what other units of the organisation wrote');
  const contact = { name: view.name, protectedIdentity: false, phone: null, address: null, entrance: null, language: 'sv' };
  assert.equal(codeOf(await caller.put(path, { ...contact, basedOn: view.version })), 'not_found');
  assert.equal(codeOf(await caller.post(`/api/visits/${visit.id}/check-in`)), 'not_found');
  const close = { name: 'Test Anhörig', role: 'guardian', relation: null, phone: null };
  assert.equal(codeOf(await caller.put(`/api/relatives/${visit.relativeId}`, { ...close, basedOn: 1 })), 'not_found');
  assert.equal(codeOf(await caller.post(`/api/relatives/${visit.relativeId}/end`)), 'not_found');
  assert.ok((await actionsOf(physician.userId)).includes('patient.open'));

  await app.ctx.db.execute(`update openings set until = now() - interval '1 second'`);
  assert.equal(codeOf(await caller.get(path)), 'not_found', 'a day later it is closed');

  const elsewhere = await makeCareHome(app.ctx.db);
  const foreign = await app.signedInAs(await makeAccount(app.ctx.db, elsewhere.unitId, 'physician'));
  assert.equal(codeOf(await open(foreign)), 'not_found', 'another organisation');
  for (const role of ['needsAssessor', 'unitHead', 'administrator'] as const) {
    const other = await app.signedInAs(await makeAccount(app.ctx.db, clinic.unitId, role));
    assert.equal(codeOf(await open(other)), 'forbidden', role);
  }
});

test('a record block closes a unit to the others at once; only the patient and the unit lift it', async () => {
  const caller = await app.signedInAs(physician);
  data(await open(caller));
  const record = `/api/visits/${visit.id}`;
  assert.equal(codeOf(await caller.get(record)), null);
  const patient = await app.signedInAs(await addUserPassword(app.ctx.db, visit.patientId));
  const own = { patientId: visit.patientId, unitId: home.unitId };
  assert.equal(codeOf(await patient.post('/api/my/blocks', { ...own, unitId: clinic.unitId })), 'not_found', 'no patient there');
  const block = data<Block>(await patient.post('/api/my/blocks', own));
  assert.equal(data<Block>(await patient.post('/api/my/blocks', own)).id, block.id, 'twice is once');
  assert.equal(codeOf(await caller.get(record)), 'not_found');
  assert.deepEqual(data(await caller.get(`/api/patients/${visit.patientId}/visits`)), []);
  assert.deepEqual(data(await caller.get(`/api/patients/${visit.patientId}/blocks`)), { blocks: [], elsewhere: 1 });
  const nurse = await app.signedInAs(visit.nurse);
  assert.equal(codeOf(await nurse.get(record)), null, 'the unit itself is not blocked');
  assert.equal(data<{ blocks: Block[] }>(await nurse.get(`/api/patients/${visit.patientId}/blocks`)).blocks.length, 1);
  assert.equal(codeOf(await caller.post(`/api/blocks/${block.id}/lift`)), 'not_found');
  const guest = await app.signedInAs(visit.relative);
  for (const body of [own]) assert.equal(codeOf(await guest.post('/api/my/blocks', body)), 'forbidden', 'nobody else sets one');
  data(await nurse.post(`/api/blocks/${block.id}/lift`));
  assert.equal(codeOf(await caller.get(record)), null);
});

test('emergency access goes in stages, takes a fresh proof and a reason, ends by itself and is put before the unit head', async () => {
  const caller = await app.signedInAs(physician);
  data(await open(caller));
  const nurse = await app.signedInAs(visit.nurse);
  data(await nurse.post(`/api/patients/${visit.patientId}/blocks`, { unitId: home.unitId }));
  const path = `/api/patients/${visit.patientId}/emergency`;
  const asked = { unitId: home.unitId, reason: 'lifeThreatening', note: 'Påhittad händelse' };
  await app.ctx.db
    .update(sessions)
    .set({ provedAt: new Date(0) })
    .where(eq(sessions.userId, physician.userId));
  assert.equal(codeOf(await caller.post(`${path}/look`, { reason: 'lifeThreatening' })), 'prove_again');
  assert.equal(codeOf(await caller.post(`${path}/open`, asked)), 'prove_again');
  data(await caller.post('/api/session/unlock', { password: physician.password }));
  assert.equal(fieldOf(await caller.post(`${path}/look`, { reason: 'referral' })), 'reason');
  assert.deepEqual(data(await caller.post(`${path}/look`, { reason: 'lifeThreatening' })), [{ unitId: home.unitId, unitName: 'Boendet' }]);
  assert.equal(codeOf(await caller.get(`/api/visits/${visit.id}`)), 'not_found', 'the first stage shows where, not what');
  assert.equal(fieldOf(await caller.post(`${path}/open`, { ...asked, note: ' ' })), 'note');
  assert.equal(fieldOf(await caller.post(`${path}/open`, { ...asked, unitId: clinic.unitId })), 'unitId');
  data(await caller.post(`${path}/open`, asked));
  assert.equal(codeOf(await caller.get(`/api/visits/${visit.id}`)), null);

  const head = await app.signedInAs(await makeAccount(app.ctx.db, home.unitId, 'unitHead'));
  const told = data<ToReview[]>(await head.get('/api/reviews')).filter(({ reasons }) => reasons.includes('emergency'));
  assert.deepEqual(
    told.map(({ who, opening }) => [who, opening?.reason, opening?.note]),
    [['Test Läkaren', 'lifeThreatening', 'Påhittad händelse']],
  );
  const entry = told[0]?.entryId;
  assert.equal(fieldOf(await head.put(`/api/reviews/${entry}`, { verdict: 'notInOrder', note: '' })), 'note');
  data(await head.put(`/api/reviews/${entry}`, { verdict: 'asked', note: 'Har talat med läkaren' }));
  const after = data<ToReview[]>(await head.get('/api/reviews')).find(({ entryId }) => entryId === entry);
  assert.deepEqual([after?.review?.verdict, after?.review?.note], ['asked', 'Har talat med läkaren']);
  const stranger = await app.signedInAs(await makeAccount(app.ctx.db, (await makeCareHome(app.ctx.db)).unitId, 'unitHead'));
  assert.equal(codeOf(await stranger.put(`/api/reviews/${entry}`, { verdict: 'inOrder', note: '' })), 'not_found');
  assert.equal(codeOf(await nurse.get('/api/reviews')), 'forbidden');

  await app.ctx.db.execute(`update openings set until = now() - interval '1 second'`);
  assert.equal(codeOf(await caller.get(`/api/visits/${visit.id}`)), 'not_found');
});

test('each rule points out what it is for, and nothing else', () => {
  const seen: Seen = {
    entryId: 1,
    at: new Date('2026-03-02T10:00:00Z'),
    action: 'patient.read',
    actorName: 'Test Karlsson',
    patientName: 'Test Svensson',
    patientAddress: 'Provvägen 1',
    actorAddresses: [],
    relativeNames: ['Test Moster'],
    colleagueNames: ['Test Karlsson'],
    visitNear: true,
  };
  assert.deepEqual(reasonsFor(seen), []);
  const cases: [Partial<Seen>, string][] = [
    [{ patientName: 'Prov Karlsson' }, 'ownName'],
    [{ relativeNames: ['test karlsson'] }, 'relative'],
    [{ colleagueNames: ['Test Svensson'] }, 'colleague'],
    [{ actorAddresses: ['provvägen 1'] }, 'neighbour'],
    [{ at: new Date('2026-03-02T22:30:00Z') }, 'outsideHours'],
    [{ at: new Date('2026-07-02T03:30:00Z') }, 'outsideHours'],
    [{ visitNear: false }, 'withoutVisit'],
    [{ action: 'patient.emergency' }, 'emergency'],
    [{ action: 'patient.open' }, 'opened'],
  ];
  for (const [part, reason] of cases) assert.deepEqual(reasonsFor({ ...seen, ...part }), [reason]);
  const ids = Array.from({ length: 100 }, (_, index) => index);
  assert.deepEqual(sampleOf(ids, '2026 1', 10), sampleOf(ids.toReversed(), '2026 1', 10), 'the same all week');
  assert.notDeepEqual(sampleOf(ids, '2026 1', 10), sampleOf(ids, '2026 2', 10));
});

test('what the unit’s own staff opened is reviewed: by name, and without a visit anywhere near', async () => {
  const unit = await makeCareHome(app.ctx.db);
  const patientId = await makePatient(app.ctx.db, unit, { name: 'Prov Granne', address: 'Grannvägen 2' });
  await makePatient(app.ctx.db, unit, { name: 'Test Granne', address: 'Grannvägen 2' });
  await makeRelative(app.ctx.db, patientId, 'Test Granne');
  const nurse = await makeAccount(app.ctx.db, unit.unitId, 'nurse', 'Dorotea', 'Test Granne');
  data(await (await app.signedInAs(nurse)).get(`/api/patients/${patientId}`));
  const head = await app.signedInAs(await makeAccount(app.ctx.db, unit.unitId, 'unitHead'));
  const [one] = data<ToReview[]>(await head.get('/api/reviews'));
  const fixed = one?.reasons.filter((reason) => reason !== 'outsideHours' && reason !== 'sample');
  assert.deepEqual(fixed, ['ownName', 'relative', 'neighbour', 'withoutVisit']);
});

test('an agreement between organisations covers those who are asked; whoever books sees whom none covers', async () => {
  const region = await makeCareHome(app.ctx.db, 'Kliniken');
  const doctor = await makeAccount(app.ctx.db, region.unitId, 'remotePhysician', 'Lissabon');
  const nurse = await app.signedInAs(visit.nurse);
  const covered = async (): Promise<boolean | undefined> =>
    data<Colleague[]>(await nurse.post('/api/colleagues/search', { search: 'Kliniken' })).find(({ userId }) => userId === doctor.userId)
      ?.covered;
  assert.equal(await covered(), false);
  const administrator = await app.signedInAs(await makeAccount(app.ctx.db, home.unitId, 'administrator'));
  const body = {
    organisationId: home.organisationId,
    giverId: region.organisationId,
    covers: 'Läkarmedverkan',
    from: '2026-01-01',
    until: null,
  };
  assert.equal(fieldOf(await administrator.post('/api/agreements', { ...body, giverId: home.organisationId })), 'giverId');
  assert.equal(fieldOf(await administrator.post('/api/agreements', { ...body, until: '2025-01-01' })), 'until');
  const made = data<{ id: string; version: number }>(await administrator.post('/api/agreements', body));
  assert.equal(fieldOf(await administrator.post('/api/agreements', body)), 'from');
  assert.equal(await covered(), true);
  const stranger = await app.signedInAs(await makeAccount(app.ctx.db, (await makeCareHome(app.ctx.db)).unitId, 'administrator'));
  assert.equal(codeOf(await stranger.post('/api/agreements', body)), 'not_found');
  assert.equal(codeOf(await stranger.put(`/api/agreements/${made.id}`, { ...body, basedOn: 1 })), 'not_found');
  data(await administrator.put(`/api/agreements/${made.id}`, { ...body, until: '2026-02-01', basedOn: 1 }));
  assert.equal(codeOf(await administrator.put(`/api/agreements/${made.id}`, { ...body, basedOn: 1 })), 'conflict');
  assert.equal(await covered(), false, 'it has run out');
  assert.equal(codeOf(await nurse.get('/api/agreements')), 'forbidden');
});

test('who does not live in the region is booked with a reason alone; a protected identity is not asked', async () => {
  const policy = { ...defaultPolicy, requiredLevel: { clinical: 1, administrative: 1, patient: 1 } };
  await app.ctx.db.update(policies).set({ policy: { ...policy, municipalities: ['2425'] } });
  await app.ctx.demands.refresh();
  const nurse = await app.signedInAs(visit.nurse);
  let hour = 0; // each has the nurse for itself
  const booking = () => ({
    visitId: crypto.randomUUID(),
    unitId: home.unitId,
    patientId: visit.patientId,
    startsAt: new Date(Date.now() + hour++ * 3_600_000).toISOString(),
    durationMinutes: 30,
    place: 'Rum 1',
    address: null,
    entrance: null,
    callbackPhone: null,
    language: 'sv',
    patientComes: 'bedside',
    staff: [{ userId: visit.nurse.userId, unitId: home.unitId, host: true, atBedside: true }],
    relativeIds: [],
  });
  assert.equal(fieldOf(await nurse.post('/api/visits', booking())), 'outsideRegion');
  const seen = async () => data<{ resident: boolean; municipality: string | null }>(await nurse.get(`/api/patients/${visit.patientId}`));
  assert.equal((await seen()).resident, false);
  data(await nurse.post('/api/visits', { ...booking(), outsideRegion: 'Påhittat skäl' }));
  const logged = await app.ctx.db.select().from(auditEntries).where(eq(auditEntries.actorId, visit.nurse.userId));
  assert.ok(logged.some(({ action, detail }) => action === 'visit.book' && (detail as { outsideRegion?: boolean })?.outsideRegion));
  await app.ctx.db.update(patients).set({ municipality: '2425' }).where(eq(patients.id, visit.patientId));
  data(await nurse.post('/api/visits', booking()));
  await app.ctx.db.update(patients).set({ municipality: '0180', protectedIdentity: true }).where(eq(patients.id, visit.patientId));
  data(await nurse.post('/api/visits', booking()));
  assert.deepEqual([(await seen()).resident, (await seen()).municipality], [true, null], 'nothing says where they live');
  await app.ctx.db.update(patients).set({ protectedIdentity: false }).where(eq(patients.id, visit.patientId));
  await app.ctx.db.update(policies).set({ policy });
  await app.ctx.demands.refresh();
  assert.ok((await app.ctx.db.select().from(users)).length > 0);
});

test('whoever gives a member of another’s staff one more assignment cannot change who they are', async () => {
  const elsewhere = await makeCareHome(app.ctx.db);
  const administrator = await app.signedInAs(await makeAccount(app.ctx.db, elsewhere.unitId, 'administrator'));
  const { username, userId } = visit.nurse;
  data(await administrator.post(`/api/units/${elsewhere.unitId}/assignments`, { username, role: 'nurse' }));
  const shown = { name: null, place: 'x', hsaId: 'TSTNMT2321000156-TAKEN', licence: 'valid', licenceUntil: null, workCountries: [] };
  assert.equal(codeOf(await administrator.put(`/api/staff/${userId}`, { ...shown, basedOn: 1 })), 'not_found');
  assert.equal(codeOf(await administrator.post(`/api/staff/${userId}/password`)), 'not_found');
  const own = await app.signedInAs(await makeAccount(app.ctx.db, home.unitId, 'administrator'));
  data(await own.put(`/api/staff/${userId}`, { ...shown, hsaId: null, basedOn: 1 }));
});
