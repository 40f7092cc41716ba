import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SharedText, type Splice, shifted, spliceOf } from './SharedText.ts';

const after = (text: string, { at, taken, put }: Splice): string => text.slice(0, at) + put + text.slice(at + taken);

test('a splice turns one text into the other, and where two places would do it is at the hand', () => {
  const short = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
  fc.assert(
    fc.property(short, short, fc.nat(8), (one, other, place) => {
      assert.equal(after(one, spliceOf(one, other, Math.min(place, other.length))), other);
    }),
  );
  assert.deepEqual(spliceOf('aa', 'aaa', 1), { at: 0, taken: 0, put: 'a' });
  assert.deepEqual(spliceOf('aa', 'aaa', 3), { at: 2, taken: 0, put: 'a' });
});

test('a place stays at what it was before or behind when others write', () => {
  assert.equal(shifted(3, { at: 0, taken: 0, put: 'xx' }), 5);
  assert.equal(shifted(3, { at: 3, taken: 0, put: 'xx' }), 3);
  assert.equal(shifted(5, { at: 1, taken: 2, put: '' }), 3);
  assert.equal(shifted(2, { at: 1, taken: 3, put: 'xy' }), 3);
});

/** Two pages and what is on its way between them. */
function pair(): { texts: [SharedText, SharedText]; exchange: () => void } {
  const texts: [SharedText, SharedText] = [new SharedText(() => undefined), new SharedText(() => undefined)];
  const exchange = (): void => {
    const [a, b] = texts.map((text) => text.next());
    if (a) texts[1].take(a);
    if (b) texts[0].take(b);
  };
  return { texts, exchange };
}

test('what two write at once is in both, and a hand is told of what the other wrote', () => {
  const {
    texts: [a, b],
    exchange,
  } = pair();
  const heard: Splice[] = [];
  a.onTaken((splice) => heard.push(splice));
  a.write({ at: 0, taken: 0, put: 'hemma' });
  exchange();
  a.write({ at: 5, taken: 0, put: ' igen' });
  b.write({ at: 0, taken: 0, put: 'bo ' });
  exchange();
  assert.equal(a.view.get(), 'bo hemma igen');
  assert.equal(b.view.get(), a.view.get());
  assert.deepEqual(heard, [{ at: 0, taken: 0, put: 'bo ' }]);
});

test('after a break what the other side has not is sent, and nothing when it has all', () => {
  const {
    texts: [a, b],
    exchange,
  } = pair();
  a.write({ at: 0, taken: 0, put: 'ett' });
  exchange();
  assert.equal(a.missingFrom(null) === null, false);
  const server = new SharedText(() => undefined);
  const whole = b.missingFrom(null);
  assert.ok(whole);
  server.take(whole);
  assert.equal(a.missingFrom(whole), null);
  a.write({ at: 3, taken: 0, put: ' två' });
  const missing = a.missingFrom(whole);
  assert.ok(missing);
  server.take(missing);
  server.take(missing);
  assert.equal(server.view.get(), 'ett två');
  assert.equal(new SharedText(() => undefined).missingFrom(null), null);
});
