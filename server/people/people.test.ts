import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eq, inArray } from 'drizzle-orm';
import type { PatientListed, PatientView } from '../../contract/patients.ts';
import type { OrganisationView, StaffView } from '../../contract/units.ts';
import { auditEntries, patients, users } from '../../drizzle/schema/index.ts';
import { type CareHome, makeAccount, makeCareHome, makePatient, makeRelative, makeVisit, testNumber } from '../../testing/care.ts';
import { type Caller, codeOf, TestApp, until } from '../../testing/TestApp.ts';
import { identityOf, readNumber } from './numbers.ts';

let app: TestApp;
let home: CareHome;
let nurse: Caller;
let administrator: Caller;
before(async () => {
  app = await TestApp.start();
  home = await makeCareHome(app.ctx.db);
  nurse = await app.signedInAs(await makeAccount(app.ctx.db, home.unitId, 'nurse'));
  administrator = await app.signedInAs(await makeAccount(app.ctx.db, home.unitId, 'administrator'));
});
after(() => app[Symbol.asyncDispose]());

const contact = { name: 'Test Ny', protectedIdentity: false, phone: null, address: null, entrance: null, language: 'sv' };
const fieldOf = (reply: Awaited<ReturnType<Caller['post']>>): string | undefined => (reply.ok ? undefined : reply.field);
const data = <T>(reply: Awaited<ReturnType<Caller['post']>>): T => {
  assert.ok(reply.ok, reply.ok ? '' : `${reply.code} ${reply.field ?? ''}`);
  return reply.data as T;
};

test('personal, coordination and reserve numbers are read as the law writes them', () => {
  const now = new Date('2026-11-21');
  assert.deepEqual(readNumber('640823-3234'), { number: '196408233234', numberKind: 'personal', birthDate: '1964-08-23' });
  assert.deepEqual(readNumber('19640823 3234'), readNumber('6408233234'));
  assert.deepEqual(readNumber('701063-2391'), { number: '197010632391', numberKind: 'coordination', birthDate: '1970-10-03' });
  assert.equal(readNumber('121212+1212')?.birthDate, '1912-12-12');
  for (const wrong of ['640823-3235', '640823-0004', '641323-3234', '640823_3234', '', 'abc', '640823-32345'])
    assert.equal(readNumber(wrong), null, wrong);
  const reserve = { number: ' res-2026-1 ', reserve: true, birthDate: '1952-06-21' };
  assert.deepEqual(identityOf(reserve, now), { number: 'RES-2026-1', numberKind: 'reserve', birthDate: '1952-06-21' });
  assert.throws(() => identityOf({ ...reserve, birthDate: null }, now), { field: 'birthDate' });
  assert.throws(() => identityOf({ ...reserve, birthDate: '2027-01-01' }, now), { field: 'birthDate' });
  assert.throws(() => identityOf({ ...reserve, number: 'å' }, now), { field: 'number' });
});

test('registering names the field that is wrong and writes nothing', async () => {
  const count = async (): Promise<number> => (await app.ctx.db.select().from(patients)).length;
  const before = await count();
  const given = { ...contact, unitId: home.unitId, number: testNumber('1950-05-05'), reserve: false, birthDate: null };
  assert.equal(fieldOf(await nurse.post('/api/patients', { ...given, number: '640823-3235' })), 'number');
  assert.equal(fieldOf(await nurse.post('/api/patients', { ...given, phone: '070-1' })), 'phone');
  assert.equal(fieldOf(await nurse.post('/api/patients', { ...given, name: '' })), 'name');
  assert.equal(fieldOf(await nurse.post('/api/patients', { ...given, name: 'Test\nRad' })), 'name');
  assert.equal(fieldOf(await nurse.post('/api/patients', { ...given, unitId: crypto.randomUUID() })), 'unitId');
  assert.equal(await count(), before);
});

