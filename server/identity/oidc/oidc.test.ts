import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import type { Me } from '../../../contract/identity.ts';
import { defaultPolicy } from '../../../contract/policy.ts';
import type { Reply } from '../../../contract/wire.ts';
import { assignments, auditEntries, identityProviders, patients, policies, sessions, users } from '../../../drizzle/schema/index.ts';
import { type Account, makeAccount, makeCareHome, makePatient, testNumber } from '../../../testing/care.ts';
import { Eid } from '../../../testing/Eid.ts';
import { LyingProvider } from '../../../testing/LyingProvider.ts';
import { type Caller, codeOf, TestApp, until } from '../../../testing/TestApp.ts';

let app: TestApp;
let eid: Eid;
let nurse: Account & { hsaId: string };
let number: string;
before(async () => {
  app = await TestApp.start();
  eid = await Eid.start(app.ctx.db, app.address);
  await app.ctx.db.update(policies).set({ policy: defaultPolicy });
  await app.ctx.demands.refresh();
  nurse = await staff('nurse');
  number = testNumber('1950-03-04');
  await makePatient(app.ctx.db, await makeCareHome(app.ctx.db), { number, birthDate: '1950-03-04' });
});
after(async () => {
  await eid[Symbol.asyncDispose]();
  await app[Symbol.asyncDispose]();
});

let serial = 0;
async function staff(role: 'nurse' | 'unitHead'): Promise<Account & { hsaId: string }> {
  const home = await makeCareHome(app.ctx.db);
  const account = await makeAccount(app.ctx.db, home.unitId, role);
  const hsaId = `TSTNMT2321000156-T${++serial}`;
  await app.ctx.db.update(users).set({ hsaId }).where(eq(users.id, account.userId));
  return { ...account, hsaId };
}

const data = <T>(reply: Reply<unknown>): T => {
  assert.ok(reply.ok, JSON.stringify(reply));
  return reply.data as T;
};
const meOf = async (caller: Caller): Promise<Me | null> => data<Me | null>(await caller.get('/api/me'));

test('staff come by HSA-id, at the level that the provider shows, and act by their assignment', async () => {
  const caller = app.stranger();
  assert.equal(await eid.logIn(caller, 'staff', { id: nurse.hsaId }), '/');
  const me = await meOf(caller);
  assert.deepEqual([me?.userId, me?.level, me?.assignments.length], [nurse.userId, 3, 1]);
  assert.equal(codeOf(await caller.get('/api/visits/today')), null);
});

test('a password alone opens nothing where more is demanded', async () => {
  const caller = app.stranger();
  assert.equal(codeOf(await caller.post('/api/login', { username: nurse.username, password: nurse.password })), 'level_too_low');
  assert.equal(await meOf(caller), null);
});

test('residents come by personal number, however many ways it is written there', async () => {
  const caller = app.stranger();
  assert.equal(await eid.logIn(caller, 'resident', { id: `${number.slice(2, 8)}-${number.slice(8)}` }), '/');
  assert.equal((await meOf(caller))?.kind, 'patient');
  assert.equal(codeOf(await caller.get('/api/my/visits')), null);
});

test('one of several assignments can be chosen there', async () => {
  const several = await staff('nurse');
  const home = await makeCareHome(app.ctx.db);
  await app.ctx.db
    .insert(assignments)
    .values({ userId: several.userId, unitId: home.unitId, role: 'unitHead', hsaId: 'TSTNMT2321000156-UPPDRAG' });
  const caller = app.stranger();
  await eid.logIn(caller, 'staff', { id: several.hsaId, assignment: 'TSTNMT2321000156-UPPDRAG' });
  assert.deepEqual(
    (await meOf(caller))?.assignments.map(({ role }) => role),
    ['unitHead'],
  );
});

/** Asserts that it led nowhere, with this reason, a support code that is in the log, and no session. */
async function refused(caller: Caller, location: string, reason: string): Promise<void> {
  const { searchParams } = new URL(location, app.address);
  assert.equal(searchParams.get('refused'), reason);
  const support = searchParams.get('support') ?? '';
  assert.match(support, /^[0-9A-F]{8}$/);
  assert.equal(await meOf(caller), null);
  const rows = await app.ctx.db.select().from(auditEntries).where(eq(auditEntries.action, 'login.refused'));
  assert.ok(rows.some(({ detail }) => (detail as { support: string }).support === support));
}

