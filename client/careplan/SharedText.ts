/** A text that several write at once. Whoever has all changes to it has the same text, in whatever order they came (Yjs). */
import * as Y from 'yjs';
import { Store } from '../app/Store.ts';

const name = 'text';

/** What turns one text into another: so many characters taken out at a place, and others put in there. */
export type Splice = { at: number; taken: number; put: string };

/** The shortest splice that does it, as a hand at a keyboard does. @param caret - where the hand is afterwards. */
export function spliceOf(before: string, after: string, caret: number): Splice {
  const most = Math.min(before.length, after.length);
  const end = after.length - caret; // behind the caret nothing has changed
  let tail = 0;
  while (tail < Math.min(most, end) && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  let head = 0;
  while (head < most - tail && before[head] === after[head]) head += 1;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  return { at: head, taken: before.length - head - tail, put: after.slice(head, after.length - tail) };
}

/** Where a place in a text is after somebody else's splice. */
export function shifted(place: number, { at, taken, put }: Splice): number {
  if (place <= at) return place;
  return place >= at + taken ? place + put.length - taken : at + put.length;
}

export class SharedText {
  readonly view = new Store('');
  sending = false;
  readonly #doc = new Y.Doc();
  readonly #text = this.#doc.getText(name);
  readonly #listeners = new Set<(splice: Splice) => void>();
  #queued: Uint8Array[] = [];

  /** @param onWritten - something written here waits to be sent. */
  constructor(onWritten: () => void) {
    this.#doc.on('update', (change: Uint8Array, origin: unknown) => {
      this.view.set(this.#text.toString());
      if (origin !== 'own') return;
      this.#queued.push(change);
      onWritten();
    });
  }

  get waits(): boolean {
    return this.sending || this.#queued.length > 0;
  }

  /** Written here. */
  write({ at, taken, put }: Splice): void {
    this.#doc.transact(() => {
      if (taken > 0) this.#text.delete(at, taken);
      if (put) this.#text.insert(at, put);
    }, 'own');
  }

  /** Written elsewhere. Twice is once. */
  take(change: Uint8Array): void {
    const before = this.view.get();
    Y.applyUpdate(this.#doc, change, 'others');
    const after = this.view.get();
    if (before === after) return;
    const splice = spliceOf(before, after, after.length);
    for (const hear of [...this.#listeners]) hear(splice);
  }

  /** Calls back with what others changed, so that a hand that writes stays where it is. Returns how to stop. */
  onTaken(hear: (splice: Splice) => void): () => void {
    this.#listeners.add(hear);
    return () => this.#listeners.delete(hear);
  }

  /** What is here and not there; null: nothing. @param theirs - all that the server has; null: nothing. */
  missingFrom(theirs: Uint8Array | null): Uint8Array | null {
    if (this.view.get() === '' && theirs === null) return null;
    const known = new Y.Doc();
    if (theirs) Y.applyUpdate(known, theirs);
    const missing = Y.encodeStateAsUpdate(this.#doc, Y.encodeStateVector(known));
    const before = known.getText(name).toString();
    Y.applyUpdate(known, missing);
    return before === known.getText(name).toString() ? null : missing;
  }

  queue(change: Uint8Array): void {
    this.#queued = [change];
  }

  /** All that waits, as one change; null: nothing. */
  next(): Uint8Array | null {
    if (this.#queued.length === 0) return null;
    const change = this.#queued.length === 1 ? this.#queued[0] : Y.mergeUpdates(this.#queued);
    this.#queued = [];
    return change ?? null;
  }

  drop(): void {
    this.#queued = [];
  }
}
