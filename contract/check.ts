/** The check of browser, devices and line before a visit, over the same SFU and with real sound and picture. */
import { z } from 'zod';
import { iceServer, joinAnswer, joinOffer, rtpCapabilities, rtpParameters, shown, source } from './media.ts';
import { ways } from './quality.ts';
import { id, nothing } from './wire.ts';

const part = z.number().min(0).max(1);
const ms = z.number().min(0).max(60_000);
const bps = z.number().int().min(0).max(10_000_000_000);

/** What was found. Of what could not be measured: null. */
export const checkReport = z.object({
  browser: z.string().max(80), // name and version, no more
  camera: z.enum(['works', 'denied', 'missing', 'busy']),
  microphone: z.enum(['works', 'silent', 'denied', 'missing', 'busy']),
  speaker: z.enum(['heard', 'notHeard', 'notTried']),
  reach: z.object({ udp: z.boolean(), tcp: z.boolean(), relay: z.boolean().nullable() }), // null: there is no relay
  way: z.enum(ways).nullable(), // what a visit would take
  roundTripMs: ms.nullable(),
  jitterMs: ms.nullable(),
  lossUp: part.nullable(),
  lossDown: part.nullable(),
  upBps: bps.nullable(), // of sound and picture, as they really came through
  downBps: bps.nullable(),
});
export type CheckReport = z.infer<typeof checkReport>;

/** `all`: sound and picture; `picture`: a small one; `speech`: sound alone; `none`: call instead. */
export const verdicts = ['all', 'picture', 'speech', 'none'] as const;
export type Verdict = (typeof verdicts)[number];

/** From so many bits a second on, both ways, a picture is good enough to examine by; and from so many there is room for any. */
const examinationBps = 350_000;
const pictureBps = 110_000;
const muchLoss = 0.1;
const longRoundTripMs = 500;

export function verdictOf({ way, microphone, roundTripMs, lossUp, lossDown, upBps, downBps }: CheckReport): Verdict {
  if (way === null || microphone === 'missing' || microphone === 'denied' || microphone === 'busy') return 'none';
  const narrowest = Math.min(upBps ?? 0, downBps ?? 0);
  if (narrowest < pictureBps) return 'speech';
  const poor = Math.max(lossUp ?? 0, lossDown ?? 0) > muchLoss || (roundTripMs ?? 0) > longRoundTripMs;
  return narrowest < examinationBps || poor ? 'picture' : 'all';
}

/** A report as staff see it beside the booking. */
export const storedCheck = z.object({ participantId: id, at: z.iso.datetime(), verdict: z.enum(verdicts), report: checkReport });
export type StoredCheck = z.infer<typeof storedCheck>;

const ofCheck = z.object({ checkId: id });
/** One path of the check: a seat of its own, so that each finds its own way or none. */
const ofPath = ofCheck.extend({ path: z.enum(ways) });

/** Nobody has to be logged in: the link is sent days ahead. What is checked tells nothing of any visit. */
export const checkRoutes = {
  'POST /api/checks': {
    summary: 'Begins a check: a media room of its own, for a minute',
    access: 'public',
    reply: z.object({ checkId: id, rtpCapabilities, iceServers: z.array(iceServer) }),
  },
  'POST /api/checks/:checkId/:path/join': {
    summary: 'Comes into the room of the check; asked again with `resume` it says what there is to hear',
    access: 'public',
    params: ofPath,
    body: joinOffer,
    reply: joinAnswer,
  },
  'POST /api/checks/:checkId/:path/start': {
    summary: 'Sends a track, which comes back on the same path',
    access: 'public',
    params: ofPath,
    body: z.object({ source, rtpParameters }),
    reply: z.object({ producerId: id }),
  },
  'POST /api/checks/:checkId/:path/show': {
    summary: 'Wakes what comes back',
    access: 'public',
    params: ofPath,
    body: z.object({ consumers: z.array(shown).max(4) }),
    reply: nothing,
  },
  'POST /api/checks/:checkId/report': {
    summary: 'Ends the check. The report is kept beside the booking of the invitation or of the visit, if there is one',
    access: 'public',
    params: ofCheck,
    body: z.object({ report: checkReport, reference: z.string().max(40).nullable(), visitId: id.nullable() }),
    reply: z.object({ verdict: z.enum(verdicts) }),
  },
} as const;
