import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import type { OwnVisit } from '../../contract/record.ts';
import type { VisitListed } from '../../contract/visits.ts';
import type { Reply } from '../../contract/wire.ts';
import { relatives } from '../../drizzle/schema/index.ts';
import { addUserPassword, makeVisit } from '../../testing/care.ts';
import { MailServer } from '../../testing/MailServer.ts';
import { codeOf, fieldOf, TestApp, until } from '../../testing/TestApp.ts';
import { careDateOf } from './today.ts';

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

test('staff are late: those who come hear by when it begins, once; and that it is in time after all', async () => {
  const { db } = app.ctx;
  const visit = await makeVisit(db, new Date(Date.now() + 30 * 60_000));
  await db.update(relatives).set({ email: 'nara@example.test', channel: 'email' }).where(eq(relatives.id, visit.relativeId));
  const nurse = await app.signedInAs(visit.nurse);
  const say = (minutes: number) => nurse.post(`/api/visits/${visit.id}/late`, { minutes });
  data(await say(15));
  data(await say(15));
  await until(() => mail.to('nara@example.test').length === 1);
  const [late] = mail.to('nara@example.test');
  const begins = new Intl.DateTimeFormat('sv', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Stockholm' }).format(
    visit.startsAt.getTime() + 15 * 60_000,
  );
  assert.match(late?.parsed.subject ?? '', new RegExp(`börjar omkring kl. ${begins}$`));
  assert.match(late?.parsed.text ?? '', /ungefär 15 minuter sena/);
  data(await say(0));
  await until(() => mail.to('nara@example.test').length === 2);
  assert.match(mail.to('nara@example.test')[1]?.parsed.text ?? '', /i tid igen/);
});

test('who comes for a part of the visit hears of an interval, and of the new one when it is late', async () => {
  const { db } = app.ctx;
  const visit = await makeVisit(db, new Date(Date.now() + 60 * 60_000));
  await db.update(relatives).set({ email: 'del@example.test', channel: 'email' }).where(eq(relatives.id, visit.relativeId));
  const nurse = await app.signedInAs(visit.nurse);
  const url = `/api/visits/${visit.id}/people/${visit.relative.participantId}/slot`;
  const clock = (minutes: number): string =>
    new Intl.DateTimeFormat('sv', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Stockholm' }).format(
      visit.startsAt.getTime() + minutes * 60_000,
    );
  assert.equal(fieldOf(await nurse.put(url, { slot: { after: 25, minutes: 10 } })), 'slot', 'the visit is over by then');
  data(await nurse.put(url, { slot: { after: 10, minutes: 15 } }));
  await until(() => mail.to('del@example.test').length === 1);
  assert.match(mail.to('del@example.test')[0]?.parsed.text ?? '', new RegExp(`kl. ${clock(10)}–${clock(25)} svensk tid`));
  data(await nurse.post(`/api/visits/${visit.id}/late`, { minutes: 20 }));
  await until(() => mail.to('del@example.test').length === 2);
  assert.match(mail.to('del@example.test')[1]?.parsed.subject ?? '', new RegExp(`omkring kl. ${clock(30)}$`));
  const other = `/api/visits/${visit.id}/people/${visit.nurse.participantId}/slot`;
  assert.equal(fieldOf(await nurse.put(other, { slot: { after: 0, minutes: 10 } })), 'participantId');
});

test('the patient is late: staff see it; each sees what the other says', async () => {
  const { db } = app.ctx;
  const visit = await makeVisit(db, new Date(Date.now() + 30 * 60_000));
  const patient = await app.signedInAs(await addUserPassword(db, visit.patientId));
  const guest = await app.signedInAs(visit.relative);
  const nurse = await app.signedInAs(visit.nurse);
  data(await patient.post(`/api/visits/${visit.id}/late`, { minutes: 10 }));
  data(await nurse.post(`/api/visits/${visit.id}/late`, { minutes: 5 }));
  const listed = data<VisitListed[]>(await nurse.get(`/api/visits/today?day=${careDateOf(visit.startsAt)}`)).find(
    ({ id }) => id === visit.id,
  );
  const own = data<OwnVisit[]>(await patient.get('/api/my/visits')).find(({ id }) => id === visit.id);
  assert.deepEqual(
    [listed?.late, own?.late],
    [
      { care: 5, patient: 10 },
      { care: 5, patient: 10 },
    ],
  );
  data(await guest.post(`/api/visits/${visit.id}/late`, { minutes: 20 }));
});

test('only those of the visit, only near it, and only sensible minutes', async () => {
  const { db } = app.ctx;
  const visit = await makeVisit(db, new Date(Date.now() + 30 * 60_000));
  const other = await makeVisit(db, new Date(Date.now() + 5 * 24 * 3_600_000));
  const stranger = await app.signedInAs(other.relative);
  assert.equal(codeOf(await stranger.post(`/api/visits/${visit.id}/late`, { minutes: 10 })), 'not_found');
  const nurse = await app.signedInAs(other.nurse);
  assert.equal(codeOf(await nurse.post(`/api/visits/${visit.id}/late`, { minutes: 10 })), 'not_found');
  assert.equal(codeOf(await nurse.post(`/api/visits/${other.id}/late`, { minutes: 10 })), 'conflict');
  for (const minutes of [-1, 181, 1.5]) {
    const refused = await nurse.post(`/api/visits/${other.id}/late`, { minutes });
    assert.deepEqual([codeOf(refused), fieldOf(refused)], ['invalid', 'minutes']);
  }
});
