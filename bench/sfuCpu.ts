/**
 * CPU of the SFU per forwarded RTP packet, rooms of 4 with Opus and VP8, beside bare mediasoup under the same load in
 * the same run: alternating pairs, the median and the spread of their ratios.
 *   node bench/sfuCpu.ts [pairs]
 */
import { nurseSignature, Person } from '../e2e/people.ts';
import { obtainWorker } from '../launch/worker/obtain.ts';
import { freePorts } from '../testing/ports.ts';
import { type RoomBackend, serveLoad } from './load.ts';
import { quantile, round, writeResult } from './result.ts';
import { type Backend, cpuMicros, started, startSamrum } from './samrumSfu.ts';

const pairs = Number(process.argv[2] ?? 9);
const warmUpMs = 4_000;
const measureMs = 10_000;

process.env.MEDIASOUP_WORKER_BIN = await obtainWorker();
const port = await freePorts(8);

const samrum = await startSamrum(port);
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
