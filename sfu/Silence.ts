/** Something is sent all the time, be it the noise of a silent room: nothing for so long means that the line is gone, ms. */
const silentAfterMs = 1_700;

/** Whether a participant's line has fallen silent, from what the SFU has received over it. */
export class Silence {
  silent = false;
  #bytes = -1;
  #heardAt = 0;

  /**
   * @param bytesReceived - all that has come in over their transports.
   * @param expected - whether they send anything at all.
   * @returns whether that has changed.
   */
  look(bytesReceived: number, expected: boolean, nowMs: number): boolean {
    const begun = bytesReceived > 0; // until then they are still finding their way
    if (bytesReceived !== this.#bytes || !expected || !begun) this.#heardAt = nowMs;
    this.#bytes = bytesReceived;
    const silent = nowMs - this.#heardAt >= silentAfterMs;
    const changed = silent !== this.silent;
    this.silent = silent;
    return changed;
  }
}
