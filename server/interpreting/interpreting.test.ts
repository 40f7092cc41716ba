import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import type { VisitRecord } from '../../contract/record.ts';
import type { Reply } from '../../contract/wire.ts';
import { consents, relatives, units } from '../../drizzle/schema/index.ts';
import { makeVisit, patientName, type TestVisit } from '../../testing/care.ts';
import { MailServer } from '../../testing/MailServer.ts';
import { type Caller, codeOf, fieldOf, TestApp, until } from '../../testing/TestApp.ts';

let app: TestApp;
let mail: MailServer;
before(async () => {
  mail = await MailServer.start();
  app = await TestApp.start({ sfu: true, env: { SMTP_URL: mail.url, PUBLIC_URL: 'https://samrum.test' } });
});
after(async () => {
  await app[Symbol.asyncDispose]();
  await mail[Symbol.asyncDispose]();
});

const data = <T>(reply: Reply<unknown>): T => {
  assert.ok(reply.ok, JSON.stringify(reply));
  return reply.data as T;
};
const inDays = (days: number): string => new Date(Date.now() + days * 24 * 3_600_000).toISOString();
const mailbox = (): string => `${randomUUID().slice(0, 8)}@example.test`;

/** A visit is booked with an interpreter; the unit orders by mail, and a relative has mail too. */
async function ordered(mode: 'video' | 'phone' | 'onSite' = 'video') {
  const { db } = app.ctx;
  const visit = await makeVisit(db);
  const [agency, relative] = [mailbox(), mailbox()];
  await db.update(units).set({ interpreterEmail: agency }).where(eq(units.id, visit.unitId));
  await db.update(relatives).set({ email: relative, channel: 'email' }).where(eq(relatives.id, visit.relativeId));
  const nurse = await app.signedInAs(visit.nurse);
  const { unitId, patientId, relativeId, doctor } = visit;
  const booking = {
    visitId: randomUUID(),
    unitId,
    patientId,
    startsAt: inDays(7),
    durationMinutes: 30,
    place: 'Rum 1',
    address: 'Provvägen 1',
    entrance: null,
    callbackPhone: '0980-319 202',
    language: 'sv',
    patientComes: 'bedside',
    staff: [
      { userId: visit.nurse.userId, unitId, host: true, atBedside: true },
      { userId: doctor.userId, unitId, host: false, atBedside: false },
    ],
    relativeIds: [relativeId],
    consented: [relativeId],
    interpreter: { language: 'se', mode, consented: true },
  };
  const { codes } = data<{ codes: unknown[] }>(await nurse.post('/api/visits', booking));
  return { visit, nurse, booking, codes, agency, relative, visitId: booking.visitId };
}

const recordOf = async (caller: Caller, visitId: string): Promise<VisitRecord> => data(await caller.get(`/api/visits/${visitId}`));
const confirm = (caller: Caller, visitId: string, number: string) =>
  caller.post(`/api/visits/${visitId}/interpreter/confirm`, { interpreterNumber: number });

