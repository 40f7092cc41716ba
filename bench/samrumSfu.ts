/** Our SFU node in a process of its own, commanded as a server commands it, and what its processes cost. */
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Source } from '../contract/media.ts';
import { root } from '../launch/env.ts';
import { SfuLink } from '../server/media/SfuLink.ts';
import { descendants } from '../testing/processes.ts';
import type { RoomBackend } from './load.ts';

export type Backend = RoomBackend & { pid: number; stop: () => void };

/** Run time so far of all threads of the media worker, and of the Node process that commands it. */
export function cpuMicros(pid: number): { worker: number; node: number } {
  const [worker = 0] = descendants(pid, 'mediasoup-worker');
  const runTime = (process: number): number =>
    readdirSync(`/proc/${process}/task`).reduce(
      (sum, thread) => sum + Number(readFileSync(`/proc/${process}/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1_000,
      0,
    );
  return { worker: runTime(worker), node: runTime(pid) };
}

export async function started(file: string, env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const child = fork(join(root, file), { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  await new Promise<void>((resolve) => child.once('message', () => resolve()));
  return child;
}

/** Our node, commanded as a server commands it. */
/** @param port - of its control; the next is its media's, and the eighth takes its reports. */
export async function startSamrum(port: number): Promise<Backend> {
  const token = randomUUID();
  const server = createServer((_, response) => void response.end()).listen(port + 7, '127.0.0.1');
  const child = await started('sfu/main.ts', {
    SFU_NODE_TOKEN: token,
    SFU_CONTROL_PORT: String(port),
    SFU_PORT: String(port + 1),
    SFU_WORKERS: '1',
    SFU_LISTEN_IP: '127.0.0.1',
    SFU_SERVER_URL: `http://127.0.0.1:${port + 7}`,
    LOG_LEVEL: 'silent',
  });
  const { promise: up, resolve } = Promise.withResolvers<void>();
  const none = (): void => undefined;
  let added: Parameters<RoomBackend['onAdded']>[0] = none;
  const link = new SfuLink(
    { nodeId: 'bench', instanceId: randomUUID(), controlUrl: `http://127.0.0.1:${port}` },
    token,
    {
      up: () => resolve(),
      down: none,
      'seat:added': ({ participantId, consumers }) => added(participantId, consumers),
      'seat:closed': none,
      'seat:line': none,
      'room:speaker': none,
      'room:lost': none,
    },
    none,
  );
  await up;
  const { rtpCapabilities } = await link.request('node:describe', {});
  const rooms = new Map<string, { roomId: string; epoch: number }>(); // by participant
  const of = (participantId: string) => ({ participantId, ...(rooms.get(participantId) ?? { roomId: '', epoch: 0 }) });
  const open = () => [...new Set(rooms.values())];
  const sources: Source[] = ['microphone', 'camera'];
  return {
    pid: child.pid ?? 0,
    rtpCapabilities,
    onAdded: (callback) => {
      added = callback;
    },
    open: async (groups) => {
      for (const group of groups) {
        const room = { roomId: randomUUID(), epoch: 1 };
        const others = (id: string) => group.filter((other) => other !== id).map((other) => ({ participantId: other, sources }));
        await link.request('room:apply', {
          ...room,
          revision: 1,
          seats: group.map((id) => ({ participantId: id, maySend: sources, paused: [], hears: others(id) })),
        });
        for (const id of group) rooms.set(id, room);
      }
    },
    join: (participantId, offer) => link.request('seat:join', { ...of(participantId), ...offer }),
    start: (participantId, source, rtpParameters) => link.request('track:start', { ...of(participantId), source, rtpParameters }),
    show: async (participantId, consumerIds) => {
      const consumers = consumerIds.map((consumerId) => ({ consumerId, on: true, spatialLayer: 2, foremost: false }));
      await link.request('consumer:show', { ...of(participantId), consumers });
    },
    packetsSent: async () => {
      const stats = await Promise.all(open().map((room) => link.request('room:stats', room)));
      return stats.flat().reduce((sum, seat) => sum + seat.packetsSent, 0);
    },
    closeRooms: async () => {
      await Promise.all(open().map((room) => link.request('room:close', room)));
      rooms.clear();
    },
    stop: () => {
      link.close();
      child.kill('SIGTERM');
      server.close();
    },
  };
}