test('the same number twice is one patient; at another organisation it is another row and nothing is told', async () => {
  const number = testNumber('1951-06-06');
  const given = { ...contact, unitId: home.unitId, number, reserve: false, birthDate: null };
  const first = data<{ id: string; known: boolean }>(await nurse.post('/api/patients', given));
  const again = data<{ id: string; known: boolean }>(await nurse.post('/api/patients', { ...given, name: 'Ett annat namn' }));
  assert.deepEqual([first.known, again], [false, { id: first.id, known: true }]);
  assert.equal(data<PatientView>(await nurse.get(`/api/patients/${first.id}`)).name, 'Test Ny');

  const elsewhere = await makeCareHome(app.ctx.db);
  const stranger = await app.signedInAs(await makeAccount(app.ctx.db, elsewhere.unitId, 'nurse'));
  assert.deepEqual(data(await stranger.post('/api/patients/search', { search: number })), []);
  const there = data<{ id: string; known: boolean }>(
    await stranger.post('/api/patients', { ...given, unitId: elsewhere.unitId, name: 'Test Där' }),
  );
  assert.equal(there.known, false);
  assert.notEqual(there.id, first.id);
  assert.equal(codeOf(await stranger.get(`/api/patients/${first.id}`)), 'not_found');
});

test('a search finds by part of the name and by the whole number, also written another way', async () => {
  const birthDate = '1944-04-04';
  const number = testNumber(birthDate);
  const id = await makePatient(app.ctx.db, home, { name: 'Test Särskildsson', number, birthDate });
  for (const search of ['särskild', `${number.slice(0, 8)}-${number.slice(8)}`, number.slice(2)]) {
    const found = data<PatientListed[]>(await nurse.post('/api/patients/search', { search }));
    assert.deepEqual(
      found.map((one) => one.id),
      [id],
      search,
    );
  }
  assert.deepEqual(data(await nurse.post('/api/patients/search', { search: '100%_' })), []);
});

test('a protected identity: no address in any view, and one who does not see it does not wipe it', async () => {
  const id = await makePatient(app.ctx.db, home, { name: 'Test Skyddad', protectedIdentity: true });
  const view = data<PatientView>(await nurse.get(`/api/patients/${id}`));
  assert.deepEqual([view.address, view.entrance, view.addressHidden], [null, null, true]);
  const { name, phone, language, version } = view;
  const body = { name, phone, language, protectedIdentity: true, address: null, entrance: null, basedOn: version };
  data(await nurse.put(`/api/patients/${id}`, body));
  const [row] = await app.ctx.db.select().from(patients).where(eq(patients.id, id));
  assert.match(row?.address ?? '', /Provvägen/);
});

test('of two who change the same patient the second is told, and nothing is overwritten', async () => {
  const id = await makePatient(app.ctx.db, home);
  const { version } = data<PatientView>(await nurse.get(`/api/patients/${id}`));
  const body = { ...contact, basedOn: version };
  data(await nurse.put(`/api/patients/${id}`, { ...body, name: 'Test Först' }));
  assert.equal(codeOf(await administrator.put(`/api/patients/${id}`, { ...body, name: 'Test Sedan' })), 'conflict');
  assert.equal(data<PatientView>(await nurse.get(`/api/patients/${id}`)).name, 'Test Först');
});

test('reading a patient is in the audit, with who, whom and when', async () => {
  const id = await makePatient(app.ctx.db, home);
  data(await nurse.get(`/api/patients/${id}`));
  const rows = await app.ctx.db.select().from(auditEntries).where(eq(auditEntries.patientId, id));
  assert.deepEqual(
    rows.map(({ action }) => action),
    ['patient.read'],
  );
});

