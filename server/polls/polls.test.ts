import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import type { OwnPoll, PollView } from '../../contract/polls.ts';
import type { Reply } from '../../contract/wire.ts';
import { messages, patients, relatives, visits } from '../../drizzle/schema/index.ts';
import { makeVisit, patientName } from '../../testing/care.ts';
import { MailServer } from '../../testing/MailServer.ts';
import { codeOf, fieldOf, TestApp, until } from '../../testing/TestApp.ts';

let app: TestApp;
let mail: MailServer;
before(async () => {
  mail = await MailServer.start();
  app = await TestApp.start({ env: { SMTP_URL: mail.url, PUBLIC_URL: 'https://samrum.test' } });
});
after(async () => {
  await app[Symbol.asyncDispose]();
  await mail[Symbol.asyncDispose]();
});

const data = <T>(reply: Reply<unknown>): T => {
  assert.ok(reply.ok, JSON.stringify(reply));
  return reply.data as T;
};
const soon = (days: number): string => `${new Date(Date.now() + days * 24 * 3_600_000).toISOString().slice(0, 10)}T09:00:00.000Z`;
const times = [soon(20), soon(21)];

async function scene() {
  const visit = await makeVisit(app.ctx.db);
  const nurse = await app.signedInAs(visit.nurse);
  const email = `${randomUUID().slice(0, 8)}@example.test`;
  await app.ctx.db.update(relatives).set({ email, channel: 'email' }).where(eq(relatives.id, visit.relativeId));
  const visitId = randomUUID();
  const { unitId, patientId, relativeId } = visit;
  const body = {
    visitId,
    unitId,
    patientId,
    minutes: 45,
    options: times,
    invitees: [
      { kind: 'relative', relativeId },
      { kind: 'other', name: 'Test Skola', email: null },
    ],
  };
  return { visit, nurse, email, visitId, body };
}

test('two of different organisations say which times suit; one is booked, and then nobody answers any more', async () => {
  const { visit, nurse, email, visitId, body } = await scene();
  const { links } = data<{ links: { name: string; path: string }[] }>(await nurse.post('/api/polls', body));
  assert.deepEqual(
    links.map(({ name }) => name),
    ['Test Skola'],
  );
  await until(() => mail.to(email).length === 1);
  const text = mail.to(email)[0]?.parsed.text ?? '';
  assert.doesNotMatch(text, new RegExp(patientName));
  const mailed = /times#(\S+)/.exec(text)?.[1] ?? '';
  const handed = links[0]?.path.split('#')[1] ?? '';
  const stranger = app.stranger();
  const seen = data<OwnPoll>(await stranger.post('/api/times', { secret: mailed }));
  assert.deepEqual([seen.minutes, seen.open, seen.options.map(({ startsAt }) => startsAt)], [45, true, times]);
  assert.ok(!JSON.stringify(seen).includes(patientName));
  const [first, second] = seen.options.map(({ id }) => id);
  const say = (secret: string, one: string, other: string) =>
    stranger.put('/api/times', {
      secret,
      answers: [
        { optionId: first, answer: one },
        { optionId: second, answer: other },
      ],
    });
  data(await say(mailed, 'no', 'yes'));
  data(await say(mailed, 'maybe', 'yes'));
  data(await say(handed, 'no', 'yes'));
  const poll = data<PollView>(await nurse.get(`/api/visits/${visitId}/poll`));
  assert.deepEqual(poll.invitees.map(({ name, answers }) => [name, answers[first ?? ''], answers[second ?? '']]).sort(), [
    ['Test Anhörig', 'maybe', 'yes'],
    ['Test Skola', 'no', 'yes'],
  ]);
  const booking = {
    visitId,
    unitId: visit.unitId,
    patientId: visit.patientId,
    startsAt: times[1],
    durationMinutes: 45,
    place: 'Rum 1',
    address: null,
    entrance: null,
    callbackPhone: null,
    language: 'sv',
    patientComes: 'bedside',
    staff: [{ userId: visit.nurse.userId, unitId: visit.unitId, host: true, atBedside: true }],
    relativeIds: [],
  };
  data(await nurse.post('/api/visits', booking));
  const [booked] = await app.ctx.db.select().from(visits).where(eq(visits.id, visitId));
  assert.deepEqual([booked?.state, booked?.startsAt.toISOString()], ['booked', times[1]]);
  assert.equal(codeOf(await say(mailed, 'yes', 'yes')), 'ended');
  assert.equal(data<OwnPoll>(await stranger.post('/api/times', { secret: mailed })).open, false);
  const asked = (await app.ctx.db.select().from(messages).where(eq(messages.visitId, visitId))).filter(({ purpose }) => purpose === 'poll');
  assert.deepEqual(
    asked.map(({ body: text }) => text),
    [''],
    'a secret that has gone is kept nowhere in clear',
  );
});

