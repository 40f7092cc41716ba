import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { auditEntries, invitations } from '../../drizzle/schema/index.ts';
import { makeVisit, type TestVisit } from '../../testing/care.ts';
import { codeOf, TestApp, until } from '../../testing/TestApp.ts';

let app: TestApp;
let visit: TestVisit;
before(async () => {
  app = await TestApp.start();
  visit = await makeVisit(app.ctx.db);
});
after(() => app[Symbol.asyncDispose]());

test('the day and admitting require authentication', async () => {
  const stranger = app.stranger();
  assert.equal(codeOf(await stranger.get('/api/visits/today')), 'unauthenticated');
  const path = `/api/visits/${visit.id}/admit`;
  assert.equal(codeOf(await stranger.post(path, { participantId: visit.relative.participantId })), 'unauthenticated');
});

test('a login gives a cookie that scripts cannot read and other sites do not send', async () => {
  const { username, password } = visit.doctor;
  const body = JSON.stringify({ username, password });
  const response = await app.stranger().send('/api/login', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const cookie = response.headers.getSetCookie().join();
  assert.match(cookie, /HttpOnly/);
  assert.match(cookie, /SameSite=Lax/);
  assert.doesNotMatch(cookie, /Secure/, 'plain HTTP on localhost');
  assert.doesNotMatch(await response.text(), /argon2|password/i);
});

test('behind a trusted proxy that speaks HTTPS the cookie is Secure', async () => {
  await using proxied = await TestApp.start({ env: { TRUST_PROXY: 'loopback' } });
  const { doctor } = await makeVisit(proxied.ctx.db);
  const response = await proxied.stranger().send('/api/login', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-proto': 'https' },
    body: JSON.stringify({ username: doctor.username, password: doctor.password }),
  });
  assert.match(response.headers.getSetCookie().join(), /Secure/);
});

test('a wrong name and a wrong password are answered alike', async () => {
  const wrongPassword = await app.stranger().post('/api/login', { username: visit.nurse.username, password: 'wrong' });
  const wrongName = await app.stranger().post('/api/login', { username: 'nobody', password: 'wrong' });
  assert.deepEqual(wrongPassword, wrongName);
  assert.equal(codeOf(wrongName), 'wrong_credentials');
});

test('after eight failures even the right password waits, and a failure is in the audit', async () => {
  const { nurse } = await makeVisit(app.ctx.db);
  for (let attempt = 0; attempt < 8; attempt++) await app.stranger().post('/api/login', { username: nurse.username, password: 'wrong' });
  const reply = await app.stranger().post('/api/login', { username: nurse.username, password: nurse.password });
  assert.equal(codeOf(reply), 'rate_limited');
  const rows = await app.ctx.db.select().from(auditEntries).where(eq(auditEntries.actorId, nurse.userId));
  assert.equal(rows.filter(({ action }) => action === 'login.failed').length, 8);
});

test('a guest comes in by reference and code, however they are spaced', async () => {
  const { reference, code } = visit.relative;
  const spaced = `${reference.slice(0, 4).toLowerCase()}-${reference.slice(4)}`;
  const reply = await app.stranger().post('/api/guest', { reference: spaced, code: `${code.slice(0, 3)} ${code.slice(3)}` });
  assert.ok(reply.ok);
  assert.equal((reply.data as { visitId: string }).visitId, visit.id);
});

test('an unknown reference, a wrong code and an expired one are answered alike', async () => {
  const { relative } = await makeVisit(app.ctx.db);
  await app.ctx.db
    .update(invitations)
    .set({ expiresAt: new Date(0) })
    .where(eq(invitations.reference, relative.reference));
  const expired = await app.stranger().post('/api/guest', relative);
  const unknown = await app.stranger().post('/api/guest', { reference: 'ZZZZ9999', code: '000000' });
  const mistyped = await app.stranger().post('/api/guest', { reference: visit.relative.reference, code: '000000' });
  assert.equal(codeOf(expired), 'wrong_code');
  assert.deepEqual(expired, unknown);
  assert.deepEqual(expired, mistyped);
});

test('a malformed field is named', async () => {
  const reply = await app.stranger().post('/api/guest', { reference: visit.relative.reference, code: '12345' });
  assert.equal(codeOf(reply), 'invalid');
  assert.equal(reply.ok ? null : reply.field, 'code');
});

test('a guest does not see the day of the staff', async () => {
  const guest = await app.signedInAs((await makeVisit(app.ctx.db)).relative);
  assert.equal(codeOf(await guest.get('/api/visits/today')), 'forbidden');
});

test('logging out ends the session and its sockets', async () => {
  const caller = await app.signedInAs(visit.doctor);
  const seat = await caller.visit(visit.id);
  const { cookie } = caller;
  await caller.post('/api/logout', {});
  await until(() => !seat.socket.connected);
  caller.cookie = cookie;
  assert.equal(codeOf(await caller.get('/api/visits/today')), 'unauthenticated');
  await assert.rejects(caller.visit(visit.id), /unauthenticated/);
});
