import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import type { Conversation, Unanswered } from '../../contract/conversation.ts';
import type { Reply } from '../../contract/wire.ts';
import { patients, sayings, visits } from '../../drizzle/schema/index.ts';
import { addUserPassword, makeVisit } from '../../testing/care.ts';
import { MailServer } from '../../testing/MailServer.ts';
import { codeOf, TestApp, until } from '../../testing/TestApp.ts';

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

async function scene() {
  const { db } = app.ctx;
  const visit = await makeVisit(db, new Date(Date.now() + 3_600_000));
  const email = `${randomUUID().slice(0, 8)}@example.test`;
  await db.update(patients).set({ email, channel: 'email' }).where(eq(patients.id, visit.patientId));
  const patient = await app.signedInAs(await addUserPassword(db, visit.patientId));
  const nurse = await app.signedInAs(visit.nurse);
  const url = `/api/visits/${visit.id}/conversation`;
  return { visit, email, patient, nurse, url };
}

test('the patient writes, staff see who waits and answer; the patient is told that there is something, not what', async () => {
  const { visit, email, patient, nurse, url } = await scene();
  const question = { id: randomUUID(), text: 'Ska jag fasta\nföre provet?' };
  data(await patient.post(url, question));
  data(await patient.post(url, question));
  const waiting = data<Unanswered[]>(await nurse.get('/api/conversations'));
  assert.deepEqual(
    waiting.map(({ visitId }) => visitId),
    [visit.id],
  );
  assert.equal(mail.to(email).length, 0);
  data(await nurse.post(url, { id: randomUUID(), text: 'Nej, ät som vanligt.' }));
  assert.deepEqual(data(await nurse.get('/api/conversations')), []);
  await until(() => mail.to(email).length === 1);
  const [told] = mail.to(email);
  assert.equal(told?.parsed.subject, 'Du har ett meddelande att läsa');
  assert.doesNotMatch(told?.raw ?? '', /fasta|vanligt/);
  const { sayings: both } = data<Conversation>(await patient.get(url));
  assert.deepEqual(
    both.map(({ from, text }) => [from, text]),
    [
      ['patient', 'Ska jag fasta\nföre provet?'],
      ['care', 'Nej, ät som vanligt.'],
    ],
  );
  const rows = await app.ctx.db.execute<{ text: string }>(`select text from sayings where visit_id = '${visit.id}'`);
  assert.ok(
    rows.rows.every(({ text }) => !/fasta|vanligt/.test(text)),
    'they lie encrypted',
  );
});

test('what needs no answer stops waiting for one, until the patient writes again', async () => {
  const { visit, patient, nurse, url } = await scene();
  const waits = async (): Promise<number> => data<Unanswered[]>(await nurse.get('/api/conversations')).length;
  data(await patient.post(url, { id: randomUUID(), text: 'Tack!' }));
  assert.equal(await waits(), 1);
  data(await nurse.post(`/api/visits/${visit.id}/conversation/settle`));
  assert.equal(await waits(), 0);
  assert.equal(codeOf(await patient.post(`/api/visits/${visit.id}/conversation/settle`)), 'not_found', 'that is for staff');
  data(await patient.post(url, { id: randomUUID(), text: 'En sak till' }));
  assert.equal(await waits(), 1);
});

test('it is the patient’s and the unit’s alone, and ends long after the visit', async () => {
  const { visit, patient, nurse, url } = await scene();
  const relative = await app.signedInAs(visit.relative);
  assert.equal(codeOf(await relative.get(url)), 'not_found');
  const other = await scene();
  assert.equal(codeOf(await other.nurse.post(url, { id: randomUUID(), text: 'Hej' })), 'not_found');
  assert.equal(codeOf(await other.patient.get(url)), 'not_found');
  data(await patient.post(url, { id: randomUUID(), text: 'Hej' }));
  const long = new Date(Date.now() - 61 * 24 * 3_600_000);
  await app.ctx.db.update(visits).set({ startsAt: long }).where(eq(visits.id, visit.id));
  assert.equal(codeOf(await patient.post(url, { id: randomUUID(), text: 'Är ni där?' })), 'ended');
  const { maySay, sayings: left } = data<Conversation>(await nurse.get(url));
  assert.deepEqual([maySay, left.length], [false, 1]);
  assert.equal((await app.ctx.db.select().from(sayings).where(eq(sayings.visitId, visit.id))).length, 1);
});
