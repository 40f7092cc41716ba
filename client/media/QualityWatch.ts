/** Looks at the line every second: for the screen, for the wait before sound is played, and for what the line has room for. */
import { sampleEveryMs } from '../../contract/line.ts';
import type { OwnQuality, Quality, TrackQuality } from '../../contract/quality.ts';
import type { SpeechSent } from '../../contract/trials.ts';
import { Store } from '../app/Store.ts';
import type { MediaLink } from './MediaLink.ts';
import { Differences, inboundOf, ownQuality, speechSent, trackQuality } from './quality.ts';
import { SpeechBuffer } from './SpeechBuffer.ts';

const lookEveryMs = 1_000;

type Told = { looked: (own: OwnQuality, speech: SpeechSent) => void; sampled: (quality: Quality) => void };

export class QualityWatch {
  readonly quality = new Store<Quality | null>(null);
  readonly #link: () => MediaLink | null;
  readonly #told: Told;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #buffers = new WeakMap<RTCRtpReceiver, SpeechBuffer>();
  #differences = new Differences(); // to the last look
  #kept = new Differences(); // to the last sample
  #sampledAt = 0;
  #of: MediaLink | null = null;

  constructor(link: () => MediaLink | null, told: Told) {
    this.#link = link;
    this.#told = told;
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
      this.#kept = new Differences();
      this.#sampledAt = performance.now();
      this.quality.set(null);
    }
    if (!link) return;
    const [sent, received] = await link.reports();
    if (link !== this.#of) return;
    const now = performance.now();
    const quality = this.#since(this.#differences, link, sent, received, now);
    this.quality.set(quality);
    this.#told.looked(quality.own, speechSent(sent));
    if (now - this.#sampledAt < sampleEveryMs) return;
    this.#sampledAt = now;
    this.#told.sampled(this.#since(this.#kept, link, sent, received, now));
  }

  #since(differences: Differences, link: MediaLink, sent: RTCStatsReport, received: RTCStatsReport, now: number): Quality {
    differences.begin(now);
    const own = ownQuality(sent, differences);
    const tracks = link.heard().flatMap(({ info, receiver, trackId, layer }): TrackQuality[] => {
      const inbound = inboundOf(received, trackId);
      if (!inbound) return [];
      if (info.kind === 'audio' && receiver && differences === this.#differences) this.#aim(receiver, inbound, own.roundTripMs);
      const { participantId, source } = info;
      return [{ participantId, source, layer, ...trackQuality(inbound, differences) }];
    });
    return { own, tracks };
  }

  #aim(receiver: RTCRtpReceiver, inbound: RTCStats, roundTripMs: number | null): void {
    const { packetsReceived = 0, packetsLost = 0, nackCount = 0, packetsDiscarded = 0 } = inbound as Partial<RTCInboundRtpStreamStats>;
    const buffer = this.#buffers.get(receiver) ?? new SpeechBuffer();
    this.#buffers.set(receiver, buffer);
    const counts = { received: packetsReceived, lost: packetsLost, askedAgain: nackCount, late: packetsDiscarded };
    const changed = buffer.look(counts, roundTripMs);
    if (changed && 'jitterBufferTarget' in receiver) receiver.jitterBufferTarget = buffer.targetMs || null;
  }
}
