import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { Secret, TOTP } from 'otpauth';
import type { Me } from '../../contract/identity.ts';
import { defaultPolicy, type Policy } from '../../contract/policy.ts';
import type { Reply } from '../../contract/wire.ts';
import { assignments, participants, policies, sessions, users } from '../../drizzle/schema/index.ts';
import { type Account, makeAccount, makeCareHome, makeVisit, type TestVisit } from '../../testing/care.ts';
import { type Caller, codeOf, fieldOf, TestApp, until } from '../../testing/TestApp.ts';

let app: TestApp;
let visit: TestVisit;
before(async () => {
  app = await TestApp.start({ sfu: true });
  visit = await makeVisit(app.ctx.db);
});
after(() => app[Symbol.asyncDispose]());

const data = <T>(reply: Reply<unknown>): T => {
  assert.ok(reply.ok, JSON.stringify(reply));
  return reply.data as T;
};
const meOf = async (caller: Caller): Promise<Me | null> => data<Me | null>(await caller.get('/api/me'));

async function demand(part: Partial<Policy>): Promise<void> {
  const policy = { ...defaultPolicy, requiredLevel: { clinical: 1, administrative: 1, patient: 1 }, ...part };
  await app.ctx.db.update(policies).set({ policy });
  await app.ctx.demands.refresh();
}

const codeAt = (secret: string, at = Date.now()): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at });

async function enrol(account: Account): Promise<{ caller: Caller; secret: string; recoveryCodes: string[] }> {
  const caller = await app.signedInAs(account);
  const { secret, uri } = data<{ secret: string; uri: string }>(await caller.post('/api/my/totp'));
  assert.match(uri, /^otpauth:\/\/totp\/Samrum/);
  assert.equal(fieldOf(await caller.post('/api/my/totp/confirm', { oneTimeCode: '000000' })), 'oneTimeCode');
  const { recoveryCodes } = data<{ recoveryCodes: string[] }>(
    await caller.post('/api/my/totp/confirm', { oneTimeCode: codeAt(secret, Date.now() - 30_000) }),
  );
  return { caller, secret, recoveryCodes };
}

test('one-time codes: wanted at each login, each good once, and a recovery code in their place, once', async () => {
  const account = await makeAccount(app.ctx.db, visit.unitId, 'nurse');
  const { caller, secret, recoveryCodes } = await enrol(account);
  assert.equal(recoveryCodes.length, 10);
  const { username, password } = account;
  const logIn = (oneTimeCode?: string) =>
    app.stranger().post('/api/login', { username, password, ...(oneTimeCode ? { oneTimeCode } : {}) });
  assert.equal(codeOf(await logIn()), 'totp_required');
  assert.equal(codeOf(await logIn('123456')), 'wrong_code');
  const code = codeAt(secret);
  assert.equal(data<Me>(await logIn(code)).level, 2);
  assert.equal(codeOf(await logIn(code)), 'wrong_code', 'a code is good once');
  assert.equal(codeOf(await logIn(codeAt(secret, Date.now() - 30_000))), 'wrong_code', 'an older one is not taken after a newer');
  assert.equal(codeOf(await logIn(codeAt(secret, Date.now() + 120_000))), 'wrong_code', 'nor one of the future');
  const [recovery = ''] = recoveryCodes;
  assert.equal(data<Me>(await logIn(recovery.toLowerCase())).level, 2);
  assert.equal(codeOf(await logIn(recovery)), 'wrong_code');
  const renewed = data<{ recoveryCodes: string[] }>(await caller.post('/api/my/totp/recovery')).recoveryCodes;
  assert.equal(renewed.length, 10);
  assert.equal(codeOf(await logIn(recoveryCodes[1])), 'wrong_code', 'the former are good no more');
  assert.equal(data<Me>(await logIn(renewed[0])).level, 2);
  assert.equal(
    codeOf(await app.stranger().post('/api/login', { username, password: 'wrong', oneTimeCode: codeAt(secret) })),
    'wrong_credentials',
  );
  const rows = await app.ctx.db.execute<{ secret: string }>('select secret from totp_secrets').then((found) => found.rows);
  for (const row of rows) assert.match(row.secret, /^v1\./, 'it lies encrypted');
});

