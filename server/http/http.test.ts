import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { routes } from '../../contract/routes.ts';
import { makeVisit } from '../../testing/care.ts';
import { codeOf, TestApp } from '../../testing/TestApp.ts';

let app: TestApp;
before(async () => {
  app = await TestApp.start();
});
after(() => app[Symbol.asyncDispose]());

const json = { 'content-type': 'application/json' };

test('the OpenAPI document has every route, each with its request and its refusal', async () => {
  const document = (await (await app.stranger().send('/api/openapi.json')).json()) as {
    openapi: string;
    paths: Record<string, Record<string, { responses: object }>>;
  };
  assert.equal(document.openapi, '3.1.0');
  for (const key of Object.keys(routes)) {
    const [method = '', path = ''] = key.split(' ');
    const operation = document.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
    assert.ok(operation, key);
    assert.ok('default' in operation.responses, key);
  }
});

test('a write from another site is refused before anything is read', async () => {
  const { doctor } = await makeVisit(app.ctx.db);
  const body = JSON.stringify({ username: doctor.username, password: doctor.password });
  for (const headers of [{ origin: 'https://elsewhere.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }] as Record<
    string,
    string
  >[]) {
    const response = await app.stranger().send('/api/login', { method: 'POST', headers: { ...json, ...headers }, body });
    assert.equal(response.status, 403, JSON.stringify(headers));
    assert.equal(response.headers.getSetCookie().length, 0);
  }
  const own = await app.stranger().send('/api/login', { method: 'POST', headers: { ...json, origin: app.address }, body });
  assert.equal(own.status, 200);
});

test('what is not JSON, too large or nowhere is answered in the one form', async () => {
  const malformed = await app.stranger().send('/api/login', { method: 'POST', headers: json, body: '{"username":' });
  assert.equal(codeOf(await malformed.json()), 'invalid');
  const large = await app
    .stranger()
    .send('/api/login', { method: 'POST', headers: json, body: JSON.stringify({ username: 'x'.repeat(100_000) }) });
  assert.equal(codeOf(await large.json()), 'too_large');
  assert.equal(codeOf(await app.stranger().get('/api/nowhere')), 'not_found');
});

test('alive without an SFU, but not ready', async () => {
  assert.equal((await app.stranger().send('/healthz')).status, 200);
  const ready = await app.stranger().send('/readyz');
  assert.equal(ready.status, 503);
  assert.deepEqual(await ready.json(), { database: true, sfu: false });
});

test('refusals are counted by their code', async () => {
  const before = await app.metric('samrum_refused_total', 'code="unauthenticated"');
  await app.stranger().get('/api/visits/today');
  assert.equal(await app.metric('samrum_refused_total', 'code="unauthenticated"'), before + 1);
});

test('the page may not be framed and runs no foreign script', async () => {
  const policy = (await app.stranger().send('/healthz')).headers.get('content-security-policy') ?? '';
  assert.match(policy, /frame-ancestors 'self'/);
  assert.match(policy, /script-src 'self'/);
});
