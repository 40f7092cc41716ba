/** One person's way through one visit, from the door to the end. It outlives every component and every break. */
import type { IssuedCode } from '../../contract/codes.ts';
import { goodLine } from '../../contract/line.ts';
import type { LineState, Shown, Source } from '../../contract/media.ts';
import type { Quality } from '../../contract/quality.ts';
import type { SeatKind, VisitSnapshot } from '../../contract/visits.ts';
import type { WireErrorCode } from '../../contract/wire.ts';
import { codeOf } from '../app/api.ts';
import { Store } from '../app/Store.ts';
import { ownDevices } from './capture.ts';
import { Gestures } from './Gestures.ts';
import { Joining, type Transports } from './Joining.ts';
import { LineWatch } from './LineWatch.ts';
import { LocalMedia } from './LocalMedia.ts';
import type { MediaLink, RemoteTracks } from './MediaLink.ts';
import { Narrowing } from './Narrowing.ts';
import { newId } from './newId.ts';
import { OwnCameras } from './OwnCameras.ts';
import { OwnTracks } from './OwnTracks.ts';
import { Pictures } from './Pictures.ts';
import { QualityWatch } from './QualityWatch.ts';
import type { TypedSocket } from './SeatConnection.ts';
import { Signalling } from './Signalling.ts';
import { timers } from './timers.ts';

export type Phase =
  | 'connecting'
  | 'lobby'
  | 'waiting'
  | 'withheld'
  | 'aside' // a planning meeting talks of something that they take no part in
  | 'joining'
  | 'live'
  | 'left'
  | 'fellOut'
  | 'ended'
  | 'removed'
  | 'superseded'
  | 'locked'
  | 'notFound'
  | 'unauthenticated';

