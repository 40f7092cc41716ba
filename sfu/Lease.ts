/** Ends when no server has been in contact for a while, so that two halves of one visit cannot live on. */
export class Lease {
  readonly #lengthMs: number;
  readonly #onEnd: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(lengthMs: number, onEnd: () => void) {
    this.#lengthMs = lengthMs;
    this.#onEnd = onEnd;
  }

  contact(connected: boolean): void {
    clearTimeout(this.#timer);
    if (!connected) this.#timer = setTimeout(this.#onEnd, this.#lengthMs);
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}