test('where two factors are demanded, who has only a password sets them up first, and nothing is open until then', async () => {
  await demand({ requiredLevel: { clinical: 2, administrative: 2, patient: 1 } });
  const account = await makeAccount(app.ctx.db, visit.unitId, 'nurse');
  const caller = await app.signedInAs(account);
  const before = await meOf(caller);
  assert.deepEqual([before?.level, before?.levelWanted, before?.assignments.length, before?.choices[0]?.barred], [1, 2, 0, 'level']);
  assert.equal(codeOf(await caller.get(`/api/visits/${visit.id}`)), 'not_found');
  const { secret } = data<{ secret: string }>(await caller.post('/api/my/totp'));
  data(await caller.post('/api/my/totp/confirm', { oneTimeCode: codeAt(secret) }));
  assert.equal(codeOf(await caller.get(`/api/visits/${visit.id}`)), null);
  await demand({});
});

test('an idle session locks everything but the call; a PIN opens it, and five wrong ones want a whole login', async () => {
  const { id, nurse } = visit;
  const caller = await app.signedInAs(nurse);
  for (const pin of ['1111', '1234', '9876', '12', 'abcd']) assert.equal(fieldOf(await caller.write('PUT', '/api/my/pin', { pin })), 'pin');
  data(await caller.write('PUT', '/api/my/pin', { pin: '2580' }));
  const seat = await caller.visit(id);
  data(await seat.join());
  await app.ctx.db
    .update(sessions)
    .set({ seenAt: new Date(Date.now() - 16 * 60_000) })
    .where(eq(sessions.userId, nurse.userId));
  assert.equal((await meOf(caller))?.locked, 'idle');
  assert.equal(codeOf(await caller.get(`/api/visits/${id}`)), 'locked');
  assert.equal(codeOf(await seat.ask('people:admit', { participantId: visit.relative.participantId })), 'locked');
  assert.equal(codeOf(await seat.ask('media:pause', { source: 'camera' })), null, 'the call goes on');
  const { tabId } = { tabId: crypto.randomUUID() };
  assert.equal((await caller.visit(id, { tabId })).snapshot?.visitId, id, 'and comes back after a cut');
  assert.equal(codeOf(await seat.ask('emergency:raise', {})), null, 'help is never locked');
  assert.equal(codeOf(await seat.ask('emergency:over', { mistaken: true })), null);
  const second = await makeVisit(app.ctx.db, new Date(), visit);
  await app.ctx.db.update(participants).set({ userId: nurse.userId }).where(eq(participants.id, second.nurse.participantId));
  await assert.rejects(caller.visit(second.id), /locked/, 'another visit is not opened');
  assert.equal(codeOf(await caller.post('/api/session/touch')), 'locked');

  assert.equal(codeOf(await caller.post('/api/session/unlock', { pin: '0000' })), 'wrong_credentials');
  data(await caller.post('/api/session/unlock', { pin: '2580' }));
  assert.equal(codeOf(await caller.get(`/api/visits/${id}`)), null);

  data(await caller.post('/api/session/lock'));
  for (let wrong = 0; wrong < 5; wrong++) await caller.post('/api/session/unlock', { pin: '0000' });
  assert.equal((await meOf(caller))?.locked, 'absolute');
  assert.equal(codeOf(await caller.post('/api/session/unlock', { pin: '2580' })), 'locked');
  assert.equal(codeOf(await caller.post('/api/session/unlock', { password: 'wrong' })), 'wrong_credentials');
  data(await caller.post('/api/session/unlock', { password: nurse.password }));
  assert.equal(codeOf(await caller.get(`/api/visits/${id}`)), null);
  data(await seat.ask('visit:leave', {}));
});

test('after the longest time since the login a PIN is not enough', async () => {
  const account = await makeAccount(app.ctx.db, visit.unitId, 'nurse');
  const caller = await app.signedInAs(account);
  data(await caller.write('PUT', '/api/my/pin', { pin: '2580' }));
  await app.ctx.db
    .update(sessions)
    .set({ loginAt: new Date(Date.now() - 13 * 3_600_000) })
    .where(eq(sessions.userId, account.userId));
  assert.equal((await meOf(caller))?.locked, 'absolute');
  assert.equal(codeOf(await caller.post('/api/session/unlock', { pin: '2580' })), 'locked');
  data(await caller.post('/api/session/unlock', { password: account.password }));
  assert.equal((await meOf(caller))?.locked, null);
});

