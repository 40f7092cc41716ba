/** One person's way through one visit, from the door to the end. It outlives every component and every break. */
import type { Device } from 'mediasoup-client';
import type { IssuedCode } from '../../contract/booking.ts';
import { goodLine } from '../../contract/line.ts';
import type { LineState, RtpCapabilities, Shown } from '../../contract/media.ts';
import type { OwnQuality, Quality } from '../../contract/quality.ts';
import type { SeatKind, VisitSnapshot } from '../../contract/visits.ts';
import type { WireErrorCode } from '../../contract/wire.ts';
import { ApiError, codeOf } from '../app/api.ts';
import { Store } from '../app/Store.ts';
import { makeCertificate, type OwnCertificate } from './certificate.ts';
import { LineWatch } from './LineWatch.ts';
import { LocalMedia } from './LocalMedia.ts';
import { MediaLink, type RemoteTracks } from './MediaLink.ts';
import { newId } from './newId.ts';
import { OwnTracks } from './OwnTracks.ts';
import { Pictures } from './Pictures.ts';
import { QualityWatch } from './QualityWatch.ts';
import type { TypedSocket } from './SeatConnection.ts';
import { Signalling } from './Signalling.ts';
import { speechAids, timers } from './timers.ts';
import { Uplink } from './Uplink.ts';

export type Phase =
  | 'connecting'
  | 'lobby'
  | 'waiting'
  | 'joining'
  | 'live'
  | 'left'
  | 'fellOut'
  | 'ended'
  | 'removed'
  | 'superseded'
  | 'notFound'
  | 'unauthenticated';

export type VisitView = {
  phase: Phase;
  snapshot: VisitSnapshot | null;
  connected: boolean; // signalling; false is shown as "we try again"
  silent: boolean; // no sound and no picture comes in over one's own line
  lines: ReadonlyMap<string, LineState>; // of those whose line is not in order, one's own among them
  seat: SeatKind;
  speakerId: string | null;
  remote: RemoteTracks;
  problem: WireErrorCode | 'offline' | null; // the last request's, until the next
  mutedByHost: boolean;
};

/** A tab that came along beside another device does so again after a reload. */
const besideKey = (visitId: string): string => `samrum.beside.${visitId}`;
const openStates: VisitSnapshot['state'][] = ['booked', 'checked_in', 'waiting', 'in_progress'];

