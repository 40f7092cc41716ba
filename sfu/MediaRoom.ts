import type { AudioLevelObserver, Router, WebRtcServer } from 'mediasoup/types';
import type { LadderStep } from '../contract/line.ts';
import type { ConsumerInfo, JoinAnswer, JoinOffer, RtpParameters, Shown, Source } from '../contract/media.ts';
import { Refusal, require_ } from '../contract/refusal.ts';
import type { SeatPlan } from '../contract/sfu.ts';
import { Seat, type Track } from './Seat.ts';
import type { RouterSeat } from './Workers.ts';

export type RoomEvents = {
  added: (participantId: string, consumers: ConsumerInfo[]) => void;
  closed: (participantId: string, consumerIds: string[]) => void;
  speaker: (participantId: string | null) => void;
  line: (participantId: string, line: { silent: boolean; receives: LadderStep }) => void;
};

/** Quieter than this is not speech, dBov. */
const speechThreshold = -55;
const speechIntervalMs = 400;
/** How often lines are looked at: with the time of silence itself, it is told within 2.3 s. */
const lookEveryMs = 500;

/**
 * One room on one router. The servers say what may be (`apply`); the room closes the rest and makes what is missing.
 * All changes pass one queue, so that no two of them see half of a third.
 */
export class MediaRoom {
  readonly roomId: string;
  readonly epoch: number;
  readonly #router: Router;
  readonly #webRtcServer: WebRtcServer;
  readonly #speakers: AudioLevelObserver;
  readonly #events: RoomEvents;
  readonly #seats = new Map<string, Seat>();
  #plans = new Map<string, SeatPlan>();
  #revision = 0;
  #speakerId: string | null = null;
  #last: Promise<unknown> = Promise.resolve();
  readonly #looking: NodeJS.Timeout;

  private constructor(
    roomId: string,
    epoch: number,
    { router, webRtcServer }: RouterSeat,
    speakers: AudioLevelObserver,
    events: RoomEvents,
  ) {
    this.roomId = roomId;
    this.epoch = epoch;
    this.#router = router;
    this.#webRtcServer = webRtcServer;
    this.#speakers = speakers;
    this.#events = events;
    speakers.on('volumes', ([loudest]) => this.#tellSpeaker(this.#senderOf(loudest?.producer.id)));
    speakers.on('silence', () => this.#tellSpeaker(null));
    this.#looking = setInterval(() => void this.#lookAtLines(), lookEveryMs);
    this.onClose(() => clearInterval(this.#looking));
  }

  static async create(roomId: string, epoch: number, seat: RouterSeat, events: RoomEvents): Promise<MediaRoom> {
    const speakers = await seat.router.createAudioLevelObserver({ maxEntries: 1, threshold: speechThreshold, interval: speechIntervalMs });
    return new MediaRoom(roomId, epoch, seat, speakers, events);
  }

  /** Calls back once when the room has ended, whoever ended it. */
  onClose(callback: () => void): void {
    if (this.#router.closed) callback();
    else this.#router.observer.once('close', callback);
  }

  close(): void {
    this.#router.close();
  }

  get consumerCount(): number {
    return [...this.#seats.values()].reduce((total, seat) => total + seat.consumerCount, 0);
  }

  /** Takes the whole desired state. One older than what is known is dropped. */
  apply(revision: number, plans: SeatPlan[]): Promise<void> {
    return this.#queued(async () => {
      if (revision < this.#revision) return;
      this.#revision = revision;
      this.#plans = new Map(plans.map((plan) => [plan.participantId, plan]));
      await this.#closeWhatMayNotBe();
      await this.#makeWhatIsMissing();
    });
  }

  /** @throws {Refusal} `forbidden` if the desired state has no such seat. */
  join(participantId: string, offer: JoinOffer): Promise<JoinAnswer> {
    return this.#queued(async () => {
      require_(this.#plans.has(participantId), 'This participant has no seat in the room.');
      const present = this.#seats.get(participantId);
      const resumed = offer.resume?.epoch === this.epoch && present?.stillHas(offer.resume) === true;
      const seat = resumed ? present : await this.#newSeat(participantId, offer);
      if (resumed && offer.resume?.restartIce) await seat.restartIce();
      return {
        epoch: this.epoch,
        resumed,
        sendTransport: seat.sendTransport,
        recvTransport: seat.recvTransport,
        consumers: seat.consumers,
        sending: [...seat.tracks.keys()],
      };
    });
  }

  /** @throws {Refusal} `forbidden` unless the desired state lets this participant send this source. */
  startTrack(participantId: string, source: Source, rtpParameters: RtpParameters): Promise<{ producerId: string }> {
    return this.#queued(async () => {
      const plan = this.#plans.get(participantId);
      require_(plan?.maySend.includes(source) === true, 'This participant may not send this.');
      const track = await this.#seat(participantId).startTrack(source, rtpParameters, plan.paused.includes(source));
      track.producer.observer.once('close', () => this.#tellEnd(track));
      if (source === 'microphone') await this.#speakers.addProducer({ producerId: track.producer.id });
      await this.#makeWhatIsMissing();
      return { producerId: track.producer.id };
    });
  }

  stopTrack(participantId: string, source: Source): Promise<void> {
    return this.#queued(async () => this.#seats.get(participantId)?.tracks.get(source)?.producer.close());
  }

  show(participantId: string, wishes: Shown[]): Promise<void> {
    return this.#seat(participantId).show(wishes);
  }

  stats() {
    return Promise.all(
      [...this.#seats.values()].map(async (seat) => ({
        participantId: seat.participantId,
        ...(await seat.stats()),
        tracks: [...seat.tracks.keys()],
        consumers: seat.consumerCount,
      })),
    );
  }

  async #lookAtLines(): Promise<void> {
    const now = performance.now();
    for (const seat of this.#seats.values()) {
      const changed = await seat.lookAtLine(now).catch(() => false); // it was closed meanwhile
      if (changed) this.#events.line(seat.participantId, seat.line);
    }
  }

