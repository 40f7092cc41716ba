/** Fake cameras that each show a code of their own, and microphones that each sound a tone of their own. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** A folder a user, since what one made another may not write. */
export const folder = join(tmpdir(), `samrum-fake-media-${userInfo().username}`);
const ordinary = { width: 640, height: 360, framesPerSecond: 15 };
const sampleRate = 48_000;

/** Bars across the upper half of the picture: white, six bits with the highest first, black. */
export const bars = 8;

type Size = { width: number; height: number; framesPerSecond?: number };

/** A Y4M file for `--use-file-for-fake-video-capture` that shows `code` (0 to 63) over a moving square. @param size - px. */
export function cameraFile(code: number, size: Size = ordinary): string {
  const { width, height, framesPerSecond = ordinary.framesPerSecond } = size;
  const file = join(folder, `camera-${code}-${width}x${height}-${framesPerSecond}-v3.y4m`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const frames = Array.from({ length: framesPerSecond * 2 }, (_, index) =>
    Buffer.concat([Buffer.from('FRAME\n'), frame(code, index / (framesPerSecond * 2), size)]),
  );
  writeFileSync(file, Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F${framesPerSecond}:1 Ip A1:1 C420jpeg\n`), ...frames]));
  return file;
}

function frame(code: number, progress: number, { width, height }: Size): Buffer {
  const luma = Buffer.alloc(width * height);
  const barWidth = width / bars;
  const squareAt = Math.round(progress * (width - 80));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const bar = Math.floor(x / barWidth);
      const lit = bar === 0 || (bar < bars - 1 && ((code >> (bars - 2 - bar)) & 1) === 1);
      const inSquare = x >= squareAt && x < squareAt + 80 && y >= height - 100 && y < height - 20;
      luma[y * width + x] = y < height / 2 ? (lit ? 225 : 25) : inSquare ? 200 : 90;
    }
  }
  const chroma = Buffer.concat([Buffer.alloc((width * height) / 4, 96 + code), Buffer.alloc((width * height) / 4, 160 - code)]);
  return Buffer.concat([luma, chroma]);
}

/** A WAV file for `--use-file-for-fake-audio-capture`: a tone that swells like syllables, so that it is not taken for noise. */
export function toneFile(hertz: number): string {
  const file = join(folder, `tone-${hertz}-v2.wav`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const samples = sampleRate * 4;
  const data = Buffer.alloc(samples * 2);
  for (let index = 0; index < samples; index++) {
    const seconds = index / sampleRate;
    const swell = Math.max(0, Math.sin(2 * Math.PI * 2 * seconds)) ** 0.5;
    const value = 0.5 * swell * Math.sin(2 * Math.PI * hertz * seconds);
    data.writeInt16LE(Math.round(value * 32_767), index * 2);
  }
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + data.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(data.length, 40);
  writeFileSync(file, Buffer.concat([header, data]));
  return file;
}