export class VisitSession {
  readonly visitId: string;
  readonly view: Store<VisitView>;
  readonly local = new LocalMedia();
  readonly #tabId = newId();
  readonly #certificate: Promise<OwnCertificate> | null;
  readonly own: OwnTracks;
  readonly pictures: Pictures;
  readonly quality: Store<Quality | null>;
  readonly #watch: LineWatch;
  readonly #qualityWatch: QualityWatch;
  #uplink = new Uplink();
  #signalling: Signalling;
  #capabilities: RtpCapabilities | null = null;
  #device: Promise<Device> | null = null;
  #link: MediaLink | null = null;
  #silentLink: MediaLink | null = null;
  #devices: Promise<void> = Promise.resolve(); // asked for anew; until they are there nobody goes in
  #wantsIn = false;
  #takeOver = false;
  #mustJoin = true; // the server or the SFU may not know us any more
  /** What becomes of the transports at the next joining: a line that fell silent is measured from the start, on new ones. */
  #transports: 'keep' | 'restartIce' | 'anew' = 'keep';
  #joinedAnewAt = Number.NEGATIVE_INFINITY;
  #joining = false;
  #seatKeptMs = Number.POSITIVE_INFINITY;
  #fallingOut: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(visitId: string) {
    this.visitId = visitId;
    const seat: SeatKind = sessionStorage.getItem(besideKey(visitId)) ? 'companion' : 'own';
    this.view = new Store<VisitView>({
      phase: 'connecting',
      snapshot: null,
      connected: false,
      silent: false,
      lines: new Map(),
      seat,
      speakerId: null,
      remote: new Map(),
      problem: null,
      mutedByHost: false,
    });
    this.#certificate = typeof RTCPeerConnection === 'undefined' ? null : makeCertificate();
    this.#certificate?.catch(() => undefined); // said when it is needed
    this.own = new OwnTracks({
      local: this.local,
      link: () => this.#link,
      snapshot: () => this.view.get().snapshot,
      ask: (event, request) => this.#ask(event, request),
      mutedByHost: (mutedByHost) => this.view.patch({ mutedByHost }),
    });
    this.pictures = new Pictures(this.local, this.own);
    this.#signalling = this.#connect(seat);
    this.#watch = new LineWatch({
      link: () => this.#link,
      expects: () => this.#expects(),
      ping: () => this.#signalling.request('line:ping', {}),
      changed: (silent) => {
        this.view.patch({ silent });
        // A line that has come back by itself is measured from the start too, unless that has been done.
        if (!silent) this.#signalling.nudge();
        if (silent || this.#silentLink === this.#link) this.#findAnotherWay('anew');
        this.#silentLink = silent ? this.#link : null;
      },
      moved: () => this.#findAnotherWay('restartIce'),
    });
    this.#qualityWatch = new QualityWatch(() => this.#link, {
      looked: ({ own }) => this.#followUplink(own),
      sampled: (quality) => this.#keep(quality),
    });
    this.quality = this.#qualityWatch.quality;
  }

  /** Presses Join: knocks, or goes straight in. On a seat that another tab holds it takes over. */
  enter(): void {
    this.#wantsIn = true;
    this.#takeOver = true;
    this.#mustJoin = true;
    this.#signalling.open();
    const { phase } = this.view.get();
    this.#phase('joining');
    if (phase === 'left' || phase === 'superseded' || phase === 'fellOut') this.#devices = this.local.open(); // they were let go of
    this.#advance();
  }

  stopWaiting(): void {
    this.#wantsIn = false;
    void this.#ask('lobby:leave', {}).then(() => this.#advance());
  }

  /** Comes along beside one's own other device, without sound. */
  comeBeside(): void {
    sessionStorage.setItem(besideKey(this.visitId), 'yes');
    this.#signalling.close();
    this.view.patch({ seat: 'companion', snapshot: null });
    this.#signalling = this.#connect('companion');
  }

  /** Leaves by choice; the others stay. */
  async leave(): Promise<void> {
    this.#wantsIn = false;
    this.#dropLink();
    this.local.release();
    this.#phase('left');
    await this.#ask('visit:leave', {});
  }

  /** Asks for something that is answered by being done. What went wrong is in `view.problem`. @returns whether it was done. */
  perform(...asked: Parameters<Signalling['request']>): Promise<boolean> {
    return this.#ask(...asked);
  }

  /** A new code for one who cannot get in; null if it could not be had. */
  async newCode(participantId: string): Promise<IssuedCode | null> {
    try {
      return await this.#signalling.request('people:code', { participantId });
    } catch (error) {
      this.view.patch({ problem: codeOf(error) });
      return null;
    }
  }

  /** Says how a track is shown, so that the SFU sends what is needed and no more. */
  show(wish: Shown): void {
    this.#link?.show(wish);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#fallingOut);
    this.#watch.close();
    this.#qualityWatch.close();
    this.#signalling.close();
    this.#dropLink();
    this.local.close();
  }

  #connect(seat: SeatKind): Signalling {
    const signalling: Signalling = new Signalling(
      { visitId: this.visitId, tabId: this.#tabId, seat },
      {
        attach: (socket) => this.#listen(socket, () => !this.#closed && this.#signalling === signalling && signalling.isCurrent(socket)),
        connected: () => {
          clearTimeout(this.#fallingOut);
          this.#mustJoin = true;
          this.view.patch({ connected: true, problem: null });
        },
        lost: () => {
          this.view.patch({ connected: false });
          if (this.#wantsIn && Number.isFinite(this.#seatKeptMs)) this.#fallingOut = setTimeout(() => this.#fallOut(), this.#seatKeptMs);
        },
        refused: (code) => this.#refused(code),
      },
    );
    signalling.open();
    return signalling;
  }

  #listen(socket: TypedSocket, current: () => boolean): void {
    socket.on('media:capabilities', (capabilities) => {
      this.#capabilities = capabilities;
      void this.#loadDevice();
    });
    socket.on('visit:snapshot', (snapshot) => {
      if (!current() || snapshot.revision < (this.view.get().snapshot?.revision ?? 0)) return;
      this.view.patch({ snapshot });
      this.own.followCurtain(snapshot);
      this.own.followHost(snapshot);
      this.#advance();
    });
    socket.on('visit:superseded', () => current() && this.#supersede());
    socket.on('visit:speaker', ({ participantId }) => this.view.patch({ speakerId: participantId }));
    socket.on('visit:lines', ({ lines }) => current() && this.#followLines(new Map(lines.map((line) => [line.participantId, line]))));
    socket.on('media:added', ({ epoch, consumers }) => {
      if (epoch === this.#link?.epoch) void this.#link.add(consumers);
      else this.#mustJoin = true; // it came before our own answer: ask what there is
    });
    socket.on('media:closed', ({ epoch, consumerIds }) => epoch === this.#link?.epoch && this.#link.remove(consumerIds));
    socket.on('media:resync', () => {
      this.#mustJoin = true;
      this.#advance();
    });
  }

  #refused(code: WireErrorCode): void {
    if (code === 'unauthenticated') return this.#stop('unauthenticated');
    if (code === 'not_found') return this.#stop('notFound');
    if (code === 'forbidden') sessionStorage.removeItem(besideKey(this.visitId));
    this.#stop('removed');
  }

  /** How one's own line is, as the server sees it. */
  get #ownLine(): LineState {
    const { lines, snapshot } = this.view.get();
    return lines.get(snapshot?.you.id ?? '') ?? goodLine;
  }

  #followLines(lines: ReadonlyMap<string, LineState>): void {
    this.view.patch({ lines });
    if (this.#ownLine.silent) this.#findAnotherWay('anew');
  }

  /** Whether somebody's sound should be coming in: even a silent room sends some packets a second. */
  #expects(): boolean {
    const { snapshot, remote, lines } = this.view.get();
    if (!snapshot || snapshot.curtain) return false;
    return snapshot.people.some(
      ({ id, sending, presence }) =>
        presence === 'room' && sending.includes('microphone') && remote.get(id)?.microphone && !lines.get(id)?.silent,
    );
  }

  /** As it is, nothing comes through, or it may not for long: another connection, and another path for the media. */
  #findAnotherWay(transports: 'restartIce' | 'anew'): void {
    if (!this.#link || this.#closed) return;
    if (this.#transports !== 'anew') this.#transports = transports;
    if (this.#watch.silent) this.#signalling.doubt();
    const now = performance.now();
    if (!this.#signalling.connected || now - this.#joinedAnewAt < timers.joinAgainAfter) return;
    this.#joinedAnewAt = now;
    this.#mustJoin = true;
    this.#advance();
  }

  #followUplink({ availableBps, loss }: OwnQuality): void {
    if (this.#watch.silent || !this.#uplink.look(availableBps, loss, this.own.sendsPictures, performance.now())) return;
    const { step } = this.#uplink;
    this.own.holdPictures(step === 'speech');
    void this.#signalling.request('line:sends', { step }).catch(() => undefined); // said anew at the next step
  }

  /** What was measured is kept with the visit. A sample that cannot go now is not worth sending later. */
  #keep(quality: Quality): void {
    if (this.view.get().phase !== 'live') return;
    const { receives, sends } = this.#ownLine;
    void this.#signalling.request('line:sample', { ...quality, receives, sends }).catch(() => undefined);
  }

  /** Away for longer than the seat is kept. */
  #fallOut(): void {
    if (this.#closed || this.#signalling.connected) return;
    this.#wantsIn = false;
    this.#dropLink();
    this.local.release();
    this.#phase('fellOut');
  }

  /** Takes the next step that the visit's state calls for. */
  #advance(): void {
    const { snapshot, phase } = this.view.get();
    if (!snapshot || this.#closed || phase === 'superseded') return;
    const { status } = snapshot.you;
    if (status === 'removed') return this.#stop('removed');
    if (!openStates.includes(snapshot.state)) return this.#stop('ended');
    if (status === 'waiting' && phase === 'connecting') this.#wantsIn = true; // they knocked before the page was loaded anew
    if (!this.#wantsIn) return void (phase !== 'left' && phase !== 'fellOut' && this.#phase('lobby'));
    if (status === 'admitted') {
      if (snapshot.heldElsewhere && !this.#takeOver) return this.#supersede();
      return void this.#join();
    }
    this.#dropLink();
    this.local.closeScreen();
    this.#phase('waiting');
    if (status === 'invited') void this.#ask('lobby:knock', {});
  }

  #stop(phase: Phase): void {
    this.#wantsIn = false;
    this.#dropLink();
    this.local.close();
    this.#phase(phase);
  }

  #supersede(): void {
    this.#wantsIn = false;
    this.#dropLink();
    this.local.release();
    this.#phase('superseded');
    this.#signalling.close();
  }

  /** One way in, for the first time and for every return; one at a time, until it is done or no longer wanted. */
  async #join(): Promise<void> {
    if (this.#joining) return;
    this.#joining = true;
    try {
      while (this.#needsJoin()) {
        if (this.view.get().phase !== 'live') this.#phase('joining');
        const failure = await this.#joinOnce().then(
          () => null,
          (error: unknown) => codeOf(error),
        );
        if (failure === 'superseded') return this.#supersede();
        this.view.patch({ problem: failure });
        if (failure) await new Promise((resolve) => setTimeout(resolve, timers.retry));
      }
    } finally {
      this.#joining = false;
    }
    if (this.#link && this.#wantsIn) this.#phase('live');
  }

  #needsJoin(): boolean {
    const { snapshot, connected } = this.view.get();
    if (!this.#wantsIn || !connected || this.#closed || snapshot?.you.status !== 'admitted' || !openStates.includes(snapshot.state))
      return false;
    return this.#mustJoin || !this.#link || (snapshot.epoch !== null && snapshot.epoch > this.#link.epoch);
  }

  async #joinOnce(): Promise<void> {
    const [device, certificate] = await Promise.all([this.#loadDevice(), this.#certificate, this.#devices]);
    if (!certificate) throw new Error('this browser has no WebRTC');
    const { headerExtensions = [] } = device.recvRtpCapabilities;
    const codecs = (device.recvRtpCapabilities.codecs ?? []).map((codec) =>
      codec.kind === 'audio' && !speechAids ? withoutNack(codec) : codec,
    );
    const kept = this.#link?.closed === false && this.#transports !== 'anew' ? this.#link : null;
    const transports = this.#transports;
    this.#mustJoin = false;
    this.#transports = 'keep';
    const answer = await this.#signalling
      .request('visit:join', {
        rtpCapabilities: { codecs, headerExtensions },
        fingerprints: certificate.fingerprints,
        takeOver: this.#takeOver,
        ...(kept ? { resume: { ...kept.resume, restartIce: transports === 'restartIce' } } : {}),
      })
      .catch((error: unknown) => {
        this.#mustJoin = true;
        if (this.#transports !== 'anew') this.#transports = transports;
        throw error;
      });
    this.#takeOver = false;
    this.#seatKeptMs = answer.seatKeptMs;
    if (answer.resumed && kept) {
      if (transports === 'restartIce') await kept.restartIce(answer);
      await kept.settle(answer.consumers);
    } else this.#useLink(new MediaLink(device, answer, certificate, this.#linkRequests()));
    const returning = this.view.get().phase === 'live';
    this.#phase('live');
    if (!returning) await this.#link?.ready.catch(() => undefined); // the first picture comes before one's own goes out
    await this.own.sendMissing(answer.resumed ? answer.sending : []);
  }

  #linkRequests(): ConstructorParameters<typeof MediaLink>[3] {
    return {
      start: async (source, rtpParameters, paused) =>
        (await this.#signalling.request('media:start', { source, rtpParameters, paused })).producerId,
      show: (consumers) => void this.#signalling.request('media:show', { consumers }).catch(() => undefined), // said anew after a break
      broken: (failed) => this.#findAnotherWay(failed ? 'anew' : 'restartIce'),
    };
  }

  #useLink(link: MediaLink): void {
    this.#link?.close();
    this.#link = link;
    this.#uplink = new Uplink();
    this.own.holdPictures(false);
    const publish = (): void => {
      if (this.#link === link) this.view.patch({ remote: link.remote.get() });
    };
    link.remote.subscribe(publish);
    publish();
  }

  #dropLink(): void {
    this.#link?.close();
    this.#link = null;
    if (this.view.get().remote.size > 0) this.view.patch({ remote: new Map() });
  }

  async #ask(...[event, request]: Parameters<Signalling['request']>): Promise<boolean> {
    try {
      await this.#signalling.request(event, request);
      this.view.patch({ problem: null });
      return true;
    } catch (error) {
      this.view.patch({ problem: codeOf(error) });
      return false;
    }
  }

  #phase(phase: Phase): void {
    if (this.view.get().phase !== phase) this.view.patch({ phase });
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

const withoutNack = <C extends { rtcpFeedback?: { type: string }[] }>(codec: C): C => ({
  ...codec,
  rtcpFeedback: (codec.rtcpFeedback ?? []).filter(({ type }) => type !== 'nack'),
});
