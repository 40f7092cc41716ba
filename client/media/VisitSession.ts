/** One person's way through one visit, from the door to the end. It outlives every component and every break. */
import type { Device } from 'mediasoup-client';
import type { IssuedCode } from '../../contract/booking.ts';
import type { RtpCapabilities, Source } from '../../contract/media.ts';
import type { SeatKind, VisitSnapshot } from '../../contract/visits.ts';
import type { WireErrorCode } from '../../contract/wire.ts';
import { ApiError, codeOf } from '../app/api.ts';
import { Store } from '../app/Store.ts';
import { makeCertificate, type OwnCertificate } from './certificate.ts';
import { type Device as DeviceKind, LocalMedia } from './LocalMedia.ts';
import { MediaLink, type RemoteTracks } from './MediaLink.ts';
import { newId } from './newId.ts';
import { VisitSocket } from './VisitSocket.ts';

export type Phase =
  | 'connecting'
  | 'lobby'
  | 'waiting'
  | 'joining'
  | 'live'
  | 'left'
  | 'ended'
  | 'removed'
  | 'superseded'
  | 'notFound'
  | 'unauthenticated';

export type VisitView = {
  phase: Phase;
  snapshot: VisitSnapshot | null;
  connected: boolean; // signalling; false is shown as "we try again"
  seat: SeatKind;
  speakerId: string | null;
  remote: RemoteTracks;
  problem: WireErrorCode | 'offline' | null; // the last request's, until the next
  mutedByHost: boolean;
};

const retryMs = 400;
/** A tab that came along beside another device does so again after a reload. */
const besideKey = (visitId: string): string => `samrum.beside.${visitId}`;
const openStates: VisitSnapshot['state'][] = ['booked', 'checked_in', 'waiting', 'in_progress'];

export class VisitSession {
  readonly visitId: string;
  readonly view: Store<VisitView>;
  readonly local = new LocalMedia();
  readonly #tabId = newId();
  readonly #certificate: Promise<OwnCertificate> | null;
  #socket: VisitSocket;
  #capabilities: RtpCapabilities | null = null;
  #device: Promise<Device> | null = null;
  #link: MediaLink | null = null;
  #devices: Promise<void> = Promise.resolve(); // asked for anew; until they are there nobody goes in
  #wantsIn = false;
  #takeOver = false;
  #choosingScreen = false;
  #unsharedAt = Number.NEGATIVE_INFINITY;
  #mustJoin = true; // the server or the SFU may not know us any more
  #joining = false;
  #curtained = false;
  #own = 0; // own media requests under way: until they are answered, older snapshots do not count
  #closed = false;

  constructor(visitId: string) {
    this.visitId = visitId;
    const seat: SeatKind = sessionStorage.getItem(besideKey(visitId)) ? 'companion' : 'own';
    this.view = new Store<VisitView>({
      phase: 'connecting',
      snapshot: null,
      connected: false,
      seat,
      speakerId: null,
      remote: new Map(),
      problem: null,
      mutedByHost: false,
    });
    this.#certificate = typeof RTCPeerConnection === 'undefined' ? null : makeCertificate();
    this.#certificate?.catch(() => undefined); // said when it is needed
    this.#socket = this.#connect(seat);
  }

