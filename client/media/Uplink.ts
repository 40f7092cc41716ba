import type { LadderStep } from '../../contract/line.ts';
import { type SpeechSent, Trials } from '../../contract/trials.ts';

/** Under this a picture takes from speech what speech needs, bits/s. */
const speechOnlyBps = 70_000;
/** An estimate this low is not believed while so much is lost: the line is fuller than it says. */
const doubtedBps = 250_000;
const muchLoss = 0.12;
const fallAfterMs = 1_500;
/** When pictures are tried again the browser has measured the line within so long; where speech gets lost, it may not take as long. */
const settleMs = { whole: 6_000, losing: 1_000 };

/** What a browser knows of its line on the way up. */
export type UplinkLook = {
  /** The browser's estimate, bits/s; null where it has none: then nothing is decided. */
  availableBps: number | null;
  /** Part of what is sent that is lost, 0 to 1. */
  loss: number;
  speech: SpeechSent;
  /** Whether there is anything to leave out. */
  sendsPictures: boolean;
};

/** What one's own line has room for on the way up: everything, or speech alone. In between the browser chooses layers. */
export class Uplink {
  step: LadderStep = 'everything';
  readonly #trials = new Trials();
  #triedAt = Number.NEGATIVE_INFINITY;
  #lowSince: number | null = null;

  /** @returns whether the step has changed. */
  look({ availableBps, loss, speech, sendsPictures }: UplinkLook, nowMs: number): boolean {
    this.#trials.count(speech, nowMs);
    if (this.step === 'speech') {
      if (sendsPictures && !this.#trials.due(nowMs)) return false;
      this.#trials.end(nowMs);
      this.step = 'everything';
      this.#triedAt = nowMs;
      return true;
    }
    const settled = nowMs - this.#triedAt >= (this.#trials.losing ? settleMs.losing : settleMs.whole);
    const bound = loss > muchLoss ? doubtedBps : speechOnlyBps;
    const low = availableBps !== null && availableBps < bound && sendsPictures && settled;
    this.#lowSince = low ? (this.#lowSince ?? nowMs) : null;
    if (this.#lowSince === null || nowMs - this.#lowSince < fallAfterMs) return false;
    this.step = 'speech';
    this.#lowSince = null;
    this.#trials.begin(nowMs);
    return true;
  }
}
