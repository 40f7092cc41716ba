/** How a line is: what a browser measures of it, during a visit and before. Bounded, so that a browser that lies is refused. */
import { z } from 'zod';
import { grades } from './line.ts';
import { ladderStep, source } from './media.ts';
import { id } from './wire.ts';

const part = z.number().min(0).max(1); // of a whole
const ms = z.number().min(0).max(60_000);
const bps = z.number().int().min(0).max(10_000_000_000);

export const ways = ['udp', 'tcp', 'relay'] as const;

/** How one track of somebody else comes in. */
export const trackQuality = z.object({
  participantId: id,
  source,
  bitrateBps: bps,
  loss: part, // of the packets, those that never came
  jitterMs: ms,
  width: z.number().int().min(0).max(16_384), // of pictures; 0 of sound
  height: z.number().int().min(0).max(16_384),
  framesPerSecond: z.number().min(0).max(1_000),
  freezeMs: ms, // how long the picture stood still since the last look
  concealment: part, // of the sound, what the browser had to make up
  layer: z.number().int().min(0).max(2).nullable(), // simulcast layer asked for, 0 smallest; null of sound
});
export type TrackQuality = z.infer<typeof trackQuality>;

/** One's own line to the SFU. Null: the browser does not say. */
export const ownQuality = z.object({
  roundTripMs: ms.nullable(),
  loss: part, // of what one sends, on the way up
  sentBps: bps,
  availableBps: bps.nullable(),
  way: z.enum(ways).nullable(),
});
export type OwnQuality = z.infer<typeof ownQuality>;

/** What one person has measured since the last sample, and what their line had room for. */
export const qualitySample = z.object({ own: ownQuality, tracks: z.array(trackQuality).max(64), receives: ladderStep, sends: ladderStep });
export type QualitySample = z.infer<typeof qualitySample>;
export type Quality = Pick<QualitySample, 'own' | 'tracks'>;

export const grade = z.enum(grades);

/** "Was it good enough for the assessment?" */
export const enough = ['yes', 'partly', 'no'] as const;
export const enoughForAssessment = z.enum(enough);

/**
 * A visit's quality as its record shows it: how many samples of each grade, by who measured; and how often none came for a
 * while, and for how long together, s: the line was cut, or the person away.
 */
export const visitQuality = z.array(
  z.object({ participantId: id, good: z.number(), weak: z.number(), bad: z.number(), gaps: z.number(), gapSeconds: z.number() }),
);
