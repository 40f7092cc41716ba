import type { Consumer, Producer, Router, RtpCapabilities, WebRtcServer, WebRtcTransport } from 'mediasoup/types';
import type { LadderStep } from '../contract/line.ts';
import {
  type ConsumerInfo,
  isKnownHeaderExtension,
  type JoinOffer,
  kindOf,
  type RtpParameters,
  type Shown,
  type Source,
  type TransportInfo,
} from '../contract/media.ts';
import { Refusal } from '../contract/refusal.ts';
import type { SpeechSent } from '../contract/trials.ts';
import { Ladder } from './Ladder.ts';
import { Silence } from './Silence.ts';
import { wake } from './Wakeup.ts';

/** A producer with who sends it and what it shows. */
export type Track = { participantId: string; source: Source; producer: Producer };
type Heard = { track: Track; consumer: Consumer; on: boolean };

/** Who asks for a key frame within this time of another gets theirs at its end, ms: a browser turns a deaf ear for 300. */
const keyFrameRequestDelay = 320;

/** Bitrate that a receiver is trusted with before it has been measured, bits/s. */
const initialAvailableOutgoingBitrate = 1_000_000;
/** How the congestion control shares what is free: the picture looked at gets its layers first. */
const priorities = { foremost: 10, other: 1 };
/** After so long without an answer to ICE consent checks a transport counts as disconnected, s. */
const iceConsentTimeout = 10;
/** Only where nothing but speech is sent is it counted. */
const notCounted: SpeechSent = { sent: 0, askedAgain: 0 };

/** One participant in a room: what they send and what they hear, on a transport each. */
export class Seat {
  readonly participantId: string;
  readonly tracks = new Map<Source, Track>();
  readonly #heard = new Map<string, Heard>(); // by producer id
  readonly #rtpCapabilities: RtpCapabilities;
  readonly #send: WebRtcTransport;
  readonly #recv: WebRtcTransport;
  readonly #wishes = new Map<string, Shown>(); // by consumer id
  readonly #ladder = new Ladder();
  readonly #silence = new Silence();

  private constructor(participantId: string, rtpCapabilities: RtpCapabilities, send: WebRtcTransport, recv: WebRtcTransport) {
    this.participantId = participantId;
    this.#rtpCapabilities = rtpCapabilities;
    this.#send = send;
    this.#recv = recv;
  }

  /** Makes both transports and connects them to the browser's certificate, so that it need not ask again. */
  static async create(router: Router, webRtcServer: WebRtcServer, participantId: string, offer: JoinOffer): Promise<Seat> {
    const make = async (): Promise<WebRtcTransport> => {
      const transport = await router.createWebRtcTransport({
        webRtcServer,
        enableUdp: true,
        enableTcp: true,
        preferUdp: true,
        initialAvailableOutgoingBitrate,
        iceConsentTimeout,
      });
      await transport.connect({ dtlsParameters: { role: 'client', fingerprints: offer.fingerprints } });
      return transport;
    };
    const [send, recv] = await Promise.all([make(), make()]);
    return new Seat(participantId, offer.rtpCapabilities, send, recv);
  }

  /** Whether these are the transports that the browser still has from before a break. */
  stillHas(resume: JoinOffer['resume']): boolean {
    return (
      resume !== undefined && !this.#send.closed && this.#send.id === resume.sendTransportId && this.#recv.id === resume.recvTransportId
    );
  }

