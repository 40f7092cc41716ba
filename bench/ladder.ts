/**
 * What the ladder's own reckoning costs, without the statistics that it reads: CPU a look, and as a part of one core for a
 * person in a visit. What it costs with them, in the SFU, is in `sfuCpu.ts`.
 *   node bench/ladder.ts
 */
import { SpeechBuffer } from '../client/media/SpeechBuffer.ts';
import { Uplink } from '../client/media/Uplink.ts';
import { Ladder } from '../sfu/Ladder.ts';
import { Silence } from '../sfu/Silence.ts';
import { quantile, round, writeResult } from './result.ts';

const looks = 1_000_000;
const repeats = 7;

const ladder = new Ladder();
const silence = new Silence();
const uplink = new Uplink();
const buffer = new SpeechBuffer();
let packets = 0;
const lineAt = (index: number) => ({
  availableBps: (index % 900) * 1_000,
  loss: (index % 40) / 100,
  speech: { sent: index * 25, askedAgain: index % 900 > 400 ? index : 0 },
});

/** Each on a line that goes up and down, so that every branch is taken; how often a second it looks, in the product. */
const parts: Record<string, { aSecond: number; look: (index: number) => void }> = {
  'what is left out for a receiver (SFU)': {
    aSecond: 2,
    look: (index) => ladder.look({ ...lineAt(index), wanted: { examination: index % 3 > 0, others: index % 4 } }, index * 700),
  },
  'whether a line is silent (SFU)': { aSecond: 2, look: (index) => silence.look(index % 5_000, index % 7 > 0, index * 700) },
  'what is sent (browser)': { aSecond: 1, look: (index) => uplink.look({ ...lineAt(index), sendsPictures: true }, index * 1_000) },
  'how long one voice waits (browser)': {
    aSecond: 1,
    look: (index) => {
      packets += 50;
      buffer.look({ received: packets, lost: Math.floor(packets * 0.1), askedAgain: index % 11, late: index % 7 }, index % 300);
    },
  },
};

const rows = Object.fromEntries(
  Object.entries(parts).map(([name, { aSecond, look }]) => {
    const each = Array.from({ length: repeats }, () => {
      const before = process.cpuUsage();
      for (let index = 0; index < looks; index++) look(index);
      const { user, system } = process.cpuUsage(before);
      return ((user + system) / looks) * 1_000;
    });
    const nanoseconds = quantile(each, 0.5);
    return [
      name,
      { 'ns a look': round(nanoseconds), 'looks a second': round(aSecond, 2), 'ppm of a core': round(nanoseconds * aSecond * 1e-3, 3) },
    ];
  }),
);
writeResult('ladder', rows, { looks, repeats });
