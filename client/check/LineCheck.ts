/** The check of a line: real sound and picture to the SFU and back, on every way that there is. */
import type { Device } from 'mediasoup-client';
import type { CheckReport } from '../../contract/check.ts';
import type { IceServer, JoinAnswer, RtpParameters, Shown, Source } from '../../contract/media.ts';
import { api } from '../app/api.ts';
import { makeCertificate } from '../media/certificate.ts';
import { MediaLink } from '../media/MediaLink.ts';
import { Differences, inboundOf, ownQuality, trackQuality } from '../media/quality.ts';

type Way = NonNullable<CheckReport['way']>;
export type LineFindings = Pick<CheckReport, 'reach' | 'way' | 'roundTripMs' | 'jitterMs' | 'lossUp' | 'lossDown' | 'upBps' | 'downBps'>;

/** A way that has not been found by then will not be, ms. */
const reachWithinMs = 6_000;
/** How long sound and picture go back and forth, s: the senders need some of it to dare more. */
const measuredForS = 9;

export class LineCheck {
  readonly checkId: string;
  readonly #device: Device;
  readonly #iceServers: IceServer[];
  readonly #microphone: MediaStreamTrack | undefined;
  #drawing: ReturnType<typeof setInterval> | undefined;
  readonly #links = new Map<Way, MediaLink>();

  private constructor(checkId: string, device: Device, iceServers: IceServer[], microphone: MediaStreamTrack | undefined) {
    this.checkId = checkId;
    this.#device = device;
    this.#iceServers = iceServers;
    this.#microphone = microphone;
  }

  /** @throws {ApiError} if the server or the SFU cannot be reached. */
  static async begin(microphone: MediaStreamTrack | undefined): Promise<LineCheck> {
    const [{ Device }, { checkId, rtpCapabilities, iceServers }] = await Promise.all([import('mediasoup-client'), api('POST /api/checks')]);
    const device = new Device();
    await device.load({ routerRtpCapabilities: rtpCapabilities });
    return new LineCheck(checkId, device, iceServers, microphone);
  }

  /** Which ways there are to the SFU; the relay's is null where there is no relay. */
  async reach(): Promise<CheckReport['reach']> {
    const hasRelay = this.#iceServers.length > 0;
    const [udp, tcp, relay] = await Promise.all([this.#reaches('udp'), this.#reaches('tcp'), hasRelay ? this.#reaches('relay') : null]);
    return { udp, tcp, relay };
  }

  /** Sends sound and picture over the best way, and measures what becomes of them. */
  async measure(reach: CheckReport['reach'], onProgress: (part: number) => void): Promise<LineFindings> {
    const way = (['udp', 'tcp', 'relay'] as const).find((way) => reach[way]) ?? null;
    const link = way && this.#links.get(way);
    const nothing = { roundTripMs: null, jitterMs: null, lossUp: null, lossDown: null, upBps: null, downBps: null };
    if (!way || !link) return { reach, way: null, ...nothing };
    const noise = this.#noise();
    await link.start('camera', noise, false).catch(() => undefined); // without it, speech is measured
    const answer = await this.#join(way, { ...link.resume, restartIce: false });
    await link.settle(answer.consumers);
    const differences = new Differences();
    const looks: { up: number; down: number; lossUp: number; lossDown: number; roundTripMs: number | null; jitterMs: number }[] = [];
    for (let second = 0; second <= measuredForS; second++) {
      onProgress(second / measuredForS);
      const [sent, received] = await link.reports();
      differences.begin(performance.now());
      const own = ownQuality(sent, differences);
      const tracks = link.heard().flatMap(({ trackId }) => {
        const inbound = inboundOf(received, trackId);
        return inbound ? [trackQuality(inbound, differences)] : [];
      });
      const worst = (values: number[]): number => Math.max(0, ...values);
      looks.push({
        up: own.sentBps,
        down: tracks.reduce((sum, { bitrateBps }) => sum + bitrateBps, 0),
        lossUp: own.loss,
        lossDown: worst(tracks.map(({ loss }) => loss)),
        roundTripMs: own.roundTripMs,
        jitterMs: worst(tracks.map(({ jitterMs }) => jitterMs)),
      });
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
    const settled = looks.slice(Math.ceil(measuredForS / 2)); // the first seconds are the senders' feeling their way
    return {
      reach,
      way,
      roundTripMs: median(settled.flatMap(({ roundTripMs }) => roundTripMs ?? [])),
      jitterMs: median(settled.map(({ jitterMs }) => jitterMs)),
      lossUp: mean(settled.map(({ lossUp }) => lossUp)),
      lossDown: mean(settled.map(({ lossDown }) => lossDown)),
      upBps: median(settled.map(({ up }) => up)),
      downBps: median(settled.map(({ down }) => down)),
    };
  }

  /**
   * A picture that cannot be made small: a camera that shows a wall would only say how little that takes.
   * The track ends with the link that sends it.
   */
  #noise(): MediaStreamTrack {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 });
    const context = canvas.getContext('2d');
    this.#drawing = setInterval(() => {
      for (let block = 0; block < 400 && context; block++) {
        context.fillStyle = `hsl(${Math.random() * 360} 80% ${20 + Math.random() * 60}%)`;
        context.fillRect(Math.random() * 1280, Math.random() * 720, 60, 40);
      }
    }, 66);
    const [track] = canvas.captureStream(15).getVideoTracks();
    if (!track) throw new Error('this browser draws no pictures');
    return track;
  }

