/** What is said of a line, and when. Without schemas, so that a browser can take it as it is. */
import type { LineState } from './media.ts';
import type { OwnQuality, QualitySample, TrackQuality } from './quality.ts';

/**
 * What a line has room for, worst last: everything; the examination picture before other pictures; speech alone.
 * `speech` is always carried.
 */
export const ladderSteps = ['everything', 'examination', 'speech'] as const;
export type LadderStep = (typeof ladderSteps)[number];

export const goodLine: LineState = { silent: false, receives: 'everything', sends: 'everything' };

/** `weak`: understood with effort, or pictures left out; `bad`: not understood. */
export const grades = ['good', 'weak', 'bad'] as const;
export type Grade = (typeof grades)[number];

/** From so much on, sound or picture is worse than good; from the second on, bad. Concealed parts as heard in trials with speech. */
const bounds = {
  concealment: [0.05, 0.2],
  roundTripMs: [400, 900],
  loss: [0.08, 0.3],
  freezePart: [0.1, 0.5], // of the time between two looks
} as const;

const gradeBy = (value: number, [weak, bad]: readonly [number, number]): Grade => (value >= bad ? 'bad' : value >= weak ? 'weak' : 'good');
const worstOf = (all: Grade[]): Grade => (all.includes('bad') ? 'bad' : all.includes('weak') ? 'weak' : 'good');

/** How somebody comes in. A picture that stands still is weak, for they are still heard. @param sinceMs - the time that the figures are of. */
export function gradeOfTracks(tracks: TrackQuality[], sinceMs: number): Grade {
  return worstOf(
    tracks.map((track) => {
      if (track.source === 'microphone') return gradeBy(track.concealment, bounds.concealment);
      return gradeBy(track.freezeMs / sinceMs, bounds.freezePart) === 'good' ? 'good' : 'weak';
    }),
  );
}

/** One's own line: as measured, and by what it has no room for. */
export function gradeOfLine({ roundTripMs, loss }: OwnQuality, { receives, sends }: Pick<LineState, 'receives' | 'sends'>): Grade {
  const narrowed: Grade = receives === 'everything' && sends === 'everything' ? 'good' : 'weak';
  return worstOf([gradeBy(roundTripMs ?? 0, bounds.roundTripMs), gradeBy(loss, bounds.loss), narrowed]);
}

/** The whole of a sample that spans so long. */
export function gradeOfSample({ own, tracks, ...line }: QualitySample, sinceMs: number): Grade {
  return worstOf([gradeOfLine(own, line), gradeOfTracks(tracks, sinceMs)]);
}

/** How often a sample is taken, ms. */
export const sampleEveryMs = 5_000;
