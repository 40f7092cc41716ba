/** Looks at the line every second: for the screen, for the wait before sound is played, and for what the line has room for. */
import { Store } from '../app/Store.ts';
import type { MediaLink } from './MediaLink.ts';
import { Differences, inboundOf, ownQuality, type Quality, type TrackQuality, trackQuality } from './quality.ts';
import { SpeechBuffer } from './SpeechBuffer.ts';

const lookEveryMs = 1_000;

export class QualityWatch {
  readonly quality = new Store<Quality | null>(null);
  readonly #link: () => MediaLink | null;
  readonly #looked: (quality: Quality) => void;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #buffers = new WeakMap<RTCRtpReceiver, SpeechBuffer>();
  #differences = new Differences();
  #of: MediaLink | null = null;

  constructor(link: () => MediaLink | null, looked: (quality: Quality) => void) {
    this.#link = link;
    this.#looked = looked;
    this.#timer = setInterval(() => void this.#look().catch(() => undefined), lookEveryMs); // closed meanwhile: the next look
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    const link = this.#link();
    if (link !== this.#of) {
      this.#of = link;
      this.#differences = new Differences();
      this.quality.set(null);
    }
    if (!link) return;
    const [sent, received] = await link.reports();
    if (link !== this.#of) return;
    this.#differences.begin(performance.now());
    const own = ownQuality(sent, this.#differences);
    const tracks = link.heard().flatMap(({ info, receiver, trackId, layer }): TrackQuality[] => {
      const inbound = inboundOf(received, trackId);
      if (!inbound) return [];
      if (info.kind === 'audio' && receiver) this.#aim(receiver, inbound, own.roundTripMs);
      const { participantId, source } = info;
      return [{ participantId, source, layer, ...trackQuality(inbound, this.#differences) }];
    });
    const quality = { own, tracks };
    this.quality.set(quality);
    this.#looked(quality);
  }

  #aim(receiver: RTCRtpReceiver, inbound: RTCStats, roundTripMs: number | null): void {
    const { packetsReceived = 0, packetsLost = 0, nackCount = 0 } = inbound as Partial<RTCInboundRtpStreamStats>;
    const buffer = this.#buffers.get(receiver) ?? new SpeechBuffer();
    this.#buffers.set(receiver, buffer);
    const changed = buffer.look({ received: packetsReceived, lost: packetsLost, askedAgain: nackCount }, roundTripMs);
    if (changed && 'jitterBufferTarget' in receiver) receiver.jitterBufferTarget = buffer.targetMs || null;
  }
}
