/** A line that has been tried in vain is tried again after the first of these, ever more seldom, ms. */
const firstMs = 10_000;
const growth = 1.5;
const longestMs = 25_000;
/** What waited in the line when it was too full still gets lost for so long, ms. */
const settleMs = 3_000;
/** So many packets missed, and then so many in a row not: the line has become another. */
const missedBefore = 3;
const wholeSince = 80;

/** Packets of speech sent so far, and how often some were asked for again. A new track begins anew. */
export type SpeechSent = { sent: number; askedAgain: number };

/**
 * When a line that carries speech alone is tried with pictures. Without pictures nothing measures what more it could carry,
 * so it is tried now and then; and at once when the loss that was there all along is gone. Both ends reckon alike.
 */
export class Trials {
  /** Whether anything has got lost since the look before. */
  losing = false;
  #spacingMs = firstMs;
  #begunAt = Number.POSITIVE_INFINITY; // of speech alone; what is lost beside pictures is no sign
  #triedAt = Number.NEGATIVE_INFINITY;
  #last: SpeechSent | null = null;
  #missed = 0;
  #whole = 0;

  /** Speech alone from now on. */
  begin(nowMs: number): void {
    const again = nowMs - this.#triedAt < longestMs;
    this.#spacingMs = again ? Math.min(this.#spacingMs * growth, longestMs) : firstMs;
    this.#begunAt = nowMs;
    this.#whole = 0;
  }

  count(speech: SpeechSent, nowMs: number): void {
    const sent = grown(this.#last?.sent, speech.sent);
    const missed = grown(this.#last?.askedAgain, speech.askedAgain);
    this.#last = speech;
    this.losing = missed > 0;
    if (nowMs - this.#begunAt < settleMs) return;
    this.#missed += missed;
    this.#whole = this.losing ? 0 : this.#whole + sent;
  }

  /** @returns whether pictures are to be tried now. */
  due(nowMs: number): boolean {
    return this.#healed || nowMs - this.#begunAt >= this.#spacingMs;
  }

  /** Pictures from now on. */
  end(nowMs: number): void {
    if (this.#healed) this.#missed = 0; // once: if that was wrong, there must be loss to see again
    this.#triedAt = nowMs;
    this.#begunAt = Number.POSITIVE_INFINITY;
  }

  get #healed(): boolean {
    return this.#missed >= missedBefore && this.#whole >= wholeSince;
  }
}

const grown = (before: number | undefined, now: number): number => Math.max(0, now - (before ?? now));
