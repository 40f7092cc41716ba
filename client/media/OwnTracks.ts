/** What one sends oneself: camera, microphone and screen, as wanted and as far as curtain and host let it. */
import type { Source } from '../../contract/media.ts';
import type { VisitSnapshot } from '../../contract/visits.ts';
import { type Device, ownDevices } from './capture.ts';
import type { LocalMedia } from './LocalMedia.ts';
import type { MediaLink } from './MediaLink.ts';

type MediaEvent = 'media:stop' | 'media:pause' | 'media:resume';

export type OwnTracksDeps = {
  local: LocalMedia;
  link: () => MediaLink | null;
  snapshot: () => VisitSnapshot | null;
  ask: (event: MediaEvent, request: { source: Source }) => Promise<boolean>;
  mutedByHost: (muted: boolean) => void;
};

const all = ['microphone', 'camera', 'screen', 'examination'] as const satisfies readonly Source[];

/** A second press so soon is the half of a double one, ms. */
const doublePressMs = 1_000;

export class OwnTracks {
  readonly #deps: OwnTracksDeps;
  #choosingScreen = false;
  #unsharedAt = Number.NEGATIVE_INFINITY;
  #curtained = false;
  #picturesHeld = false;
  #speechNarrow = false;
  /** The devices' tracks that have been seen to. */
  #known: { [S in Source]?: MediaStreamTrack | undefined } = {};
  #pending = 0; // requests under way: until they are answered, older snapshots do not count
  /** A snapshot has shown the microphone as on since one last turned it on oneself: only then can the host have turned it off. */
  #seenOn = false;