  /** Presses Join: knocks, or goes straight in. On a seat that another tab holds it takes over. */
  enter(): void {
    this.#wantsIn = true;
    this.#takeOver = true;
    this.#mustJoin = true;
    if (!this.#socket.socket.connected) this.#socket.socket.connect();
    const { phase } = this.view.get();
    this.#phase('joining');
    if (phase === 'left' || phase === 'superseded') this.#devices = this.local.open(); // they were let go of
    this.#advance();
  }

  stopWaiting(): void {
    this.#wantsIn = false;
    void this.#ask('lobby:leave', {}).then(() => this.#advance());
  }

  /** Comes along beside one's own other device, without sound. */
  comeBeside(): void {
    sessionStorage.setItem(besideKey(this.visitId), 'yes');
    this.#socket.socket.disconnect();
    this.view.patch({ seat: 'companion', snapshot: null });
    this.#socket = this.#connect('companion');
  }

  /** Leaves by choice; the others stay. */
  async leave(): Promise<void> {
    this.#wantsIn = false;
    await this.#ask('visit:leave', {});
    this.#dropLink();
    this.local.release();
    this.#phase('left');
  }

  /** Asks for something that is answered by being done. What went wrong is in `view.problem`. @returns whether it was done. */
  perform(...asked: Parameters<VisitSocket['request']>): Promise<boolean> {
    return this.#ask(...asked);
  }

  /** A new code for one who cannot get in; null if it could not be had. */
  async newCode(participantId: string): Promise<IssuedCode | null> {
    try {
      return await this.#socket.request('people:code', { participantId });
    } catch (error) {
      this.view.patch({ problem: codeOf(error) });
      return null;
    }
  }

  async turn(device: DeviceKind, on: boolean): Promise<void> {
    this.local.want(device, on);
    this.view.patch({ mutedByHost: false });
    if (on && !this.local.state.get().tracks[device]) await this.local.open();
    if (!this.#link) return;
    if (!this.#link.sends(device)) return this.#send(device);
    this.#link.pause(device, !on || this.#curtained);
    await this.#ask(on ? 'media:resume' : 'media:pause', { source: device });
  }

  async choose(device: DeviceKind, deviceId: string): Promise<void> {
    await this.local.choose(device, deviceId);
    await this.#send(device);
  }

  /** @returns false if the screen could not be had. */
  async share(on: boolean): Promise<boolean> {
    if (!on) {
      this.#unsharedAt = performance.now();
      return this.#stopSharing();
    }
    // The second half of a double press neither asks twice nor shares anew what was just taken back.
    if (this.#choosingScreen || performance.now() - this.#unsharedAt < 1_000) return true;
    this.#choosingScreen = true;
    try {
      if (await this.local.openScreen(() => void this.#stopSharing())) await this.#send('screen');
      return true;
    } catch {
      return false;
    } finally {
      this.#choosingScreen = false;
    }
  }

  #stopSharing(): Promise<boolean> {
    this.local.closeScreen();
    this.#link?.stop('screen');
    return this.#ask('media:stop', { source: 'screen' });
  }

  /** Says how a track is shown, so that the SFU sends what is needed and no more. */
  show(consumerId: string, on: boolean, spatialLayer: number): void {
    this.#link?.show({ consumerId, on, spatialLayer });
  }

  close(): void {
    this.#closed = true;
    this.#socket.socket.disconnect();
    this.#dropLink();
    this.local.close();
  }

  #connect(seat: SeatKind): VisitSocket {
    const connection = new VisitSocket(this.visitId, this.#tabId, seat);
    const { socket } = connection;
    const current = (): boolean => !this.#closed && this.#socket === connection;
    socket.on('connect', () => {
      this.#mustJoin = true;
      this.view.patch({ connected: true, problem: null });
    });
    socket.on('disconnect', (reason) => {
      if (!current()) return;
      this.view.patch({ connected: false });
      // The server ended it, for instance to log out: what comes next is for it to say.
      if (reason === 'io server disconnect' && this.view.get().phase !== 'superseded')
        setTimeout(() => current() && socket.connect(), retryMs);
    });
    socket.on('connect_error', (error) => current() && this.#refused(error.message, socket));
    socket.on('media:capabilities', (capabilities) => {
      this.#capabilities = capabilities;
      void this.#loadDevice();
    });
    socket.on('visit:snapshot', (snapshot) => {
      if (!current() || snapshot.revision < (this.view.get().snapshot?.revision ?? 0)) return;
      this.view.patch({ snapshot });
      this.#followCurtain(snapshot);
      this.#followHost(snapshot);
      this.#advance();
    });
    socket.on('visit:superseded', () => this.#supersede());
    socket.on('visit:speaker', ({ participantId }) => this.view.patch({ speakerId: participantId }));
    socket.on('media:added', ({ epoch, consumers }) => {
      if (epoch === this.#link?.epoch) void this.#link.add(consumers);
      else this.#mustJoin = true; // it came before our own answer: ask what there is
    });
    socket.on('media:closed', ({ epoch, consumerIds }) => epoch === this.#link?.epoch && this.#link.remove(consumerIds));
    socket.on('media:resync', () => {
      this.#mustJoin = true;
      this.#advance();
    });
    socket.connect();
    return connection;
  }

  #refused(code: string, socket: VisitSocket['socket']): void {
    if (code === 'unauthenticated') return this.#phase('unauthenticated');
    if (code === 'not_found') return this.#phase('notFound');
    if (code === 'forbidden') {
      sessionStorage.removeItem(besideKey(this.visitId));
      return this.#phase('removed');
    }
    if (!socket.active) setTimeout(() => !this.#closed && socket.connect(), retryMs * 3); // refused for now
  }

  /** Takes the next step that the visit's state calls for. */
  #advance(): void {
    const { snapshot, phase } = this.view.get();
    if (!snapshot || this.#closed || phase === 'superseded') return;
    const { status } = snapshot.you;
    if (status === 'removed') return this.#stop('removed');
    if (!openStates.includes(snapshot.state)) return this.#stop('ended');
    if (status === 'waiting' && phase === 'connecting') this.#wantsIn = true; // they knocked before the page was loaded anew
    if (!this.#wantsIn) return void (phase !== 'left' && this.#phase('lobby'));
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
    this.#socket.socket.disconnect();
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
        if (failure) await new Promise((resolve) => setTimeout(resolve, retryMs));
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
    const { codecs = [], headerExtensions = [] } = device.recvRtpCapabilities;
    const kept = this.#link?.healthy ? this.#link : null;
    this.#mustJoin = false;
    const answer = await this.#socket
      .request('visit:join', {
        rtpCapabilities: { codecs, headerExtensions },
        fingerprints: certificate.fingerprints,
        takeOver: this.#takeOver,
        ...(kept ? { resume: kept.resume } : {}),
      })
      .catch((error: unknown) => {
        this.#mustJoin = true;
        throw error;
      });
    this.#takeOver = false;
    if (answer.resumed && kept) await kept.settle(answer.consumers);
    else this.#useLink(new MediaLink(device, answer, certificate, this.#linkRequests()));
    this.#phase('live');
    await this.#link?.ready.catch(() => undefined); // the first picture comes before one's own goes out
    await this.#sendMissing(answer.resumed ? answer.sending : []);
    if (this.local.state.get().asking) this.#sendWhenOpened();
  }

  /** Whoever goes in before the browser has given camera and microphone sends them as soon as they are there. */
  #sendWhenOpened(): void {
    const link = this.#link;
    const stop = this.local.state.subscribe(() => {
      if (this.local.state.get().asking) return;
      stop();
      if (this.#link !== link) return; // a later joining has seen to it
      for (const source of ['microphone', 'camera'] as const) if (!link?.sends(source)) void this.#send(source).catch(() => undefined);
    });
  }

  #linkRequests(): ConstructorParameters<typeof MediaLink>[3] {
    return {
      start: async (source, rtpParameters, paused) =>
        (await this.#socket.request('media:start', { source, rtpParameters, paused })).producerId,
      show: (consumers) => void this.#socket.request('media:show', { consumers }).catch(() => undefined), // said anew after a break
      broken: () => {
        this.#link?.close();
        this.#mustJoin = true;
        this.#advance();
      },
    };
  }

  #useLink(link: MediaLink): void {
    this.#link?.close();
    this.#link = link;
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

  async #sendMissing(there: Source[]): Promise<void> {
    for (const source of ['microphone', 'camera', 'screen'] as const) {
      if (there.includes(source)) continue;
      this.#link?.stop(source); // the SFU closed it: begin anew
      await this.#send(source).catch(() => undefined); // without it rather than not at all
    }
  }

  /** Sends a source as it is wanted now, if there is a track and this seat may. */
  async #send(source: Source): Promise<void> {
    const { tracks, wanted } = this.local.state.get();
    const track = tracks[source];
    if (!track || !this.#link || (source === 'microphone' && this.view.get().snapshot?.you.companionOf)) return;
    const paused = source !== 'screen' && !wanted[source];
    this.#own += 1;
    try {
      await this.#link.start(source, track.clone(), paused); // a clone, so that the meter still hears a muted microphone
      if (source === 'screen' && this.local.state.get().tracks.screen !== track) this.#link.stop(source); // taken back meanwhile
      if (this.#curtained) this.#link.pause(source, true);
    } finally {
      this.#own -= 1;
    }
  }

  /** Behind the curtain this device sends nothing either; what was on comes back by itself. */
  #followCurtain({ curtain }: VisitSnapshot): void {
    if ((curtain !== null) === this.#curtained) return;
    this.#curtained = curtain !== null;
    const { wanted } = this.local.state.get();
    for (const source of ['microphone', 'camera', 'screen'] as const)
      this.#link?.pause(source, this.#curtained || (source !== 'screen' && !wanted[source]));
  }

  /** What the host turned off is off here too; only the person turns it on again. */
  #followHost({ you }: VisitSnapshot): void {
    const { wanted } = this.local.state.get();
    if (this.#own > 0 || !this.#link?.sends('microphone') || !wanted.microphone || you.companionOf || you.sending.includes('microphone'))
      return;
    this.local.want('microphone', false);
    this.#link.pause('microphone', true);
    this.view.patch({ mutedByHost: true });
  }

  async #ask(...[event, request]: Parameters<VisitSocket['request']>): Promise<boolean> {
    this.#own += 1;
    try {
      await this.#socket.request(event, request);
      this.view.patch({ problem: null });
      return true;
    } catch (error) {
      this.view.patch({ problem: codeOf(error) });
      return false;
    } finally {
      this.#own -= 1;
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