test('relatives: added, changed, ended; the telephone in E.164', async () => {
  const id = await makePatient(app.ctx.db, home);
  const path = `/api/patients/${id}/relatives`;
  assert.equal(fieldOf(await nurse.post(path, { name: 'Test Son', role: 'relative', relation: 'son', phone: 'abc' })), 'phone');
  const added = data<{ id: string }>(
    await nurse.post(path, { name: 'Test Son', role: 'relative', relation: 'son', phone: '070-123 45 67' }),
  );
  const [relative] = data<PatientView>(await nurse.get(`/api/patients/${id}`)).relatives;
  assert.deepEqual([relative?.id, relative?.phone, relative?.version], [added.id, '+46701234567', 1]);
  const change = { name: 'Test Sonen', role: 'guardian', relation: null, phone: null, basedOn: 1 };
  data(await nurse.put(`/api/relatives/${added.id}`, change));
  assert.equal(codeOf(await nurse.put(`/api/relatives/${added.id}`, change)), 'conflict');
  data(await nurse.post(`/api/relatives/${added.id}/end`));
  assert.equal(codeOf(await nurse.post(`/api/relatives/${added.id}/end`)), 'not_found');
  assert.deepEqual(data<PatientView>(await nurse.get(`/api/patients/${id}`)).relatives, []);
  const others = await makeRelative(app.ctx.db, await makePatient(app.ctx.db, await makeCareHome(app.ctx.db)));
  assert.equal(codeOf(await nurse.post(`/api/relatives/${others}/end`)), 'not_found');
});

test('a login for a patient opens their own page; a person known elsewhere gets none, for that would open the other too', async () => {
  const birthDate = '1948-08-08';
  const number = testNumber(birthDate);
  const id = await makePatient(app.ctx.db, home, { number, birthDate });
  const given = data<{ username: string; password: string }>(await nurse.post(`/api/patients/${id}/login`));
  const caller = app.stranger();
  assert.equal(codeOf(await caller.post('/api/login', given)), null);
  assert.equal(codeOf(await caller.get('/api/my/visits')), null);
  assert.equal(codeOf(await caller.get('/api/visits/today')), 'forbidden');

  const elsewhere = await makeCareHome(app.ctx.db);
  const stranger = await app.signedInAs(await makeAccount(app.ctx.db, elsewhere.unitId, 'nurse'));
  const shared = { ...contact, reserve: false, birthDate: null, number: testNumber('1949-09-09') };
  const here = data<{ id: string }>(await nurse.post('/api/patients', { ...shared, unitId: home.unitId }));
  data(await stranger.post('/api/patients', { ...shared, unitId: elsewhere.unitId }));
  assert.equal(codeOf(await nurse.post(`/api/patients/${here.id}/login`)), 'conflict');
  const there = data<{ id: string }>(await stranger.post('/api/patients', { ...shared, number, unitId: elsewhere.unitId }));
  const rows = await app.ctx.db
    .select()
    .from(patients)
    .where(inArray(patients.id, [id, there.id]));
  assert.notEqual(
    rows.find((row) => row.id === id)?.userId,
    rows.find((row) => row.id === there.id)?.userId,
    'a handed-out password opens one provider',
  );
});

test('an administrator adds a unit and staff, who log in with what was handed over', async () => {
  const path = `/api/organisations/${home.organisationId}/units`;
  const unit = { name: 'Nya enheten', kind: 'careHome', phone: '0980-319 200', emergencyPhone: null };
  assert.equal(fieldOf(await administrator.post(path, { ...unit, phone: '1' })), 'phone');
  const { id } = data<{ id: string }>(await administrator.post(path, unit));
  const staff = { username: 'ny.sjukskoterska', role: 'nurse', name: null, place: 'Dorotea' };
  const added = data<{ userId: string; password: string }>(await administrator.post(`/api/units/${id}/staff`, staff));
  assert.equal(fieldOf(await administrator.post(`/api/units/${id}/staff`, staff)), 'username');
  const caller = app.stranger();
  assert.equal(codeOf(await caller.post('/api/login', { username: staff.username, password: added.password })), null);

  const { password } = data<{ password: string }>(await administrator.post(`/api/staff/${added.userId}/password`));
  assert.equal(codeOf(await caller.get('/api/visits/today')), 'unauthenticated', 'the old session is over');
  assert.equal(codeOf(await caller.post('/api/login', { username: staff.username, password })), null);
  const [view] = data<StaffView[]>(await administrator.get(`/api/units/${id}/staff`));
  const shown = { hsaId: 'TSTNMT2321000156-NY1', licence: 'valid', licenceUntil: null, workCountries: ['ES'] };
  const naming = { name: 'Test Namn', place: 'Umeå', ...shown, basedOn: view?.version };
  const wrong: [object, string][] = [
    [{ hsaId: 'SE1-X' }, 'hsaId'],
    [{ workCountries: ['US'] }, 'workCountries'],
    [{ licence: 'perhaps' }, 'licence'],
  ];
  for (const [part, field] of wrong)
    assert.equal(fieldOf(await administrator.put(`/api/staff/${added.userId}`, { ...naming, ...part })), field);
  data(await administrator.put(`/api/staff/${added.userId}`, naming));
  assert.equal(codeOf(await administrator.put(`/api/staff/${added.userId}`, naming)), 'conflict');
  const organisations = data<{ organisations: OrganisationView[] }>(await administrator.get('/api/organisations')).organisations;
  assert.deepEqual(
    organisations.map(({ id: one }) => one),
    [home.organisationId],
    'their own organisation and no other',
  );
});

