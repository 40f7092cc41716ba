import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addRelative, makeVisit, patientName, type TestVisit } from '../../testing/care.ts';
import { codeOf, opusTrack, TestApp, until, type VisitCaller } from '../../testing/TestApp.ts';
import { loadVisit } from '../visits/visitState.ts';

let app: TestApp;
before(async () => {
  app = await TestApp.start({ sfu: true });
});
after(() => app[Symbol.asyncDispose]());

/** The visit as it is stored, with nothing left out. */
const stored = async (visit: TestVisit): Promise<unknown> => loadVisit(app.ctx.db, visit.id);

async function atTheDoor(visit: TestVisit): Promise<VisitCaller> {
  return (await app.signedInAs(visit.relative)).visit(visit.id);
}

async function inTheRoom(visit: TestVisit, who: 'doctor' | 'nurse'): Promise<VisitCaller> {
  const seat = await (await app.signedInAs(visit[who])).visit(visit.id);
  assert.equal(codeOf(await seat.join()), null);
  return seat;
}

test('a lobby socket has no media events, no powers and no sight of the others', async () => {
  const visit = await makeVisit(app.ctx.db);
  await inTheRoom(visit, 'doctor');
  const guest = await atTheDoor(visit);
  await guest.ask('lobby:knock', {});
  await until(() => guest.snapshot?.you.status === 'waiting');
  assert.deepEqual(guest.snapshot?.people, []);
  assert.equal(guest.snapshot?.patient, null);
  assert.equal(guest.snapshot?.epoch, null);
  const before = await stored(visit);
  const { participantId } = visit.nurse;
  for (const [event, body] of Object.entries({
    'visit:join': { ...guest.offer(), takeOver: true },
    'media:start': { source: 'microphone', rtpParameters: opusTrack(), paused: false },
    'media:resume': { source: 'camera' },
    'media:show': { consumers: [] },
    'seat:sitWith': { participantId },
    'people:admit': { participantId: visit.relative.participantId },
    'people:mute': { participantId },
    'people:remove': { participantId },
    'visit:end': {},
    'no:such': {},
  })) {
    assert.equal(codeOf(await guest.ask(event, body)), 'unknown_event', event);
  }
  assert.deepEqual(await stored(visit), before);
});

test('what is malformed, too big or out of order is answered with its code and changes nothing', async () => {
  const visit = await makeVisit(app.ctx.db);
  const doctor = await (await app.signedInAs(visit.doctor)).visit(visit.id);
  const before = await stored(visit);
  const start = { source: 'microphone', rtpParameters: opusTrack(), paused: false };
  assert.equal(codeOf(await doctor.ask('media:start', start)), 'conflict', 'before joining');
  assert.equal(codeOf(await doctor.ask('media:pause', { source: 'camera' })), 'conflict');
  assert.equal(codeOf(await doctor.ask('visit:leave', {})), 'conflict');
  assert.equal(codeOf(await doctor.ask('visit:join', { ...doctor.offer(), takeOver: 'yes' })), 'invalid');
  assert.equal(
    codeOf(await doctor.ask('visit:join', { ...doctor.offer(), fingerprints: [], takeOver: true })),
    'invalid',
    'an empty list has crashed workers',
  );
  assert.equal(codeOf(await doctor.ask('visit:join')), 'invalid', 'no request');
  assert.equal(codeOf(await doctor.ask('visit:join', {}, {})), 'invalid', 'two requests');
  assert.equal(codeOf(await doctor.ask('people:admit', { participantId: 'x' })), 'invalid');
  assert.equal(codeOf(await doctor.ask('people:admit', { participantId: crypto.randomUUID() })), 'not_found');
  assert.equal(codeOf(await doctor.ask('people:admit', { participantId: visit.relative.participantId })), 'conflict', 'nobody waits');
  assert.equal(codeOf(await doctor.ask('media:start', { ...start, padding: 'x'.repeat(100_000) })), 'too_large');
  doctor.socket.emit('visit:end', {}); // no acknowledgement: nobody asked
  assert.equal(codeOf(await doctor.ask('people:mute', { participantId: 'x' })), 'invalid', 'the connection still answers');
  assert.deepEqual(await stored(visit), before);
});

test('rtpParameters that the SFU does not take are invalid and no bug', async () => {
  const visit = await makeVisit(app.ctx.db);
  const doctor = await inTheRoom(visit, 'doctor');
  const video = { source: 'camera', rtpParameters: opusTrack(), paused: false };
  assert.equal(codeOf(await doctor.ask('media:start', video)), 'invalid', 'sound is no picture');
  const { codecs, ...track } = opusTrack();
  const foreign = codecs.map((codec) => ({ ...codec, mimeType: 'audio/unheard-of' }));
  assert.equal(
    codeOf(await doctor.ask('media:start', { source: 'microphone', rtpParameters: { ...track, codecs: foreign }, paused: false })),
    'invalid',
  );
  const audio = { source: 'microphone', rtpParameters: opusTrack(), paused: false };
  assert.equal(codeOf(await doctor.ask('media:start', audio)), null);
});

