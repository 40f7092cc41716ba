/** Whether the line is alive: from what comes in over it, long before the browser or a heartbeat would tell. */
import type { MediaLink, Received } from './MediaLink.ts';
import { timers } from './timers.ts';

export type LineWatchDeps = {
  link: () => MediaLink | null;
  /** Whether sound or picture should be coming in just now. */
  expects: () => boolean;
  /** Asks the server for a sign of life. */
  ping: () => Promise<unknown>;
  changed: (silent: boolean) => void;
  /** The device slept, or took another network: nothing that was known of the line holds any more. */
  moved: () => void;
};

/** Quiet for so long, the server is asked whether it is there, ms. */
const suspiciousMs = 1_000;
/** A look that comes so late means that the device slept, ms. */
const sleptMs = 5_000;

const nothingYet: Received = { bytes: 0, answers: 0, sent: 0, feedback: 0 };

export class LineWatch {
  readonly #deps: LineWatchDeps;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #networks = [
    [window, 'online'],
    [navigator.connection, 'change'],
  ] as const;
  #link: MediaLink | null = null;
  #received = nothingYet;
  #quietSince = 0;
  #unheardSince = 0;
  #unansweredSince = 0;
  #pongAt = Number.NEGATIVE_INFINITY;
  #pinging = false;
  #silent = false;
  #lookedAt = performance.now();

  constructor(deps: LineWatchDeps) {
    this.#deps = deps;
    this.#again();
    for (const [target, event] of this.#networks) target?.addEventListener(event, deps.moved);
  }

  get silent(): boolean {
    return this.#silent;
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const [target, event] of this.#networks) target?.removeEventListener(event, this.#deps.moved);
  }

  #again(): void {
    this.#timer = setTimeout(
      () => {
        void this.#look().finally(() => this.#timer && this.#again());
      },
      this.#silent ? timers.lookEveryInSilence : timers.lookEvery,
    );
  }

  async #look(): Promise<void> {
    const now = performance.now();
    if (now - this.#lookedAt > sleptMs) {
      this.#forget(now);
      this.#deps.moved();
    }
    this.#lookedAt = now;
    const link = this.#deps.link();
    if (link !== this.#link) {
      this.#link = link;
      this.#received = nothingYet;
      this.#forget(now);
    }
    if (!link) return this.#tell(false);
    const received = await link.received().catch(() => null);
    if (!received || link !== this.#link) return;
    if (received.bytes > this.#received.bytes) this.#quietSince = now;
    if (received.feedback > this.#received.feedback || received.sent === this.#received.sent) this.#unheardSince = now;
    if (received.answers === null || received.answers > (this.#received.answers ?? 0)) this.#unansweredSince = now;
    this.#received = received;
    this.#judge(now);
  }

  #judge(now: number): void {
    const quietMs = now - this.#quietSince;
    const unanswered = now - Math.max(this.#unansweredSince, this.#quietSince) > timers.unansweredAfter;
    if (quietMs > suspiciousMs) this.#ping();
    const within = this.#received.bytes > 0 ? timers.silentAfter : timers.firstWithin;
    const quiet = this.#deps.expects() && quietMs > within;
    // While the server answers, it may be the others who are silent: the SFU knows, and says so in time. If it has no word
    // for what is sent to it either (it has one every 100 ms for what arrives), it is the SFU.
    const unheard = now - this.#unheardSince > timers.silentAfter;
    const nobodyElse = unheard || now - this.#pongAt > timers.silentAfter || quietMs > timers.silentAnyhow;
    this.#tell((unanswered && this.#received.bytes > 0) || (quiet && nobodyElse));
  }

  #ping(): void {
    if (this.#pinging) return;
    this.#pinging = true;
    this.#deps
      .ping()
      .then(
        () => {
          this.#pongAt = performance.now();
        },
        () => undefined, // no answer is the answer
      )
      .finally(() => {
        this.#pinging = false;
      });
  }

  #tell(silent: boolean): void {
    if (silent === this.#silent) return;
    this.#silent = silent;
    this.#deps.changed(silent);
  }

  #forget(now: number): void {
    this.#quietSince = now;
    this.#unheardSince = now;
    this.#unansweredSince = now;
    this.#pongAt = Number.NEGATIVE_INFINITY;
  }
}

declare global {
  interface Navigator {
    /** Not in every browser. */
    readonly connection?: EventTarget;
  }
}
