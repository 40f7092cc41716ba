import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { generateRouterRtpCapabilities } from 'mediasoup/ortc';
import { pino } from 'pino';
import { mediaCodecs } from './codecs.ts';
import { createControl } from './control.ts';
import type { SfuEnv } from './env.ts';
import { Lease } from './Lease.ts';
import { createSfuMetrics } from './metrics.ts';
import { Rooms } from './Rooms.ts';
import { startReporting } from './reporting.ts';
import { Workers } from './Workers.ts';

/** Starts a node and returns how to stop it: it takes no more rooms, closes those it has, and ends its workers. */
export async function startSfu(env: SfuEnv): Promise<{ stop: () => Promise<void> }> {
  const log = pino({ name: 'sfu', level: env.LOG_LEVEL });
  const instanceId = randomUUID();
  let draining = false;

  const workers = await Workers.create({
    count: env.SFU_WORKERS,
    firstPort: env.SFU_PORT,
    listenIp: env.SFU_LISTEN_IP,
    announcedAddress: env.SFU_ANNOUNCED_ADDRESS,
    workerBin: env.MEDIASOUP_WORKER_BIN,
    onDied: (index) => {
      metrics.workersDied.inc();
      log.error({ worker: index }, 'a media worker ended by itself; it is replaced');
    },
  });

  const rooms: Rooms = new Rooms(workers, {
    roomEvents: (roomId, epoch) => ({
      added: (participantId, consumers) => control.emit('seat:added', { roomId, epoch, participantId, consumers }),
      closed: (participantId, consumerIds) => control.emit('seat:closed', { roomId, epoch, participantId, consumerIds }),
      line: (participantId, line) => control.emit('seat:line', { roomId, epoch, participantId, ...line }),
      speaker: (participantId) => control.emit('room:speaker', { roomId, epoch, participantId }),
    }),
    lost: (roomId, epoch) => control.emit('room:lost', { roomId, epoch }),
  });

  const load = async () => {
    const open = await rooms.all();
    return { rooms: open.length, consumers: open.reduce((total, room) => total + room.consumerCount, 0) };
  };
  const metrics = createSfuMetrics(load);

  const http = createServer((request, response) => {
    if (request.url === '/healthz') return void response.end('ok\n');
    if (request.url !== '/metrics') return void response.writeHead(404).end();
    metrics.registry.metrics().then(
      (text) => response.setHeader('content-type', metrics.registry.contentType).end(text),
      () => response.writeHead(500).end(),
    );
  });

  const lease = new Lease(env.SFU_LEASE_MS, () => {
    log.error('no server for a whole lease; the rooms are closed');
    void rooms.closeAll();
  });

  const control = createControl(http, {
    token: env.SFU_NODE_TOKEN,
    nodeId: env.SFU_NODE_ID,
    instanceId,
    rtpCapabilities: generateRouterRtpCapabilities(mediaCodecs),
    rooms: () => rooms,
    metrics: () => metrics,
    log,
    onContact: (connected) => lease.contact(connected),
  });

  await new Promise<void>((resolve, reject) => {
    http.once('error', reject).listen(env.SFU_CONTROL_PORT, env.SFU_CONTROL_HOST, resolve);
  });

  const reporting = startReporting(
    env.SFU_SERVER_URL,
    env.SFU_NODE_TOKEN,
    async () => ({
      nodeId: env.SFU_NODE_ID,
      instanceId,
      controlUrl: env.SFU_CONTROL_URL ?? `http://${env.SFU_CONTROL_HOST}:${env.SFU_CONTROL_PORT}`,
      region: env.SFU_REGION,
      capacity: env.SFU_WORKERS * 500,
      load: (await load()).consumers,
      draining,
    }),
    log,
  );

  log.info({ nodeId: env.SFU_NODE_ID, workers: env.SFU_WORKERS, port: env.SFU_PORT }, 'the SFU node is ready');

  const stop = async (): Promise<void> => {
    draining = true;
    reporting.close();
    lease.close();
    await rooms.closeAll();
    await control.close();
    workers.close();
  };
  return { stop };
}