test('only administrators of the organisation administer it, and only an operator adds organisations', async () => {
  const elsewhere = await makeCareHome(app.ctx.db);
  const stranger = await app.signedInAs(await makeAccount(app.ctx.db, elsewhere.unitId, 'administrator'));
  const unit = { name: 'x', kind: 'careHome', phone: '0980-319 200', emergencyPhone: null };
  const staff = { username: 'smyg', role: 'nurse', name: null, place: 'x' };
  for (const [who, refused] of [
    [nurse, ['forbidden', 'not_found', 'forbidden', 'not_found', 'not_found']],
    [stranger, ['forbidden', 'not_found', null, 'not_found', 'not_found']],
  ] as const) {
    assert.deepEqual(
      [
        codeOf(await who.post(`/api/organisations/${home.organisationId}/units`, unit)),
        codeOf(await who.put(`/api/units/${home.unitId}`, { ...unit, basedOn: 1 })),
        codeOf(await who.get('/api/organisations')),
        codeOf(await who.post(`/api/units/${home.unitId}/staff`, staff)),
        codeOf(await who.get(`/api/units/${home.unitId}/staff`)),
      ],
      refused,
    );
    assert.equal(codeOf(await who.post('/api/organisations', { name: 'x', kind: 'region' })), 'forbidden');
  }
  const operatorAccount = await makeAccount(app.ctx.db, elsewhere.unitId, 'nurse');
  await app.ctx.db.update(users).set({ operator: true }).where(eq(users.id, operatorAccount.userId));
  const operator = await app.signedInAs(operatorAccount);
  const { id } = data<{ id: string }>(await operator.post('/api/organisations', { name: 'Ny vårdgivare', kind: 'privateProvider' }));
  assert.equal(codeOf(await operator.post(`/api/organisations/${id}/units`, unit)), null);
});

test('an assignment that ends closes what it opened: the day, the seat, the socket', async () => {
  const visit = await makeVisit(app.ctx.db, new Date(), home);
  const caller = await app.signedInAs(visit.nurse);
  const seat = await caller.visit(visit.id);
  const staff = data<StaffView[]>(await administrator.get(`/api/units/${home.unitId}/staff`));
  const held = staff.find(({ userId }) => userId === visit.nurse.userId)?.assignments[0];
  data(await administrator.post(`/api/assignments/${held?.id}/end`));
  data(await administrator.post(`/api/assignments/${held?.id}/end`));
  await until(() => !seat.socket.connected);
  assert.deepEqual(data(await caller.get('/api/visits/today')), []);
  assert.equal(codeOf(await caller.get(`/api/visits/${visit.id}`)), 'not_found');
  await assert.rejects(caller.visit(visit.id), /not_found/);
  const rows = await app.ctx.db.select().from(auditEntries).where(eq(auditEntries.subjectId, visit.nurse.userId));
  assert.equal(rows.filter(({ action }) => action === 'assignment.end').length, 1, 'twice is once');
});
