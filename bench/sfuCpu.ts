/**
 * CPU of the SFU per forwarded RTP packet, rooms of 4 with Opus and VP8, beside bare mediasoup under the same load in
 * the same run: alternating pairs, the median and the spread of their ratios.
 *   node bench/sfuCpu.ts [pairs]
 */
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nurseSignature, Person } from '../e2e/people.ts';
import { root } from '../launch/env.ts';
import { obtainWorker } from '../launch/worker/obtain.ts';
import { SfuLink } from '../server/media/SfuLink.ts';
import { freePorts } from '../testing/ports.ts';
import { descendants } from '../testing/processes.ts';
import { type RoomBackend, serveLoad } from './load.ts';
import { quantile, round, writeResult } from './result.ts';

const pairs = Number(process.argv[2] ?? 9);
const warmUpMs = 4_000;
const measureMs = 10_000;

process.env.MEDIASOUP_WORKER_BIN = await obtainWorker();
const port = await freePorts(8);
const token = randomUUID();

const samrum = await startSamrum();
const bare = await startBare();
const load = await serveLoad();
await using person = await Person.launch(load.address, nurseSignature);

const measured: { samrum: number; bare: number; ratio: number }[] = [];
for (let pair = 0; pair < pairs; pair++) {
  const first = pair % 2 === 0 ? samrum : bare;
  const firstMicros = await measure(first);
  const secondMicros = await measure(first === samrum ? bare : samrum);
  const [ours, theirs] = first === samrum ? [firstMicros, secondMicros] : [secondMicros, firstMicros];
  measured.push({ samrum: ours, bare: theirs, ratio: ours / theirs });
  console.log(`pair ${pair + 1}: Samrum ${round(ours)} µs, bare ${round(theirs)} µs, ratio ${round(ours / theirs, 3)}`);
}
samrum.stop();
bare.stop();
await load.close();

const spread = (values: number[], digits: number) => ({
  median: round(quantile(values, 0.5), digits),
  least: round(Math.min(...values), digits),
  most: round(Math.max(...values), digits),
});
writeResult(
  'sfu-cpu',
  {
    'Samrum, CPU-µs a forwarded packet': spread(
      measured.map(({ samrum: micros }) => micros),
      2,
    ),
    'bare mediasoup, CPU-µs a forwarded packet': spread(
      measured.map(({ bare: micros }) => micros),
      2,
    ),
    'ratio, pair by pair': spread(
      measured.map(({ ratio }) => ratio),
      3,
    ),
  },
  { goal: 'median ratio ≤ 1.05', pairs: measured, measureMs, counted: 'worker and its Node process, run time by schedstat' },
);

type Backend = RoomBackend & { pid: number; stop: () => void };

/** One room of 4 for a while: CPU-µs of all the node's processes per packet that it sent on. */
async function measure(backend: Backend): Promise<number> {
  load.use(backend);
  await person.page.goto(load.address);
  await person.page.waitForFunction(() => document.title === 'all sending');
  await person.page.waitForTimeout(warmUpMs);
  const [cpuBefore, sentBefore] = [cpuMicros(backend.pid), await backend.packetsSent()];
  await person.page.waitForTimeout(measureMs);
  const [cpuAfter, sentAfter] = [cpuMicros(backend.pid), await backend.packetsSent()];
  await person.page.goto('about:blank');
  await backend.closeRoom();
  return (cpuAfter - cpuBefore) / (sentAfter - sentBefore);
}

/** Run time of a process, its children and all their threads. */
function cpuMicros(pid: number): number {
  const all = [pid, ...descendants(pid, 'mediasoup-worker')];
  const threads = all.flatMap((process) =>
    readdirSync(`/proc/${process}/task`).map((thread) => `/proc/${process}/task/${thread}/schedstat`),
  );
  return threads.reduce((sum, file) => sum + Number(readFileSync(file, 'utf8').split(' ')[0]) / 1_000, 0);
}

async function started(file: string, env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const child = fork(join(root, file), { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  await new Promise<void>((resolve) => child.once('message', () => resolve()));
  return child;
}

/** Our node, commanded as a server commands it. */
async function startSamrum(): Promise<Backend> {
  const child = await started('sfu/main.ts', {
    SFU_NODE_TOKEN: token,
    SFU_CONTROL_PORT: String(port),
    SFU_PORT: String(port + 1),
    SFU_WORKERS: '1',
    SFU_LISTEN_IP: '127.0.0.1',
    SFU_SERVER_URL: `http://127.0.0.1:${port + 7}`, // nobody: reporting in vain is part of what is measured
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
      'room:speaker': none,
      'room:lost': none,
    },
    none,
  );
  await up;
  const { rtpCapabilities } = await link.request('node:describe', {});
  let room = { roomId: randomUUID(), epoch: 1 };
  return {
    pid: child.pid ?? 0,
    rtpCapabilities,
    onAdded: (callback) => {
      added = callback;
    },
    open: async (participantIds) => {
      const seats = participantIds.map((participantId) => ({
        participantId,
        maySend: ['microphone' as const, 'camera' as const],
        paused: [],
        hears: participantIds
          .filter((other) => other !== participantId)
          .map((other) => ({ participantId: other, sources: ['microphone' as const, 'camera' as const] })),
      }));
      await link.request('room:apply', { ...room, revision: 1, seats });
    },
    join: (participantId, offer) => link.request('seat:join', { ...room, participantId, ...offer }),
    start: (participantId, source, rtpParameters) => link.request('track:start', { ...room, participantId, source, rtpParameters }),
    show: async (participantId, consumerIds) => {
      await link.request('consumer:show', {
        ...room,
        participantId,
        consumers: consumerIds.map((consumerId) => ({ consumerId, on: true, spatialLayer: 2 })),
      });
    },
    packetsSent: async () => (await link.request('room:stats', room)).reduce((sum, seat) => sum + seat.packetsSent, 0),
    closeRoom: async () => {
      await link.request('room:close', room);
      room = { roomId: randomUUID(), epoch: 1 };
    },
    stop: () => {
      link.close();
      child.kill('SIGTERM');
    },
  };
}

/** mediasoup with nothing around it, in a process of its own, commanded over its IPC channel. */
async function startBare(): Promise<Backend> {
  const child = await started('bench/bareSfu.ts', { BARE_PORT: String(port + 2) });
  const waiting = new Map<number, (answer: unknown) => void>();
  let added: Parameters<RoomBackend['onAdded']>[0] = () => undefined;
  let next = 0;
  child.on('message', (message: { id?: number; answer?: unknown; added?: Parameters<typeof added> }) => {
    if (message.added) added(...message.added);
    else waiting.get(message.id ?? -1)?.(message.answer);
  });
  const ask = (method: string, ...args: unknown[]): Promise<unknown> =>
    new Promise((resolve) => {
      next += 1;
      waiting.set(next, resolve);
      child.send({ id: next, method, args });
    });
  return {
    pid: child.pid ?? 0,
    rtpCapabilities: (await ask('capabilities')) as RoomBackend['rtpCapabilities'],
    onAdded: (callback) => {
      added = callback;
    },
    open: async () => void (await ask('open')),
    join: (participantId, offer) => ask('join', participantId, offer) as ReturnType<RoomBackend['join']>,
    start: (participantId, source, rtpParameters) => ask('start', participantId, source, rtpParameters) as ReturnType<RoomBackend['start']>,
    show: async (_, consumerIds) => void (await ask('show', consumerIds)),
    packetsSent: async () => (await ask('packetsSent')) as number,
    closeRoom: async () => void (await ask('close')),
    stop: () => child.kill('SIGTERM'),
  };
}
