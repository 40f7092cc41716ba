import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import type { IssuedCode } from '../../contract/codes.ts';
import type { VisitRecord } from '../../contract/record.ts';
import type { VisitRequest } from '../../contract/requests.ts';
import { auditEntries, invitations, participants, visits } from '../../drizzle/schema/index.ts';
import {
  type Account,
  addUserPassword,
  type CareHome,
  makeAccount,
  makeCareHome,
  makePatient,
  makeRelative,
  makeVisit,
  whereabouts,
} from '../../testing/care.ts';
import { recorded } from '../../testing/statements.ts';
import { type Caller, codeOf, TestApp } from '../../testing/TestApp.ts';

let app: TestApp;
let home: CareHome;
let account: Account;
let nurse: Caller;
before(async () => {
  app = await TestApp.start();
  home = await makeCareHome(app.ctx.db);
  account = await makeAccount(app.ctx.db, home.unitId, 'nurse');
  nurse = await app.signedInAs(account);
});
after(() => app[Symbol.asyncDispose]());

let hour = 0; // each has the nurse for itself
async function booking(relatives = 1) {
  const patientId = await makePatient(app.ctx.db, home);
  const relativeIds: string[] = [];
  for (let one = 0; one < relatives; one++) relativeIds.push(await makeRelative(app.ctx.db, patientId));
  return {
    visitId: crypto.randomUUID(),
    unitId: home.unitId,
    patientId,
    startsAt: new Date(Date.now() + ++hour * 3_600_000).toISOString(),
    durationMinutes: 30,
    ...whereabouts,
    language: 'sv',
    patientComes: 'ownDevice',
    staff: [{ userId: account.userId, unitId: home.unitId, host: true, atBedside: false }],
    relativeIds,
    consented: relativeIds,
  };
}

type Booked = { visitId: string; codes: IssuedCode[] };
const data = <T>(reply: Awaited<ReturnType<Caller['post']>>): T => {
  assert.ok(reply.ok, reply.ok ? '' : `${reply.code} ${reply.field ?? ''}`);
  return reply.data as T;
};

test('a booking makes seats and codes; the codes open, and are kept nowhere in clear', async () => {
  const body = await booking();
  const { codes } = data<Booked>(await nurse.post('/api/visits', body));
  assert.deepEqual(codes.map(({ name }) => name).sort(), ['Test Anhörig', 'Test Testsson']);
  for (const { reference, code } of codes) {
    assert.ok(reference.startsWith(home.mark));
    const reply = await app.stranger().post('/api/guest', { reference, code });
    assert.equal(reply.ok && (reply.data as { visitId: string }).visitId, body.visitId);
  }
  const stored = JSON.stringify(await app.ctx.db.select().from(invitations));
  for (const { code } of codes) assert.ok(!stored.includes(`"${code}"`));
});

test('the same booking twice is one visit; the same id for another patient is refused', async () => {
  const body = await booking();
  const replies = await Promise.all([nurse.post('/api/visits', body), nurse.post('/api/visits', body)]);
  assert.deepEqual(replies.map(codeOf), [null, null]);
  assert.equal(
    replies
      .map((reply) => data<Booked>(reply).codes.length)
      .sort()
      .join(),
    '0,2',
  );
  const seats = await app.ctx.db.select().from(participants).where(eq(participants.visitId, body.visitId));
  assert.equal(seats.length, 3);
  assert.equal(codeOf(await nurse.post('/api/visits', { ...(await booking()), visitId: body.visitId })), 'conflict');
});

