import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';
import type { MessageView } from '../../contract/messages.ts';
import type { PatientView } from '../../contract/patients.ts';
import type { Reply } from '../../contract/wire.ts';
import { assignments, messages, patients, relatives, users, visits, workingHours } from '../../drizzle/schema/index.ts';
import { makeVisit, patientName, relativeName, type TestVisit } from '../../testing/care.ts';
import { calendarOf, type Mail, MailServer } from '../../testing/MailServer.ts';
import { freePorts } from '../../testing/ports.ts';
import { type Caller, TestApp, until } from '../../testing/TestApp.ts';
import { remind, reminderTimes } from './reminders.ts';

let app: TestApp;
let mail: MailServer;
let gateway: Server;
const texts: { id: string; to: string; text: string }[] = [];
let gatewaySays = 200;

before(async () => {
  mail = await MailServer.start();
  const port = await freePorts(1);
  gateway = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    if (gatewaySays === 200) texts.push(JSON.parse(Buffer.concat(chunks).toString()));
    response.writeHead(gatewaySays).end();
  }).listen(port, '127.0.0.1');
  app = await TestApp.start({
    env: {
      SMTP_URL: mail.url,
      PUBLIC_URL: 'https://samrum.test',
      SMS_URL: `http://127.0.0.1:${port}/sms`,
      MAIL_FROM: 'besked@samrum.test',
    },
  });
});
after(async () => {
  await app[Symbol.asyncDispose]();
  await mail[Symbol.asyncDispose]();
  gateway.close();
});

const data = <T>(reply: Reply<unknown>): T => {
  assert.ok(reply.ok, JSON.stringify(reply));
  return reply.data as T;
};
const address = (): string => `${randomUUID().slice(0, 8)}@example.test`;

type Invited = { visit: TestVisit; caller: Caller; doctor: string; relative: string; phone: string; booking: Booking };
type Booking = ReturnType<typeof bookingFor>;

const bookingFor = ({ unitId, patientId, relativeId, nurse, doctor }: TestVisit, startsAt: string) => ({
  visitId: randomUUID(),
  unitId,
  patientId,
  startsAt,
  durationMinutes: 30,
  place: 'Rum 1',
  address: null,
  entrance: null,
  callbackPhone: null,
  language: 'sv',
  patientComes: 'bedside',
  staff: [
    { userId: nurse.userId, unitId, host: true, atBedside: true },
    { userId: doctor.userId, unitId, host: false, atBedside: false },
  ],
  relativeIds: [relativeId],
  consented: [relativeId],
});

/** A visit with a doctor in Lisbon who has mail, and a relative who has mail and a telephone, in Finnish. */
async function booked(startsAt: string): Promise<Invited> {
  const visit = await makeVisit(app.ctx.db);
  const { db } = app.ctx;
  const [doctor, relative, phone] = [address(), address(), '+46701740605'];
  await db.update(users).set({ email: doctor }).where(eq(users.id, visit.doctor.userId));
  const [held] = await db.select().from(assignments).where(eq(assignments.userId, visit.doctor.userId));
  await db
    .insert(workingHours)
    .values({ assignmentId: held?.id ?? '', weekday: 1, opens: '08:00', closes: '17:00', zone: 'Europe/Lisbon' });
  await db.update(relatives).set({ email: relative, channel: 'email', phone, language: 'fi' }).where(eq(relatives.id, visit.relativeId));
  const caller = await app.signedInAs(visit.nurse);
  const booking = bookingFor(visit, startsAt);
  data(await caller.post('/api/visits', booking));
  return { visit, caller, doctor, relative, phone, booking };
}

const soon = (days: number): string => `${new Date(Date.now() + days * 24 * 3_600_000).toISOString().slice(0, 10)}T09:00:00.000Z`;
const event = (one: Mail) => {
  const calendar = new ICAL.Component(ICAL.parse(calendarOf(one)));
  const entry = calendar.getFirstSubcomponent('vevent');
  assert.ok(entry);
  const value = (name: string): string => String(entry.getFirstPropertyValue(name));
  return {
    method: String(calendar.getFirstPropertyValue('method')),
    uid: value('uid'),
    sequence: Number(value('sequence')),
    start: new ICAL.Event(entry).startDate.toJSDate().toISOString(),
    end: new ICAL.Event(entry).endDate.toJSDate().toISOString(),
    status: value('status'),
    description: value('description'),
  };
};

