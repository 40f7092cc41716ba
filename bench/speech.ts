/**
 * Whether speech is still understood over a line that loses, corrupts or is narrow, both ways at once. Two in a visit with
 * sound and picture, the nurse behind the line; a sentence spoken by each, recorded where the other hears it.
 *   node bench/speech.ts [seconds a recording]
 */
import { join } from 'node:path';
import { openDatabase } from '../drizzle/client.ts';
import { doctorSignature, nurseSignature, Person } from '../e2e/people.ts';
import { root } from '../launch/env.ts';
import { makeVisit } from '../testing/care.ts';
import { Line } from '../testing/line/Line.ts';
import type { LineQuality } from '../testing/line/Link.ts';
import { Product } from '../testing/Product.ts';
import { round, writeResult } from './result.ts';
import { type Envelopes, envelopesOf, hop, sampleRate } from './speech/envelopes.ts';
import { bound, likeness, sentenceOf } from './speech/likeness.ts';
import { listen, speechCounts } from './speech/listen.ts';

const seconds = Number(process.argv[2] ?? 30);
/** The worst lines follow upon each other for more than five minutes. */
const longSeconds = seconds * 3;
const sound = join(root, 'bench/speech/sentence.wav');
const loopSeconds = 8.1; // of the file
const loopFrames = Math.round((loopSeconds * sampleRate) / hop);
const settleMs = 12_000;
const delayMs = 75; // each way
const lines: Record<string, { quality: Partial<LineQuality>; seconds: number }> = {
  'perfect (0 %)': { quality: {}, seconds },
  '10 % loss': { quality: { loss: 0.1 }, seconds },
  '15 % loss': { quality: { loss: 0.15 }, seconds },
  '25 % loss': { quality: { loss: 0.25 }, seconds: longSeconds },
  '20 % corruption': { quality: { corruption: 0.2 }, seconds: longSeconds },
  '64 kbit/s': { quality: { rateBps: 64_000 }, seconds: longSeconds },
};

await using product = await Product.start();
const { db, pool } = openDatabase(product.databaseUrl, () => undefined, 1);
const visit = await makeVisit(db);
await pool.end();
await using line = await Line.open({ signalling: Number(new URL(product.address).port), media: [...product.mediaPorts] });
await using doctor = await Person.launch(product.address, doctorSignature, { sound });
await using nurse = await Person.launch(product.address, nurseSignature, { sound, line });
await doctor.goIn(visit, visit.doctor);
await nurse.goIn(visit, visit.nurse);
await doctor.sees(visit.nurse.participantId, nurseSignature);
const begunAt = Date.now();
const loaded = await Promise.all([doctor.loadedAt(), nurse.loadedAt()]);

const ways = [
  { way: 'up', at: doctor, from: visit.nurse.participantId },
  { way: 'down', at: nurse, from: visit.doctor.participantId },
] as const;
const sentences = new Map<string, Envelopes>();
const rows: Record<string, Record<string, number | string>> = {};
let worstSince = 0;
for (const [name, { quality, seconds }] of Object.entries(lines)) {
  if (seconds === longSeconds) worstSince ||= Date.now();
  line.set({ delayMs, ...quality });
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  for (const link of [line.up, line.down]) link.forgetCounts();
  const heard = await Promise.all(
    ways.map(async ({ way, at, from }) => {
      const before = await speechCounts(at, from);
      const envelopes = envelopesOf(await listen(at, from, seconds));
      const after = await speechCounts(at, from);
      if (!sentences.has(way)) sentences.set(way, sentenceOf(envelopes, loopFrames));
      const sentence = sentences.get(way) ?? [];
      const { mean, worst, sentences: count } = likeness(sentence, envelopes, loopFrames);
      return {
        [`${way} likeness`]: round(mean, 3),
        [`${way} worst`]: round(worst, 3),
        [`${way} sentences`]: count,
        [`${way} by chance`]: round(likeness([...sentence].reverse(), envelopes, loopFrames).mean, 3),
        [`${way} concealed %`]: round(((after.concealed - before.concealed) / (after.samples - before.samples)) * 100),
        [`${way} wait ms`]: after.targetMs ?? 0,
      };
    }),
  );
  const lostOf = ({ packets, lost, corrupted, overflowed }: typeof line.up.counts): number =>
    round(((lost + corrupted + overflowed) / packets) * 100);
  rows[name] = { ...Object.assign({}, ...heard), 'lost up %': lostOf(line.up.counts), 'lost down %': lostOf(line.down.counts) };
  console.log(name, rows[name]);
}
const minutesSince = (then: number): number => round((Date.now() - then) / 60_000);
const [minutes, minutesOnTheWorst] = [minutesSince(begunAt), minutesSince(worstSince)];
const stayed = JSON.stringify(await Promise.all([doctor.loadedAt(), nurse.loadedAt()])) === JSON.stringify(loaded);
for (const one of [doctor, nurse]) await one.inRoom();
writeResult('speech', rows, {
  bound,
  minutes,
  minutesOnTheWorst,
  nobodyLeft: stayed,
  delayMsEachWay: delayMs,
  secondsARecording: seconds,
  secondsOnTheWorst: longSeconds,
});
