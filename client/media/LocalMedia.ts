/** One's own camera, microphone and screen. */
import type { Source } from '../../contract/media.ts';
import { Store } from '../app/Store.ts';

export type Device = 'camera' | 'microphone';
export type DeviceProblem = 'insecure' | 'unsupported' | `${'denied' | 'missing' | 'busy'}_${Device}`;

export type LocalState = {
  tracks: Partial<Record<Source, MediaStreamTrack>>;
  /** What the person wants to send; without a device it stays a wish. */
  wanted: Record<Device, boolean>;
  problems: Partial<Record<Device, DeviceProblem>>;
  devices: MediaDeviceInfo[];
  chosen: Partial<Record<Device | 'speaker', string>>;
  asking: boolean;
};

const devicesKey = 'samrum.devices'; // for this browser
const wantedKey = 'samrum.wanted'; // for this tab: who turned the microphone off stays silent after a reload
const kindOfDevice = { camera: 'video', microphone: 'audio' } as const;

const speech: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
const picture: MediaTrackConstraints = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } };
/** Text and images want sharpness; ten frames a second are enough. */
const screenPicture: DisplayMediaStreamOptions = { video: { frameRate: { ideal: 10, max: 15 } }, audio: false };

export class LocalMedia {
  readonly state = new Store<LocalState>({
    tracks: {},
    wanted: remembered(sessionStorage, wantedKey, { camera: true, microphone: true }),
    problems: {},
    devices: [],
    chosen: remembered(localStorage, devicesKey, {}),
    asking: false,
  });
  #closed = false;

  constructor() {
    navigator.mediaDevices?.addEventListener('devicechange', this.#listDevices);
  }

  /** Asks the browser for camera and microphone; if it refuses both together, for each, to know which. */
  async open(): Promise<void> {
    const hindrance = hindranceOfBrowser();
    if (hindrance) return this.state.patch({ problems: { camera: hindrance, microphone: hindrance } });
    this.state.patch({ asking: true });
    const { tracks, chosen } = this.state.get();
    const missing = (['camera', 'microphone'] as const).filter((device) => !tracks[device]);
    const together = missing.length === 2 ? await ask(constraintsFor(chosen, missing)).catch(() => null) : null;
    for (const device of missing) await this.#take(device, together);
    await this.#listDevices();
    this.state.patch({ asking: false });
  }

  async choose(device: Device, deviceId: string): Promise<void> {
    this.#remember({ [device]: deviceId });
    this.#drop(device);
    await this.#take(device, null);
  }

  chooseSpeaker(deviceId: string): void {
    this.#remember({ speaker: deviceId });
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

  /** Lets go of everything: the camera's light goes out. */
  release(): void {
    for (const source of ['camera', 'microphone', 'screen'] as const) this.#drop(source);
  }

  close(): void {
    this.#closed = true;
    navigator.mediaDevices?.removeEventListener('devicechange', this.#listDevices);
    this.release();
  }

  async #take(device: Device, together: MediaStream | null): Promise<void> {
    const problems = { ...this.state.get().problems };
    delete problems[device];
    try {
      const stream = together ?? (await ask(constraintsFor(this.state.get().chosen, [device])));
      const [track] = device === 'camera' ? stream.getVideoTracks() : stream.getAudioTracks();
      if (this.#closed) return void stream.getTracks().forEach((taken) => taken.stop());
      if (track) this.#set(device, track);
    } catch (error) {
      problems[device] = problemOf(error, device);
    }
    this.state.patch({ problems });
  }

  #set(source: Source, track: MediaStreamTrack): void {
    this.state.patch({ tracks: { ...this.state.get().tracks, [source]: track } });
  }

  #drop(source: Source): void {
    const { [source]: track, ...tracks } = this.state.get().tracks;
    track?.stop();
    this.state.patch({ tracks });
  }

  #remember(part: LocalState['chosen']): void {
    const chosen = { ...this.state.get().chosen, ...part };
    localStorage.setItem(devicesKey, JSON.stringify(chosen));
    this.state.patch({ chosen });
  }

  readonly #listDevices = async (): Promise<void> => {
    this.state.patch({ devices: (await navigator.mediaDevices?.enumerateDevices()) ?? [] });
  };
}

function hindranceOfBrowser(): DeviceProblem | null {
  if (!window.isSecureContext) return 'insecure';
  return typeof RTCPeerConnection === 'undefined' || !navigator.mediaDevices ? 'unsupported' : null;
}

const ask = (constraints: MediaStreamConstraints): Promise<MediaStream> => navigator.mediaDevices.getUserMedia(constraints);

function constraintsFor(chosen: LocalState['chosen'], devices: readonly Device[]): MediaStreamConstraints {
  const of = (device: Device, base: MediaTrackConstraints): MediaTrackConstraints => ({
    ...base,
    ...(chosen[device] ? { deviceId: { ideal: chosen[device] } } : {}),
  });
  return Object.fromEntries(devices.map((device) => [kindOfDevice[device], of(device, device === 'camera' ? picture : speech)]));
}

function problemOf(error: unknown, device: Device): DeviceProblem {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return `denied_${device}`;
  if (name === 'NotReadableError' || name === 'AbortError') return `busy_${device}`;
  return `missing_${device}`;
}

function remembered<T extends object>(storage: Storage, key: string, otherwise: T): T {
  try {
    return { ...otherwise, ...(JSON.parse(storage.getItem(key) ?? '{}') as Partial<T>) };
  } catch {
    return otherwise;
  }
}
