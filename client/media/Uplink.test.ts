import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Uplink } from './Uplink.ts';

function steps(
  uplink: Uplink,
  availableBps: number | null,
  fromS: number,
  toS: number,
  { loss = 0, pictures = true, missed = 0 } = {},
): string[] {
  const taken: string[] = [];
  for (let at = fromS; at < toS; at++) {
    const speech = { sent: at * 25, askedAgain: at * missed };
    if (uplink.look({ availableBps, loss, speech, sendsPictures: pictures }, at * 1_000)) taken.push(`${at} ${uplink.step}`);
  }
  return taken;
}

test('a narrow line carries speech alone; a picture is tried again, and stays where it fits', () => {
  const uplink = new Uplink();
  assert.deepEqual(steps(uplink, 50_000, 0, 10), ['2 speech']);
  assert.deepEqual(steps(uplink, 600_000, 10, 60), ['12 everything']);
});

test('a trial is over sooner where it costs speech', () => {
  assert.deepEqual(steps(new Uplink(), 50_000, 0, 25), ['2 speech', '12 everything', '20 speech']);
  assert.deepEqual(steps(new Uplink(), 50_000, 0, 20, { missed: 3 }), ['2 speech', '12 everything', '15 speech']);
});

test('what gets lost while pictures are tried is no sign that the line has healed after it', () => {
  const uplink = new Uplink();
  const tried: number[] = [];
  let askedAgain = 0;
  for (let at = 0; at < 80; at++) {
    if (uplink.step === 'everything') askedAgain += 10; // the line is overfull
    if (!uplink.look({ availableBps: 50_000, loss: 0, speech: { sent: at * 25, askedAgain }, sendsPictures: true }, at * 1_000)) continue;
    if (uplink.step === 'everything') tried.push(at);
  }
  const gaps = tried.map((at, index) => at - (tried[index - 1] ?? 0));
  assert.ok(
    gaps.every((gap) => gap >= 10),
    String(tried),
  );
});

test('in vain it is tried ever more seldom', () => {
  const at = steps(new Uplink(), 50_000, 0, 300)
    .filter((step) => step.endsWith('everything'))
    .map((step) => Number(step.split(' ')[0]));
  const gaps = at.slice(1).map((time, index) => time - (at[index] ?? 0));
  assert.ok(gaps.length >= 2 && gaps.every((gap, index) => index === 0 || gap >= (gaps[index - 1] ?? 0)), String(at));
});

test('nothing is decided without an estimate, nor where no picture is sent; much loss makes a low one doubtful', () => {
  assert.deepEqual(steps(new Uplink(), null, 0, 30), []);
  assert.deepEqual(steps(new Uplink(), 20_000, 0, 30, { pictures: false }), []);
  assert.deepEqual(steps(new Uplink(), 200_000, 0, 10), []);
  assert.deepEqual(steps(new Uplink(), 200_000, 0, 10, { loss: 0.3 }), ['2 speech']);
});