  async #newSeat(participantId: string, offer: JoinOffer): Promise<Seat> {
    this.#seats.get(participantId)?.close();
    const seat = await Seat.create(this.#router, this.#webRtcServer, participantId, offer);
    this.#seats.set(participantId, seat);
    await this.#hearAll(seat);
    return seat;
  }

  async #closeWhatMayNotBe(): Promise<void> {
    for (const [participantId, seat] of this.#seats) {
      const plan = this.#plans.get(participantId);
      if (!plan) {
        seat.close();
        this.#seats.delete(participantId);
        continue;
      }
      for (const { source, producer } of seat.tracks.values()) {
        if (!plan.maySend.includes(source)) producer.close();
        else if (plan.paused.includes(source) !== producer.paused) await (producer.paused ? producer.resume() : producer.pause());
      }
      const closed = seat.unhear((track) => this.#mayHear(plan, track));
      if (closed.length > 0) this.#events.closed(participantId, closed);
    }
  }

  async #makeWhatIsMissing(): Promise<void> {
    await Promise.all(
      [...this.#seats.values()].map(async (seat) => {
        const added = await this.#hearAll(seat);
        if (added.length > 0) this.#events.added(seat.participantId, added);
      }),
    );
  }

  async #hearAll(seat: Seat): Promise<ConsumerInfo[]> {
    const plan = this.#plans.get(seat.participantId);
    const tracks = [...this.#seats.values()].flatMap((other) => [...other.tracks.values()]);
    const missing = tracks.filter((track) => plan && this.#mayHear(plan, track) && !seat.hears(track));
    const added = await Promise.all(missing.map((track) => seat.hear(this.#router, track)));
    return added.filter((consumer) => consumer !== null);
  }

  #mayHear(plan: SeatPlan, track: Track): boolean {
    return plan.hears.some(({ participantId, sources }) => participantId === track.participantId && sources.includes(track.source));
  }

  /** Producers close consumers by themselves; the listeners still have to be told. */
  #tellEnd({ producer }: Track): void {
    for (const seat of this.#seats.values()) {
      const ids = seat.consumerIdsOf(producer.id);
      if (ids.length > 0) this.#events.closed(seat.participantId, ids);
    }
  }

  #tellSpeaker(participantId: string | null): void {
    if (participantId === this.#speakerId) return;
    this.#speakerId = participantId;
    this.#events.speaker(participantId);
  }

  #senderOf(producerId: string | undefined): string | null {
    for (const { tracks, participantId } of this.#seats.values()) {
      if (tracks.get('microphone')?.producer.id === producerId) return participantId;
    }
    return null;
  }

  #seat(participantId: string): Seat {
    const seat = this.#seats.get(participantId);
    if (!seat) throw new Refusal('conflict', 'This participant has not joined.');
    return seat;
  }

  #queued<T>(task: () => Promise<T>): Promise<T> {
    const run = this.#last.then(task, task);
    this.#last = run.catch(() => undefined);
    return run;
  }
}