  get sendTransport(): TransportInfo {
    return infoOf(this.#send);
  }

  get recvTransport(): TransportInfo {
    return infoOf(this.#recv);
  }

  /** New credentials for both, so that the browser finds another way; keys and tracks stay. */
  async restartIce(): Promise<void> {
    await Promise.all([this.#send.restartIce(), this.#recv.restartIce()]);
  }

  /** What may be said of this participant's line. */
  get line(): { silent: boolean; receives: LadderStep } {
    return { silent: this.#silence.silent, receives: this.#ladder.step };
  }

  /** Looks at the line, and leaves out what it has no room for. @returns whether anything about it has changed. */
  async lookAtLine(nowMs: number): Promise<boolean> {
    const [[sent], [received]] = await Promise.all([this.#send.getStats(), this.#recv.getStats()]);
    const bytes = (sent?.bytesReceived ?? 0) + (received?.bytesReceived ?? 0);
    const changed = this.#silence.look(bytes, this.tracks.size > 0, nowMs);
    const wanted = [...this.#heard.values()].flatMap(({ consumer }) => {
      const wish = this.#wishes.get(consumer.id);
      return consumer.kind === 'video' && !consumer.producerPaused && wish?.on ? [wish] : [];
    });
    const examination = wanted.some(({ foremost }) => foremost);
    const others = wanted.filter(({ foremost }) => !foremost).length;
    const availableBps = received?.availableOutgoingBitrate ?? Number.POSITIVE_INFINITY;
    const loss = received?.rtpPacketLossSent ?? 0;
    const speech = this.#ladder.step === 'speech' ? await this.#speechSent() : notCounted;
    const stepped = this.#ladder.look({ availableBps, loss, speech, wanted: { examination, others } }, nowMs);
    if (stepped) await this.show(wanted);
    return changed || stepped;
  }

  async #speechSent(): Promise<SpeechSent> {
    const speech = [...this.#heard.values()].filter(({ consumer }) => consumer.kind === 'audio');
    const reports = await Promise.all(speech.map(({ consumer }) => consumer.getStats()));
    const sent = reports.flat().filter(({ type }) => type === 'outbound-rtp');
    return { sent: sum(sent.map(({ packetCount }) => packetCount)), askedAgain: sum(sent.map(({ nackPacketCount }) => nackPacketCount)) };
  }

  /** @throws {Refusal} `invalid` if mediasoup does not take the parameters. */
  async startTrack(source: Source, rtpParameters: RtpParameters, paused: boolean): Promise<Track> {
    const kind = kindOf[source];
    if (!rtpParameters.codecs[0]?.mimeType.toLowerCase().startsWith(`${kind}/`)) {
      throw new Refusal('invalid', `rtpParameters: a ${source} is ${kind}`, 'rtpParameters');
    }
    this.tracks.get(source)?.producer.close();
    const { participantId } = this;
    const producer = await this.#send.produce({ kind, rtpParameters, paused, keyFrameRequestDelay }).catch((error: Error) => {
      throw new Refusal('invalid', `rtpParameters: ${error.message}`, 'rtpParameters');
    });
    const track: Track = { participantId, source, producer };
    this.tracks.set(source, track);
    producer.observer.once('close', () => {
      if (this.tracks.get(source) === track) this.tracks.delete(source);
    });
    return track;
  }

  hears(track: Track): boolean {
    return this.#heard.has(track.producer.id);
  }

  /** Makes the paused consumer of a track; null if the browser could not decode it. */
  async hear(router: Router, track: Track): Promise<ConsumerInfo | null> {
    const producerId = track.producer.id;
    if (!router.canConsume({ producerId, rtpCapabilities: this.#rtpCapabilities })) return null;
    // `enableRtx`: without it mediasoup sends lost sound again to nobody.
    const consumer = await this.#recv.consume({ producerId, rtpCapabilities: this.#rtpCapabilities, paused: true, enableRtx: true });
    const heard = { track, consumer, on: false };
    this.#heard.set(producerId, heard);
    consumer.observer.once('close', () => {
      this.#heard.delete(producerId);
      this.#wishes.delete(consumer.id);
    });
    return consumerInfoOf(heard);
  }

  /** Closes what is not allowed any more. Returns the ids of the consumers that went. */
  unhear(stays: (track: Track) => boolean): string[] {
    const gone = [...this.#heard.values()].filter(({ track }) => !stays(track));
    for (const { consumer } of gone) consumer.close();
    return gone.map(({ consumer }) => consumer.id);
  }

  /** The consumers of one participant's tracks, for telling when these end by themselves. */
  consumerIdsOf(producerId: string): string[] {
    const heard = this.#heard.get(producerId);
    return heard ? [heard.consumer.id] : [];
  }

  get consumers(): ConsumerInfo[] {
    return [...this.#heard.values()].map(consumerInfoOf);
  }

  get consumerCount(): number {
    return this.#heard.size;
  }

  /** Wakes, sleeps and sizes tracks as they are shown. A consumer that has gone meanwhile is passed over. */
  async show(wishes: Shown[]): Promise<void> {
    const byId = new Map([...this.#heard.values()].map((heard) => [heard.consumer.id, heard]));
    await Promise.all(
      wishes.map(async (wish) => {
        const heard = byId.get(wish.consumerId);
        if (!heard) return;
        this.#wishes.set(wish.consumerId, wish);
        await showOne(heard, { ...wish, on: wish.on && this.#hasRoomFor(heard.consumer, wish) });
      }),
    );
  }

  #hasRoomFor({ kind }: Consumer, { foremost }: Shown): boolean {
    const { step } = this.#ladder;
    return kind === 'audio' || step === 'everything' || (step === 'examination' && foremost);
  }

  /** RTP as the SFU counted it since the transports were made. */
  async stats(): Promise<{ packetsReceived: number; packetsSent: number; bytesReceived: number; bytesSent: number }> {
    const [producers, consumers] = await Promise.all([
      Promise.all([...this.tracks.values()].map(({ producer }) => producer.getStats())),
      Promise.all([...this.#heard.values()].map(({ consumer }) => consumer.getStats())),
    ]);
    const received = producers.flat();
    const sent = consumers.flat().filter(({ type }) => type === 'outbound-rtp');
    return {
      packetsReceived: sum(received.map(({ packetCount }) => packetCount)),
      bytesReceived: sum(received.map(({ byteCount }) => byteCount)),
      packetsSent: sum(sent.map(({ packetCount }) => packetCount)),
      bytesSent: sum(sent.map(({ byteCount }) => byteCount)),
    };
  }

  close(): void {
    this.#send.close();
    this.#recv.close();
  }
}

const sum = (numbers: number[]): number => numbers.reduce((total, value) => total + value, 0);

async function showOne(heard: Heard, { on, spatialLayer, foremost }: Shown): Promise<void> {
  const { track, consumer } = heard;
  const priority = foremost ? priorities.foremost : priorities.other;
  try {
    if (consumer.kind === 'video' && consumer.priority !== priority) await consumer.setPriority(priority);
    if (consumer.type === 'simulcast' && consumer.preferredLayers?.spatialLayer !== spatialLayer) {
      await consumer.setPreferredLayers({ spatialLayer });
    }
    if (on === heard.on) return;
    heard.on = on;
    if (!on) await consumer.pause();
    else if (consumer.kind === 'audio') await consumer.resume();
    else wake(track.producer, consumer, () => heard.on).catch(() => (heard.on = false)); // it ended, or the next wish tries anew
  } catch (error) {
    if (!consumer.closed) throw error; // it ended while we asked: nothing to show
  }
}

function infoOf({ id, iceParameters, iceCandidates, dtlsParameters }: WebRtcTransport): TransportInfo {
  return { id, iceParameters, iceCandidates, dtlsParameters };
}

function consumerInfoOf({ track: { participantId, source }, consumer }: Heard): ConsumerInfo {
  const { id, producerId, kind, rtpParameters } = consumer;
  const headerExtensions = (rtpParameters.headerExtensions ?? []).filter(isKnownHeaderExtension);
  return { consumerId: id, producerId, participantId, source, kind, rtpParameters: { ...rtpParameters, headerExtensions } };
}