test('what leads nowhere says why, with a support code, and opens no session', async (t) => {
  const tries: [string, Parameters<Eid['logIn']>[1], Parameters<Eid['logIn']>[2], string][] = [
    ['too low a level', 'staff', { id: '', level: 'urn:samrum:demo:loa2' }, 'level'],
    ['nobody of ours', 'staff', { id: 'TSTNMT2321000156-NOBODY' }, 'unknownPerson'],
    ['no HSA-id', 'staff', { id: 'somebody' }, 'invalid'],
    ['a resident whom nobody has registered', 'resident', { id: testNumber('1951-03-04') }, 'unknownPerson'],
    ['no personal number', 'resident', { id: '19500304-0000' }, 'invalid'],
  ];
  for (const [what, tenant, person, reason] of tries) {
    await t.test(what, async () => {
      const caller = app.stranger();
      await refused(caller, await eid.logIn(caller, tenant, { ...person, id: person.id || nurse.hsaId }), reason);
    });
  }
  await t.test('stopped there', async () => {
    const caller = app.stranger();
    const stop = { id: nurse.hsaId, stop: '1' } as Parameters<Eid['logIn']>[2];
    await refused(caller, await eid.logIn(caller, 'staff', stop), 'denied');
  });
});

test('a way back is good once, in the browser that began, and not for long', async () => {
  const caller = app.stranger();
  const path = await eid.comeBack(caller, 'staff', { id: nurse.hsaId });
  const thief = app.stranger();
  await refused(thief, (await thief.send(path, { redirect: 'manual' })).headers.get('location') ?? '', 'expired');
  assert.equal((await caller.send(path, { redirect: 'manual' })).headers.get('location'), '/');
  const again = app.stranger();
  again.cookie = caller.cookie.replace(/samrum_session=[^;]+/, '');
  await refused(again, (await again.send(path, { redirect: 'manual' })).headers.get('location') ?? '', 'expired');
  const late = app.stranger();
  const lateWay = await eid.comeBack(late, 'staff', { id: nurse.hsaId });
  await app.ctx.db.execute(`update logins_under_way set expires_at = now() - interval '1 second'`);
  await refused(late, (await late.send(lateWay, { redirect: 'manual' })).headers.get('location') ?? '', 'expired');
});

test('tokens that lie: forged, unsigned, expired, for another, from another, replayed, without a level', async (t) => {
  await using liar = await LyingProvider.start();
  const [{ id = '' } = {}] = await app.ctx.db
    .insert(identityProviders)
    .values({
      name: 'Prov',
      audience: 'staff',
      issuer: liar.issuer,
      clientId: 'samrum',
      clientSecret: 'x'.repeat(32),
      scope: 'openid',
      claims: { person: 'employeeHsaId', assignment: null, level: 'acr' },
      levels: { loa3: 3 },
    })
    .returning({ id: identityProviders.id });
  const come = async (caller: Caller, lie: LyingProvider['lie']): Promise<string> => {
    liar.lie = { ...lie, claims: { employeeHsaId: nurse.hsaId, ...lie.claims } };
    const { url } = data<{ url: string }>(await caller.post(`/api/login/providers/${id}`, { purpose: 'login' }));
    return (await caller.send(liar.comeBack(url), { redirect: 'manual' })).headers.get('location') ?? '';
  };
  const honest = app.stranger();
  assert.equal(await come(honest, {}), '/', 'without a lie it is let in, so that the lies are what is refused');
  assert.equal((await meOf(honest))?.userId, nurse.userId);
  const lies: [string, LyingProvider['lie'], string][] = [
    ['signed by somebody else', { foreignKey: true }, 'invalid'],
    ['not signed', { unsigned: true }, 'invalid'],
    ['expired', { expired: true }, 'expired'],
    ['for another client', { claims: { aud: 'another' } }, 'invalid'],
    ['from another issuer', { issuer: 'https://another.example' }, 'invalid'],
    ['of another login', { claims: { nonce: 'another' } }, 'invalid'],
    ['of a login long ago', { claims: { auth_time: 1_000_000_000 } }, 'expired'],
    ['without a level', { claims: { acr: undefined } }, 'level'],
    ['with a level that nobody knows', { claims: { acr: 'loa99' } }, 'level'],
    ['without a person', { claims: { employeeHsaId: undefined } }, 'invalid'],
  ];
  for (const [what, lie, reason] of lies) {
    await t.test(what, async () => {
      const caller = app.stranger();
      await refused(caller, await come(caller, lie), reason);
    });
  }
});

