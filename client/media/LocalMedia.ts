/** One's own camera, microphone and screen: as they are chosen, and as they go and come back. */
import type { Source } from '../../contract/media.ts';
import { Store } from '../app/Store.ts';
import {
  type Chosen,
  capture,
  captureSecond,
  type Device,
  type DeviceProblem,
  hindranceOfBrowser,
  ownDevices,
  problemOf,
  trackOf,
} from './capture.ts';

export type LocalState = {
  tracks: Partial<Record<Source, MediaStreamTrack>>;
  /** What the person wants to send; without a device it stays a wish. */
  wanted: Record<Device, boolean>;
  problems: Partial<Record<Device, DeviceProblem>>;
  devices: MediaDeviceInfo[];
  chosen: Chosen;
  /** The microphone gives heart and lung sounds as they are, not made for speech. */
  rawSound: boolean;
  asking: boolean;
};

const devicesKey = 'samrum.devices'; // for this browser
const wantedKey = 'samrum.wanted'; // for this tab: who turned the microphone off stays silent after a reload
/** What went by itself is asked for again so often, besides whenever the browser says that something has changed, ms. */
const againMs = 3_000;

const sources = ['camera', 'microphone', 'screen', 'examination'] as const satisfies readonly Source[];

/** Text and images want sharpness; ten frames a second are enough. */
const screenPicture: DisplayMediaStreamOptions = { video: { frameRate: { ideal: 10, max: 15 } }, audio: false };

export class LocalMedia {
  readonly state = new Store<LocalState>({
    tracks: {},
    wanted: remembered(sessionStorage, wantedKey, { camera: true, microphone: true }),
    problems: {},
    devices: [],
    chosen: remembered(localStorage, devicesKey, {}),
    rawSound: false,
    asking: false,
  });
  readonly #permissions: PermissionStatus[] = [];
  #again: ReturnType<typeof setTimeout> | undefined;
  #allowed: readonly Device[] = ownDevices;
  #open = false; // asked for and not let go of
  #closed = false;

