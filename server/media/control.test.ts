import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { io, type Socket } from 'socket.io-client';
import type { Reply } from '../../contract/wire.ts';
import { makeVisit, type TestVisit } from '../../testing/care.ts';
import { descendants } from '../../testing/processes.ts';
import { codeOf, opusTrack, TestApp, until, type VisitCaller } from '../../testing/TestApp.ts';
import { loadVisit } from '../visits/visitState.ts';
import { placeRoom } from './placement.ts';

let app: TestApp;
before(async () => {
  app = await TestApp.start({ sfu: true, env: { SFU_LEASE_MS: '1000' } });
});
after(() => app[Symbol.asyncDispose]());

/** A control connection as another server would have it. */
function control(token = app.nodeToken): Socket {
  return io(app.controlUrl, { transports: ['websocket'], forceNew: true, reconnection: false, auth: { token } });
}

const command = (socket: Socket, name: string, body: object): Promise<Reply<unknown>> =>
  socket.timeout(5_000).emitWithAck(name, { deadlineAtMs: Date.now() + 5_000, ...body }) as Promise<Reply<unknown>>;

async function joined(visit: TestVisit, who: 'doctor' | 'nurse'): Promise<VisitCaller> {
  const seat = await (await app.signedInAs(visit[who])).visit(visit.id);
  assert.equal(codeOf(await seat.join()), null);
  return seat;
}

const sfuMetrics = async (): Promise<string> => (await fetch(`${app.controlUrl}/metrics`)).text();

test('a wrong node token is refused and counted, on both sides', async () => {
  const socket = control('not the token');
  await assert.rejects(new Promise((_, reject) => socket.once('connect_error', reject)), /wrong_token/);
  socket.disconnect();
  assert.match(await sfuMetrics(), /samrum_sfu_refused_total\{event="connect",code="wrong_token"\} 1/);

  const before = await app.metric('samrum_refused_total', 'event="POST /api/nodes/report"');
  const report = await app.stranger().send('/api/nodes/report', { method: 'POST', headers: { authorization: 'Bearer wrong' } });
  assert.equal(report.status, 403);
  assert.equal(await app.metric('samrum_refused_total', 'event="POST /api/nodes/report"'), before + 1);
});

test('a late command and one of a stale epoch are refused, counted, and change nothing', async () => {
  const visit = await makeVisit(app.ctx.db);
  await joined(visit, 'doctor');
  const socket = control();
  const room = { roomId: visit.id, epoch: 1 };
  assert.equal(codeOf(await command(socket, 'room:close', { ...room, deadlineAtMs: Date.now() - 1 })), 'late');
  assert.equal(codeOf(await command(socket, 'room:stats', room)), null, 'the room is still open');
  assert.equal(codeOf(await command(socket, 'room:apply', { ...room, epoch: 2, revision: 1, seats: [] })), null);
  assert.equal(codeOf(await command(socket, 'room:stats', room)), 'stale_epoch');
  assert.equal(codeOf(await command(socket, 'room:apply', { ...room, revision: 99, seats: [] })), 'stale_epoch');
  socket.disconnect();
  const metrics = await sfuMetrics();
  assert.match(metrics, /samrum_sfu_refused_total\{event="room:close",code="late"\} 1/);
  assert.match(metrics, /samrum_sfu_refused_total\{event="room:apply",code="stale_epoch"\} 1/);
});

test('a refusal by the node is counted at the server too', async () => {
  const visit = await makeVisit(app.ctx.db);
  const doctor = await joined(visit, 'doctor');
  const socket = control();
  await command(socket, 'room:apply', { roomId: visit.id, epoch: 7, revision: 1, seats: [] });
  socket.disconnect();
  assert.equal(codeOf(await doctor.ask('media:start', { source: 'microphone', rtpParameters: opusTrack(), paused: false })), 'stale_epoch');
  assert.equal(await app.metric('samrum_sfu_commands_refused_total', 'command="track:start",code="stale_epoch"'), 1);
});

