/** The two transports to the SFU, and what goes over them. One link lives as long as one placement of the room. */
import type { Device } from 'mediasoup-client';
import type { Consumer, Producer, ProducerOptions, RtpParameters, Transport } from 'mediasoup-client/types';
import type { ConsumerInfo, IceServer, JoinAnswer, Shown, Source } from '../../contract/media.ts';
import { Store } from '../app/Store.ts';
import type { OwnCertificate } from './certificate.ts';
import { speechAids, timers } from './timers.ts';

/** Everyone's tracks, by participant and source. */
export type RemoteTracks = ReadonlyMap<string, Partial<Record<Source, { track: MediaStreamTrack; consumerId: string }>>>;

export type LinkRequests = {
  start: (source: Source, rtpParameters: RtpParameters, paused: boolean) => Promise<string>;
  show: (consumers: Shown[]) => void;
  /** The path to the SFU is gone: another is to be found. @param failed - for good, as far as the browser knows. */
  broken: (failed: boolean) => void;
};

/** What the transports are made of; `relayOnly`: to see whether a relay can be reached. */
export type LinkAnswer = JoinAnswer & { iceServers: IceServer[]; relayOnly?: boolean };

/**
 * What has come in so far: bytes, and answers to ICE's questions (null: this browser does not say); and how many bytes of
 * media were sent, and came back as the SFU's word on them.
 */
export type Received = { bytes: number; answers: number | null; sent: number; feedback: number };

/** Wishes of many tiles go out together. */
const gatherMs = 60;

const speechBps = 32_000;
const narrowSpeechBps = 14_000;
/**
 * Sound in one packet, ms. Headers take 27 kbit/s at the usual 20, half at 40. Chromium's `adaptivePtime` would choose by
 * itself, but where its estimate of the line collapses it forgets `maxBitrate`: just there it sends the most.
 */
const packetMs = 40;
const speechOptions: ProducerOptions = {
  codecOptions: {
    opusFec: speechAids,
    opusDtx: true,
    opusNack: speechAids,
    opusStereo: false,
    opusPtime: packetMs,
    opusMaxAverageBitrate: speechBps,
  },
  encodings: [{ networkPriority: 'high', priority: 'high' }],
};
const cameraOptions: ProducerOptions = {
  encodings: [
    { rid: 'q', scaleResolutionDownBy: 4, maxBitrate: 150_000, scalabilityMode: 'L1T3' },
    { rid: 'h', scaleResolutionDownBy: 2, maxBitrate: 500_000, scalabilityMode: 'L1T3' },
    { rid: 'f', scaleResolutionDownBy: 1, maxBitrate: 1_500_000, scalabilityMode: 'L1T3' },
  ],
  codecOptions: { videoGoogleStartBitrate: 800 },
};
const screenOptions: ProducerOptions = { encodings: [{ maxBitrate: 2_500_000, maxFramerate: 15 }] };
/** Of one layer, and sharp rather than smooth: what is looked at closely. */
const secondOptions: ProducerOptions = { encodings: [{ maxBitrate: 2_500_000, maxFramerate: 24 }] };
/** Heart and lungs: both channels, no pauses taken for silence, and four times the bits of speech. */
const bodySoundOptions: ProducerOptions = {
  codecOptions: { opusFec: false, opusDtx: false, opusNack: speechAids, opusStereo: true, opusPtime: 20, opusMaxAverageBitrate: 128_000 },
  encodings: [{ networkPriority: 'high', priority: 'high' }],
};
const optionsOf: Record<Source, ProducerOptions> = {
  microphone: speechOptions,
  camera: cameraOptions,
  screen: screenOptions,
  examination: secondOptions,
};

