import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { hoursOf, lanesOf, minuteOf, mondayOf, monthFrom, timeAt } from './layout.ts';

const span = fc
  .tuple(fc.integer({ min: 0, max: 1400 }), fc.integer({ min: 5, max: 300 }))
  .map(([from, length]) => ({ from, until: from + length }));

test('nothing that overlaps stands in the same lane, and what overlaps nothing has the whole width', () => {
  fc.assert(
    fc.property(fc.array(span, { maxLength: 20 }), (spans) => {
      const placed = lanesOf(spans);
      spans.forEach((one, a) => {
        const overlapping = spans.flatMap((other, b) => (a !== b && one.from < other.until && other.from < one.until ? [b] : []));
        for (const b of overlapping) assert.notEqual(placed[a]?.lane, placed[b]?.lane);
        assert.ok((placed[a]?.lane ?? 9) < (placed[a]?.lanes ?? 0));
        if (overlapping.length === 0) assert.deepEqual(placed[a], { lane: 0, lanes: 1 });
      });
    }),
  );
});

test('days are Swedish days, on both sides of the change of clocks', () => {
  assert.equal(timeAt(minuteOf('2026-03-28T08:30:00Z')), '09:30');
  assert.equal(timeAt(minuteOf('2026-03-29T08:30:00Z')), '10:30');
  assert.equal(mondayOf('2026-03-29'), '2026-03-23');
  assert.equal(monthFrom('2026-11-22'), '2026-10-26');
});

test('a day is drawn from seven to eighteen, and further where something lies outside', () => {
  assert.deepEqual(hoursOf([]), { first: 7, last: 18 });
  const entry = { startsAt: '2026-11-22T04:30:00Z', minutes: 30 } as Parameters<typeof hoursOf>[0][number];
  assert.deepEqual(hoursOf([entry]), { first: 5, last: 18 });
});