test('a desired state closes what it does not name; an older one changes nothing; the same twice neither', async () => {
  const visit = await makeVisit(app.ctx.db);
  const [doctor] = [await joined(visit, 'doctor'), await joined(visit, 'nurse')];
  await doctor.ask('media:start', { source: 'microphone', rtpParameters: opusTrack(), paused: false });
  const socket = control();
  const room = { roomId: visit.id, epoch: 1 };
  const seats = async (): Promise<{ participantId: string; tracks: string[]; consumers: number }[]> => {
    const reply = await command(socket, 'room:stats', room);
    return reply.ok ? (reply.data as { participantId: string; tracks: string[]; consumers: number }[]) : [];
  };
  const nurseHears = async (): Promise<number | undefined> =>
    (await seats()).find(({ participantId }) => participantId === visit.nurse.participantId)?.consumers;
  assert.equal(await nurseHears(), 1);

  const everyone = [visit.doctor, visit.nurse].map(({ participantId }) => ({
    participantId,
    maySend: ['microphone'],
    paused: [],
    hears: [],
  }));
  await command(socket, 'room:apply', { ...room, revision: 1, seats: [] });
  assert.equal((await seats()).length, 2, 'an older state changes nothing');
  await command(socket, 'room:apply', { ...room, revision: 1_000, seats: everyone });
  assert.equal(await nurseHears(), 0, 'nobody hears anybody, so the consumer is closed');
  await command(socket, 'room:apply', { ...room, revision: 1_001, seats: everyone.slice(1) });
  await command(socket, 'room:apply', { ...room, revision: 1_001, seats: everyone.slice(1) });
  assert.deepEqual(
    (await seats()).map(({ participantId }) => participantId),
    [visit.nurse.participantId],
  );
  assert.equal(
    codeOf(await command(socket, 'seat:join', { ...room, participantId: visit.doctor.participantId, ...doctor.offer() })),
    'forbidden',
  );
  socket.disconnect();
});

test('a placement stands until it is lost, and servers that race for it agree', async () => {
  const visit = await makeVisit(app.ctx.db);
  const place = (lostEpoch?: number) => placeRoom(app.ctx.db, visit.id, ['SE'], lostEpoch);
  const first = await Promise.all([place(), place(), place()]);
  assert.deepEqual(
    first.map(({ epoch }) => epoch),
    [1, 1, 1],
  );
  const again = await Promise.all([place(1), place(1), place(1)]);
  assert.deepEqual(
    again.map(({ epoch }) => epoch),
    [2, 2, 2],
  );
  await assert.rejects(placeRoom(app.ctx.db, (await makeVisit(app.ctx.db)).id, ['FI']), { code: 'media_unavailable' });
});

test('who came before any SFU was there learns its capabilities when it is', async () => {
  await using early = await TestApp.start();
  const visit = await makeVisit(early.ctx.db);
  const doctor = await (await early.signedInAs(visit.doctor)).visit(visit.id);
  assert.equal(doctor.capabilities, null);
  assert.equal(codeOf(await doctor.join()), 'media_unavailable');
  await early.startSfu();
  await until(() => doctor.capabilities !== null);
  assert.equal(codeOf(await doctor.join()), null);
});

test('without contact to any server the node closes its rooms when the lease ends', async () => {
  await using alone = await TestApp.start({ sfu: true, env: { SFU_LEASE_MS: '1000' } });
  const visit = await makeVisit(alone.ctx.db);
  const doctor = await (await alone.signedInAs(visit.doctor)).visit(visit.id);
  assert.equal(codeOf(await doctor.join()), null);
  const rooms = async (): Promise<string> =>
    (await (await fetch(`${alone.controlUrl}/metrics`)).text()).match(/^samrum_sfu_rooms (\d+)/m)?.[1] ?? '';
  assert.equal(await rooms(), '1');
  alone.ctx.media.nodes.close();
  await until(async () => (await rooms()) === '0');
});

test('a room whose worker is gone is placed anew, and everyone learns the new epoch', async () => {
  const visit = await makeVisit(app.ctx.db);
  const doctor = await joined(visit, 'doctor');
  assert.equal(doctor.snapshot?.epoch, 1);
  for (const pid of descendants(process.pid, 'mediasoup-worker')) process.kill(pid, 'SIGKILL');
  await until(() => doctor.snapshot?.epoch === 2);
  await until(async () => codeOf(await doctor.join(false)) === null);
  assert.equal((await loadVisit(app.ctx.db, visit.id))?.placement?.epoch, 2);
});