test('booked, moved and cancelled: a mail with a calendar entry each, both clocks, and nothing of the patient', async () => {
  const startsAt = soon(20);
  const { caller, doctor, relative, phone, booking } = await booked(startsAt);
  await until(() => mail.to(doctor).length === 1 && mail.to(relative).length === 1);
  const [first] = mail.to(doctor);
  assert.ok(first);
  const asked = event(first);
  assert.equal(asked.method, 'REQUEST');
  assert.equal(asked.uid, `${booking.visitId}@samrum.test`);
  assert.deepEqual([asked.start, asked.end], [startsAt, startsAt.replace('09:00', '09:30')]);
  assert.match(first.parsed.text ?? '', /kl\. (10|11):00 svensk tid \((09|10):00 i Lissabon\)/);
  const [finnish] = mail.to(relative);
  assert.match(finnish?.parsed.text ?? '', /Siirry käynnille: https:\/\/samrum\.test\/join\/[2-9A-Z]{8}/);
  assert.match(finnish?.parsed.text ?? '', /tulee tekstiviestillä/);
  await until(() => texts.some(({ to }) => to === phone));
  const sms = texts.find(({ to }) => to === phone)?.text ?? '';
  assert.match(sms, /^Koodisi käynnille .*: \d{6}$/);
  assert.doesNotMatch(sms, /join/, 'the code goes another way than the link');
  const codeOf_ = async () =>
    (await app.ctx.db.select().from(messages).where(eq(messages.visitId, booking.visitId))).find(({ purpose }) => purpose === 'code');
  await until(async () => (await codeOf_())?.sentAt !== null);
  assert.equal((await codeOf_())?.body, '', 'and is kept nowhere');
  for (const { raw, parsed } of mail.mails)
    for (const secret of [patientName, relativeName, 'Rum 1'])
      assert.ok(!`${raw}${parsed.text}${parsed.subject}`.includes(secret), 'no names');

  const moved = soon(21);
  const { staff: _, relativeIds: __, consented: ___, visitId, unitId: ____, patientId: _____, patientComes: ______, ...details } = booking;
  data(await caller.put(`/api/visits/${visitId}/details`, { ...details, startsAt: moved, basedOn: 1 }));
  await until(() => mail.to(doctor).length === 2);
  const change = event(mail.to(doctor)[1] as Mail);
  assert.deepEqual([change.method, change.uid, change.start], ['REQUEST', asked.uid, moved]);
  assert.ok(change.sequence > asked.sequence);

  data(await caller.put(`/api/visits/${visitId}/details`, { ...details, startsAt: moved, place: 'Rum 2', basedOn: 2 }));
  data(await caller.post(`/api/visits/${visitId}/close`, { as: 'cancelled', reason: 'Prov' }));
  await until(() => mail.to(doctor).length === 3 && mail.to(relative).length === 3);
  const gone = event(mail.to(doctor)[2] as Mail);
  assert.deepEqual([gone.method, gone.uid, gone.status], ['CANCEL', asked.uid, 'CANCELLED']);
  assert.ok(gone.sequence > change.sequence);
  assert.match(mail.to(doctor)[2]?.parsed.subject ?? '', /^Inställt/);
  const told = data<MessageView[]>(await caller.get(`/api/visits/${visitId}/messages`));
  assert.deepEqual(told.map(({ purpose, sentAt }) => [purpose, sentAt !== null]).toSorted(), [
    ...Array(2).fill(['cancellation', true]),
    ...Array(2).fill(['change', true]),
    ['code', true],
    ...Array(2).fill(['invitation', true]),
  ]);
});

test('an unknown mailbox is marked at once; a gateway that is down is tried again', async () => {
  const visit = await makeVisit(app.ctx.db);
  const gone = address();
  mail.unknown.add(gone);
  await app.ctx.db.update(users).set({ email: gone }).where(eq(users.id, visit.nurse.userId));
  await app.ctx.db.update(patients).set({ channel: 'sms', phone: '+46701740606' }).where(eq(patients.id, visit.patientId));
  gatewaySays = 503;
  const caller = await app.signedInAs(visit.nurse);
  const booking = bookingFor(visit, soon(22));
  data(await caller.post('/api/visits', booking));
  const of = (channel: string) =>
    app.ctx.db
      .select()
      .from(messages)
      .where(eq(messages.visitId, booking.visitId))
      .then((rows) => rows.find((row) => row.channel === channel));
  await until(async () => (await of('email'))?.failure === 'bounced');
  await until(async () => ((await of('sms'))?.attempts ?? 0) > 0);
  assert.equal((await of('sms'))?.sentAt, null);
  gatewaySays = 200;
  await app.ctx.db.execute(`update jobs.job set start_after = now() where state = 'retry'`); // instead of waiting for it
  await until(async () => (await of('sms'))?.sentAt !== null);
  assert.match(texts.at(-1)?.text ?? '', /^Videobesök .*Ring 0980-31 92 01\.$/);
});