test('signing, and changing what one logs in with, take a fresh proof', async () => {
  const account = await makeAccount(app.ctx.db, visit.unitId, 'nurse');
  const caller = await app.signedInAs(account);
  await app.ctx.db
    .update(sessions)
    .set({ provedAt: new Date(Date.now() - 6 * 60_000) })
    .where(eq(sessions.userId, account.userId));
  assert.equal(codeOf(await caller.write('PUT', '/api/my/pin', { pin: '2580' })), 'prove_again');
  assert.equal(codeOf(await caller.post('/api/my/totp')), 'prove_again');
  const done = await makeVisit(app.ctx.db, new Date(), visit);
  await app.ctx.db.execute(`update visits set state = 'documenting', identity_method = 'knownToStaff' where id = '${done.id}'`);
  const words = {
    outcome: 'Påhittat utfall',
    agreed: '',
    followUp: '',
    followUpOwner: 'Test Ansvarig',
    followUpOn: null,
    contactType: 'video',
    contactCode: 'ZV051',
    soundEnough: 'yes',
    pictureEnough: 'yes',
    identityMethod: null,
  };
  const { version } = data<{ version: number }>(await caller.put(`/api/visits/${done.id}/documentation`, { ...words, basedOn: 1 }));
  const sign = () => caller.post(`/api/visits/${done.id}/complete`, { basedOn: version, as: 'completed' });
  assert.equal(codeOf(await sign()), 'prove_again');
  data(await caller.post('/api/session/unlock', { password: account.password }));
  data(await sign());
});

test('a shared tablet goes from one nurse to another by PIN: the seat and its place in the room stay', async () => {
  const here = await makeVisit(app.ctx.db);
  const second = await makeAccount(app.ctx.db, here.unitId, 'assistantNurse');
  const tablet = await app.signedInAs(here.nurse);
  data(await tablet.write('PUT', '/api/my/pin', { pin: '2580' }));
  const firstCookie = tablet.cookie;
  data(await tablet.post('/api/login', { username: second.username, password: second.password }));
  data(await tablet.write('PUT', '/api/my/pin', { pin: '1470' }));
  const people = async () => data<{ key: string; name: string; here: boolean }[]>(await tablet.get('/api/device/people'));
  const byName = async (username: string) => (await people()).find(({ name }) => name === username);
  assert.deepEqual(
    (await people()).map(({ name, here: mine }) => [name, mine]).toSorted(),
    [
      [second.username, true],
      [here.nurse.username, false],
    ].toSorted(),
  );
  const stolen = app.stranger();
  stolen.cookie = firstCookie;
  assert.equal((await meOf(stolen))?.locked, 'idle', 'what the former had open is locked');

  const back = await byName(here.nurse.username);
  assert.equal(fieldOf(await tablet.post('/api/device/switch', { key: back?.key, pin: '9999' })), 'pin');
  data(await tablet.post('/api/device/switch', { key: back?.key, pin: '2580' }));
  assert.equal((await meOf(tablet))?.userId, here.nurse.userId);
  const tabId = crypto.randomUUID();
  const seat = await tablet.visit(here.id, { tabId });
  data(await seat.join());

  const next = await byName(second.username);
  const seatOf = (held: string) => ({ key: next?.key, pin: '1470', seat: { visitId: here.id, tabId: held } });
  data(await tablet.post('/api/device/switch', seatOf(crypto.randomUUID())));
  const [kept] = await app.ctx.db.select().from(participants).where(eq(participants.id, here.nurse.participantId));
  assert.equal(kept?.userId, here.nurse.userId, 'a tab that is not in the room gives nothing away');
  data(await tablet.post('/api/device/switch', { key: (await byName(here.nurse.username))?.key, pin: '2580' }));
  await until(() => !seat.socket.connected);
  const again = await tablet.visit(here.id, { tabId });
  data(await again.join(false));

  data(await tablet.post('/api/device/switch', seatOf(tabId)));
  await until(() => !again.socket.connected);
  const [row] = await app.ctx.db.select().from(participants).where(eq(participants.id, here.nurse.participantId));
  assert.deepEqual([row?.userId, row?.role, row?.acknowledgedAt], [second.userId, 'assistantNurse', null]);
  assert.notEqual(row?.presence, 'away', 'its place in the room is kept');
  const after = await tablet.visit(here.id, { tabId });
  assert.equal(codeOf(await after.join(false)), null, 'the same tab comes back to the same seat');
  assert.equal(after.snapshot?.you.id, here.nurse.participantId);

  const stranger = app.stranger();
  assert.deepEqual(data(await stranger.get('/api/device/people')), []);
  assert.equal(
    codeOf(await stranger.post('/api/device/switch', { key: next?.key, pin: '1470' })),
    'not_found',
    'another device knows nobody',
  );
});