test('logging out ends the session there too; logged out there, it ends here', async () => {
  const caller = app.stranger();
  await eid.logIn(caller, 'staff', { id: nurse.hsaId });
  const { url } = data<{ url: string | null }>(await caller.post('/api/logout'));
  assert.match(url ?? '', /\/session\/end\?.*client_id=/);
  assert.doesNotMatch(url ?? '', /eyJ/, 'no token stands in an address');

  const second = app.stranger();
  await eid.logIn(second, 'staff', { id: nurse.hsaId });
  const forged = await second.post(`/api/login/providers/${eid.providerIds.staff}/logged-out`, {
    logout_token: 'eyJhbGciOiJub25lIn0.e30.',
  });
  assert.equal(codeOf(forged), 'invalid');
  assert.equal((await meOf(second))?.userId, nurse.userId);
  await eid.logOutThere('staff');
  await until(async () => (await meOf(second)) === null);
});

test('what has locked opens by e-ID for the same person alone', async () => {
  const caller = app.stranger();
  await eid.logIn(caller, 'staff', { id: nurse.hsaId });
  await caller.post('/api/session/lock');
  assert.equal(codeOf(await caller.get('/api/visits/today')), 'locked');
  const other = await staff('nurse');
  const { searchParams } = new URL(await eid.logIn(caller, 'staff', { id: other.hsaId }, 'unlock'), app.address);
  assert.equal(searchParams.get('refused'), 'otherPerson');
  assert.equal(codeOf(await caller.get('/api/visits/today')), 'locked');
  const lower = await eid.logIn(caller, 'staff', { id: nurse.hsaId, level: 'urn:samrum:demo:loa2' }, 'unlock');
  assert.match(lower, /refused=level/);
  assert.equal(codeOf(await caller.post('/api/session/unlock', { password: nurse.password })), 'level_too_low', 'what was begun by e-ID');
  assert.equal(codeOf(await caller.get('/api/visits/today')), 'locked');
  assert.equal(await eid.logIn(caller, 'staff', { id: nurse.hsaId }, 'unlock'), '/');
  assert.equal(codeOf(await caller.get('/api/visits/today')), null);
});

test('more is demanded than when they logged in: the session opens nothing more', async () => {
  const caller = app.stranger();
  await eid.logIn(caller, 'resident', { id: number });
  await app.ctx.db.update(policies).set({ policy: { ...defaultPolicy, requiredLevel: { clinical: 4, administrative: 4, patient: 4 } } });
  await app.ctx.demands.refresh();
  assert.equal(await meOf(caller), null);
  await app.ctx.db.update(policies).set({ policy: defaultPolicy });
  await app.ctx.demands.refresh();
});

test('a provider that does not answer is said, and a secret is never shown', async () => {
  const operator = await staff('unitHead');
  await app.ctx.db.update(users).set({ operator: true }).where(eq(users.id, operator.userId));
  const caller = app.stranger();
  await eid.logIn(caller, 'staff', { id: operator.hsaId });
  const body = {
    name: 'Tyst',
    audience: 'staff',
    issuer: 'http://localhost:9/nobody',
    clientId: 'samrum',
    scope: 'openid',
    claims: { person: 'employeeHsaId', assignment: null, level: 'acr' },
    levels: { loa3: 3 },
    enabled: true,
    secret: 'hemligt-hemligt',
  };
  assert.equal(codeOf(await caller.post('/api/providers', { ...body, issuer: 'http://example.com' })), 'invalid');
  const { id } = data<{ id: string }>(await caller.post('/api/providers', body));
  assert.equal(codeOf(await caller.post(`/api/providers/${id}/try`)), 'invalid');
  assert.equal(codeOf(await app.stranger().post(`/api/login/providers/${id}`, { purpose: 'login' })), 'conflict');
  assert.doesNotMatch(JSON.stringify(await caller.get('/api/providers')), /hemligt/);
  assert.equal(codeOf(await caller.write('PUT', `/api/providers/${id}`, { ...body, secret: null, basedOn: 7 })), 'conflict');
  const other = app.stranger();
  await eid.logIn(other, 'staff', { id: nurse.hsaId });
  for (const path of ['/api/providers', '/api/policy']) assert.equal(codeOf(await other.get(path)), 'forbidden');
  assert.ok((await app.ctx.db.select().from(sessions)).length > 0);
  assert.ok((await app.ctx.db.select().from(patients)).length > 0);
});