test('an address from which a message came back is marked for whoever books, until it takes one again or is another', async () => {
  const { visit, caller, relative } = await booked(soon(24));
  await until(() => mail.to(relative).length === 1);
  const bounced = async (): Promise<string[]> => data<PatientView>(await caller.get(`/api/patients/${visit.patientId}`)).bounced;
  assert.deepEqual(await bounced(), []);
  mail.unknown.add(relative);
  data(await caller.post('/api/visits', bookingFor(visit, soon(25))));
  await until(async () => (await bounced()).includes(relative));
  mail.unknown.delete(relative);
  data(await caller.post('/api/visits', bookingFor(visit, soon(26))));
  await until(async () => (await bounced()).length === 0);
});

test('a message whose last attempt ended with its server is given up, not left on its way', async () => {
  const { visit, relative } = await booked(soon(27));
  await until(() => mail.to(relative).length === 1);
  const row = {
    visitId: visit.id,
    purpose: 'invitation' as const,
    channel: 'email' as const,
    address: relative,
    recipient: '',
    subject: 'x',
    body: 'x',
  };
  const [lost] = await app.ctx.db.insert(messages).values(row).returning();
  await app.ctx.db.execute(
    `insert into jobs.job (name, data, state, retry_limit, retry_count, heartbeat_seconds, heartbeat_on, started_on, dead_letter, keep_until)
     select 'deliver', jsonb_build_object('messageId', '${lost?.id}'), 'active', 9, 9, 10, now() - interval '1 minute', now() - interval '1 minute',
       'undelivered', now() + interval '1 day'`,
  );
  const now = async () =>
    (
      await app.ctx.db
        .select()
        .from(messages)
        .where(eq(messages.id, lost?.id ?? ''))
    )[0];
  await until(async () => (await now())?.failure === 'unreachable', 30_000);
  assert.equal((await now())?.sentAt, null);
});

test('reminders keep to the Swedish clock when it changes', () => {
  const swedish = (at: Date): string =>
    Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO('Europe/Stockholm').toPlainDateTime().toString().slice(0, 16);
  const usual = [{ days: 1, at: '16:00' }, { minutes: 60 }];
  const at = (local: string): Date => new Date(Temporal.PlainDateTime.from(local).toZonedDateTime('Europe/Stockholm').epochMilliseconds);
  assert.deepEqual(reminderTimes(at('2027-03-28T10:00'), usual).map(swedish), ['2027-03-27T16:00', '2027-03-28T09:00']);
  const spring = reminderTimes(at('2027-03-28T10:00'), usual);
  assert.equal((at('2027-03-28T10:00').getTime() - (spring[0]?.getTime() ?? 0)) / 3_600_000, 17, 'an hour less than by the clock');
  assert.deepEqual(reminderTimes(at('2026-10-25T03:30'), [{ minutes: 60 }, { days: 1, at: '02:30' }]).map(swedish), [
    '2026-10-25T02:30',
    '2026-10-24T02:30',
  ]);
});

test('reminded once, of a visit that stands as it was booked, and by a job of its own', async () => {
  const startsAt = soon(23);
  const { relative, booking, doctor } = await booked(startsAt);
  const { rows: jobs } = await app.ctx.db.execute<{ start_after: string; data: { visitId: string; startsAt: string; nr: number } }>(
    `select start_after, data from jobs.job where name = 'remind' and data->>'visitId' = '${booking.visitId}' order by start_after`,
  );
  const expected = reminderTimes(new Date(startsAt), [{ days: 1, at: '16:00' }, { minutes: 60 }]);
  assert.deepEqual(
    jobs.map((job) => new Date(job.start_after).toISOString()),
    expected.map((at) => at.toISOString()),
  );
  const [job] = jobs;
  assert.ok(job);
  const when = new Date(job.start_after);
  await Promise.all([remind(app.ctx, job.data, when), remind(app.ctx, job.data, when)]);
  await until(() => mail.to(relative).some(({ parsed }) => parsed.subject?.startsWith('Muistutus')));
  const reminders = await app.ctx.db.select().from(messages).where(eq(messages.visitId, booking.visitId));
  assert.equal(reminders.filter(({ purpose }) => purpose === 'reminder').length, 1);
  assert.ok(!mail.to(doctor).some(({ parsed }) => parsed.subject?.startsWith('Påminnelse')), 'staff have their calendar');
  await app.ctx.db.update(visits).set({ state: 'cancelled' }).where(eq(visits.id, booking.visitId));
  const second = jobs[1];
  assert.ok(second);
  await remind(app.ctx, second.data, new Date(second.start_after));
  const after_ = await app.ctx.db.select().from(messages).where(eq(messages.visitId, booking.visitId));
  assert.equal(after_.filter(({ purpose }) => purpose === 'reminder').length, 1);
});
