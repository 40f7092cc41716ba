/** What is done about narrow lines, one's own on the way up and everybody's on the way down: speech is made to fit first. */
import type { LadderStep } from '../../contract/line.ts';
import type { LineState } from '../../contract/media.ts';
import type { OwnQuality } from '../../contract/quality.ts';
import type { SpeechSent } from '../../contract/trials.ts';
import type { OwnTracks } from './OwnTracks.ts';
import { Uplink } from './Uplink.ts';

/** Pictures that are tried again have proved possible or not within so long; until then speech stays narrow, ms. */
const calmMs = 10_000;

export class Narrowing {
  readonly #own: OwnTracks;
  readonly #told: (step: LadderStep) => void;
  #uplink = new Uplink();
  #narrowUntil = Number.NEGATIVE_INFINITY;

  /** @param told - the others are to learn what one's line has room for. */
  constructor(own: OwnTracks, told: (step: LadderStep) => void) {
    this.#own = own;
    this.#told = told;
  }

  /** Another way through the network is measured from the start. */
  begin(): void {
    this.#uplink = new Uplink();
    this.#own.holdPictures(false);
  }

  /** @param lines - those that are not in order, one's own among them. */
  look({ availableBps, loss }: OwnQuality, speech: SpeechSent, lines: Iterable<LineState>, nowMs: number): void {
    const { sendsPictures } = this.#own;
    if (this.#uplink.look({ availableBps, loss, speech, sendsPictures }, nowMs)) {
      this.#own.holdPictures(this.#uplink.step === 'speech');
      this.#told(this.#uplink.step);
    }
    const needed = this.#uplink.step === 'speech' || [...lines].some(({ receives, sends }) => receives === 'speech' || sends === 'speech');
    if (needed) this.#narrowUntil = nowMs + calmMs;
    this.#own.narrowSpeech(nowMs < this.#narrowUntil);
  }
}
