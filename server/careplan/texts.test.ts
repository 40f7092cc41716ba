import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as Y from 'yjs';
import { longestText } from '../../contract/planKinds.ts';
import { PlanText } from './texts.ts';

/** Somebody's page: writes at once, sends what it wrote, and takes in what the others wrote whenever that comes. */
class Page {
  readonly doc = new Y.Doc();
  readonly sent: Uint8Array[] = [];

  constructor() {
    this.doc.on('update', (change: Uint8Array, origin: unknown) => {
      if (origin !== 'others') this.sent.push(change);
    });
  }

  get text(): string {
    return this.doc.getText('text').toString();
  }

  insert(at: number, words: string): void {
    this.doc.getText('text').insert(at % (this.text.length + 1), words);
  }

  erase(at: number, length: number): void {
    const start = at % (this.text.length + 1);
    const cut = Math.min(length, this.text.length - start);
    if (cut > 0) this.doc.getText('text').delete(start, cut);
  }

  take(change: Uint8Array): void {
    Y.applyUpdate(this.doc, change, 'others');
  }
}

const step = fc.record({
  page: fc.nat(3),
  at: fc.nat(60),
  write: fc.boolean(),
  erase: fc.nat(4),
  hear: fc.nat(5), // how many of the others' changes come in before the next step
});

test('whatever three write at once, and in whatever order it comes, all have the same, and nothing that nobody erased is lost', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), fc.boolean(), (steps, erasing) => {
      const pages = [new Page(), new Page(), new Page(), new Page()];
      const kept = new PlanText();
      const waiting = pages.map((): Uint8Array[] => []);
      const written: string[] = [];
      const relay = (from: number): void => {
        for (const change of pages[from]?.sent.splice(0) ?? []) {
          kept.take(change);
          waiting.forEach((queue, to) => void (to === from || queue.push(change)));
        }
      };
      steps.forEach(({ page, at, write, erase, hear }, nr) => {
        const here = pages[page];
        if (!here) return;
        for (const change of waiting[page]?.splice(0, hear) ?? []) here.take(change);
        if (write || !erasing) {
          const word = `⟨${nr}⟩`;
          written.push(word);
          here.insert(at, word);
        } else here.erase(at, erase);
        relay(page);
      });
      waiting.forEach((queue, to) => {
        for (const change of queue.toReversed()) pages[to]?.take(change); // the last first
      });
      for (const page of pages) assert.equal(page.text, kept.text);
      assert.equal(new PlanText([kept.whole]).text, kept.text);
      if (!erasing) for (const character of written.join('')) assert.ok(kept.text.includes(character));
      if (!erasing) assert.equal([...kept.text].toSorted().join(''), [...written.join('')].toSorted().join(''));
    }),
    { numRuns: 200 },
  );
});

test('the same change twice is once, and what is none changes nothing', () => {
  const page = new Page();
  page.insert(0, 'Gå till affären');
  const kept = new PlanText();
  for (const change of [...page.sent, ...page.sent]) kept.take(change);
  assert.equal(kept.text, 'Gå till affären');
  assert.throws(() => kept.take(new Uint8Array([1, 2, 3])), /change/);
  assert.equal(kept.text, 'Gå till affären');
});

test('a text that becomes too long, or something that is no text, is refused', () => {
  const kept = new PlanText();
  const long = new Page();
  long.insert(0, 'x'.repeat(longestText + 1));
  assert.throws(() => kept.take(long.sent[0] ?? new Uint8Array()), /more than/);
  const other = new Y.Doc();
  other.getMap('secret').set('a', 'b');
  assert.throws(() => kept.take(Y.encodeStateAsUpdate(other)), /not of this text/);
  assert.equal(kept.text, '');
});
