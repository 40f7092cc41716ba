/** What is pointed at and drawn in a visit just now, and what everybody's cameras can do. */
import type { DeviceState, Pointer, Stroke, Surface } from '../../contract/examination.ts';
import type { Point } from '../../contract/examining.ts';
import { Store } from '../app/Store.ts';
import { newId } from './newId.ts';
import type { TypedSocket } from './SeatConnection.ts';
import type { Signalling } from './Signalling.ts';

export type Drawn = Stroke & { byId: string };
export type GesturesView = {
  strokes: Drawn[];
  pointers: ReadonlyMap<string, Pointer>; // by who points
  devices: ReadonlyMap<string, DeviceState>;
  /** What was asked for and could not be shown. */
  cannot: string | null;
};

/** A pointer that has not moved for so long points no more, ms. */
const pointsFor = 4_000;
/** A pointer is told of so often at most, ms. */
const everyMs = 60;

type Deps = { signalling: () => Signalling; youId: () => string };

export class Gestures {
  readonly view = new Store<GesturesView>({ strokes: [], pointers: new Map(), devices: new Map(), cannot: null });
  readonly #deps: Deps;
  readonly #fading = new Map<string, ReturnType<typeof setTimeout>>();
  #pointedAt = 0;
  #pointsOn: Surface | null = null;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  listen(socket: TypedSocket): void {
    socket.on('mark:strokes', ({ strokes }) => this.view.patch({ strokes }));
    socket.on('mark:stroked', (stroke) => this.#add(stroke));
    socket.on('mark:pointed', ({ byId, ...pointer }) => this.#point(byId, pointer));
    socket.on('devices:known', ({ devices }) =>
      this.view.patch({ devices: new Map(devices.map(({ participantId, ...device }) => [participantId, device])) }),
    );
    socket.on('examination:cannot', ({ id }) => this.view.patch({ cannot: id }));
  }

  forgetCannot(): void {
    this.view.patch({ cannot: null });
  }

  point(surface: Surface, at: Point): void {
    const now = performance.now();
    if (now - this.#pointedAt < everyMs) return;
    this.#pointedAt = now;
    this.#pointsOn = surface;
    this.#ask('mark:point', { ...surface, at: [...at] });
  }

  pointNoMore(): void {
    if (this.#pointsOn) this.#ask('mark:point', { ...this.#pointsOn, at: null });
    this.#pointsOn = null;
  }

  draw(surface: Surface, points: Stroke['points']): void {
    const stroke = { ...surface, id: newId(), points };
    this.#add({ ...stroke, byId: this.#deps.youId() });
    this.#ask('mark:stroke', stroke);
  }

  clear(): void {
    this.view.patch({ strokes: [] });
    this.#ask('mark:clear', {});
  }

  close(): void {
    for (const timer of this.#fading.values()) clearTimeout(timer);
  }

  #add(stroke: Drawn): void {
    const { strokes } = this.view.get();
    this.view.patch({ strokes: [...strokes.filter(({ id }) => id !== stroke.id), stroke] });
  }

  #point(byId: string, pointer: Pointer): void {
    clearTimeout(this.#fading.get(byId));
    const pointers = new Map(this.view.get().pointers);
    if (pointer.at === null) pointers.delete(byId);
    else {
      pointers.set(byId, pointer);
      this.#fading.set(
        byId,
        setTimeout(() => this.#point(byId, { ...pointer, at: null }), pointsFor),
      );
    }
    this.view.patch({ pointers });
  }

  /** A gesture that did not arrive is made again by whoever makes it. */
  #ask(...asked: Parameters<Signalling['request']>): void {
    void this.#deps
      .signalling()
      .request(...asked)
      .catch(() => undefined);
  }
}
