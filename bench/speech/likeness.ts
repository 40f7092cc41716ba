/**
 * How much of a spoken sentence is still there: short-time envelope correlation with the same sentence over a perfect line.
 * Fixed before anything was measured:
 *   - the sentence is cut from the recording over the perfect line; envelopes in 15 thirds of an octave from 150 Hz on;
 *   - segments of 30 frames (384 ms), every 15 frames, where the sentence is not silent (40 dB below its loudest);
 *   - a segment may be moved by up to 256 ms from where it is expected, since playing out later or faster, as a jitter
 *     buffer does, leaves speech intelligible; the best place counts;
 *   - the degraded envelope is scaled to the clean one's energy and clipped at -15 dB, as in STOI;
 *   - the likeness of a recording is the mean over all segments of every whole sentence in it.
 * The bound is 0.7. The sentence played backwards, with the same freedom to move, says how much of that chance would give.
 */
import type { Envelopes } from './envelopes.ts';

export const bound = 0.7;
const segmentFrames = 30;
const segmentHop = 15;
const freeFrames = 20;
const silenceDb = -40;
const clip = 1 + 10 ** (15 / 20);

const loudness = (frame: Float64Array): number => Math.sqrt(frame.reduce((sum, value) => sum + value * value, 0));

/** The first whole sentence of a recording of a loop that lasts so many frames. */
export function sentenceOf(recording: Envelopes, loopFrames: number): Envelopes {
  const levels = recording.map(loudness);
  const loudest = Math.max(...levels);
  const quiet = levels.map((level) => level < loudest * 10 ** (silenceDb / 20));
  for (let frame = 30; frame + loopFrames <= recording.length; frame++) {
    if (!quiet[frame] && quiet.slice(frame - 30, frame).every(Boolean)) return recording.slice(frame, frame + loopFrames - 40);
  }
  throw new Error('no sentence was heard over the perfect line');
}

/** Mean likeness of the sentences in a recording, and how many there were. */
export function likeness(
  sentence: Envelopes,
  recording: Envelopes,
  loopFrames: number,
): { mean: number; worst: number; sentences: number } {
  const starts = startsOf(sentence, recording, loopFrames);
  const each = starts.map((start) => sentenceLikeness(sentence, recording, start));
  return { mean: each.reduce((sum, value) => sum + value, 0) / each.length, worst: Math.min(...each), sentences: each.length };
}

/** Where the sentence begins each time: the best place in the first loop, and a loop later the best near it, and so on. */
function startsOf(sentence: Envelopes, recording: Envelopes, loopFrames: number): number[] {
  const [clean, heard] = [sentence.map(loudness), recording.map(loudness)];
  const fits = (start: number): number => correlation(clean, heard.slice(start, start + clean.length));
  const best = (from: number, to: number): number => {
    let found = from;
    let most = Number.NEGATIVE_INFINITY;
    for (let start = Math.max(0, from); start <= Math.min(to, recording.length - sentence.length); start++) {
      const fit = fits(start);
      if (fit > most) [found, most] = [start, fit];
    }
    return found;
  };
  const starts = [best(0, loopFrames)];
  for (;;) {
    const next = (starts.at(-1) ?? 0) + loopFrames;
    if (next + sentence.length + freeFrames > recording.length) return starts;
    starts.push(best(next - 40, next + 40));
  }
}

function sentenceLikeness(sentence: Envelopes, recording: Envelopes, start: number): number {
  const loudest = Math.max(...sentence.map(loudness));
  const values: number[] = [];
  for (let at = 0; at + segmentFrames <= sentence.length; at += segmentHop) {
    const clean = sentence.slice(at, at + segmentFrames);
    if (Math.max(...clean.map(loudness)) < loudest * 10 ** (silenceDb / 20)) continue;
    let most = 0;
    for (let shift = -freeFrames; shift <= freeFrames; shift++) {
      const from = start + at + shift;
      if (from < 0 || from + segmentFrames > recording.length) continue;
      most = Math.max(most, segmentLikeness(clean, recording.slice(from, from + segmentFrames)));
    }
    values.push(most);
  }
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function segmentLikeness(clean: Envelopes, heard: Envelopes): number {
  const bandCount = clean[0]?.length ?? 0;
  let sum = 0;
  for (let band = 0; band < bandCount; band++) {
    const x = clean.map((frame) => frame[band] ?? 0);
    const y = heard.map((frame) => frame[band] ?? 0);
    const scale = Math.sqrt(energy(x) / (energy(y) || 1e-12));
    sum += correlation(
      x,
      y.map((value, index) => Math.min(value * scale, (x[index] ?? 0) * clip)),
    );
  }
  return sum / bandCount;
}

const energy = (values: number[]): number => values.reduce((sum, value) => sum + value * value, 0);

function correlation(x: number[], y: number[]): number {
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  for (let index = 0; index < x.length; index++) {
    const [dx, dy] = [(x[index] ?? 0) - mx, (y[index] ?? 0) - my];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  return xx === 0 || yy === 0 ? 0 : xy / Math.sqrt(xx * yy);
}