  close(): void {
    clearInterval(this.#drawing);
    for (const link of this.#links.values()) link.close();
  }

  async #reaches(way: Way): Promise<boolean> {
    try {
      const link = await this.#open(way);
      const until = performance.now() + reachWithinMs;
      while (!link.sending && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 100));
      return link.sending;
    } catch {
      return false;
    }
  }

  async #open(way: Way): Promise<MediaLink> {
    const params = { checkId: this.checkId, path: way };
    const certificate = await makeCertificate();
    const answer = await this.#join(way, undefined, certificate.fingerprints);
    const only = (candidates: JoinAnswer['sendTransport']['iceCandidates']) =>
      candidates.filter(({ protocol }) => way === 'relay' || protocol === way);
    const narrowed = (info: JoinAnswer['sendTransport']) => ({ ...info, iceCandidates: only(info.iceCandidates) });
    const link = new MediaLink(
      this.#device,
      {
        ...answer,
        sendTransport: narrowed(answer.sendTransport),
        recvTransport: narrowed(answer.recvTransport),
        iceServers: way === 'relay' ? this.#iceServers : [],
        relayOnly: way === 'relay',
      },
      certificate,
      {
        start: async (source: Source, rtpParameters: RtpParameters) =>
          (await api('POST /api/checks/:checkId/:path/start', { params, body: { source, rtpParameters } })).producerId,
        show: (consumers: Shown[]) =>
          void api('POST /api/checks/:checkId/:path/show', { params, body: { consumers } }).catch(() => undefined),
        broken: () => undefined, // it is what is looked for
      },
    );
    this.#links.set(way, link);
    this.#fingerprints.set(way, certificate.fingerprints);
    await link.start('microphone', this.#microphone?.clone() ?? silence(), false);
    return link;
  }

  readonly #fingerprints = new Map<Way, Fingerprints>();

  #join(
    path: Way,
    resume?: MediaLink['resume'] & { restartIce: boolean },
    fingerprints = this.#fingerprints.get(path),
  ): Promise<JoinAnswer> {
    const { codecs = [], headerExtensions = [] } = this.#device.recvRtpCapabilities;
    const body = { rtpCapabilities: { codecs, headerExtensions }, fingerprints: fingerprints ?? [], ...(resume ? { resume } : {}) };
    return api('POST /api/checks/:checkId/:path/join', { params: { checkId: this.checkId, path }, body });
  }
}

type Fingerprints = Awaited<ReturnType<typeof makeCertificate>>['fingerprints'];

/** A track to find a way with where there is no microphone. */
function silence(): MediaStreamTrack {
  const [track] = new AudioContext().createMediaStreamDestination().stream.getAudioTracks();
  if (!track) throw new Error('this browser makes no sound');
  return track;
}

const mean = (values: number[]): number => (values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length);

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0);
}
