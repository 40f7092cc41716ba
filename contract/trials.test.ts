import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Trials } from './trials.ts';

const perSecond = 25;

/** Counts each second from one time to another, and returns when pictures are to be tried for the first time. */
function dueAt(trials: Trials, fromS: number, toS: number, missedPerSecond: number, counts = { sent: 0, askedAgain: 0 }): number | null {
  for (let at = fromS; at < toS; at++) {
    counts.sent += perSecond;
    counts.askedAgain += missedPerSecond;
    trials.count({ ...counts }, at * 1_000);
    if (!trials.due(at * 1_000)) continue;
    trials.end(at * 1_000);
    return at;
  }
  return null;
}

test('a line that nothing is known of is tried now and then, in vain ever more seldom, but never given up', () => {
  const trials = new Trials();
  const gaps: number[] = [];
  for (let at = 0, round = 0; round < 8; round++) {
    trials.begin(at * 1_000);
    const due = dueAt(trials, at, at + 100, 0) ?? Number.NaN;
    gaps.push(due - at);
    at = due + 5;
  }
  assert.equal(gaps[0], 10);
  assert.ok(
    gaps.every((gap, index) => index === 0 || gap >= (gaps[index - 1] ?? 0)),
    String(gaps),
  );
  assert.equal(gaps.at(-1), 25);
});

test('a line that lost all along and loses no more is tried at once', () => {
  const trials = new Trials();
  const counts = { sent: 0, askedAgain: 0 };
  trials.begin(0);
  assert.equal(dueAt(trials, 0, 6, 5, counts), null);
  assert.equal(dueAt(trials, 6, 8, 0, counts), null, 'two seconds without loss are chance');
  assert.equal(dueAt(trials, 8, 20, 0, counts), 9);
});

test('it is so too where it was being tried in vain when it healed', () => {
  const trials = new Trials();
  const counts = { sent: 0, askedAgain: 0 };
  trials.begin(0);
  assert.equal(dueAt(trials, 0, 20, 5, counts), 10);
  trials.begin(15_000);
  assert.equal(dueAt(trials, 15, 40, 0, counts), 21, 'after what waited in the line has gone');
});

test('what got lost while it was overfull is no sign, and one sign is good for one trial', () => {
  const narrow = new Trials();
  const counts = { sent: 0, askedAgain: 0 };
  narrow.begin(0);
  assert.equal(dueAt(narrow, 0, 3, 20, counts), null);
  assert.equal(dueAt(narrow, 3, 40, 0, counts), 10);
  const healed = new Trials();
  const others = { sent: 0, askedAgain: 0 };
  healed.begin(0);
  assert.equal(dueAt(healed, 0, 6, 5, others), null);
  assert.equal(dueAt(healed, 6, 20, 0, others), 9);
  healed.begin(12_000);
  assert.equal(dueAt(healed, 12, 60, 0, others), 27, 'its spacing, and not at once again');
});

test('a track that begins anew counts anew', () => {
  const trials = new Trials();
  trials.begin(0);
  trials.count({ sent: 5_000, askedAgain: 900 }, 4_000);
  trials.count({ sent: 10, askedAgain: 0 }, 5_000);
  assert.equal(trials.losing, false);
  trials.count({ sent: 35, askedAgain: 2 }, 6_000);
  assert.equal(trials.losing, true);
});
