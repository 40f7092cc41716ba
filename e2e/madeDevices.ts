/** Light on the machine: see `LaunchOptions.light`. */

type Made = { code: number; hertz: number; barCount: number };

/**
 * Runs in a page before its own scripts: a camera and a microphone that the page itself makes, since each fake one of the
 * browser's own has a share of the machine that six of them leave nothing of. What they show and sound is as in `fakeMedia`,
 * with the grain of a camera in poor light: from next to nothing sent a browser concludes that the line carries no more.
 */
export function makeDevices({ code, hertz, barCount }: Made): void {
  const frameMs = 333;
  const [width, height, grain] = [160, 90, 60];

  const camera = (): MediaStreamTrack[] => {
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) return [];
    const tracks = canvas.captureStream().getVideoTracks();
    const draw = (): void => {
      const noise = context.createImageData(width, height / 2);
      for (let at = 0; at < noise.data.length; at += 4) noise.data.set([0, 0, 0, 255].fill(90 + grain * (Math.random() - 0.5), 0, 3), at);
      context.putImageData(noise, 0, height / 2);
      for (let bar = 0; bar < barCount; bar++) {
        const lit = bar === 0 || (bar < barCount - 1 && ((code >> (barCount - 2 - bar)) & 1) === 1);
        context.fillStyle = lit ? '#e1e1e1' : '#191919';
        context.fillRect((bar * width) / barCount, 0, width / barCount, height / 2);
      }
    };
    draw();
    const timer = setInterval(() => {
      if (tracks.some(({ readyState }) => readyState === 'live')) draw();
      else clearInterval(timer);
    }, frameMs);
    return tracks;
  };

  /** A tone that swells like syllables, so that it is not taken for noise. */
  const microphone = (): MediaStreamTrack[] => {
    const sampleRate = 16_000;
    const context = new AudioContext({ sampleRate, latencyHint: 'playback' }); // in large pieces
    const out = context.createMediaStreamDestination();
    const sound = new AudioBuffer({ sampleRate, length: 4 * sampleRate });
    const samples = sound.getChannelData(0);
    for (const at of samples.keys()) {
      const seconds = at / sampleRate;
      const swell = Math.max(0, Math.sin(2 * Math.PI * 2 * seconds)) ** 0.5;
      samples[at] = 0.5 * swell * Math.sin(2 * Math.PI * hertz * seconds);
    }
    const source = new AudioBufferSourceNode(context, { buffer: sound, loop: true });
    source.connect(out);
    source.start();
    return out.stream.getAudioTracks();
  };

  navigator.mediaDevices.getUserMedia = async ({ audio, video } = {}) =>
    new MediaStream([...(video ? camera() : []), ...(audio ? microphone() : [])]);
}
