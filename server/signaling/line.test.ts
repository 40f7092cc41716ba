import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { and, eq } from 'drizzle-orm';
import type { JoinAnswer } from '../../contract/media.ts';
import type { QualitySample } from '../../contract/quality.ts';
import type { VisitRecord } from '../../contract/record.ts';
import { auditEntries, networkChecks, qualitySamples, visits } from '../../drizzle/schema/index.ts';
import { makeVisit, type TestVisit } from '../../testing/care.ts';
import { codeOf, fieldOf, opusTrack, TestApp, until, type VisitCaller } from '../../testing/TestApp.ts';

let app: TestApp;
before(async () => {
  app = await TestApp.start({ sfu: true });
});
after(() => app[Symbol.asyncDispose]());

const seatOf = async (visit: TestVisit, who: 'doctor' | 'nurse', tabId?: ReturnType<typeof randomUUID>): Promise<VisitCaller> =>
  (await app.signedInAs(visit[who])).visit(visit.id, tabId ? { tabId } : {});

const joined = async (seat: VisitCaller, resume?: object): Promise<JoinAnswer> => {
  const reply = await seat.ask('visit:join', { ...seat.offer(), takeOver: true, ...(resume ? { resume } : {}) });
  assert.ok(reply.ok, JSON.stringify(reply));
  return reply.data as JoinAnswer;
};

const sample = (part: Partial<QualitySample['own']> = {}): QualitySample => ({
  own: { roundTripMs: 40, loss: 0, sentBps: 500_000, availableBps: 900_000, way: 'udp', ...part },
  tracks: [],
  receives: 'everything',
  sends: 'everything',
});

test('a return keeps its transports, and an ICE restart gives them new credentials', async () => {
  const visit = await makeVisit(app.ctx.db);
  const seat = await seatOf(visit, 'doctor');
  const first = await joined(seat);
  const resume = { epoch: first.epoch, sendTransportId: first.sendTransport.id, recvTransportId: first.recvTransport.id };
  const kept = await joined(seat, { ...resume, restartIce: false });
  assert.equal(kept.resumed, true);
  assert.deepEqual(kept.sendTransport.iceParameters, first.sendTransport.iceParameters);
  const restarted = await joined(seat, { ...resume, restartIce: true });
  assert.equal(restarted.resumed, true);
  assert.notEqual(restarted.sendTransport.iceParameters.usernameFragment, first.sendTransport.iceParameters.usernameFragment);
  const other = await seatOf(visit, 'nurse');
  const stolen = await joined(other, { ...resume, restartIce: true });
  assert.equal(stolen.resumed, false, "another person's transports are not handed over");
  assert.notEqual(stolen.sendTransport.id, first.sendTransport.id);
});

test('sound that gets lost is sent again, to the SFU and to whoever hears it', async () => {
  const visit = await makeVisit(app.ctx.db);
  const doctor = await seatOf(visit, 'doctor');
  await joined(doctor);
  await doctor.ask('media:start', { source: 'microphone', rtpParameters: opusTrack(), paused: false });
  const { consumers } = await joined(await seatOf(visit, 'nurse'));
  const feedback = consumers.flatMap(({ rtpParameters }) => rtpParameters.codecs.flatMap(({ rtcpFeedback }) => rtcpFeedback ?? []));
  assert.ok(
    feedback.some(({ type, parameter }) => type === 'nack' && !parameter),
    JSON.stringify(consumers),
  );
});

test('a flood of returns is limited, and answered so', async () => {
  const visit = await makeVisit(app.ctx.db);
  const seat = await seatOf(visit, 'doctor');
  const codes: (string | null)[] = [];
  for (let count = 0; count < 40; count++) codes.push(codeOf(await seat.join()));
  assert.equal(codes[0], null);
  assert.equal(codes.at(-1), 'rate_limited');
  assert.equal(codeOf(await (await seatOf(visit, 'nurse')).join()), null, 'others are not held back by it');
});

test('whoever was removed meanwhile does not return', async () => {
  const visit = await makeVisit(app.ctx.db);
  const doctor = await seatOf(visit, 'doctor');
  await joined(doctor);
  const nurse = await app.signedInAs(visit.nurse);
  const seat = await nurse.visit(visit.id);
  const answer = await joined(seat);
  assert.equal(codeOf(await doctor.ask('people:remove', { participantId: visit.nurse.participantId })), null);
  const resume = {
    epoch: answer.epoch,
    sendTransportId: answer.sendTransport.id,
    recvTransportId: answer.recvTransport.id,
    restartIce: true,
  };
  assert.equal(codeOf(await seat.ask('visit:join', { ...seat.offer(), takeOver: true, resume })), 'unknown_event');
  await assert.rejects(nurse.visit(visit.id), /forbidden/);
});

