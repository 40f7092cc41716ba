/** What one's own cameras can do besides giving pictures, told to the others and set by them or oneself. */
import type { CameraState, CameraWish, DeviceState } from '../../contract/examination.ts';
import type { LocalMedia } from './LocalMedia.ts';

/** In browsers that let a page light and near; the standard library's types do not have them yet (mediacapture-image). */
type Abilities = { torch?: boolean; zoom?: { min: number; max: number; step: number } };
type Set = { torch?: boolean; zoom?: number };

type Deps = { local: LocalMedia; tell: (devices: DeviceState) => void };

export class OwnCameras {
  readonly #deps: Deps;
  #told = '';

  constructor(deps: Deps) {
    this.#deps = deps;
    deps.local.state.subscribe(() => this.tell());
  }

  get devices(): DeviceState {
    const { tracks, devices, rawSound } = this.#deps.local.state.get();
    return {
      cameras: { camera: stateOf(tracks.camera), examination: stateOf(tracks.examination) },
      cameraCount: Math.min(32, devices.filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '').length),
      bodySounds: rawSound,
    };
  }

  /** What has changed since it was last told. @param anew - to those who know nothing. */
  tell(anew = false): void {
    const { devices } = this;
    const words = JSON.stringify(devices);
    if (words === this.#told && !anew) return;
    this.#told = words;
    this.#deps.tell(devices);
  }

  /** Does what is wished, as far as the camera can. */
  async set({ source, torch, zoom, turn }: Omit<CameraWish, 'participantId'>): Promise<void> {
    const { local } = this.#deps;
    if (turn) await local.turnCamera();
    const track = local.state.get().tracks[source];
    const can = abilitiesOf(track);
    const wished: Set = {};
    if (torch !== undefined && can.torch) wished.torch = torch;
    if (zoom !== undefined && can.zoom) wished.zoom = Math.min(can.zoom.max, Math.max(can.zoom.min, zoom));
    if (Object.keys(wished).length > 0)
      await track?.applyConstraints({ advanced: [wished as MediaTrackConstraintSet] }).catch(() => undefined);
    this.tell();
  }
}

const abilitiesOf = (track: MediaStreamTrack | undefined): Abilities => (track?.getCapabilities?.() ?? {}) as Abilities;

function stateOf(track: MediaStreamTrack | undefined): CameraState | null {
  if (!track || track.readyState === 'ended') return null;
  const { torch, zoom } = abilitiesOf(track);
  const now = track.getSettings() as Set;
  return {
    torch: torch ? (now.torch ?? false) : null,
    zoom: zoom && zoom.max > zoom.min ? { least: zoom.min, most: zoom.max, step: zoom.step || 0.1, now: now.zoom ?? zoom.min } : null,
  };
}