test('what is wrong is named, and nothing is written', async () => {
  const body = await booking();
  const [own] = body.staff;
  const elsewhere = await makeCareHome(app.ctx.db);
  const far = new Date(Date.now() + 3 * 365 * 86_400_000).toISOString();
  for (const [wrong, field] of [
    [{ startsAt: new Date(Date.now() - 3_600_000).toISOString() }, 'startsAt'],
    [{ startsAt: far }, 'startsAt'],
    [{ startsAt: 'i morgon' }, 'startsAt'],
    [{ durationMinutes: 0 }, 'durationMinutes'],
    [{ durationMinutes: 26 * 60 }, 'durationMinutes'],
    [{ place: ' ' }, 'place'],
    [{ address: 'rad\nrad' }, 'address'],
    [{ callbackPhone: '12345' }, 'callbackPhone'],
    [{ staff: [] }, 'staff'],
    [{ staff: [{ ...own, host: false }] }, 'staff'],
    [{ staff: [own, own] }, 'staff'],
    [{ staff: [{ ...own, unitId: elsewhere.unitId }] }, 'staff'],
    [{ relativeIds: [crypto.randomUUID()] }, 'relativeIds'],
    [{ patientId: await makePatient(app.ctx.db, elsewhere) }, 'patientId'],
    [{ unitId: elsewhere.unitId }, 'unitId'],
  ] as const) {
    const reply = await nurse.post('/api/visits', { ...body, ...wrong });
    assert.equal(reply.ok ? null : reply.field?.split('.')[0], field, JSON.stringify(wrong));
  }
  assert.deepEqual(await app.ctx.db.select().from(visits).where(eq(visits.id, body.visitId)), []);
});

test('moving a visit moves every seat and every code with it; of two who do, the second is told', async () => {
  const body = await booking();
  const { codes } = data<Booked>(await nurse.post('/api/visits', body));
  const startsAt = new Date(Date.now() + 5 * 86_400_000).toISOString();
  const { durationMinutes, language } = body;
  const change = { ...whereabouts, startsAt, durationMinutes, language, basedOn: 1 };
  const path = `/api/visits/${body.visitId}/details`;
  data(await nurse.put(path, change));
  assert.equal(codeOf(await nurse.put(path, change)), 'conflict');
  const seats = await app.ctx.db.select().from(participants).where(eq(participants.visitId, body.visitId));
  assert.deepEqual(new Set(seats.map((seat) => seat.startsAt.toISOString())), new Set([startsAt]));
  const [row] = await app.ctx.db
    .select()
    .from(invitations)
    .where(eq(invitations.reference, codes[0]?.reference ?? ''));
  assert.ok((row?.expiresAt.getTime() ?? 0) > Date.parse(startsAt));
});

test('one more, one less, and back again', async () => {
  const visit = await makeVisit(app.ctx.db, new Date(), home);
  const path = `/api/visits/${visit.id}/people`;
  const asked = { kind: 'staff', userId: account.userId, unitId: home.unitId, host: false, atBedside: true };
  data(await nurse.post(path, asked));
  assert.equal(codeOf(await nurse.post(path, asked)), 'conflict');
  const { code } = data<{ code: IssuedCode }>(await nurse.post(path, { kind: 'patient' }));
  assert.equal(codeOf(await app.stranger().post('/api/guest', code)), null);
  data(await nurse.post(`${path}/${visit.nurse.participantId}/withdraw`));
  await assert.rejects((await app.signedInAs(visit.nurse)).visit(visit.id), /forbidden/);
  assert.equal(codeOf(await nurse.post(`${path}/${visit.doctor.participantId}/withdraw`)), 'conflict', 'the one who leads stays');
  data(await nurse.post(path, { ...asked, userId: visit.nurse.userId }));
  const seat = await (await app.signedInAs(visit.nurse)).visit(visit.id);
  assert.equal(seat.snapshot?.you.id, visit.nurse.participantId);
});

test('a patient by link is taken off and asked again: a new link, the old one is void', async () => {
  const visit = await makeVisit(app.ctx.db, new Date(), home);
  const ask = async () =>
    data<{ code: { participantId: string; reference: string } }>(await nurse.post(`/api/visits/${visit.id}/people`, { kind: 'patient' }))
      .code;
  const first = await ask();
  data(await nurse.post(`/api/visits/${visit.id}/people/${first.participantId}/withdraw`));
  const second = await ask();
  assert.equal(second.participantId, first.participantId);
  assert.notEqual(second.reference, first.reference);
});