test('a clinician abroad: country, licence and approval are looked at when a session acts and while it runs', async () => {
  const home = await makeCareHome(app.ctx.db);
  const doctor = await makeAccount(app.ctx.db, home.unitId, 'remotePhysician');
  const caller = app.stranger();
  data(await caller.post('/api/login', { username: doctor.username, password: doctor.password }));
  const [held] = (await meOf(caller))?.choices ?? [];
  assert.deepEqual([(await meOf(caller))?.assignments, held?.declares], [[], true]);
  const choose = (country: string | null) => caller.post('/api/assignment', { assignmentId: held?.id, country });
  assert.equal(fieldOf(await choose(null)), 'country');
  assert.equal(codeOf(await choose('US')), 'forbidden', 'outside the EU and EEA');
  assert.equal(codeOf(await choose('FI')), 'forbidden', 'inside, but not approved');
  assert.deepEqual((await meOf(caller))?.assignments, []);
  data(await choose('PT'));
  assert.equal((await meOf(caller))?.assignments.length, 1);
  await app.ctx.db.update(users).set({ licenceUntil: '2020-01-01' }).where(eq(users.id, doctor.userId));
  assert.deepEqual([(await meOf(caller))?.assignments, (await meOf(caller))?.choices[0]?.barred], [[], 'licence']);
  await app.ctx.db.update(users).set({ licenceUntil: null, licence: 'revoked' }).where(eq(users.id, doctor.userId));
  assert.deepEqual((await meOf(caller))?.assignments, []);
  await app.ctx.db
    .update(users)
    .set({ licence: 'restricted', workCountries: ['SE'] })
    .where(eq(users.id, doctor.userId));
  assert.deepEqual((await meOf(caller))?.choices[0]?.barred, 'country', 'approval taken back while it runs');
  assert.ok((await app.ctx.db.select().from(assignments)).length > 0);
});

test('many wrong PINs at once are no more than a few', async () => {
  const account = await makeAccount(app.ctx.db, visit.unitId, 'nurse');
  const caller = await app.signedInAs(account);
  data(await caller.write('PUT', '/api/my/pin', { pin: '2580' }));
  data(await caller.post('/api/session/lock'));
  const replies = await Promise.all(Array.from({ length: 12 }, () => caller.post('/api/session/unlock', { pin: '0000' })));
  assert.equal(replies.filter((reply) => codeOf(reply) === 'wrong_credentials').length, 5);
  assert.notEqual(codeOf(await caller.post('/api/session/unlock', { pin: '2580' })), null);
});

test('a right password without a code does not forgive wrong codes', async () => {
  const account = await makeAccount(app.ctx.db, visit.unitId, 'nurse');
  await enrol(account);
  const { username, password } = account;
  const codes: (string | null)[] = [];
  for (let round = 0; round < 10; round++) {
    codes.push(codeOf(await app.stranger().post('/api/login', { username, password, oneTimeCode: '000000' })));
    await app.stranger().post('/api/login', { username, password });
  }
  assert.equal(codes.at(-1), 'rate_limited');
});

test('who logs in anew on a device has one session there, and one who logs out none', async () => {
  const account = await makeAccount(app.ctx.db, visit.unitId, 'nurse');
  const caller = await app.signedInAs(account);
  data(await caller.write('PUT', '/api/my/pin', { pin: '2580' }));
  data(await caller.post('/api/login', { username: account.username, password: account.password }));
  const held = () => app.ctx.db.select().from(sessions).where(eq(sessions.userId, account.userId));
  assert.equal((await held()).length, 1);
  data(await caller.post('/api/logout'));
  assert.equal((await held()).length, 0);
  assert.deepEqual(data(await caller.get('/api/device/people')), []);
});
