import type { LadderStep } from '../contract/line.ts';
import { type SpeechSent, Trials } from '../contract/trials.ts';

/** What a camera of each rank wants to be of use, bits/s. */
const needs = { examination: 350_000, face: 100_000 } as const;
/** Under this no picture is worth what it takes from speech, bits/s. */
const speechOnlyBps = 70_000;
/** An estimate this low is not believed while so much is lost: the line is fuller than it says. */
const doubtedBps = 250_000;
const muchLoss = 0.12;
/** Where so much is lost, less is to be sent, whatever the estimate says: it lags behind when its reports get lost too. */
const ruinousLoss = 0.35;
/** So much more than the bound must be there before a step is taken back. */
const margin = 1.3;
const fallAfterMs = 1_500;
const riseAfterMs = 4_000;
/** So long after a step the line is not measured yet: where nothing gets lost, a low estimate may just be an old one. */
const settleMs = { losing: 5_500, whole: 9_000 };
const someLoss = 0.03;

/** What would be shown to one receiver if the line carried it. */
export type Wanted = { examination: boolean; others: number };

/** What is known of one receiver's line. */
export type LadderLook = {
  /** What the SFU's congestion control holds to be free towards them, bits/s. */
  availableBps: number;
  /** Part of what is sent to them that is lost, 0 to 1. */
  loss: number;
  speech: SpeechSent;
  wanted: Wanted;
};

/**
 * What one receiver's line has room for. Speech is always sent; then comes the examination picture; then other pictures.
 * Between the bounds the SFU's own choice of layers serves; this decides only what is left out.
 */
export class Ladder {
  step: LadderStep = 'everything';
  #since = Number.NEGATIVE_INFINITY; // when the present verdict was first heard
  #verdict: LadderStep = 'everything';
  readonly #trials = new Trials();
  #steppedAt = Number.NEGATIVE_INFINITY;
  #shows: boolean | null = null; // null: nothing yet

  /** @returns whether the step has changed. */
  look(look: LadderLook, nowMs: number): boolean {
    const verdict = this.#judge(look, nowMs);
    if (verdict !== this.#verdict) {
      this.#verdict = verdict;
      this.#since = nowMs;
    }
    if (verdict === this.step) return false;
    const tried = this.step === 'speech'; // the trials have seen to how long that was
    if (!tried && nowMs - this.#since < (isWorse(verdict, this.step) ? fallAfterMs : riseAfterMs)) return false;
    if (tried) this.#trials.end(nowMs);
    if (verdict === 'speech') this.#trials.begin(nowMs);
    this.step = verdict;
    this.#steppedAt = nowMs;
    return true;
  }

  #judge({ availableBps, loss, speech, wanted: { examination, others } }: LadderLook, nowMs: number): LadderStep {
    if (this.step === 'speech') this.#trials.count(speech, nowMs);
    const shows = examination || others > 0;
    if (shows && this.#shows === false) this.#steppedAt = nowMs; // what the line had room for was last known before
    if (shows || this.#shows) this.#shows = shows;
    if (!shows) return 'everything'; // there is nothing to leave out
    const lower = examination && others > 0 ? 'examination' : 'everything';
    if (this.step === 'speech') return this.#trials.due(nowMs) ? lower : 'speech';
    if (nowMs - this.#steppedAt < (loss > someLoss ? settleMs.losing : settleMs.whole)) return this.step;
    if (loss > ruinousLoss || availableBps < (loss > muchLoss ? doubtedBps : speechOnlyBps)) return 'speech';
    if (lower === 'everything') return 'everything';
    const enough = needs.examination + others * needs.face;
    return availableBps < (this.step === 'everything' ? enough : enough * margin) ? 'examination' : 'everything';
  }
}

const order: readonly LadderStep[] = ['everything', 'examination', 'speech'];
const isWorse = (a: LadderStep, b: LadderStep): boolean => order.indexOf(a) > order.indexOf(b);