test('a new code voids the old one and begins to count anew', async () => {
  const visit = await makeVisit(app.ctx.db, new Date(), home);
  const { reference, code, participantId } = visit.relative;
  for (let attempt = 0; attempt < 15; attempt++) await app.stranger().post('/api/guest', { reference, code: '999999' });
  assert.equal(codeOf(await app.stranger().post('/api/guest', { reference, code })), 'rate_limited', 'this address has run out');
  const path = `/api/visits/${visit.id}/people/${participantId}/code`;
  const fresh = data<IssuedCode>(await nurse.post(path));
  assert.equal(codeOf(await app.stranger().post('/api/guest', { reference, code })), 'wrong_code');
  assert.equal(codeOf(await app.stranger().post('/api/guest', { reference, code: fresh.code })), null);
  assert.equal(codeOf(await nurse.post(`/api/visits/${visit.id}/people/${visit.doctor.participantId}/code`)), 'conflict', 'staff log in');
  const guest = await app.signedInAs((await makeVisit(app.ctx.db, new Date(), home)).relative);
  assert.equal(codeOf(await guest.post(path)), 'not_found');
});

test('of two devices with the same code at once, one gets in', async () => {
  const { relative } = await makeVisit(app.ctx.db, new Date(), home);
  const { reference, code } = relative;
  const replies = await Promise.all([1, 2, 3].map(() => app.stranger().post('/api/guest', { reference, code })));
  assert.deepEqual(replies.map(codeOf).sort(), [null, 'wrong_code', 'wrong_code'].sort());
});

test('colleagues of every organisation can be asked, administrators cannot, and only care staff ask', async () => {
  const elsewhere = await makeCareHome(app.ctx.db, 'Region Sökbar');
  await makeAccount(app.ctx.db, elsewhere.unitId, 'remotePhysician', 'Tammerfors');
  await makeAccount(app.ctx.db, elsewhere.unitId, 'administrator', 'Tammerfors');
  const found = data<{ role: string }[]>(await nurse.post('/api/colleagues/search', { search: 'tammerf' }));
  assert.deepEqual(
    found.map(({ role }) => role),
    ['remotePhysician'],
  );
  const administrator = await app.signedInAs(await makeAccount(app.ctx.db, home.unitId, 'administrator'));
  assert.equal(codeOf(await administrator.post('/api/colleagues/search', {})), 'forbidden');
});

const statements = async (request: () => Promise<unknown>): Promise<number> => (await recorded(request)).length;

test("the day's list, a visit and a booking take as many statements with many as with few", async () => {
  const busy = await makeCareHome(app.ctx.db);
  const own = await makeAccount(app.ctx.db, busy.unitId, 'nurse');
  const caller = await app.signedInAs(own);
  const first = await makeVisit(app.ctx.db, new Date(), busy);
  const day = (): Promise<unknown> => caller.get('/api/visits/today');
  const open = (): Promise<unknown> => caller.get(`/api/visits/${first.id}`);
  const few = { day: await statements(day), open: await statements(open) };
  for (let more = 0; more < 5; more++) await makeVisit(app.ctx.db, new Date(), busy);
  await caller.post(`/api/visits/${first.id}/people`, { kind: 'patient' });
  await caller.post(`/api/visits/${first.id}/check-in`);
  assert.deepEqual({ day: await statements(day), open: await statements(open) }, few);
  // session, assignments, begin, visits, people, audit, consents, commit
  assert.equal(few.day, 8);
  // session, assignments, begin, visit, consents, people, audit, text, quality, checks, history, commit
  assert.equal(few.open, 12);
  // Days ahead: a reminder of a nearer one is past at some hours of the day.
  const inDays = (days: number) => ({ startsAt: new Date(Date.now() + days * 86_400_000).toISOString() });
  const [one, many] = [
    { ...(await booking(1)), ...inDays(9) },
    { ...(await booking(6)), ...inDays(10) },
  ];
  const book = (body: unknown) => statements(() => nurse.post('/api/visits', body));
  const counts = [await book(one), await book(many)];
  // session, assignments, begin, patient, visit, relatives, accounts, staff, seats, whose turn it is, what is taken and what is booked, consents there
  // and new with audit, codes, what is told, reminders, whom, audit, commit
  assert.deepEqual(counts, [21, 21]);
});