test('staff who is not the host admits, but does not mute, remove or end', async () => {
  const visit = await makeVisit(app.ctx.db);
  const nurse = await inTheRoom(visit, 'nurse');
  const guest = await atTheDoor(visit);
  await guest.ask('lobby:knock', {});
  const { participantId } = visit.relative;
  for (const event of ['people:mute', 'people:toLobby', 'people:remove'])
    assert.equal(codeOf(await nurse.ask(event, { participantId })), 'unknown_event', event);
  assert.equal(codeOf(await nurse.ask('visit:end', {})), 'unknown_event');
  assert.equal(codeOf(await nurse.ask('people:admit', { participantId })), null);
  await until(() => guest.snapshot?.patient?.name === patientName);
  assert.equal(codeOf(await guest.join()), null);
});

test('powers end at the moment of removal, and the door stays shut', async () => {
  const visit = await makeVisit(app.ctx.db);
  const doctor = await inTheRoom(visit, 'doctor');
  const caller = await app.signedInAs(visit.relative);
  const guest = await caller.visit(visit.id);
  await guest.ask('lobby:knock', {});
  const { participantId } = visit.relative;
  await doctor.ask('people:admit', { participantId });
  assert.equal(codeOf(await guest.join()), null);
  await doctor.ask('people:remove', { participantId });
  assert.equal(codeOf(await guest.join()), 'unknown_event');
  assert.deepEqual(guest.snapshot?.people, []);
  await assert.rejects(caller.visit(visit.id), /forbidden/);
});

test('a visit of others is answered like one that does not exist', async () => {
  const [visit, other] = [await makeVisit(app.ctx.db), await makeVisit(app.ctx.db)];
  const stranger = await app.signedInAs(other.relative);
  await assert.rejects(stranger.visit(visit.id), /not_found/);
  await assert.rejects(stranger.visit(crypto.randomUUID()), /not_found/);
  await assert.rejects(app.stranger().visit(visit.id), /unauthenticated/);
  const doctor = await app.signedInAs(other.doctor);
  const { participantId } = visit.relative;
  assert.equal(codeOf(await doctor.post(`/api/visits/${visit.id}/admit`, { participantId })), 'not_found');
  assert.equal(codeOf(await doctor.post(`/api/visits/${crypto.randomUUID()}/admit`, { participantId })), 'not_found');
});

test('a tab that comes back by itself does not push out the one that took over', async () => {
  const visit = await makeVisit(app.ctx.db);
  const caller = await app.signedInAs(visit.doctor);
  const tabId = crypto.randomUUID();
  const older = await caller.visit(visit.id, { tabId });
  await older.join();
  const newer = await caller.visit(visit.id);
  assert.equal(newer.snapshot?.heldElsewhere, true);
  assert.equal(codeOf(await newer.join(false)), 'superseded');
  assert.equal(codeOf(await newer.join(true)), null);
  await until(() => older.superseded && !older.socket.connected);
  const back = await caller.visit(visit.id, { tabId });
  assert.equal(codeOf(await back.join(false)), 'superseded');
  assert.equal(codeOf(await newer.ask('media:pause', { source: 'camera' })), null, 'the newer one was not disturbed');
});

test('two who knock and are admitted at once are both in, once', async () => {
  const visit = await makeVisit(app.ctx.db);
  const second = await addRelative(app.ctx.db, visit, 'Test Andra');
  const doctor = await inTheRoom(visit, 'doctor');
  const guests = [await atTheDoor(visit), await (await app.signedInAs(second)).visit(visit.id)];
  await Promise.all(guests.map((guest) => guest.ask('lobby:knock', {})));
  const ids = [visit.relative.participantId, second.participantId];
  const replies = await Promise.all([...ids, ...ids].map((participantId) => doctor.ask('people:admit', { participantId })));
  assert.deepEqual(replies.map(codeOf), [null, null, null, null]);
  const joined = await Promise.all(guests.map((guest) => guest.join()));
  assert.deepEqual(joined.map(codeOf), [null, null]);
});

test('a companion is without sound whatever it asks', async () => {
  const visit = await makeVisit(app.ctx.db);
  const doctor = await inTheRoom(visit, 'doctor');
  const nurse = await (await app.signedInAs(visit.nurse)).visit(visit.id);
  assert.equal(codeOf(await nurse.ask('seat:sitWith', { participantId: visit.doctor.participantId })), null);
  assert.equal(codeOf(await doctor.ask('seat:sitWith', { participantId: visit.nurse.participantId })), 'conflict', 'two silent ones');
  assert.equal(codeOf(await nurse.join()), null);
  const microphone = { source: 'microphone', rtpParameters: opusTrack(), paused: false };
  assert.equal(codeOf(await nurse.ask('media:start', microphone)), 'forbidden');
  assert.equal(codeOf(await nurse.ask('media:resume', { source: 'microphone' })), 'forbidden');
});

test('a visit that is over lets nobody in, and the host ends it once', async () => {
  const visit = await makeVisit(app.ctx.db);
  const doctor = await inTheRoom(visit, 'doctor');
  assert.equal(codeOf(await doctor.ask('visit:end', {})), null);
  assert.equal(codeOf(await doctor.ask('visit:end', {})), 'unknown_event');
  const nurse = await (await app.signedInAs(visit.nurse)).visit(visit.id);
  assert.equal(nurse.snapshot?.state, 'documenting');
  assert.equal(codeOf(await nurse.join()), 'unknown_event');
});