  constructor() {
    navigator.mediaDevices?.addEventListener('devicechange', this.#somethingChanged);
    document.addEventListener('visibilitychange', this.#somethingChanged);
    for (const device of ownDevices) void this.#watchPermission(device);
  }

  /** Asks the browser for camera and microphone; if it refuses both together, for each, to know which. */
  async open(): Promise<void> {
    const hindrance = hindranceOfBrowser();
    if (hindrance) return this.state.patch({ problems: { camera: hindrance, microphone: hindrance } });
    this.#open = true;
    this.state.patch({ asking: true });
    const { tracks, chosen, rawSound } = this.state.get();
    const missing = this.#allowed.filter((device) => !tracks[device]);
    const together = missing.length === 2 ? await capture(missing, chosen, rawSound).catch(() => null) : null;
    for (const device of missing) await this.#take(device, together);
    await this.#listDevices();
    this.state.patch({ asking: false });
  }

  /** Lets go of the others at once, and opens none of them until they are allowed again. */
  async limit(devices: readonly Device[]): Promise<void> {
    this.#allowed = devices;
    for (const device of ownDevices) if (!devices.includes(device)) this.#drop(device);
    if (!devices.includes('camera')) this.#drop('examination');
    if (devices.length > 0) await this.open();
  }

  async choose(device: Device, deviceId: string): Promise<void> {
    this.#remember({ [device]: deviceId });
    await this.#replace(device);
  }

  chooseSpeaker(deviceId: string): void {
    this.#remember({ speaker: deviceId });
  }

  async listenRaw(rawSound: boolean): Promise<void> {
    this.state.patch({ rawSound });
    await this.#replace('microphone');
  }

  want(device: Device, wanted: boolean): void {
    const all = { ...this.state.get().wanted, [device]: wanted };
    sessionStorage.setItem(wantedKey, JSON.stringify(all));
    this.state.patch({ wanted: all });
  }

  /** Asks for a screen. Resolves to null if the person changed their mind. */
  async openScreen(onEnded: () => void): Promise<MediaStreamTrack | null> {
    const stream = await navigator.mediaDevices.getDisplayMedia(screenPicture).catch((error: DOMException) => {
      if (error.name === 'NotAllowedError') return null;
      throw error;
    });
    const track = stream?.getVideoTracks()[0] ?? null;
    if (!track) return null;
    track.contentHint = 'detail';
    track.addEventListener('ended', onEnded);
    this.#set('screen', track);
    return track;
  }

  closeScreen(): void {
    this.#drop('screen');
  }

  /** Opens a second camera beside the first. @throws {DOMException} if there is none, or it cannot be had. */
  async openSecond(deviceId: string | undefined, onEnded: () => void): Promise<MediaStreamTrack | null> {
    const { tracks } = this.state.get();
    const track = await captureSecond(deviceId, tracks.camera?.getSettings().deviceId);
    if (!track) return null;
    if (this.#closed || !this.#open || !this.#allowed.includes('camera')) {
      track.stop();
      return null;
    }
    track.contentHint = 'detail';
    track.addEventListener('ended', onEnded);
    this.#drop('examination');
    this.#set('examination', track);
    return track;
  }

  closeSecond(): void {
    this.#drop('examination');
  }

  /** Another of the cameras in place of the one that shows: from the face to the wound and back. */
  async turnCamera(): Promise<void> {
    await this.#listDevices();
    const { devices, tracks } = this.state.get();
    const taken = tracks.examination?.getSettings().deviceId;
    const cameras = devices.filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '' && deviceId !== taken);
    const at = cameras.findIndex(({ deviceId }) => deviceId === tracks.camera?.getSettings().deviceId);
    const next = cameras[(at + 1) % cameras.length];
    if (next && cameras.length > 1) await this.choose('camera', next.deviceId);
  }

  /** Asks for leave to near, which is one of its own, and takes the camera anew with it. @returns whether this camera can. */
  async allowZoom(): Promise<boolean> {
    const wish: MediaTrackConstraintSet = { zoom: true } as MediaTrackConstraintSet; // not in the standard library's types yet
    const asked = await navigator.mediaDevices.getUserMedia({ video: wish }).catch(() => null);
    for (const track of asked?.getTracks() ?? []) track.stop();
    if (asked) await this.#replace('camera');
    return 'zoom' in (this.state.get().tracks.camera?.getCapabilities?.() ?? {});
  }

  /** Lets go of everything: the camera's light goes out. */
  release(): void {
    this.#open = false;
    clearTimeout(this.#again);
    for (const source of sources) this.#drop(source);
  }

  close(): void {
    this.#closed = true;
    navigator.mediaDevices?.removeEventListener('devicechange', this.#somethingChanged);
    document.removeEventListener('visibilitychange', this.#somethingChanged);
    for (const permission of this.#permissions) permission.onchange = null;
    this.release();
  }

  /** Another device, or the same in another way. The old one is let go of first: some machines open only one. */
  async #replace(device: Device): Promise<void> {
    const former = this.state.get().tracks[device];
    former?.stop();
    await this.#take(device, null);
    if (this.state.get().tracks[device] === former) this.#drop(device);
  }

  async #take(device: Device, together: MediaStream | null): Promise<void> {
    const { chosen, rawSound } = this.state.get();
    try {
      const stream = together ?? (await capture([device], chosen, rawSound));
      const track = trackOf(stream, device);
      if (this.#closed || !this.#open || !this.#allowed.includes(device)) return void stream.getTracks().forEach((taken) => taken.stop());
      if (track) this.#watch(device, track);
      if (track) this.#set(device, track);
      this.#say(device, null);
    } catch (error) {
      const lost = this.state.get().problems[device] === `lost_${device}`;
      const problem = problemOf(error, device);
      this.#say(device, lost && problem === `missing_${device}` ? `lost_${device}` : problem);
    }
  }

  /** A track ends when its device is unplugged or its permission withdrawn, and is muted while the system gives nothing. */
  #watch(device: Device, track: MediaStreamTrack): void {
    const current = (): boolean => this.state.get().tracks[device] === track;
    track.addEventListener('ended', () => {
      if (!current()) return;
      this.#drop(device);
      this.#say(device, `lost_${device}`);
      void this.#recover();
    });
    track.addEventListener('mute', () => current() && this.#say(device, `silenced_${device}`));
    track.addEventListener('unmute', () => current() && this.#say(device, null));
  }

  /** Takes again what went by itself: the same device, or another in its place. What was denied is not asked for unasked. */
  async #recover(): Promise<void> {
    clearTimeout(this.#again);
    if (!this.#open || this.#closed || this.state.get().asking) return;
    const { tracks, problems } = this.state.get();
    const gone = this.#allowed.filter((device) => !tracks[device] && /^(lost|busy)_/.test(problems[device] ?? ''));
    for (const device of gone) await this.#take(device, null);
    const stillGone = gone.filter((device) => !this.state.get().tracks[device]);
    if (stillGone.length > 0) this.#again = setTimeout(() => void this.#recover(), againMs);
  }

  async #watchPermission(device: Device): Promise<void> {
    const permission = await navigator.permissions?.query({ name: device as PermissionName }).catch(() => null); // not in every browser
    if (!permission || this.#closed) return;
    this.#permissions.push(permission);
    permission.onchange = () => {
      if (permission.state === 'granted' && this.#open && !this.state.get().tracks[device]) void this.open();
      if (permission.state === 'denied' && this.#open) this.#say(device, `denied_${device}`);
    };
  }

  readonly #somethingChanged = (): void => {
    if (document.hidden) return;
    void this.#listDevices().then(() => this.#recover());
  };

  #say(device: Device, problem: DeviceProblem | null): void {
    const { [device]: _, ...others } = this.state.get().problems;
    this.state.patch({ problems: problem ? { ...others, [device]: problem } : others });
  }

  #set(source: Source, track: MediaStreamTrack): void {
    this.state.patch({ tracks: { ...this.state.get().tracks, [source]: track } });
  }

  #drop(source: Source): void {
    const { [source]: track, ...tracks } = this.state.get().tracks;
    track?.stop();
    this.state.patch({ tracks });
  }

  #remember(part: Chosen): void {
    const chosen = { ...this.state.get().chosen, ...part };
    localStorage.setItem(devicesKey, JSON.stringify(chosen));
    this.state.patch({ chosen });
  }

  async #listDevices(): Promise<void> {
    this.state.patch({ devices: (await navigator.mediaDevices?.enumerateDevices()) ?? [] });
  }
}

function remembered<T extends object>(storage: Storage, key: string, otherwise: T): T {
  try {
    return { ...otherwise, ...(JSON.parse(storage.getItem(key) ?? '{}') as Partial<T>) };
  } catch {
    return otherwise;
  }
}