test('a second connection of the same tab takes over, and the first one’s end does not count', async () => {
  const visit = await makeVisit(app.ctx.db);
  const tabId = randomUUID();
  const first = await seatOf(visit, 'doctor', tabId);
  await joined(first);
  const second = await seatOf(visit, 'doctor', tabId);
  await joined(second);
  await until(() => !first.socket.connected);
  await until(() => second.snapshot?.you.presence === 'room');
  assert.equal(second.superseded, false);
});

test('samples are kept with the visit; lies are refused by name, and too many are limited', async () => {
  const visit = await makeVisit(app.ctx.db);
  const seat = await seatOf(visit, 'doctor');
  await joined(seat);
  assert.equal(codeOf(await seat.ask('line:sample', sample())), null);
  assert.equal(codeOf(await seat.ask('line:sample', sample({ loss: 0.5 }))), null);
  assert.equal(fieldOf(await seat.ask('line:sample', sample({ loss: -1 }))), 'own.loss');
  assert.equal(fieldOf(await seat.ask('line:sample', sample({ sentBps: 1e15 }))), 'own.sentBps');
  assert.equal(fieldOf(await seat.ask('line:sample', sample({ roundTripMs: Number.MAX_VALUE }))), 'own.roundTripMs');
  const rows = await app.ctx.db.select().from(qualitySamples).where(eq(qualitySamples.visitId, visit.id));
  assert.deepEqual(rows.map(({ grade }) => grade).sort(), ['bad', 'good']);
  const reply = await (await app.signedInAs(visit.doctor)).get(`/api/visits/${visit.id}`);
  assert.ok(reply.ok);
  const { participantId } = visit.doctor;
  assert.deepEqual((reply.data as VisitRecord).quality, [{ participantId, good: 1, weak: 0, bad: 1, gaps: 0, gapSeconds: 0 }]);
  const codes: (string | null)[] = [];
  for (let count = 0; count < 20; count++) codes.push(codeOf(await seat.ask('line:sample', sample())));
  assert.equal(codes.at(-1), 'rate_limited');
});

test('where samples are missing the record says how often, and for how long', async () => {
  const visit = await makeVisit(app.ctx.db);
  const { participantId } = visit.nurse;
  const begun = Date.now();
  const rows = [0, 5, 40, 45, 60].map((second, index) => ({
    visitId: visit.id,
    participantId,
    at: new Date(begun + second * 1_000),
    grade: index === 2 ? ('bad' as const) : ('good' as const),
    sample: sample(),
  }));
  await app.ctx.db.insert(qualitySamples).values(rows);
  const reply = await (await app.signedInAs(visit.doctor)).get(`/api/visits/${visit.id}`);
  assert.ok(reply.ok);
  assert.deepEqual((reply.data as VisitRecord).quality, [{ participantId, good: 4, weak: 0, bad: 1, gaps: 2, gapSeconds: 50 }]);
  await app.ctx.db
    .update(visits)
    .set({ endedAt: new Date(begun + 90_000) })
    .where(eq(visits.id, visit.id));
  const ended = await (await app.signedInAs(visit.doctor)).get(`/api/visits/${visit.id}`);
  assert.ok(ended.ok);
  const cutOff = { participantId, good: 4, weak: 0, bad: 1, gaps: 3, gapSeconds: 80 };
  assert.deepEqual((ended.data as VisitRecord).quality, [cutOff], 'who did not come back was away to the end');
});

test('a line that falls silent is told to the others, and so is what it has no room for', async () => {
  const visit = await makeVisit(app.ctx.db);
  const doctor = await seatOf(visit, 'doctor');
  await joined(doctor);
  const told: { participantId: string; sends: string }[][] = [];
  doctor.socket.on('visit:lines', ({ lines }) => told.push(lines));
  const nurse = await seatOf(visit, 'nurse');
  await joined(nurse);
  assert.equal(codeOf(await nurse.ask('line:sends', { step: 'speech' })), null);
  await until(() => told.at(-1)?.some((line) => line.participantId === visit.nurse.participantId && line.sends === 'speech') === true);
  await joined(nurse);
  await until(() => told.at(-1)?.length === 0); // what is measured anew is not held against anybody
  assert.equal(codeOf(await nurse.ask('line:sends', { step: 'speech' })), null);
  await until(() => told.at(-1)?.length === 1);
  nurse.socket.disconnect();
  await until(() => told.at(-1)?.length === 0);
  assert.equal(fieldOf(await doctor.ask('line:sends', { step: 'nothing' })), 'step');
});

