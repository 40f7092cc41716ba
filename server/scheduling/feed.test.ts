import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import ICAL from 'ical.js';
import type { Reply } from '../../contract/wire.ts';
import { addUserPassword, makeVisit, patientName } from '../../testing/care.ts';
import { codeOf, TestApp } from '../../testing/TestApp.ts';

let app: TestApp;
before(async () => {
  app = await TestApp.start();
});
after(() => app[Symbol.asyncDispose]());

const data = <T>(reply: Reply<unknown>): T => {
  assert.ok(reply.ok, JSON.stringify(reply));
  return reply.data as T;
};
const read = async (path: string): Promise<{ status: number; text: string }> => {
  const response = await fetch(app.address + path);
  return { status: response.status, text: await response.text() };
};

test('a secret address shows when and what kind, to staff and patient; a new one ends the former; a guest has none', async () => {
  const startsAt = new Date(Math.floor(Date.now() / 1_000) * 1_000 + 3 * 24 * 3_600_000);
  const visit = await makeVisit(app.ctx.db, startsAt);
  const patient = await app.signedInAs(await addUserPassword(app.ctx.db, visit.patientId));
  for (const caller of [await app.signedInAs(visit.nurse), patient]) {
    assert.equal(data<{ since: string | null }>(await caller.get('/api/my/feed')).since, null);
    const { path } = data<{ path: string }>(await caller.post('/api/my/feed'));
    const { status, text } = await read(path);
    assert.equal(status, 200);
    const [event, ...more] = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent');
    assert.ok(event && more.length === 0);
    assert.equal(new ICAL.Event(event).startDate.toJSDate().toISOString(), startsAt.toISOString());
    assert.equal(event.getFirstPropertyValue('summary'), 'Videobesök');
    assert.ok(!text.includes(patientName) && !text.includes('Testenheten'));
    const next = data<{ path: string }>(await caller.post('/api/my/feed'));
    assert.equal((await read(path)).status, 404);
    assert.equal((await read(next.path)).status, 200);
    data(await caller.post('/api/my/feed/end'));
    assert.equal((await read(next.path)).status, 404);
  }
  assert.equal(codeOf(await (await app.signedInAs(visit.relative)).post('/api/my/feed')), 'forbidden');
  assert.equal((await read('/calendar/x.ics')).status, 404);
});
