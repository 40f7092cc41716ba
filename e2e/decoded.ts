import type { Person } from './people.ts';

declare global {
  interface Window {
    decoded: { audioAt: number; videoAt: number };
  }
}

/**
 * From now on the page notes when it last decoded sound, and when a picture: at the receiver, every 25 ms. What a decoder
 * makes up by itself when nothing comes (a fading repetition of the last few milliseconds) is no sound that was sent.
 */
export async function noteWhatIsDecoded({ page }: Person): Promise<void> {
  await page.evaluate(() => {
    const before = new Map<string, number>();
    window.decoded = { audioAt: 0, videoAt: 0 };
    const grown = (key: string, value: number): boolean => {
      const former = before.get(key);
      before.set(key, value);
      return former !== undefined && value > former;
    };
    setInterval(async () => {
      for (const [index, connection] of window.underTest.connections.entries()) {
        for (const { type, id, kind, framesDecoded = 0, totalSamplesReceived = 0, concealedSamples = 0 } of (
          await connection.getStats()
        ).values()) {
          if (type !== 'inbound-rtp') continue;
          if (kind === 'video' && grown(`${index} ${id}`, framesDecoded)) window.decoded.videoAt = Date.now();
          if (kind === 'audio' && grown(`${index} ${id}`, totalSamplesReceived - concealedSamples)) window.decoded.audioAt = Date.now();
        }
      }
    }, 25);
  });
}

/** When sound and picture were last decoded, ms since the epoch; 0 if they were not. */
export const lastDecoded = ({ page }: Person): Promise<{ audioAt: number; videoAt: number }> => page.evaluate(() => window.decoded);
