import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SpeechBuffer } from './SpeechBuffer.ts';

/** So many looks of a second with 50 packets each, of which a part is lost. */
function hear(
  buffer: SpeechBuffer,
  looks: number,
  loss: number,
  from = { received: 0, lost: 0, askedAgain: 0, late: 0 },
  roundTripMs = 150,
  late = 0,
) {
  const counts = { ...from };
  for (let look = 0; look < looks; look++) {
    buffer.look({ ...counts }, roundTripMs);
    counts.received += 50 * (1 - loss);
    counts.lost += 50 * loss;
    counts.late += 50 * late;
  }
  return counts;
}

test('a good line is not made slower', () => {
  const buffer = new SpeechBuffer();
  hear(buffer, 20, 0.01);
  assert.equal(buffer.targetMs, 0);
});

test('the more is lost, the longer sound waits, so that it can be sent again; never longer than a second', () => {
  const [some, much, far] = [new SpeechBuffer(), new SpeechBuffer(), new SpeechBuffer()];
  hear(some, 5, 0.05);
  hear(much, 5, 0.25);
  hear(far, 5, 0.25, undefined, 5_000);
  assert.ok(some.targetMs >= 150 && some.targetMs < much.targetMs, `${some.targetMs} ${much.targetMs}`);
  assert.ok(much.targetMs >= 450, 'time for two more sendings');
  assert.equal(far.targetMs, 1_000);
});

test('a line that has become better is trusted after a while, not at once', () => {
  const buffer = new SpeechBuffer();
  const lost = hear(buffer, 5, 0.25);
  const before = buffer.targetMs;
  assert.ok(before > 0);
  const better = hear(buffer, 6, 0, lost);
  assert.equal(buffer.targetMs, before);
  hear(buffer, 8, 0, better);
  assert.equal(buffer.targetMs, 0);
});

test('what comes again too late to be played is waited for longer, in steps, never longer than a second', () => {
  const [inTime, late] = [new SpeechBuffer(), new SpeechBuffer()];
  hear(inTime, 3, 0.2, undefined, 0);
  hear(late, 3, 0.2, undefined, 0, 0.1);
  assert.ok(late.targetMs > inTime.targetMs && late.targetMs < 1_000, `${inTime.targetMs} ${late.targetMs}`);
  hear(late, 20, 0.2, undefined, 0, 0.1);
  assert.ok(late.targetMs > 900 && late.targetMs <= 1_000, `${late.targetMs}`);
});
