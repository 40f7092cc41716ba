/**
 * A planning meeting of 16, four of each of four organisations, beside four meetings of four, on our SFU in the same run: CPU
 * of the media worker per packet that it sends on, alternating pairs.
 *   node bench/meetingCpu.ts [pairs]
 */
import { Person } from '../e2e/people.ts';
import { obtainWorker } from '../launch/worker/obtain.ts';
import { freePorts } from '../testing/ports.ts';
import { serveLoad } from './load.ts';
import { quantile, round, writeResult } from './result.ts';
import { cpuMicros, startSamrum } from './samrumSfu.ts';

const pairs = Number(process.argv[2] ?? 5);
const warmUpMs = 6_000;
const measureMs = 10_000;

process.env.MEDIASOUP_WORKER_BIN = await obtainWorker();
const sfu = await startSamrum(await freePorts(8));
const load = await serveLoad();
load.use(sfu);
await using person = await Person.launch(load.address, { code: 21, hertz: 700 }, { light: true });

type Measured = { micros: number; packetsPerSecond: number };
const measured: { sixteen: Measured; four: Measured }[] = [];
for (let pair = 0; pair < pairs; pair++) {
  const bigFirst = pair % 2 === 0;
  const one = await measure(bigFirst ? '1x16' : '4x4');
  const other = await measure(bigFirst ? '4x4' : '1x16');
  measured.push(bigFirst ? { sixteen: one, four: other } : { sixteen: other, four: one });
  console.log(`pair ${pair + 1}:`, measured.at(-1));
}
sfu.stop();
await load.close();

const spread = (values: number[], digits: number) => ({
  median: round(quantile(values, 0.5), digits),
  least: round(Math.min(...values), digits),
  most: round(Math.max(...values), digits),
});
const micros = (of: 'sixteen' | 'four') =>
  spread(
    measured.map((one) => one[of].micros),
    2,
  );
writeResult(
  'meeting-cpu',
  {
    'one meeting of 16, CPU-µs a packet': micros('sixteen'),
    'four meetings of 4, CPU-µs a packet': micros('four'),
    'ratio pair by pair': spread(
      measured.map(({ sixteen, four }) => sixteen.micros / four.micros),
      3,
    ),
  },
  { goal: 'median ratio ≤ 1.1', pairs: measured, measureMs, counted: 'run time of the worker by schedstat, per RTP packet sent on' },
);

async function measure(shape: '1x16' | '4x4'): Promise<Measured> {
  await person.page.goto('about:blank');
  await person.page.goto(`${load.address}#${shape}`);
  await person.page.waitForFunction(() => document.title === 'all sending', undefined, { timeout: 120_000 });
  await person.page.waitForTimeout(warmUpMs);
  const sentBefore = await sfu.packetsSent();
  const before = cpuMicros(sfu.pid).worker;
  await person.page.waitForTimeout(measureMs);
  const after = cpuMicros(sfu.pid).worker;
  const sent = (await sfu.packetsSent()) - sentBefore;
  await sfu.closeRooms();
  return { micros: (after - before) / sent, packetsPerSecond: sent / (measureMs / 1_000) };
}
