/** Pictures that are kept: taken by the camera beside the patient in its full size, and where they come from. */
import { z } from 'zod';
import { presenceConsent } from './consent.ts';
import { site } from './examination.ts';
import { mostBytes, type StillKind } from './examining.ts';
import { role } from './visits.ts';
import { id, nothing, prose, words } from './wire.ts';

export const stillKind = z.enum(['record', 'working'] satisfies StillKind[]);
const moment = z.iso.datetime();

/** What is said of a picture before it comes, so that a resend is the same one. */
export const newStill = z.object({
  id,
  patientId: id, // whom the taker had before them
  kind: stillKind,
  site,
  words: prose(500),
  scaled: z.boolean(), // a ruler or a coin lies beside it
  takenAt: moment,
  sentAt: moment, // by the taker's clock: how far it is off is known from it
  camera: words(200), // as the browser names it
  size: z.number().int().positive().max(mostBytes, 'is larger than any picture of a camera'), // bytes
  consent: presenceConsent.nullable(), // the patient says yes to pictures; null: has said so before
});
export type NewStill = z.output<typeof newStill>;

export const stillView = z.object({
  id,
  visitId: id,
  kind: stillKind,
  site,
  words: z.string(),
  scaled: z.boolean(),
  takenAt: moment,
  takenBy: z.object({ name: z.string().nullable(), role: role.nullable(), place: z.string() }),
  unitName: z.string(), // whose care provider owns it
  camera: z.string(),
  width: z.number().int().nullable(), // null: on its way
  height: z.number().int().nullable(),
  keptUntil: moment,
  struck: z.object({ reason: z.string(), at: moment }).nullable(), // was not of this patient, or not of this place
});
export type StillView = z.infer<typeof stillView>;

const ofVisit = z.object({ visitId: id });
const ofStill = z.object({ stillId: id });
/** Bytes of one JPEG. */
const picture = z.instanceof(Uint8Array);

export const stillRoutes = {
  'GET /api/visits/:visitId/stills': {
    summary: "Pictures of a visit's patient, taken by its unit: of this visit and of earlier ones, the newest first",
    params: ofVisit,
    reply: z.array(stillView),
  },
  'GET /api/visits/:visitId/stills/taking': {
    summary: 'What is to be known before a picture is taken: of whom, and whether they have said yes to pictures',
    params: ofVisit,
    reply: z.object({ patientId: id, consented: z.boolean() }),
  },
  'POST /api/visits/:visitId/stills': {
    summary: 'Says that a picture has been taken; its bytes come next',
    params: ofVisit,
    body: newStill,
    reply: z.object({ arrived: z.boolean() }), // it is there already
  },
  'PUT /api/stills/:stillId/picture': { summary: 'Brings the picture', params: ofStill, bytes: 'in', body: picture, reply: nothing },
  'GET /api/stills/:stillId/picture': {
    summary: 'The picture in full size',
    params: ofStill,
    query: z.object({ small: z.literal('yes').optional() }),
    bytes: 'out',
    reply: picture,
  },
  'POST /api/stills/:stillId/strike': {
    summary: 'Takes a wrong picture out of sight; that it was there stays to be seen',
    params: ofStill,
    body: z.object({ reason: words(300) }),
    reply: nothing,
  },
  'PUT /api/visits/:visitId/frozen': {
    summary: 'Puts a moment of somebody’s picture before everybody, to be pointed at',
    params: ofVisit,
    query: z.object({ id, participantId: id, source: z.enum(['camera', 'examination']) }),
    bytes: 'in',
    body: picture,
    reply: nothing,
  },
  'GET /api/visits/:visitId/frozen/:frozenId': {
    summary: 'The moment that lies before everybody',
    params: z.object({ visitId: id, frozenId: id }),
    bytes: 'out',
    reply: picture,
  },
} as const;
