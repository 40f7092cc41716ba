import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { OwnSession } from '../../contract/identity.ts';
import type { Reply } from '../../contract/wire.ts';
import { makeVisit, type TestVisit } from '../../testing/care.ts';
import { type Caller, codeOf, fieldOf, TestApp, until } from '../../testing/TestApp.ts';
import { browserOf } from './device.ts';

let app: TestApp;
let visit: TestVisit;
before(async () => {
  app = await TestApp.start();
  visit = await makeVisit(app.ctx.db);
});
after(() => app[Symbol.asyncDispose]());

const sessionsOf = async (caller: Caller): Promise<OwnSession[]> => {
  const reply: Reply<unknown> = await caller.get('/api/sessions');
  assert.ok(reply.ok, JSON.stringify(reply));
  return reply.data as OwnSession[];
};

test('a session is ended from another device: it opens nothing more, and its sockets are gone', async () => {
  const [here, there] = [await app.signedInAs(visit.nurse), await app.signedInAs(visit.nurse)];
  const seat = await there.visit(visit.id);
  const before = await sessionsOf(here);
  assert.deepEqual(
    before.map((session) => session.here),
    [false, true],
  );
  const other = before.find((session) => !session.here);
  const reply = await here.post(`/api/sessions/${other?.key}/end`);
  assert.ok(reply.ok);
  assert.deepEqual(
    (reply.data as OwnSession[]).map((session) => session.here),
    [true],
  );
  assert.equal(codeOf(await there.get('/api/sessions')), 'unauthenticated');
  await until(() => !seat.socket.connected);
  assert.equal(codeOf(await here.get('/api/visits/today')), null);
});

test('logged out everywhere else: what asks stays, others’ too', async () => {
  const doctor = await app.signedInAs(visit.doctor);
  const [here, ...others] = [await app.signedInAs(visit.nurse), await app.signedInAs(visit.nurse), await app.signedInAs(visit.nurse)];
  const reply = await here.post('/api/sessions/end-others');
  assert.ok(reply.ok);
  assert.deepEqual(
    (reply.data as OwnSession[]).map((session) => session.here),
    [true],
  );
  for (const other of others) assert.equal(codeOf(await other.get('/api/sessions')), 'unauthenticated');
  for (const left of [here, doctor]) assert.equal(codeOf(await left.get('/api/sessions')), null);
});

test('nobody ends another’s, and what is no session is named', async () => {
  const [nurse, doctor] = [await app.signedInAs(visit.nurse), await app.signedInAs(visit.doctor)];
  const [foreign] = await sessionsOf(doctor);
  const refused = await nurse.post(`/api/sessions/${foreign?.key}/end`);
  assert.deepEqual([codeOf(refused), fieldOf(refused)], ['not_found', 'key']);
  assert.equal(fieldOf(await nurse.post('/api/sessions/mine/end')), 'key');
  assert.equal(codeOf(await doctor.get('/api/sessions')), null);
  assert.equal(codeOf(await app.stranger().get('/api/sessions')), 'unauthenticated');
});

test('of a browser its name and system are kept, and no more', () => {
  const android =
    'Mozilla/5.0 (Linux; Android 15; Pixel 9 Build/AP4A) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36';
  assert.equal(browserOf(android), 'Chrome, Android');
  assert.equal(browserOf('Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0'), 'Firefox, Linux');
  assert.equal(browserOf('curl/8'), null);
  assert.equal(browserOf(undefined), null);
});
