/** The way in, for the first time and for every return: one at a time, until it is done or no longer wanted. */
import type { Device } from 'mediasoup-client';
import type { RtpCapabilities, Source } from '../../contract/media.ts';
import { ApiError, codeOf } from '../app/api.ts';
import { makeCertificate, type OwnCertificate } from './certificate.ts';
import { type LinkRequests, MediaLink } from './MediaLink.ts';
import type { Signalling } from './Signalling.ts';
import { speechAids, timers } from './timers.ts';

/** What becomes of the transports: a line that fell silent is measured from the start, on new ones. */
export type Transports = 'keep' | 'restartIce' | 'anew';

export type JoiningDeps = {
  signalling: () => Signalling;
  link: () => MediaLink | null;
  linkRequests: LinkRequests;
  /** Whether the person wants in and may. */
  wanted: () => boolean;
  /** The placement of the room that the server last spoke of. */
  epoch: () => number | null;
  /** Own devices are there, or are known not to come. */
  devices: () => Promise<void>;
  begins: () => void;
  useLink: (link: MediaLink) => void;
  /** The link stands; what is sent oneself comes next. @param there - what the SFU still has. */
  joined: (there: Source[]) => Promise<void>;
  failed: (problem: ReturnType<typeof codeOf> | null) => void;
  superseded: () => void;
};

export class Joining {
  /** Presses of Join take over a seat that another tab holds; returns do not. */
  takeOver = false;
  /** For so long the server keeps the seat of one who fell out, ms. */
  seatKeptMs = Number.POSITIVE_INFINITY;
  readonly #deps: JoiningDeps;
  readonly #certificate: Promise<OwnCertificate> | null;
  #capabilities: RtpCapabilities | null = null;
  #device: Promise<Device> | null = null;
  #must = true; // the server or the SFU may not know us any more
  #transports: Transports = 'keep';
  #underWay = false;
  #connectedAnew = false;
  #endPause: () => void = () => undefined;

  constructor(deps: JoiningDeps) {
    this.#deps = deps;
    this.#certificate = typeof RTCPeerConnection === 'undefined' ? null : makeCertificate();
    this.#certificate?.catch(() => undefined); // said when it is needed
  }

  learn(capabilities: RtpCapabilities): void {
    this.#capabilities = capabilities;
    void this.#loadDevice().catch(() => undefined); // said when it is needed
  }

  /** What the server knows of us may be old: the next run asks. */
  must(transports: Transports = 'keep'): void {
    this.#must = true;
    this.suggest(transports);
  }

  /** A new connection stands: what failed on the one before is asked again at once. */
  connected(): void {
    this.#connectedAnew = true;
    this.#endPause();
    this.must();
  }

  /** At the next joining, whenever it is. */
  suggest(transports: Transports): void {
    if (transports === 'anew' || this.#transports === 'keep') this.#transports = transports;
  }

  async run(): Promise<void> {
    if (this.#underWay) return;
    this.#underWay = true;
    try {
      while (this.#isDue()) {
        this.#deps.begins();
        this.#connectedAnew = false;
        const failure = await this.#once().then(
          () => null,
          (error: unknown) => codeOf(error),
        );
        if (failure === 'superseded') return this.#deps.superseded();
        this.#deps.failed(failure);
        if (failure && !this.#connectedAnew) await this.#pause();
      }
    } finally {
      this.#underWay = false;
    }
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      this.#endPause = resolve;
      setTimeout(resolve, timers.retry);
    });
  }

  #isDue(): boolean {
    if (!this.#deps.wanted()) return false;
    const [link, epoch] = [this.#deps.link(), this.#deps.epoch()];
    return this.#must || !link || (epoch !== null && epoch > link.epoch);
  }

  async #once(): Promise<void> {
    const { signalling, link, linkRequests, devices, useLink, joined } = this.#deps;
    const [device, certificate] = await Promise.all([this.#loadDevice(), this.#certificate, devices()]);
    if (!certificate) throw new Error('this browser has no WebRTC');
    const transports = this.#transports;
    const present = link();
    const kept = present && !present.closed && transports !== 'anew' ? present : null;
    this.#must = false;
    this.#transports = 'keep';
    const answer = await signalling()
      .request('visit:join', {
        rtpCapabilities: receivable(device),
        fingerprints: certificate.fingerprints,
        takeOver: this.takeOver,
        ...(kept ? { resume: { ...kept.resume, restartIce: transports === 'restartIce' } } : {}),
      })
      .catch((error: unknown) => {
        this.must(transports);
        throw error;
      });
    this.takeOver = false;
    this.seatKeptMs = answer.seatKeptMs;
    if (answer.resumed && kept) {
      if (transports === 'restartIce') await kept.restartIce(answer);
      await kept.settle(answer.consumers);
    } else useLink(new MediaLink(device, answer, certificate, linkRequests));
    await joined(answer.resumed ? answer.sending : []);
  }

  /** The library comes while the person looks at themselves in the lobby. */
  #loadDevice(): Promise<Device> {
    this.#device ??= (async () => {
      const { Device } = await import('mediasoup-client');
      const device = new Device();
      if (!this.#capabilities) throw new ApiError('media_unavailable'); // they come as soon as an SFU is there
      await device.load({ routerRtpCapabilities: this.#capabilities });
      return device;
    })();
    this.#device.catch(() => {
      this.#device = null;
    });
    return this.#device;
  }
}

function receivable({ recvRtpCapabilities: { codecs = [], headerExtensions = [] } }: Device): RtpCapabilities {
  return { codecs: codecs.map((codec) => (codec.kind === 'audio' && !speechAids ? withoutNack(codec) : codec)), headerExtensions };
}

const withoutNack = <C extends { rtcpFeedback?: { type: string }[] }>(codec: C): C => ({
  ...codec,
  rtcpFeedback: (codec.rtcpFeedback ?? []).filter(({ type }) => type !== 'nack'),
});