test('a visit that never had a time is declined without a word of it to the patient; of a protected identity no link is sent', async () => {
  const { visit, nurse, visitId, body, email } = await scene();
  await app.ctx.db.update(patients).set({ channel: 'email', email, protectedIdentity: true }).where(eq(patients.id, visit.patientId));
  const { links } = data<{ links: { name: string }[] }>(await nurse.post('/api/polls', body));
  assert.equal(links.length, 2, 'the relative’s link is handed over');
  await app.ctx.db.update(patients).set({ protectedIdentity: false }).where(eq(patients.id, visit.patientId));
  data(await nurse.post(`/api/visits/${visitId}/close`, { as: 'cancelled', reason: 'Påhittad' }));
  assert.deepEqual(await app.ctx.db.select().from(messages).where(eq(messages.visitId, visitId)), []);
});

test('what is wrong is named: past times, the same twice, nobody, another’s patient, a link of nobody’s, times that were not offered', async () => {
  const { nurse, body } = await scene();
  const ask = (part: object) => nurse.post('/api/polls', { ...body, visitId: randomUUID(), ...part });
  assert.equal(fieldOf(await ask({ options: ['2020-01-01T09:00:00Z', times[0]] })), 'options');
  assert.equal(fieldOf(await ask({ options: [times[0], times[0]] })), 'options');
  assert.equal(fieldOf(await ask({ options: [times[0], soon(800)] })), 'options');
  assert.equal(fieldOf(await ask({ invitees: [] })), 'invitees');
  assert.equal(fieldOf(await ask({ invitees: [{ kind: 'other', name: 'Test', email: 'a@b.test\nBcc: c@d.test' }] })), 'invitees.0.email');
  assert.equal(
    fieldOf(await ask({ invitees: Array.from({ length: 1000 }, () => ({ kind: 'other', name: 'Test', email: null })) })),
    'invitees',
  );
  const other = await scene();
  assert.equal(codeOf(await ask({ patientId: other.body.patientId })), 'not_found');
  assert.equal(fieldOf(await ask({ invitees: [{ kind: 'relative', relativeId: other.visit.relativeId }] })), 'invitees');
  assert.equal(codeOf(await app.stranger().post('/api/times', { secret: 'x'.repeat(43) })), 'not_found');
  const { links } = data<{ links: { path: string }[] }>(await nurse.post('/api/polls', body));
  const secret = links[0]?.path.split('#')[1] ?? '';
  const foreign = await app.stranger().put('/api/times', { secret, answers: [{ optionId: randomUUID(), answer: 'yes' }] });
  assert.equal(fieldOf(foreign), 'answers');
  data(await app.stranger().put('/api/times', { secret, answers: [] }));
  assert.equal(codeOf(await nurse.post('/api/polls', body)), 'conflict', 'somebody has answered');
  data(await nurse.post(`/api/visits/${body.visitId}/poll/close`));
  assert.equal(codeOf(await app.stranger().put('/api/times', { secret, answers: [] })), 'ended');
  data(await nurse.post('/api/polls', body));
  assert.equal(codeOf(await app.stranger().post('/api/times', { secret })), 'not_found', 'asked anew, the old link is void');
  assert.equal(codeOf(await other.nurse.get(`/api/visits/${body.visitId}/poll`)), 'not_found');
});