export class MediaLink {
  readonly epoch: number;
  readonly remote = new Store<RemoteTracks>(new Map());
  /** The tracks that were there at joining are set up; what one sends oneself can wait for that. */
  readonly ready: Promise<void>;
  readonly #requests: LinkRequests;
  readonly #send: Transport;
  readonly #recv: Transport;
  readonly #producers = new Map<Source, Producer>();
  readonly #consumers = new Map<string, { info: ConsumerInfo; consumer: Consumer }>();
  readonly #adding = new Set<string>();
  readonly #wishes = new Map<string, Shown>();
  #gathering: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(device: Device, answer: LinkAnswer, { certificate }: OwnCertificate, requests: LinkRequests) {
    this.epoch = answer.epoch;
    this.#requests = requests;
    const ice = { iceServers: answer.iceServers, ...(answer.relayOnly ? { iceTransportPolicy: 'relay' as const } : {}) };
    const additionalSettings = { certificates: [certificate] };
    this.#send = device.createSendTransport({ ...answer.sendTransport, ...ice, additionalSettings });
    this.#recv = device.createRecvTransport({ ...answer.recvTransport, ...ice, additionalSettings });
    for (const transport of [this.#send, this.#recv]) this.#watch(transport);
    this.#send.on('produce', ({ rtpParameters, appData }, done, failed) => {
      const { source, paused } = appData as { source: Source; paused: boolean };
      requests.start(source, rtpParameters, paused).then((id) => done({ id }), failed);
    });
    this.ready = this.add(answer.consumers);
  }

  /** What to offer so that these transports are kept. */
  get resume(): { epoch: number; sendTransportId: string; recvTransportId: string } {
    return { epoch: this.epoch, sendTransportId: this.#send.id, recvTransportId: this.#recv.id };
  }

  get closed(): boolean {
    return this.#closed;
  }

  get connected(): boolean {
    return [this.#send, this.#recv].every(({ connectionState }) => connectionState === 'connected');
  }

  /** Whether what one sends has found its way. */
  get sending(): boolean {
    return this.#send.connectionState === 'connected';
  }

  /** Finds another way through the network, with the same keys and tracks. */
  async restartIce({ sendTransport, recvTransport }: JoinAnswer): Promise<void> {
    await Promise.all([
      this.#send.restartIce({ iceParameters: sendTransport.iceParameters }),
      this.#recv.restartIce({ iceParameters: recvTransport.iceParameters }),
    ]);
  }

  async received(): Promise<Received> {
    const received: Received = { bytes: 0, answers: null, sent: 0, feedback: 0 };
    const [sending, receiving] = await this.reports();
    for (const { type, bytesReceived, responsesReceived } of receiving.values()) {
      if (type === 'transport' || type === 'inbound-rtp') received.bytes += bytesReceived ?? 0;
      if (type === 'candidate-pair' && responsesReceived !== undefined) received.answers = (received.answers ?? 0) + responsesReceived;
    }
    for (const { type, bytesReceived, bytesSent } of sending.values()) {
      if (type === 'outbound-rtp') received.sent += bytesSent ?? 0;
      if (type === 'candidate-pair') received.feedback += bytesReceived ?? 0;
    }
    return received;
  }

  /** Statistics of what is sent and of what is received. */
  async reports(): Promise<[RTCStatsReport, RTCStatsReport]> {
    return Promise.all([this.#send.getStats(), this.#recv.getStats()]);
  }

  /** What is received just now. */
  heard(): { info: ConsumerInfo; receiver: RTCRtpReceiver | undefined; trackId: string; layer: number | null }[] {
    return [...this.#consumers.values()].map(({ info, consumer }) => ({
      info,
      receiver: consumer.rtpReceiver,
      trackId: consumer.track.id,
      layer: info.kind === 'audio' ? null : (this.#wishes.get(info.consumerId)?.spatialLayer ?? null),
    }));
  }

  /** Takes on tracks that the SFU sends; those known already are passed over. */
  async add(infos: ConsumerInfo[]): Promise<void> {
    const fresh = infos.filter(({ consumerId }) => !this.#consumers.has(consumerId) && !this.#adding.has(consumerId));
    await Promise.all(fresh.map((info) => this.#consume(info)));
  }

  remove(consumerIds: string[]): void {
    for (const consumerId of consumerIds) {
      this.#adding.delete(consumerId);
      this.#consumers.get(consumerId)?.consumer.close();
      this.#consumers.delete(consumerId);
    }
    this.#publish();
  }

  /** After a break: just these are there. */
  async settle(infos: ConsumerInfo[]): Promise<void> {
    const there = new Set(infos.map(({ consumerId }) => consumerId));
    this.remove([...this.#consumers.keys()].filter((consumerId) => !there.has(consumerId)));
    await this.add(infos);
    for (const { consumerId } of infos) if (this.#wishes.has(consumerId)) this.#dirty.add(consumerId); // said anew: it may not have arrived
    this.#flush();
  }

  /** Sends a track, or holds it back if paused. A source that is sent already gets the new track in place. */
  async start(source: Source, track: MediaStreamTrack, paused: boolean, bodySounds = false): Promise<void> {
    const present = this.#producers.get(source);
    if (present && !present.closed) {
      await present.replaceTrack({ track });
      return this.pause(source, paused);
    }
    const producer = await this.#send.produce({
      ...(bodySounds ? bodySoundOptions : optionsOf[source]),
      track,
      stopTracks: true,
      zeroRtpOnPause: source !== 'microphone',
      appData: { source, paused },
    });
    this.#producers.set(source, producer);
    this.pause(source, paused);
  }

  pause(source: Source, paused: boolean): void {
    const producer = this.#producers.get(source);
    if (paused) producer?.pause();
    else producer?.resume();
  }

  /** Speech in fewer bits, where every one counts. */
  async narrowSpeech(narrow: boolean): Promise<void> {
    await this.#producers.get('microphone')?.setRtpEncodingParameters({ maxBitrate: narrow ? narrowSpeechBps : speechBps });
  }

  stop(source: Source): void {
    this.#producers.get(source)?.close();
    this.#producers.delete(source);
  }

  sends(source: Source): boolean {
    return this.#producers.has(source);
  }

  /** Says how large a track is shown, or that it is not. */
  show(wish: Shown): void {
    const known = this.#wishes.get(wish.consumerId);
    if (known && isSame(known, wish) && !this.#gathering) return;
    this.#wishes.set(wish.consumerId, wish);
    this.#dirty.add(wish.consumerId);
    this.#gathering ??= setTimeout(() => this.#flush(), gatherMs);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#gathering);
    this.#send.close();
    this.#recv.close();
    this.remote.set(new Map());
  }

  readonly #dirty = new Set<string>();

  #flush(): void {
    this.#gathering = undefined;
    const wishes = [...this.#dirty].flatMap((consumerId) => this.#wishes.get(consumerId) ?? []);
    this.#dirty.clear();
    if (wishes.length > 0 && !this.#closed) this.#requests.show(wishes);
  }

  async #consume(info: ConsumerInfo): Promise<void> {
    const { consumerId, producerId, kind, rtpParameters, participantId } = info;
    this.#adding.add(consumerId);
    const consumer = await this.#recv.consume({ id: consumerId, producerId, kind, rtpParameters, streamId: participantId });
    if (!this.#adding.delete(consumerId)) return consumer.close(); // it ended meanwhile
    this.#consumers.set(consumerId, { info, consumer });
    this.#publish();
    // At once, in full size: a tile that is small or out of sight says so when it is drawn.
    this.#wishes.set(consumerId, { consumerId, on: true, spatialLayer: 2, foremost: false });
    this.#dirty.add(consumerId);
    if (this.#adding.size === 0) this.#flush();
  }

  #publish(): void {
    if (this.#closed) return;
    const remote = new Map<string, Partial<Record<Source, { track: MediaStreamTrack; consumerId: string }>>>();
    for (const { info, consumer } of this.#consumers.values()) {
      remote.set(info.participantId, {
        ...remote.get(info.participantId),
        [info.source]: { track: consumer.track, consumerId: info.consumerId },
      });
    }
    this.remote.set(remote);
  }

  #watch(transport: Transport): void {
    let patience: ReturnType<typeof setTimeout> | undefined;
    transport.on('connect', (_, connected) => connected()); // the server connected it when it made it
    transport.on('connectionstatechange', (state) => {
      clearTimeout(patience);
      if (this.#closed) return;
      if (state === 'failed') this.#requests.broken(true);
      if (state === 'disconnected') patience = after(timers.disconnectedFor, () => !this.#closed && this.#requests.broken(false));
    });
  }
}

/** A timeout that may be infinite. */
const after = (ms: number, task: () => void): ReturnType<typeof setTimeout> | undefined =>
  Number.isFinite(ms) ? setTimeout(task, ms) : undefined;

const isSame = (a: Shown, b: Shown): boolean => a.on === b.on && a.spatialLayer === b.spatialLayer && a.foremost === b.foremost;
