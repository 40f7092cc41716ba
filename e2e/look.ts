/** What runs in a page to see and hear: no browser's own tools are needed for it. */

/** The code on a video's newest frame, and how many frames it has decoded. Null while there is no picture. */
export function codeOnFrame(element: Element, barCount: number): { code: number | null; frames: number } | null {
  const shown = element as HTMLVideoElement & { framesShown?: number };
  if (shown.framesShown === undefined) {
    const count = (): void => {
      shown.framesShown = (shown.framesShown ?? -1) + 1;
      shown.requestVideoFrameCallback(count);
    };
    count();
  }
  if (shown.videoWidth === 0) return null;
  const canvas = Object.assign(document.createElement('canvas'), { width: barCount * 8, height: 32 });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return null;
  context.drawImage(shown, 0, 0, canvas.width, canvas.height);
  const levels = Array.from({ length: barCount }, (_, bar) => context.getImageData(bar * 8 + 4, 8, 1, 1).data[1] ?? 0);
  const [white = 0, black = 255] = [levels[0], levels.at(-1)];
  const code = white - black < 80 ? null : levels.slice(1, -1).reduce((sum, level) => sum * 2 + (level > (white + black) / 2 ? 1 : 0), 0);
  // Not every browser counts the frames of a live stream by itself.
  return { code, frames: Math.max(shown.getVideoPlaybackQuality().totalVideoFrames, shown.framesShown ?? 0) };
}

/** The strongest tone over a second; null if all is below -70 dB. */
export async function toneOf(element: Element): Promise<{ hertz: number | null }> {
  const stream = (element as HTMLAudioElement).srcObject as MediaStream | null;
  if (!stream?.getAudioTracks().length) return { hertz: null };
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 4096, smoothingTimeConstant: 0 });
  context.createMediaStreamSource(stream).connect(analyser);
  const bins = new Float32Array(analyser.frequencyBinCount);
  let best = { level: -70, hertz: null as number | null };
  for (let look = 0; look < 20; look++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    analyser.getFloatFrequencyData(bins);
    bins.forEach((level, bin) => {
      const hertz = (bin * context.sampleRate) / analyser.fftSize;
      if (hertz > 200 && level > best.level) best = { level, hertz };
    });
  }
  await context.close();
  return { hertz: best.hertz };
}