export type VisitView = {
  phase: Phase;
  snapshot: VisitSnapshot | null;
  connected: boolean; // signalling; false is shown as "we try again"
  silent: boolean; // no sound and no picture comes in over one's own line
  lines: ReadonlyMap<string, LineState>; // of those whose line is not in order, one's own among them
  seat: SeatKind;
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
  /** Who speaks just now; it changes with every word, and little depends on it. */
  readonly speaker = new Store<string | null>(null);
  readonly local = new LocalMedia();
  readonly tabId = newId();
  readonly own: OwnTracks;
  readonly pictures: Pictures;
  readonly cameras: OwnCameras;
  readonly gestures: Gestures;
  readonly quality: Store<Quality | null>;
  readonly #joining: Joining;
  readonly #watch: LineWatch;
  readonly #qualityWatch: QualityWatch;
  readonly #narrowing: Narrowing;
  #signalling: Signalling;
  #link: MediaLink | null = null;
  #silentLink: MediaLink | null = null;
  #devices: Promise<void> = Promise.resolve(); // asked for anew; until they are there nobody goes in
  #wantsIn = false;
  #joinedAnewAt = Number.NEGATIVE_INFINITY;
  #fallingOut: ReturnType<typeof setTimeout> | undefined;
  #closed = false;
  #partitionOpen: boolean | null = null; // of a round; null: not known yet

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
      remote: new Map(),
      problem: null,
      mutedByHost: false,
    });
    this.own = new OwnTracks({
      local: this.local,
      link: () => this.#link,
      snapshot: () => this.view.get().snapshot,
      ask: (event, request) => this.#ask(event, request),
      mutedByHost: (mutedByHost) => this.view.patch({ mutedByHost }),
    });
    this.#narrowing = new Narrowing(this.own, (step) => {
      void this.#signalling.request('line:sends', { step }).catch(() => undefined); // said anew at the next step
    });
    this.pictures = new Pictures(this.local, this.own);
    this.cameras = new OwnCameras({
      local: this.local,
      tell: (devices) => {
        if (this.view.get().phase === 'live') void this.#signalling.request('devices:are', devices).catch(() => undefined);
      },
    });
    this.gestures = new Gestures({ signalling: () => this.#signalling, youId: () => this.view.get().snapshot?.you.id ?? '' });
    this.#joining = new Joining({
      signalling: () => this.#signalling,
      link: () => this.#link,
      linkRequests: {
        start: async (source, rtpParameters, paused) =>
          (await this.#signalling.request('media:start', { source, rtpParameters, paused })).producerId,
        show: (consumers) => void this.#signalling.request('media:show', { consumers }).catch(() => undefined), // said anew after a break
        broken: (failed) => this.#findAnotherWay(failed ? 'anew' : 'restartIce'),
      },
      wanted: () => this.#mayJoin(),
      epoch: () => this.view.get().snapshot?.epoch ?? null,
      devices: () => this.#devices,
      begins: () => this.view.get().phase !== 'live' && this.#phase('joining'),
      useLink: (link) => this.#useLink(link),
      joined: (there) => this.#joined(there),
      failed: (problem) => this.view.patch({ problem }),
      superseded: () => this.#supersede(),
    });
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
      looked: (own, speech) => {
        if (!this.#watch.silent) this.#narrowing.look(own, speech, this.view.get().lines.values(), performance.now());
      },
      sampled: (quality) => this.#keep(quality),
    });
    this.quality = this.#qualityWatch.quality;
  }

  /** Presses Join: knocks, or goes straight in. On a seat that another tab holds it takes over. */
  enter(): void {
    this.#wantsIn = true;
    this.#joining.takeOver = true;
    this.#joining.must();
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

  /** On the staff line of a round: whoever stands at the bed is silent but while they talk. */
  talk(on: boolean): void {
    if (on) this.local.want('microphone', true);
    void this.local.limit(on ? ['microphone'] : []);
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
    this.gestures.close();
    this.#signalling.close();
    this.#dropLink();
    this.local.close();
  }

  #connect(seat: SeatKind): Signalling {
    const signalling: Signalling = new Signalling(
      { visitId: this.visitId, tabId: this.tabId, seat },
      {
        attach: (socket) => this.#listen(socket, () => !this.#closed && this.#signalling === signalling && signalling.isCurrent(socket)),
        connected: () => {
          clearTimeout(this.#fallingOut);
          this.#joining.connected();
          this.view.patch({ connected: true, problem: null });
        },
        lost: () => {
          this.view.patch({ connected: false });
          const { seatKeptMs } = this.#joining;
          if (this.#wantsIn && Number.isFinite(seatKeptMs)) this.#fallingOut = setTimeout(() => this.#fallOut(), seatKeptMs);
        },
        refused: (code) => this.#refused(code),
      },
    );
    signalling.open();
    return signalling;
  }

  #listen(socket: TypedSocket, current: () => boolean): void {
    this.gestures.listen(socket);
    socket.on('camera:wished', (wish) => current() && void this.cameras.set(wish));
    socket.on('media:capabilities', (capabilities) => this.#joining.learn(capabilities));
    socket.on('visit:snapshot', (snapshot) => {
      if (!current() || snapshot.revision < (this.view.get().snapshot?.revision ?? 0)) return;
      this.view.patch({ snapshot });
      this.own.followCurtain(snapshot);
      this.own.followHost(snapshot);
      this.#followPartition(snapshot);
      this.#advance();
    });
    socket.on('visit:superseded', () => current() && this.#supersede());
    socket.on('visit:speaker', ({ participantId }) => this.speaker.set(participantId));
    socket.on('visit:lines', ({ lines }) => current() && this.#followLines(new Map(lines.map((line) => [line.participantId, line]))));
    socket.on('media:added', ({ epoch, consumers }) => {
      if (epoch === this.#link?.epoch) void this.#link.add(consumers);
      else this.#joining.must(); // it came before our own answer: ask what there is
    });
    socket.on('media:closed', ({ epoch, consumerIds }) => epoch === this.#link?.epoch && this.#link.remove(consumerIds));
    socket.on('media:resync', () => {
      this.#joining.must();
      this.#advance();
    });
  }

  /** In a round camera and microphone are off at the bed until the partition opens; the doctor keeps the staff line. */
  #followPartition({ partition, you }: VisitSnapshot): void {
    const open = partition === 'open';
    if (partition === null || open === this.#partitionOpen) return;
    this.#partitionOpen = open;
    if (open) for (const device of ownDevices) this.local.want(device, true);
    if (!open) this.local.closeSecond();
    void this.local.limit(open ? ownDevices : you.atBedside ? [] : ['microphone']);
  }

  #refused(code: WireErrorCode): void {
    if (code === 'unauthenticated') return this.#stop('unauthenticated');
    if (code === 'locked') return this.#stop('locked');
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
  #findAnotherWay(transports: Transports): void {
    if (!this.#link || this.#closed) return;
    this.#joining.suggest(transports);
    if (this.#watch.silent) this.#signalling.doubt();
    const now = performance.now();
    if (!this.#signalling.connected || now - this.#joinedAnewAt < timers.joinAgainAfter) return;
    this.#joinedAnewAt = now;
    this.#joining.must();
    this.#advance();
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
    const { status, aside } = snapshot.you;
    if (status === 'removed') return this.#stop('removed');
    if (!openStates.includes(snapshot.state)) return this.#stop('ended');
    if (status === 'waiting' && phase === 'connecting') this.#wantsIn = true; // they knocked before the page was loaded anew
    if (status === 'withheld') this.#wantsIn = true; // when it is given again they wait to be let in
    if (!this.#wantsIn) return void (phase !== 'left' && phase !== 'fellOut' && this.#phase('lobby'));
    if (status === 'admitted' && !aside) {
      if (snapshot.heldElsewhere && !this.#joining.takeOver) return this.#supersede();
      return void this.#join();
    }
    this.#dropLink();
    this.local.closeScreen();
    if (status === 'withheld') return this.#phase('withheld');
    if (aside && status === 'admitted') return this.#phase('aside'); // they come in by themselves
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

  async #join(): Promise<void> {
    await this.#joining.run();
    if (this.#link && this.#wantsIn) this.#phase('live');
  }

  #mayJoin(): boolean {
    const { snapshot, connected } = this.view.get();
    return (
      this.#wantsIn &&
      connected &&
      !this.#closed &&
      snapshot?.you.status === 'admitted' &&
      !snapshot.you.aside &&
      openStates.includes(snapshot.state)
    );
  }

  async #joined(there: Source[]): Promise<void> {
    const returning = this.view.get().phase === 'live';
    this.#phase('live');
    if (!returning) await this.#link?.ready.catch(() => undefined); // the first picture comes before one's own goes out
    this.cameras.tell(true);
    await this.own.sendMissing(there);
  }

  #useLink(link: MediaLink): void {
    this.#link?.close();
    this.#link = link;
    this.#narrowing.begin();
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
}
