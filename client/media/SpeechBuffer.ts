/**
 * How long sound waits before it is played. By itself a browser keeps that short, and what is lost then cannot come again
 * in time. Where packets get lost, a longer wait lets the SFU send them again: late speech is understood, torn speech is not.
 */
export type AudioCounts = { received: number; lost: number; askedAgain: number; late: number };

/** From this part lost on, there is time for one more sending; from the other on, for two. */
const someLoss = 0.02;
const muchLoss = 0.08;
/** A line that has become better is trusted after so many looks. */
const looksToShorten = 10;
const longestMs = 1_000;
const processingMs = 60;
/** Whoever is heard may be far away even if the SFU is near: at least so much is reckoned with. */
const leastRoundTripMs = { some: 60, much: 120 };
/** From this part on that came too late to be played, the wait is too short: the speaker's own line may be the slow one. */
const someLate = 0.04;
const patience = { growth: 1.5, most: 4 };

export class SpeechBuffer {
  /** What the receiver is to aim at; 0: what the browser thinks right, ms. */
  targetMs = 0;
  #last: AudioCounts | null = null;
  #lowerFor = 0;
  #patience = 1;

  /**
   * @param counts - of one track, since it began.
   * @returns whether the target has changed.
   */
  look(counts: AudioCounts, roundTripMs: number | null): boolean {
    const before = this.#last;
    this.#last = counts;
    if (!before) return false;
    const missed = Math.max(0, counts.lost - before.lost) + Math.max(0, counts.askedAgain - before.askedAgain);
    const all = Math.max(0, counts.received - before.received) + missed;
    if (all < 5) return false; // too few to tell
    if (counts.late - before.late > someLate * all) this.#patience = Math.min(this.#patience * patience.growth, patience.most);
    const wanted = this.#targetFor(missed / all, roundTripMs ?? 0);
    if (wanted > this.targetMs * 1.25) return this.#set(wanted);
    if (wanted >= this.targetMs * 0.75) this.#lowerFor = 0;
    else this.#lowerFor += 1;
    if (this.#lowerFor < looksToShorten) return false;
    this.#patience = 1;
    return this.#set(wanted);
  }

  #targetFor(loss: number, roundTripMs: number): number {
    if (loss < someLoss) return 0;
    const [times, least] = loss < muchLoss ? [1.3, leastRoundTripMs.some] : [3, leastRoundTripMs.much];
    return Math.min(longestMs, Math.round(this.#patience * (times * Math.max(roundTripMs, least) + processingMs)));
  }

  #set(targetMs: number): boolean {
    this.targetMs = targetMs;
    this.#lowerFor = 0;
    return true;
  }
}
