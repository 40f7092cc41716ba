/** What a visit leaves behind: its outcome, notes, and who did what. */
import { z } from 'zod';
import { visitDetails } from './booking.ts';
import { storedCheck } from './check.ts';
import { interpreterView } from './interpreting.ts';
import { enoughForAssessment, visitQuality } from './quality.ts';
import { modality } from './scheduling.ts';
import { suitability } from './suitability.ts';
import { version } from './units.ts';
import { bystander, heldStates, identityMethod, lateness, participantView, patientBrief, visitState } from './visits.ts';
import { date, id, nothing, prose, words } from './wire.ts';

export const contactTypes = ['video', 'phone', 'physical'] as const;

export const documentation = z.object({
  outcome: prose(8_000), // for the record
  agreed: prose(4_000), // in the patient's words; they see it
  followUp: prose(2_000),
  followUpOwner: words(120).nullable(), // a named person
  followUpOn: date.nullable(),
  contactType: z.enum(contactTypes),
  contactCode: z.string().regex(/^[A-Z]{2}\d{3}$/, 'is no KVÅ code: two capital letters and three digits'),
  soundEnough: enoughForAssessment.nullable(), // for the assessment; asked of a video visit
  pictureEnough: enoughForAssessment.nullable(),
  identityMethod: identityMethod.nullable(), // if it was not recorded during the visit
});
export type Documentation = z.infer<typeof documentation>;

export const history = z.object({
  at: z.iso.datetime(),
  action: z.string(),
  actor: z.object({ name: z.string().nullable(), role: z.string().nullable(), place: z.string().nullable() }).nullable(), // null: the system
  about: z.object({ name: z.string().nullable(), role: z.string().nullable(), place: z.string().nullable() }).nullable(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type HistoryRow = z.infer<typeof history>;

export const visitRecord = z.object({
  id,
  patientId: id,
  unit: z.object({ id, name: z.string(), phone: z.string() }),
  state: visitState,
  synthetic: z.boolean(),
  patient: patientBrief,
  details: visitDetails,
  addressHidden: z.boolean(),
  detailsVersion: version,
  series: z.object({ nr: z.number().int(), count: z.number().int() }).nullable(), // which of how many that were booked together
  suitability: suitability.nullable(), // of video, as it was judged when it was booked
  about: z.string().nullable(), // what the patient asked for it about
  closingReason: z.string().nullable(),
  beganAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  identity: z.object({ method: identityMethod, at: z.iso.datetime() }).nullable(),
  preliminary: z.boolean(), // waits for its interpreter: nobody outside has been told
  interpreter: interpreterView.nullable(),
  emergencyAt: z.iso.datetime().nullable(),
  phoneSince: z.iso.datetime().nullable(),
  begunByVideo: z.boolean(), // and gone on by telephone: sound and picture are judged all the same
  quality: visitQuality,
  checks: z.array(storedCheck), // the last of each participant
  people: z.array(participantView),
  bystanders: z.array(bystander),
  documentation: documentation.extend({ version }),
  note: z.object({ id, text: z.string(), version }).nullable(), // the actor's own
  history: z.array(history),
  may: z.object({ enter: z.boolean(), change: z.boolean(), document: z.boolean() }), // to hide what would be refused
});
export type VisitRecord = z.infer<typeof visitRecord>;

/** A visit as its patient reads it. */
export const ownVisit = z.object({
  id,
  startsAt: z.iso.datetime(),
  durationMinutes: z.number().int(),
  state: visitState,
  preliminary: z.boolean(), // its time may change yet
  modality,
  late: lateness,
  unit: z.object({ name: z.string(), phone: z.string() }),
  people: z.array(participantView.pick({ name: true, role: true, place: true })),
  agreed: z.string(),
  followUp: z.string(),
  followUpOwner: z.string().nullable(),
  followUpOn: date.nullable(),
  mayEnter: z.boolean(),
});
export type OwnVisit = z.infer<typeof ownVisit>;

/** A visit in a patient's list, for staff. */
export const pastVisit = z.object({ id, startsAt: z.iso.datetime(), state: visitState, unitName: z.string() });

const ofVisit = z.object({ visitId: id });

export const recordRoutes = {
  'GET /api/visits/:visitId': { summary: 'A visit: what was booked, who was there, what came of it', params: ofVisit, reply: visitRecord },
  'PUT /api/visits/:visitId/documentation': {
    summary: 'Keeps what is written so far',
    params: ofVisit,
    body: documentation.extend({ basedOn: version }),
    reply: z.object({ version }),
  },
  'POST /api/visits/:visitId/complete': {
    summary: 'Ends the documentation; needs an outcome and a named person for the follow-up',
    params: ofVisit,
    body: z.object({ basedOn: version, as: z.enum(heldStates) }),
    reply: nothing,
  },
  'PUT /api/visits/:visitId/note': {
    summary: "Keeps the actor's own note; it belongs to the patient that it was begun for",
    params: ofVisit,
    body: z.object({ id, patientId: id, text: prose(8_000), basedOn: version.nullable() }),
    reply: z.object({ version }),
  },
  'GET /api/patients/:patientId/visits': {
    summary: 'Visits of a patient, the latest first',
    params: z.object({ patientId: id }),
    reply: z.array(pastVisit),
  },
  'GET /api/my/visits': { summary: "The patient's own visits, past and coming", reply: z.array(ownVisit) },
} as const;
