import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SpeechSent } from '../contract/trials.ts';
import { Ladder, type Wanted } from './Ladder.ts';

const both: Wanted = { examination: true, others: 2 };
const facesOnly: Wanted = { examination: false, others: 2 };

/** Speech of which nothing is missed. */
const speechAt = (seconds: number): SpeechSent => ({ sent: seconds * 25, askedAgain: 0 });

/** Looks each half second for so long, and returns the steps that were taken, with when. */
function steps(ladder: Ladder, availableBps: number, wanted: Wanted, fromS: number, toS: number, loss = 0): string[] {
  const taken: string[] = [];
  for (let at = fromS; at < toS; at += 0.5)
    if (ladder.look({ availableBps, loss, speech: speechAt(at), wanted }, at * 1_000)) taken.push(`${at} ${ladder.step}`);
  return taken;
}

test('with room for all nothing is left out, and where nothing is shown there is nothing to leave out', () => {
  assert.deepEqual(steps(new Ladder(), 2_000_000, both, 0, 60), []);
  assert.deepEqual(steps(new Ladder(), 10_000, { examination: false, others: 0 }, 0, 60), []);
});

test('the examination picture goes before other faces, and speech before all', () => {
  const ladder = new Ladder();
  assert.deepEqual(steps(ladder, 300_000, both, 0, 20), ['1.5 examination']);
  assert.deepEqual(steps(ladder, 60_000, both, 20, 30), ['21.5 speech']);
  assert.deepEqual(steps(new Ladder(), 300_000, facesOnly, 0, 20), [], 'without one that is looked at, the SFU chooses layers');
});

test('a dip is no reason, and a line that swings about the bound does not make pictures come and go', () => {
  const ladder = new Ladder();
  assert.deepEqual(steps(ladder, 300_000, both, 0, 1), []);
  assert.deepEqual(steps(ladder, 2_000_000, both, 1, 10), []);
  assert.deepEqual(steps(ladder, 500_000, both, 10, 20), ['11.5 examination']);
  assert.deepEqual(steps(ladder, 600_000, both, 20, 40), [], 'a little more is not enough');
  assert.deepEqual(steps(ladder, 900_000, both, 40, 60), ['44 everything']);
});

test('out of speech it is tried again, ever more seldom while that is in vain', () => {
  const taken = steps(new Ladder(), 60_000, both, 0, 200).filter((step) => step.endsWith('examination'));
  const at = taken.map((step) => Number(step.split(' ')[0]));
  const gaps = at.slice(1).map((time, index) => time - (at[index] ?? 0));
  assert.ok(at.length >= 3 && gaps.every((gap, index) => index === 0 || gap >= (gaps[index - 1] ?? 0)), String(at));
});

test('an estimate that is low while much is lost is not believed', () => {
  assert.deepEqual(steps(new Ladder(), 200_000, facesOnly, 0, 10), []);
  assert.deepEqual(steps(new Ladder(), 200_000, facesOnly, 0, 10, 0.3), ['1.5 speech']);
});

test('where a third is lost, pictures are left out whatever the estimate says', () => {
  assert.deepEqual(steps(new Ladder(), 2_000_000, facesOnly, 0, 5, 0.25), []);
  assert.deepEqual(steps(new Ladder(), 2_000_000, facesOnly, 0, 5, 0.4), ['1.5 speech']);
});

test('pictures that are tried are given up sooner where something gets lost than where the estimate may just be an old one', () => {
  const gaps = [0.2, 0].map((loss) => {
    const taken = steps(new Ladder(), 60_000, facesOnly, 0, 40, loss).map((step) => Number(step.split(' ')[0]));
    return (taken[2] ?? 0) - (taken[1] ?? 0);
  });
  assert.deepEqual(gaps, [7, 10.5]);
});

test('who has seen nobody for a while is not held to an estimate from then; on a line that is narrow it is found out anew', () => {
  const ladder = new Ladder();
  const nobody: Wanted = { examination: false, others: 0 };
  assert.deepEqual(steps(ladder, 2_000_000, facesOnly, 0, 10), []);
  assert.deepEqual(steps(ladder, 40_000, nobody, 10, 30), []);
  assert.deepEqual(steps(ladder, 40_000, facesOnly, 30, 36), [], 'it rises while it is measured');
  assert.deepEqual(steps(ladder, 900_000, facesOnly, 36, 50), []);
  assert.deepEqual(steps(ladder, 40_000, nobody, 50, 60), []);
  assert.deepEqual(steps(ladder, 40_000, facesOnly, 60, 75), ['70.5 speech']);
});
