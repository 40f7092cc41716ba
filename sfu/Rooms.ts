import { Refusal } from '../contract/refusal.ts';
import { MediaRoom, type RoomEvents } from './MediaRoom.ts';
import type { Workers } from './Workers.ts';

/** Epochs of so many closed rooms are remembered, so that a late command cannot open one again. */
const rememberedEpochs = 10_000;

type Tell = {
  roomEvents: (roomId: string, epoch: number) => RoomEvents;
  lost: (roomId: string, epoch: number) => void;
};

/** The rooms of this node, each under the epoch of its newest placement. */
export class Rooms {
  readonly #workers: Workers;
  readonly #tell: Tell;
  readonly #open = new Map<string, Promise<MediaRoom>>();
  readonly #epochs = new Map<string, number>();
  readonly #closing = new WeakSet<MediaRoom>();

  constructor(workers: Workers, tell: Tell) {
    this.#workers = workers;
    this.#tell = tell;
  }

  /**
   * The room as it stands under this epoch.
   *
   * @throws {Refusal} `stale_epoch` if it was placed anew since; `media_unavailable` if it is not open here, so that
   *   the server sends its desired state.
   */
  async get(roomId: string, epoch: number): Promise<MediaRoom> {
    this.#refuseOlder(roomId, epoch);
    const room = await this.#open.get(roomId);
    if (room?.epoch !== epoch) throw new Refusal('media_unavailable', 'The room is not open on this node.');
    return room;
  }

  /** The same, opened if need be; a room of an older epoch is closed first. Commands that follow at once find it opening. */
  open(roomId: string, epoch: number): Promise<MediaRoom> {
    this.#refuseOlder(roomId, epoch);
    const present = this.#open.get(roomId);
    if (present && epoch === this.#epochs.get(roomId)) return present;
    this.#remember(roomId, epoch);
    const opening = this.close(roomId).then(() => this.#create(roomId, epoch));
    this.#open.set(roomId, opening);
    opening.catch(() => this.#forget(roomId, opening)); // a retry starts clean
    return opening;
  }

  async close(roomId: string): Promise<void> {
    const opened = this.#open.get(roomId);
    this.#open.delete(roomId);
    const room = await opened?.catch(() => undefined);
    if (!room) return;
    this.#closing.add(room);
    room.close();
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((roomId) => this.close(roomId)));
  }

  async all(): Promise<MediaRoom[]> {
    const rooms = await Promise.all([...this.#open.values()].map((room) => room.catch(() => undefined)));
    return rooms.filter((room) => room !== undefined);
  }

  #refuseOlder(roomId: string, epoch: number): void {
    if (epoch < (this.#epochs.get(roomId) ?? 0)) throw new Refusal('stale_epoch', 'The room has been placed anew.');
  }

  #forget(roomId: string, opening: Promise<MediaRoom>): void {
    if (this.#open.get(roomId) === opening) this.#open.delete(roomId);
  }

  #remember(roomId: string, epoch: number): void {
    this.#epochs.delete(roomId); // to the end of the order
    this.#epochs.set(roomId, epoch);
    if (this.#epochs.size <= rememberedEpochs) return;
    for (const oldest of this.#epochs.keys()) {
      if (this.#open.has(oldest)) continue;
      this.#epochs.delete(oldest);
      return;
    }
  }

  async #create(roomId: string, epoch: number): Promise<MediaRoom> {
    const room = await MediaRoom.create(roomId, epoch, await this.#workers.createRouter(), this.#tell.roomEvents(roomId, epoch));
    room.onClose(() => {
      if (this.#closing.has(room)) return;
      if (this.#epochs.get(roomId) === epoch) this.#open.delete(roomId);
      this.#tell.lost(roomId, epoch);
    });
    return room;
  }
}