  constructor(deps: OwnTracksDeps) {
    this.#deps = deps;
    deps.local.state.subscribe(() => this.#followDevices());
  }

  async turn(device: Device, on: boolean): Promise<void> {
    const { local, mutedByHost } = this.#deps;
    local.want(device, on);
    if (device === 'microphone') this.#seenOn = false;
    mutedByHost(false);
    if (on && !local.state.get().tracks[device]) await local.open();
    const link = this.#deps.link();
    if (!link || !local.state.get().tracks[device]) return;
    if (!link.sends(device)) return this.send(device);
    link.pause(device, this.#isHeld(device));
    await this.#ask(on ? 'media:resume' : 'media:pause', device);
  }

  /** @returns false if the screen could not be had. */
  async share(on: boolean): Promise<boolean> {
    if (!on) {
      this.#unsharedAt = performance.now();
      return this.#stopSharing();
    }
    // The second half of a double press neither asks twice nor shares anew what was just taken back.
    if (this.#choosingScreen || performance.now() - this.#unsharedAt < doublePressMs) return true;
    this.#choosingScreen = true;
    try {
      if (await this.#deps.local.openScreen(() => void this.#stopSharing())) await this.send('screen');
      return true;
    } catch {
      return false;
    } finally {
      this.#choosingScreen = false;
    }
  }

  /**
   * A second camera beside the first, or none. @param deviceId - which one; whichever there is, if it is not there.
   *
   * @returns false if there is none, or it could not be had.
   */
  async second(on: boolean, deviceId?: string): Promise<boolean> {
    const { local } = this.#deps;
    if (!on) return this.#stopSecond();
    try {
      if (!(await local.openSecond(deviceId, () => void this.#stopSecond()))) return false;
      await this.send('examination');
      return true;
    } catch {
      local.closeSecond();
      return false;
    }
  }

  /** Heart and lung sounds as they are, in both channels; or speech again. */
  async bodySounds(on: boolean): Promise<void> {
    this.#deps.link()?.stop('microphone'); // sent in another way from the start; the device that comes anew is sent by itself
    await this.#deps.local.listenRaw(on);
  }

  /** @param there - what the SFU still has from before. */
  async sendMissing(there: Source[]): Promise<void> {
    for (const source of all) {
      if (there.includes(source)) continue;
      this.#deps.link()?.stop(source); // the SFU closed it: begin anew
      await this.send(source).catch(() => undefined); // without it rather than not at all
    }
  }

  /** Sends a source as it is wanted now, if there is a track and this seat may. */
  async send(source: Source): Promise<void> {
    const link = this.#deps.link();
    const { state } = this.#deps.local;
    const track = state.get().tracks[source];
    if (!track || !link || (source === 'microphone' && this.#deps.snapshot()?.you.companionOf)) return;
    this.#known[source] = track;
    if (source === 'microphone') this.#seenOn = false;
    this.#pending += 1;
    try {
      await link.start(source, track.clone(), this.#isOff(source), source === 'microphone' && state.get().rawSound); // a clone, so that the meter still hears a muted microphone
      if (source === 'microphone' && this.#speechNarrow && !state.get().rawSound) await link.narrowSpeech(true);
      if (source === 'screen' && state.get().tracks.screen !== track) link.stop(source); // taken back meanwhile
      if (this.#isHeld(source)) link.pause(source, true);
    } finally {
      this.#pending -= 1;
    }
  }

  /** A device that goes is taken off; one that comes, or comes back, is sent. */
  #followDevices(): void {
    const { tracks, asking } = this.#deps.local.state.get();
    const link = this.#deps.link();
    if (asking) return; // what is being opened is sent when all is there
    if (!link) this.#known = { ...tracks }; // joining sends what is there
    if (!link) return;
    for (const device of ownDevices) {
      const track = tracks[device];
      if (track === this.#known[device]) continue;
      this.#known[device] = track;
      if (track) void this.send(device).catch(() => undefined);
      else if (link.sends(device)) {
        link.stop(device);
        void this.#ask('media:stop', device);
      }
    }
  }

  /** Behind the curtain this device sends nothing either; what was on comes back by itself. */
  followCurtain({ curtain }: VisitSnapshot): void {
    if ((curtain !== null) === this.#curtained) return;
    this.#curtained = curtain !== null;
    this.#pauseAll();
  }

  /** The line has room for speech alone: pictures are held here, though their owner has not turned them off. */
  holdPictures(held: boolean): void {
    if (this.#picturesHeld === held) return;
    this.#picturesHeld = held;
    this.#pauseAll();
  }

  /** Somebody's line has room for little more than speech. */
  narrowSpeech(narrow: boolean): void {
    if (this.#speechNarrow === narrow) return;
    this.#speechNarrow = narrow;
    void this.#deps.link()?.narrowSpeech(narrow);
  }

  get sendsPictures(): boolean {
    const link = this.#deps.link();
    const more = link?.sends('screen') === true || link?.sends('examination') === true;
    return (link?.sends('camera') === true && !this.#isOff('camera')) || more;
  }

  /** What the host turned off is off here too; only the person turns it on again. */
  followHost({ you }: VisitSnapshot): void {
    const { local, mutedByHost } = this.#deps;
    const link = this.#deps.link();
    const mine = you.presence === 'room' && link?.sends('microphone') === true && you.companionOf === null;
    if (!mine || this.#pending > 0) return;
    if (you.sending.includes('microphone')) this.#seenOn = true;
    else if (this.#seenOn && local.state.get().wanted.microphone) {
      this.#seenOn = false;
      local.want('microphone', false);
      link?.pause('microphone', true);
      mutedByHost(true);
    }
  }

  #stopSecond(): Promise<boolean> {
    this.#deps.local.closeSecond();
    this.#deps.link()?.stop('examination');
    return this.#ask('media:stop', 'examination');
  }

  #stopSharing(): Promise<boolean> {
    this.#deps.local.closeScreen();
    this.#deps.link()?.stop('screen');
    return this.#ask('media:stop', 'screen');
  }

  #pauseAll(): void {
    for (const source of all) this.#deps.link()?.pause(source, this.#isHeld(source));
  }

  #isOff(source: Source): boolean {
    return source !== 'screen' && source !== 'examination' && !this.#deps.local.state.get().wanted[source];
  }

  #isHeld(source: Source): boolean {
    return this.#curtained || this.#isOff(source) || (source !== 'microphone' && this.#picturesHeld);
  }

  async #ask(event: MediaEvent, source: Source): Promise<boolean> {
    this.#pending += 1;
    try {
      return await this.#deps.ask(event, { source });
    } finally {
      this.#pending -= 1;
    }
  }
}
