/**
 * CPU of the SFU per forwarded RTP packet, rooms of 4 with Opus and VP8, beside bare mediasoup under the same load in
 * the same run: alternating pairs, the median and the spread of their ratios.
 *   node bench/sfuCpu.ts [pairs]
 */
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Source } from '../contract/media.ts';
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

const server = createServer((_, response) => void response.end()).listen(port + 7, '127.0.0.1'); // takes the node's reports
const samrum = await startSamrum();
const bare = await startBare();
const load = await serveLoad();
await using person = await Person.launch(load.address, nurseSignature);

const measured: { samrum: Measured; bare: Measured }[] = [];
for (let pair = 0; pair < pairs; pair++) {
  const first = pair % 2 === 0 ? samrum : bare;
  const one = await measure(first);
  const other = await measure(first === samrum ? bare : samrum);
  measured.push(first === samrum ? { samrum: one, bare: other } : { samrum: other, bare: one });
  console.log(`pair ${pair + 1}:`, measured.at(-1));
}
samrum.stop();
bare.stop();
await load.close();
server.close();

const spread = (values: number[], digits: number) => ({
  median: round(quantile(values, 0.5), digits),
  least: round(Math.min(...values), digits),
  most: round(Math.max(...values), digits),
});
const whole = ({ worker, node }: Measured): number => worker + node;
const ratios = (of: (one: Measured) => number): number[] => measured.map(({ samrum: ours, bare: theirs }) => of(ours) / of(theirs));
writeResult(
  'sfu-cpu',
  {
    'Samrum, worker, CPU-µs a packet': spread(
      measured.map(({ samrum: { worker } }) => worker),
      2,
    ),
    'bare mediasoup, worker, CPU-µs a packet': spread(
      measured.map(({ bare: { worker } }) => worker),
      2,
    ),
    'worker, ratio pair by pair': spread(
      ratios(({ worker }) => worker),
      3,
    ),
    'Samrum, with its Node process': spread(
      measured.map(({ samrum: ours }) => whole(ours)),
      2,
    ),
    'bare mediasoup, with its Node process': spread(
      measured.map(({ bare: theirs }) => whole(theirs)),
      2,
    ),
    'with the Node process, ratio pair by pair': spread(ratios(whole), 3),
  },
  { goal: 'median ratio ≤ 1.05', pairs: measured, measureMs, counted: 'run time by schedstat, per RTP packet sent on' },
);

type Measured = { worker: number; node: number; packetsPerSecond: number };
type Backend = RoomBackend & { pid: number; stop: () => void };

/** Three rooms of 4 for a while: CPU-µs of all the node's processes per packet that it sent on. */
async function measure(backend: Backend): Promise<Measured> {
  load.use(backend);
  await person.page.goto(load.address);
  await person.page.waitForFunction(() => document.title === 'all sending');
  await person.page.waitForTimeout(warmUpMs);
  const sentBefore = await backend.packetsSent();
  const cpuBefore = cpuMicros(backend.pid);
  await person.page.waitForTimeout(measureMs);
  const cpuAfter = cpuMicros(backend.pid);
  const sent = (await backend.packetsSent()) - sentBefore;
  await person.page.goto('about:blank');
  await backend.closeRooms();
  return {
    worker: (cpuAfter.worker - cpuBefore.worker) / sent,
    node: (cpuAfter.node - cpuBefore.node) / sent,
    packetsPerSecond: sent / (measureMs / 1_000),
  };
}

/** Run time so far of all threads of the media worker, and of the Node process that commands it. */
function cpuMicros(pid: number): { worker: number; node: number } {
  const [worker = 0] = descendants(pid, 'mediasoup-worker');
  const runTime = (process: number): number =>
    readdirSync(`/proc/${process}/task`).reduce(
      (sum, thread) => sum + Number(readFileSync(`/proc/${process}/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1_000,
      0,
    );
  return { worker: runTime(worker), node: runTime(pid) };
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
    open: async (rooms) => void (await ask('open', rooms)),
    join: (participantId, offer) => ask('join', participantId, offer) as ReturnType<RoomBackend['join']>,
    start: (participantId, source, rtpParameters) => ask('start', participantId, source, rtpParameters) as ReturnType<RoomBackend['start']>,
    show: async (_, consumerIds) => void (await ask('show', consumerIds)),
    packetsSent: async () => (await ask('packetsSent')) as number,
    closeRooms: async () => void (await ask('close')),
    stop: () => child.kill('SIGTERM'),
  };
}
