/**
 * Narrow lines that lose: how much of the sound is made up by the browser, how long pictures stand still, and how soon all is
 * back on a good line; beside the same app without forward error correction and sending again. Loss as the line counted it.
 *   node bench/rural.ts [seconds each]
 */
import { join } from 'node:path';
import { root } from '../launch/env.ts';
import { buildClient } from './lines/buildClient.ts';
import { Pair, pause } from './lines/Pair.ts';
import { round, writeResult } from './result.ts';
import { type SpeechCounts, speechCounts } from './speech/listen.ts';

const seconds = Number(process.argv[2] ?? 20);
/** Until then both ends have found out how the line is. */
const settleMs = 12_000;
const calmMs = 4_000;
const delayMs = 75; // each way
const rates = [64_000, 128_000, 300_000];
const losses = [0.05, 0.1, 0.15, 0.2, 0.25];
/** Sound plays throughout if the browser never has to make up all of it for longer than this. */
const starvedAfterMs = 1_000;
const lookEveryMs = 200;
/** From this part made up on, nothing of what was said is heard in a look. */
const allMadeUp = 0.9;

type Side = { counts: SpeechCounts; frozenMs: number; frames: number };

async function sidesOf({ doctor, nurse, visit }: Pair): Promise<[Side, Side]> {
  const one = async (at: typeof doctor, from: string): Promise<Side> => ({
    counts: await speechCounts(at, from),
    ...(await at.page.evaluate(async () => {
      const reports = await Promise.all(window.underTest.connections.map((connection) => connection.getStats()));
      const inbound = reports.flatMap((report) =>
        [...report.values()].filter(({ type, kind }) => type === 'inbound-rtp' && kind === 'video'),
      );
      const sum = (name: string): number => inbound.reduce((total, stat) => total + (stat[name] ?? 0), 0);
      return { frozenMs: sum('totalFreezesDuration') * 1_000, frames: sum('framesDecoded') };
    })),
  });
  return Promise.all([one(doctor, visit.nurse.participantId), one(nurse, visit.doctor.participantId)]);
}

/** The longest time in which a side heard nothing but what its browser made up, ms. */
async function longestMadeUp(pair: Pair, forMs: number): Promise<number> {
  const until = Date.now() + forMs;
  const heardAt = [Date.now(), Date.now()];
  let longest = 0;
  let before = await sidesOf(pair);
  while (Date.now() < until) {
    await pause(lookEveryMs);
    const now = await sidesOf(pair);
    now.forEach(({ counts }, side) => {
      if (concealedPart(before[side]?.counts ?? counts, counts) < allMadeUp) heardAt[side] = Date.now();
      longest = Math.max(longest, Date.now() - (heardAt[side] ?? 0));
    });
    before = now;
  }
  return longest;
}

const concealedPart = (before: SpeechCounts, after: SpeechCounts): number =>
  (after.concealed - before.concealed) / Math.max(1, after.samples - before.samples);

async function measure(pair: Pair, rateBps: number, loss: number) {
  pair.line.set({ rateBps, loss, delayMs });
  const atFirst = await sidesOf(pair);
  await pause(settleMs);
  for (const link of [pair.line.up, pair.line.down]) link.forgetCounts();
  const before = await sidesOf(pair);
  const madeUp = await longestMadeUp(pair, seconds * 1_000);
  const after = await sidesOf(pair);
  const [up, down] = [pair.line.up.counts, pair.line.down.counts];
  const lost = [up, down].map(({ packets, lost, overflowed }) => ((lost + overflowed) / Math.max(1, packets)) * 100);
  const concealedSince = (then: Side[], now: Side[]): number[] =>
    then.map(({ counts }, side) => concealedPart(counts, now[side]?.counts ?? counts) * 100);
  const concealed = concealedSince(before, after);
  const concealedAtFirst = concealedSince(atFirst, before);
  const frozen = before.map(({ frozenMs }, side) => ((after[side]?.frozenMs ?? frozenMs) - frozenMs) / (seconds * 10));
  const framesPerSecond = before.map(({ frames }, side) => ((after[side]?.frames ?? frames) - frames) / seconds);
  pair.line.set({ delayMs });
  const recoveredMs = await pair.untilFrames(Date.now());
  await pause(calmMs);
  return { concealed, concealedAtFirst, framesPerSecond, frozen, lost, madeUp, recoveredMs };
}

await using plain = await buildClient({ SPEECH_AIDS: '0' });
const sound = join(root, 'bench/speech/sentence.wav');
await using ours = await Pair.open({}, sound);
await using without = await Pair.open({ CLIENT_DIR: plain.folder }, sound);
const rows: Record<string, Record<string, number | string>> = {};
const both = (values: number[]): string => values.map((value) => round(value)).join(' / ');
const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const keep = (): void =>
  writeResult('rural', rows, {
    goal: 'concealment ≤ 0.4 of the same app without aids; sound plays throughout at 128 kbit/s',
    delayMsEachWay: delayMs,
    secondsEach: seconds,
    afterMs: settleMs,
  });
for (const rate of rates) {
  for (const loss of losses) {
    const [a, b] = await Promise.all([measure(ours, rate, loss), measure(without, rate, loss)]);
    const name = `${rate / 1_000} kbit/s, ${loss * 100} %`;
    rows[name] = {
      'lost % up / down': both(a.lost),
      'concealed % doctor / nurse hears': both(a.concealed),
      'without aids': both(b.concealed),
      ratio: round(mean(a.concealed) / mean(b.concealed), 2),
      'pictures a second': both(a.framesPerSecond),
      'frozen % of the time': both(a.frozen),
      'longest with nothing but made-up sound ms': a.madeUp,
      'plays throughout': a.madeUp < starvedAfterMs ? 'yes' : 'no',
      'concealed at first %': both(a.concealedAtFirst),
      'at first without aids': both(b.concealedAtFirst),
      'back on a good line ms': a.recoveredMs,
      'back without aids ms': b.recoveredMs,
    };
    keep(); // a run that is broken off leaves what it has measured
  }
}
