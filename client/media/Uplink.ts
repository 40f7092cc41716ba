import type { LadderStep } from '../../contract/line.ts';

/** Under this a picture takes from speech what speech needs, bits/s. */
const speechOnlyBps = 90_000;
/** An estimate this low is not believed while so much is lost: the line is fuller than it says. */
const doubtedBps = 250_000;
const muchLoss = 0.12;
const fallAfterMs = 1_500;
/** Without a picture nothing measures how much more the line could carry, so it is tried, ever more seldom if in vain. */
const firstTrialMs = 15_000;
const longestTrialMs = 60_000;
/** So long a trial is given before it is judged. */
const settleMs = 5_000;

/** What one's own line has room for on the way up: everything, or speech alone. In between the browser chooses layers. */
export class Uplink {
  step: LadderStep = 'everything';
  #lowSince: number | null = null;
  #steppedAt = Number.NEGATIVE_INFINITY;
  #trialMs = firstTrialMs;

  /**
   * @param availableBps - the browser's estimate; null where it has none: then nothing is decided.
   * @param loss - part of what is sent that is lost, 0 to 1.
   * @param sendsPictures - whether there is anything to leave out.
   * @returns whether the step has changed.
   */
  look(availableBps: number | null, loss: number, sendsPictures: boolean, nowMs: number): boolean {
    if (this.step === 'speech') {
      if (sendsPictures && nowMs - this.#steppedAt < this.#trialMs) return false;
      return this.#go('everything', nowMs);
    }
    const bound = loss > muchLoss ? doubtedBps : speechOnlyBps;
    const low = availableBps !== null && availableBps < bound && sendsPictures && nowMs - this.#steppedAt >= settleMs;
    this.#lowSince = low ? (this.#lowSince ?? nowMs) : null;
    if (this.#lowSince === null || nowMs - this.#lowSince < fallAfterMs) return false;
    const again = nowMs - this.#steppedAt < longestTrialMs;
    this.#trialMs = again ? Math.min(this.#trialMs * 2, longestTrialMs) : firstTrialMs;
    return this.#go('speech', nowMs);
  }

  #go(step: LadderStep, nowMs: number): boolean {
    this.step = step;
    this.#steppedAt = nowMs;
    this.#lowSince = null;
    return true;
  }
}
