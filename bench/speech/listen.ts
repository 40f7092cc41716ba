import type { Person } from '../../e2e/people.ts';
import { sampleRate } from './envelopes.ts';

/** What is heard of a participant for so long, as played, mono. */
export async function listen(at: Person, participantId: string, seconds: number): Promise<Float32Array> {
  const base64 = await at.page.locator(`audio[data-participant="${participantId}"]`).evaluate(
    async (element, { seconds, sampleRate }) => {
      const context = new AudioContext({ sampleRate });
      const source = context.createMediaStreamSource((element as HTMLAudioElement).srcObject as MediaStream);
      const tap = context.createScriptProcessor(4096, 1, 1); // needs no script of its own, which the page's policy would refuse
      const pieces: Int16Array<ArrayBuffer>[] = [];
      tap.onaudioprocess = ({ inputBuffer }) =>
        pieces.push(Int16Array.from(inputBuffer.getChannelData(0), (value) => Math.max(-1, Math.min(1, value)) * 32_767));
      source.connect(tap).connect(context.destination);
      await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
      await context.close();
      const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
      let text = '';
      for (let index = 0; index < bytes.length; index += 8_192) text += String.fromCharCode(...bytes.subarray(index, index + 8_192));
      return btoa(text);
    },
    { seconds, sampleRate },
  );
  const bytes = Buffer.from(base64, 'base64');
  return Float32Array.from({ length: bytes.length / 2 }, (_, index) => bytes.readInt16LE(index * 2) / 32_768);
}

export type SpeechCounts = { concealed: number; samples: number; lost: number; received: number; targetMs: number | null };

/** What the browser says of a participant's sound since it began. */
export function speechCounts(at: Person, participantId: string): Promise<SpeechCounts> {
  return at.page.locator(`audio[data-participant="${participantId}"]`).evaluate(async (element) => {
    const [track] = ((element as HTMLAudioElement).srcObject as MediaStream).getAudioTracks();
    for (const connection of window.underTest.connections) {
      for (const receiver of connection.getReceivers()) {
        if (receiver.track !== track) continue;
        for (const stat of (await receiver.getStats()).values()) {
          if (stat.type !== 'inbound-rtp') continue;
          return {
            concealed: stat.concealedSamples - stat.silentConcealedSamples,
            samples: stat.totalSamplesReceived,
            lost: stat.packetsLost,
            received: stat.packetsReceived,
            targetMs: (receiver as { jitterBufferTarget?: number | null }).jitterBufferTarget ?? null,
          };
        }
      }
    }
    throw new Error('this sound is not received');
  });
}
