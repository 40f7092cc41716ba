import type { LadderStep } from '../contract/line.ts';

/** What a camera of each rank wants to be of use, bits/s. */
const needs = { examination: 350_000, face: 100_000 } as const;
/** Under this no picture is worth what it takes from speech, bits/s. */
const speechOnlyBps = 90_000;
/** An estimate this low is not believed while so much is lost: the line is fuller than it says. */
const doubtedBps = 250_000;
const muchLoss = 0.12;
/** So much more than the bound must be there before a step is taken back. */
const margin = 1.3;
const fallAfterMs = 1_500;
const riseAfterMs = 4_000;
/** A step back up out of speech is a trial, since without pictures nothing measures the line; failed ones are spaced out. */
const firstTrialMs = 15_000;
const longestTrialMs = 60_000;
/** So long after a step the line is not measured yet. */
const settleMs = 4_000;

/** What would be shown to one receiver if the line carried it. */
export type Wanted = { examination: boolean; others: number };

/**
 * What one receiver's line has room for. Speech is always sent; then comes the examination picture; then other pictures.
 * Between the bounds the SFU's own choice of layers serves; this decides only what is left out.
 */
export class Ladder {
  step: LadderStep = 'everything';
  #since = Number.NEGATIVE_INFINITY; // when the present verdict was first heard
  #verdict: LadderStep = 'everything';
  #trialMs = firstTrialMs;
  #steppedAt = Number.NEGATIVE_INFINITY;

  /**
   * @param availableBps - what the SFU's congestion control holds to be free towards this receiver.
   * @param loss - part of what is sent to them that is lost, 0 to 1.
   * @returns whether the step has changed.
   */
  look(availableBps: number, loss: number, wanted: Wanted, nowMs: number): boolean {
    const verdict = this.#judge(availableBps, loss, wanted, nowMs);
    if (verdict !== this.#verdict) {
      this.#verdict = verdict;
      this.#since = nowMs;
    }
    if (verdict === this.step || nowMs - this.#since < (isWorse(verdict, this.step) ? fallAfterMs : riseAfterMs)) return false;
    if (verdict === 'speech')
      this.#trialMs = nowMs - this.#steppedAt < longestTrialMs ? Math.min(this.#trialMs * 2, longestTrialMs) : firstTrialMs;
    this.step = verdict;
    this.#steppedAt = nowMs;
    return true;
  }

  #judge(availableBps: number, loss: number, { examination, others }: Wanted, nowMs: number): LadderStep {
    if (!examination && others === 0) return 'everything'; // there is nothing to leave out
    const lower = examination && others > 0 ? 'examination' : 'everything';
    if (this.step === 'speech') return nowMs - this.#steppedAt >= this.#trialMs - riseAfterMs ? lower : 'speech';
    if (nowMs - this.#steppedAt < settleMs) return this.step;
    if (availableBps < (loss > muchLoss ? doubtedBps : speechOnlyBps)) return 'speech';
    if (lower === 'everything') return 'everything';
    const enough = needs.examination + others * needs.face;
    return availableBps < (this.step === 'everything' ? enough : enough * margin) ? 'examination' : 'everything';
  }
}

const order: readonly LadderStep[] = ['everything', 'examination', 'speech'];
const isWorse = (a: LadderStep, b: LadderStep): boolean => order.indexOf(a) > order.indexOf(b);
