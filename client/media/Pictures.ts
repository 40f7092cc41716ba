/** Which pictures a person wants at all: sound only, or this one not. What the line has room for is another matter. */
import { Store } from '../app/Store.ts';
import type { LocalMedia } from './LocalMedia.ts';
import type { OwnTracks } from './OwnTracks.ts';

export type PicturesView = { soundOnly: boolean; off: ReadonlySet<string> };

export class Pictures {
  readonly view = new Store<PicturesView>({ soundOnly: false, off: new Set() });
  readonly #local: LocalMedia;
  readonly #own: OwnTracks;
  #cameraWasOn = false;

  constructor(local: LocalMedia, own: OwnTracks) {
    this.#local = local;
    this.#own = own;
  }

  /** No pictures, neither others' nor one's own; turned off again, the camera is as it was. */
  async soundOnly(soundOnly: boolean): Promise<void> {
    if (soundOnly === this.view.get().soundOnly) return;
    if (soundOnly) this.#cameraWasOn = this.#local.state.get().wanted.camera;
    this.view.patch({ soundOnly });
    if (this.#cameraWasOn) await this.#own.turn('camera', !soundOnly);
  }

  /** One person's pictures, for oneself. */
  show(participantId: string, on: boolean): void {
    const off = new Set(this.view.get().off);
    if (on) off.delete(participantId);
    else off.add(participantId);
    this.view.patch({ off });
  }
}