test('by telephone: everyone is told, staff see the number, and it is documented as a telephone visit', async () => {
  const visit = await makeVisit(app.ctx.db);
  const doctor = await seatOf(visit, 'doctor');
  await joined(doctor);
  assert.equal(codeOf(await doctor.ask('visit:toPhone', {})), null);
  await until(() => doctor.snapshot?.phone !== null);
  assert.match(doctor.snapshot?.phone?.number ?? '', /^\+46/);
  assert.equal(doctor.snapshot?.state, 'in_progress');
  const caller = await app.signedInAs(visit.doctor);
  const reply = await caller.get(`/api/visits/${visit.id}`);
  assert.ok(reply.ok);
  assert.equal((reply.data as VisitRecord).documentation.contactType, 'phone');
  const audit = await app.ctx.db
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.visitId, visit.id), eq(auditEntries.action, 'visit.phone')));
  assert.equal(audit.length, 1);
});

test('what began by video and went on by telephone is judged like a video visit', async () => {
  const visit = await makeVisit(app.ctx.db);
  const doctor = await seatOf(visit, 'doctor');
  await joined(doctor);
  const begun = { state: 'in_progress' as const, beganAt: new Date(Date.now() - 60_000), identityMethod: 'eId' as const };
  await app.ctx.db.update(visits).set(begun).where(eq(visits.id, visit.id));
  assert.equal(codeOf(await doctor.ask('visit:toPhone', {})), null);
  assert.equal(codeOf(await doctor.ask('visit:end', {})), null);
  const caller = await app.signedInAs(visit.doctor);
  const reply = await caller.get(`/api/visits/${visit.id}`);
  assert.ok(reply.ok);
  const { begunByVideo, documentation } = reply.data as VisitRecord;
  assert.equal(begunByVideo, true);
  const { version, ...empty } = documentation;
  const written = { ...empty, outcome: 'x', followUpOwner: 'Test Ansvarig', basedOn: version };
  const path = `/api/visits/${visit.id}`;
  assert.equal(codeOf(await caller.put(`${path}/documentation`, written)), null);
  assert.equal(fieldOf(await caller.post(`${path}/complete`, { basedOn: version + 1, as: 'completed' })), 'soundEnough');
});

const report = {
  browser: 'Chrome 150',
  camera: 'works',
  microphone: 'works',
  speaker: 'heard',
  reach: { udp: true, tcp: true, relay: null },
  way: 'udp',
  roundTripMs: 40,
  jitterMs: 3,
  lossUp: 0,
  lossDown: 0,
  upBps: 900_000,
  downBps: 900_000,
};

test('a check: its id is its permission, its report stands beside the booking, and a reference that does not exist is answered alike', async () => {
  const visit = await makeVisit(app.ctx.db);
  const stranger = app.stranger();
  const begun = await stranger.post('/api/checks');
  assert.ok(begun.ok, JSON.stringify(begun));
  const { checkId } = begun.data as { checkId: string };
  const send = (id: string, reference: string | null, part: object = {}) =>
    stranger.post(`/api/checks/${id}/report`, { report: { ...report, ...part }, reference, visitId: null });
  assert.equal(codeOf(await send(randomUUID(), null)), 'not_found', 'an id that is not ours');
  assert.equal(fieldOf(await send(checkId, null, { lossUp: 7 })), 'report.lossUp');
  const unknown = await send(checkId, 'XX00000000');
  const known = await send(checkId, visit.relative.reference, { downBps: 50_000 });
  assert.deepEqual(unknown, { ok: true, data: { verdict: 'all' } });
  assert.deepEqual(known, { ok: true, data: { verdict: 'speech' } });
  const rows = await app.ctx.db.select().from(networkChecks);
  assert.deepEqual(
    rows.map(({ participantId, verdict }) => [participantId, verdict]),
    [[visit.relative.participantId, 'speech']],
  );
  const reply = await (await app.signedInAs(visit.doctor)).get(`/api/visits/${visit.id}`);
  assert.ok(reply.ok);
  assert.equal((reply.data as VisitRecord).checks[0]?.verdict, 'speech');
  const audit = await app.ctx.db
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.visitId, visit.id), eq(auditEntries.action, 'visit.check')));
  assert.equal(audit.length, 1);
});
