/** Speech as the ear divides it: how loud each third of an octave is, some eighty times a second (as in STOI, Taal et al. 2011). */

/** Recordings are made at this rate, samples/s. */
export const sampleRate = 10_000;
const frameLength = 256;
export const hop = 128;
const fftLength = 512;
const bandCount = 15;
const lowestHz = 150;

/** One row a frame: the amplitude in each band. */
export type Envelopes = Float64Array[];

export function envelopesOf(samples: Float32Array): Envelopes {
  const window = Float64Array.from({ length: frameLength }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (n + 1)) / (frameLength + 1)));
  const frames: Envelopes = [];
  for (let start = 0; start + frameLength <= samples.length; start += hop) {
    const re = new Float64Array(fftLength);
    const im = new Float64Array(fftLength);
    for (let n = 0; n < frameLength; n++) re[n] = (samples[start + n] ?? 0) * (window[n] ?? 0);
    fft(re, im);
    frames.push(Float64Array.from(bands, ([from, to]) => Math.sqrt(power(re, im, from, to))));
  }
  return frames;
}

const bands = Array.from({ length: bandCount }, (_, band): [number, number] => {
  const centre = lowestHz * 2 ** (band / 3);
  const bin = (hertz: number): number => Math.round((hertz * fftLength) / sampleRate);
  return [bin(centre * 2 ** (-1 / 6)), bin(centre * 2 ** (1 / 6))];
});

function power(re: Float64Array, im: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let bin = from; bin < to; bin++) sum += (re[bin] ?? 0) ** 2 + (im[bin] ?? 0) ** 2;
  return sum;
}

/** In place, radix 2. */
function fft(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) [re[i], re[j], im[i], im[j]] = [re[j] ?? 0, re[i] ?? 0, im[j] ?? 0, im[i] ?? 0];
  }
  for (let length = 2; length <= n; length <<= 1) {
    const angle = (-2 * Math.PI) / length;
    for (let i = 0; i < n; i += length) {
      for (let k = 0; k < length / 2; k++) {
        const [cos, sin] = [Math.cos(angle * k), Math.sin(angle * k)];
        const [a, b] = [i + k, i + k + length / 2];
        const [ar = 0, ai = 0, br = 0, bi = 0] = [re[a], im[a], re[b], im[b]];
        const [tr, ti] = [br * cos - bi * sin, br * sin + bi * cos];
        re[a] = ar + tr;
        im[a] = ai + ti;
        re[b] = ar - tr;
        im[b] = ai - ti;
      }
    }
  }
}
