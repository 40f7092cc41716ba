/** One direction of a line: what is put in comes out later, altered, or not at all; and it is counted. */

export type LineQuality = {
  delayMs: number;
  /** Added to the delay of each packet, from 0 to this. */
  jitterMs: number;
  /** Part of the packets that vanish, 0 to 1. */
  loss: number;
  /** Part of the packets that arrive with a changed byte, 0 to 1. */
  corruption: number;
  /** Bits a second of IP packets; null: no limit. */
  rateBps: number | null;
  /** What waits for the line longer than this is dropped, as in an access point. */
  queueMs: number;
};

export const perfectLine: LineQuality = { delayMs: 0, jitterMs: 0, loss: 0, corruption: 0, rateBps: null, queueMs: 400 };

export type LinkCounts = { packets: number; bytes: number; lost: number; corrupted: number; overflowed: number; cut: number };

/** Of IP and UDP, bytes a packet. */
const headerBytes = 28;

export class Link {
  quality: LineQuality = perfectLine;
  cut = false;
  counts: LinkCounts = zero();
  #freeAtMs = 0; // when the line has sent what waits
  #lastOutMs = 0;

  /** A datagram. What comes out is given to `out`; nothing if it is lost. */
  datagram(packet: Buffer, out: (packet: Buffer) => void): void {
    const { loss, corruption, jitterMs, queueMs } = this.quality;
    this.counts.packets += 1;
    this.counts.bytes += packet.length;
    if (this.cut) return this.#count('cut');
    if (Math.random() < loss) return this.#count('lost');
    const waitMs = this.#wait(packet.length + headerBytes, queueMs);
    if (waitMs === null) return this.#count('overflowed');
    const sent = Math.random() < corruption ? this.#corrupted(packet) : packet;
    later(waitMs + Math.random() * jitterMs, () => out(sent));
  }

  /** Bytes of a stream: late, but whole and in order. @returns how long the sender is to wait before it gives more, ms. */
  stream(bytes: Buffer, out: (bytes: Buffer) => void): number {
    const waitMs = this.#wait(bytes.length + headerBytes, Number.POSITIVE_INFINITY) ?? 0;
    const at = Math.max(performance.now() + waitMs, this.#lastOutMs); // never overtakes
    this.#lastOutMs = at;
    later(at - performance.now(), () => out(bytes));
    return Math.max(0, waitMs - this.quality.delayMs - this.quality.queueMs);
  }

  forgetCounts(): void {
    this.counts = zero();
  }

  /** How long until it comes out, ms; null if too much waits already. */
  #wait(bytes: number, longestMs: number): number | null {
    const { rateBps, delayMs } = this.quality;
    if (rateBps === null) return delayMs;
    const now = performance.now();
    const startMs = Math.max(now, this.#freeAtMs);
    if (startMs - now > longestMs) return null;
    this.#freeAtMs = startMs + (bytes * 8_000) / rateBps;
    return this.#freeAtMs - now + delayMs;
  }

  #count(what: 'cut' | 'lost' | 'overflowed'): void {
    this.counts[what] += 1;
  }

  #corrupted(packet: Buffer): Buffer {
    this.counts.corrupted += 1;
    const changed = Buffer.from(packet);
    const at = Math.floor(Math.random() * changed.length);
    changed[at] = (changed[at] ?? 0) ^ (1 + Math.floor(Math.random() * 255));
    return changed;
  }
}

const zero = (): LinkCounts => ({ packets: 0, bytes: 0, lost: 0, corrupted: 0, overflowed: 0, cut: 0 });

const later = (ms: number, task: () => void): void => {
  if (ms <= 0) task();
  else setTimeout(task, ms);
};