test('the record answers what staff need, and reading it is in the audit', async () => {
  const visit = await makeVisit(app.ctx.db, new Date(), home);
  const record = data<VisitRecord>(await nurse.get(`/api/visits/${visit.id}`));
  assert.deepEqual(record.may, { enter: false, change: true, document: true });
  assert.equal(record.patient.place, whereabouts.place);
  const rows = await app.ctx.db.select().from(auditEntries).where(eq(auditEntries.visitId, visit.id));
  assert.deepEqual(
    rows.map(({ action, actorId, unitId, patientId }) => [action, actorId, unitId, patientId]),
    [['visit.read', account.userId, home.unitId, visit.patientId]],
  );
});

test('a patient asks, the unit assesses and books: one visit from request to booking; others neither see nor ask', async () => {
  const patientId = await makePatient(app.ctx.db, home);
  const patient = await app.signedInAs(await addUserPassword(app.ctx.db, patientId));
  const stranger = await app.signedInAs(await makeAccount(app.ctx.db, (await makeCareHome(app.ctx.db)).unitId, 'nurse'));
  const visitId = crypto.randomUUID();
  const asked = { visitId, patientId, unitId: home.unitId, about: 'Påhittat ärende' };
  assert.deepEqual(data(await patient.get('/api/my/units')), [{ patientId, unitId: home.unitId, name: 'Testenheten' }]);
  data(await patient.post('/api/my/requests', asked));
  data(await patient.post('/api/my/requests', asked));
  const elsewhere = await makeCareHome(app.ctx.db);
  assert.equal(codeOf(await patient.post('/api/my/requests', { ...asked, unitId: elsewhere.unitId })), 'not_found');
  assert.equal(codeOf(await nurse.post('/api/my/requests', asked)), 'forbidden');
  const seenBy = async (who: Caller) => data<VisitRequest[]>(await who.get('/api/requests')).filter(({ id }) => id === visitId);
  assert.deepEqual(
    (await seenBy(nurse)).map(({ state, about }) => [state, about]),
    [['requested', 'Påhittat ärende']],
  );
  assert.deepEqual(await seenBy(stranger), []);
  const path = `/api/visits/${visitId}/triage`;
  assert.equal(codeOf(await stranger.post(path, { priority: 'soon' })), 'not_found');
  assert.equal(codeOf(await patient.post(path, { priority: 'soon' })), 'not_found');
  data(await nurse.post(path, { priority: 'planned' }));
  data(await nurse.post(path, { priority: 'soon' }));
  assert.deepEqual(
    (await seenBy(nurse)).map(({ state, priority }) => [state, priority]),
    [['triaged', 'soon']],
  );
  const day = data<{ id: string }[]>(await nurse.get('/api/visits/today'));
  assert.ok(!day.some(({ id }) => id === visitId), 'it has no time yet');
  const booked = { ...(await booking(0)), visitId, patientId };
  assert.equal(data<Booked>(await nurse.post('/api/visits', booked)).codes.length, 1);
  assert.deepEqual(await seenBy(nurse), []);
  const [row] = await app.ctx.db.select().from(visits).where(eq(visits.id, visitId));
  assert.equal(row?.state, 'booked');
  assert.equal(codeOf(await nurse.post(path, { priority: 'soon' })), 'conflict', 'it is booked');

  const declined = { ...asked, visitId: crypto.randomUUID() };
  data(await patient.post('/api/my/requests', declined));
  data(await nurse.post(`/api/visits/${declined.visitId}/close`, { as: 'cancelled', reason: 'Påhittat skäl' }));
  assert.equal(codeOf(await nurse.post('/api/visits', { ...booked, visitId: declined.visitId })), 'conflict', 'it was declined');
});