test('the agency hears when, which language and how, and nothing of the patient; nobody else hears until it has said yes', async () => {
  const { nurse, visitId, codes, agency, relative } = await ordered();
  assert.deepEqual(codes, []);
  await until(() => mail.to(agency).length === 1);
  const [order] = mail.to(agency);
  assert.match(order?.parsed.text ?? '', /nordsamiska[\s\S]*svensk tid/);
  for (const secret of [patientName, 'Rum 1', 'Provvägen'])
    assert.ok(!`${order?.parsed.subject} ${order?.parsed.text}`.includes(secret), secret);
  const before = await recordOf(nurse, visitId);
  assert.deepEqual([before.preliminary, before.interpreter?.number], [true, null]);
  assert.equal(mail.to(relative).length, 0);

  assert.deepEqual(
    [codeOf(await confirm(nurse, visitId, 'Anna Tolk')), fieldOf(await confirm(nurse, visitId, 'Anna Tolk'))],
    ['invalid', 'interpreterNumber'],
  );
  const made = data<{ codes: { name: string }[] }>(await confirm(nurse, visitId, '4711'));
  assert.equal(made.codes.length, 2, 'the relative and the interpreter');
  await until(() => mail.to(relative).length === 1 && mail.to(agency).length === 2);
  assert.match(mail.to(agency)[1]?.parsed.text ?? '', /https:\/\/samrum\.test\/join\//);
  const record = await recordOf(nurse, visitId);
  assert.deepEqual([record.preliminary, record.interpreter?.number], [false, '4711']);
  const seat = record.people.find(({ role }) => role === 'interpreter');
  assert.deepEqual([seat?.name, seat?.place, seat?.consent], [null, '4711', 'given']);
  assert.deepEqual(data<{ codes: unknown[] }>(await confirm(nurse, visitId, '4711')).codes, [], 'twice is once');
});

test('without the patient’s yes none is ordered; the yes is kept once', async () => {
  const { nurse, visitId, visit } = await ordered();
  const again = { language: 'smj', mode: 'phone' };
  data(await nurse.put(`/api/visits/${visitId}/interpreter`, again));
  const held = await app.ctx.db.select().from(consents).where(eq(consents.visitId, visitId));
  assert.equal(held.filter(({ type }) => type === 'interpreter').length, 1);
  const other = await nurse.put(`/api/visits/${visit.id}/interpreter`, again);
  assert.deepEqual([codeOf(other), fieldOf(other)], ['conflict', 'interpreterConsented']);
});

test('another time is asked for anew, and a visit that is called off is called off there too', async () => {
  const { nurse, visitId, agency, booking } = await ordered();
  data(await confirm(nurse, visitId, '4711'));
  const { startsAt: _, ...rest } = booking;
  const moved = { ...rest, startsAt: inDays(8), basedOn: 1 };
  data(await nurse.put(`/api/visits/${visitId}/details`, moved));
  const record = await recordOf(nurse, visitId);
  assert.deepEqual([record.preliminary, record.interpreter?.number], [false, null]);
  assert.equal(record.people.filter(({ role, status }) => role === 'interpreter' && status !== 'removed').length, 0);
  await until(() => mail.to(agency).some(({ parsed }) => parsed.subject?.startsWith('Ändrad beställning')));
  data(await confirm(nurse, visitId, '4712'));
  data(await nurse.post(`/api/visits/${visitId}/close`, { as: 'cancelled', reason: 'Påhittad' }));
  await until(() => mail.to(agency).some(({ parsed }) => parsed.subject?.startsWith('Avbeställning')));
});

test('none is needed after all: then the visit is booked for good', async () => {
  const { nurse, visitId, relative } = await ordered('phone');
  const { codes } = data<{ codes: unknown[] }>(await nurse.post(`/api/visits/${visitId}/interpreter/end`, { reason: 'Talar svenska' }));
  assert.equal(codes.length, 1);
  await until(() => mail.to(relative).length === 1);
  const record = await recordOf(nurse, visitId);
  assert.deepEqual([record.preliminary, record.interpreter], [false, null]);
});

/** A visit of today, in the room, with an interpreter ordered. */
async function inTheRoom(mode: 'video' | 'phone' | 'onSite') {
  const visit: TestVisit = await makeVisit(app.ctx.db);
  const nurse = await app.signedInAs(visit.nurse);
  data(await nurse.put(`/api/visits/${visit.id}/interpreter`, { language: 'swl', mode, consented: true }));
  const { codes } = data<{ codes: { participantId: string; reference: string; code: string }[] }>(await confirm(nurse, visit.id, '4711'));
  const host = await (await app.signedInAs(visit.doctor)).visit(visit.id);
  data(await host.join());
  data(await host.ask('visit:identity', { method: 'knownToStaff' }));
  data(await host.ask('visit:acknowledge', { ids: [visit.doctor.participantId] }));
  return { visit, host, code: codes.at(-1) };
}

test('the visit does not start without its interpreter', async () => {
  const { visit, host, code } = await inTheRoom('video');
  const begun = await host.ask('visit:begin', {});
  assert.deepEqual([codeOf(begun), fieldOf(begun)], ['conflict', 'interpreter']);
  assert.ok(code);
  const interpreter = await (await app.signedInAs({ userId: '', ...code })).visit(visit.id);
  data(await interpreter.ask('lobby:knock', {}));
  data(await host.ask('people:admit', { participantId: code.participantId }));
  data(await interpreter.join());
  await until(() => !host.snapshot?.missing.includes('interpreter'));
  data(await host.ask('visit:acknowledge', { ids: [code.participantId] }));
  data(await host.ask('visit:begin', {}));
});

test('it yields to an interpreter on the telephone, to one beside the patient, and to what cannot wait, with its reason', async () => {
  const onPhone = await inTheRoom('phone');
  data(await onPhone.host.ask('interpreter:instead', { kind: 'phone' }));
  data(await onPhone.host.ask('visit:begin', {}));

  const onSite = await inTheRoom('onSite');
  const besideId = onSite.host.snapshot?.you.id ?? '';
  const bystander = { id: randomUUID(), name: '4711', role: 'interpreter', besideId };
  data(await onSite.host.ask('people:bystander', bystander));
  data(await onSite.host.ask('visit:acknowledge', { ids: [bystander.id] }));
  data(await onSite.host.ask('visit:begin', {}));

  const urgent = await inTheRoom('video');
  const { host, visit } = urgent;
  const bare = await host.ask('interpreter:instead', { kind: 'urgent' });
  assert.deepEqual([codeOf(bare), fieldOf(bare)], ['invalid', 'reason']);
  const byStaff = await host.ask('interpreter:instead', { kind: 'urgent', reason: 'Brådska', relativeId: visit.nurse.participantId });
  assert.equal(fieldOf(byStaff), 'relativeId', 'staff do not interpret as relatives');
  data(await host.ask('interpreter:instead', { kind: 'urgent', reason: 'Brådska', relativeId: visit.relative.participantId }));
  await until(() => host.snapshot?.interpreter?.instead === 'urgent');
  assert.equal(host.snapshot?.people.find(({ id }) => id === visit.relative.participantId)?.role, 'relative');
});

test('held on the telephone before the agency has said yes: the visit is promised, and those who come hear of it', async () => {
  const { visit, visitId, relative } = await ordered('phone');
  const host = await (await app.signedInAs(visit.nurse)).visit(visitId);
  data(await host.join());
  data(await host.ask('interpreter:instead', { kind: 'phone' }));
  await until(() => mail.to(relative).length === 1);
  assert.equal((await recordOf(await app.signedInAs(visit.nurse), visitId)).preliminary, false);
});

test('another language before the agency has answered is a change of the order', async () => {
  const { nurse, visitId, agency } = await ordered('phone');
  data(await nurse.put(`/api/visits/${visitId}/interpreter`, { language: 'fi', mode: 'phone' }));
  await until(() => mail.to(agency).length === 2);
  assert.match(mail.to(agency)[1]?.parsed.subject ?? '', /^Ändrad beställning/);
});
