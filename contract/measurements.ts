/** Readings of a patient: filed by staff beside them, by hand or from a device, and read as a trend. */
import { z } from 'zod';
import { news2Parameters } from './news2.ts';
import { version } from './units.ts';
import { vitalKinds } from './vitals.ts';
import { id, nothing, words } from './wire.ts';

export const measuringMethods = ['manual', 'device'] as const;
/** How clear somebody usually is. */
export const cognitions = ['clear', 'confused'] as const;

const reading = z.object({
  id, // made by the client: a resend is the same reading
  kind: z.enum(vitalKinds),
  value: z.number(), // in the unit that `kind` names
  measuredAt: z.iso.datetime({ offset: true }), // by the clock of who sends it
  deviceAt: z.iso.datetime({ offset: true }).nullable().default(null), // by the device's own
  device: words(120).nullable().default(null),
  confirmed: z.boolean().default(false), // unusual, and said to be right
});
export type NewReading = z.output<typeof reading>;

const filed = z.object({
  id, // of what was measured together
  patientId: id, // whose it is, as whoever measured saw it
  sentAt: z.iso.datetime({ offset: true }), // by the clock of who sends it, now: how far that clock is off
  readings: z.array(reading).min(1).max(24),
});
export type NewObservation = z.output<typeof filed>;

const person = z.object({ name: z.string().nullable(), place: z.string() });

export const readingView = z.object({
  id,
  observationId: id,
  kind: z.enum(vitalKinds),
  value: z.number().nullable(), // null: was no reading of this person
  measuredAt: z.iso.datetime(),
  deviceAt: z.iso.datetime().nullable(),
  recordedAt: z.iso.datetime(),
  method: z.enum(measuringMethods),
  device: z.string().nullable(),
  by: person,
  corrects: id.nullable(),
  corrected: z.boolean(), // a later row stands in its place
});
export type ReadingView = z.infer<typeof readingView>;

export const news2View = z.object({
  observationId: id,
  at: z.iso.datetime(),
  scale: z.union([z.literal(1), z.literal(2)]),
  points: z.partialRecord(z.enum(news2Parameters), z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)])),
  missing: z.array(z.enum(news2Parameters)),
  score: z.number().int(),
  risk: z.enum(['low', 'lowMedium', 'medium', 'high']),
});
export type News2View = z.infer<typeof news2View>;

export const baseline = z.object({
  cognition: z.enum(cognitions).nullable(), // null: nobody has said
  pregnant: z.boolean().nullable(),
  spo2Scale2: z.object({ by: person, at: z.iso.datetime() }).nullable(), // who ordered it
  version: version.nullable(), // null: nothing has been said
});
export type Baseline = z.infer<typeof baseline>;

export const measured = z.object({
  patientId: id,
  readings: z.array(readingView), // the oldest first, with what was corrected
  lastVisitId: id.nullable(), // of the visit that the last of them were filed in; what is measured elsewhere is a round of its own
  news2: z.array(news2View),
  news2Off: z.enum(['undecided', 'age', 'pregnancy']).nullable(), // why it is not counted
  baseline,
  may: z.object({ record: z.boolean(), order: z.boolean(), sample: z.boolean() }), // to hide what would be refused
});
export type Measured = z.infer<typeof measured>;

const newBaseline = z.object({
  cognition: z.enum(cognitions).nullable(),
  pregnant: z.boolean().nullable(),
  spo2Scale2: z.boolean(), // a doctor's order
  basedOn: version.nullable(),
});
export type NewBaseline = z.output<typeof newBaseline>;

const ofVisit = z.object({ visitId: id });
const ofPatient = z.object({ patientId: id });
const since = z.object({
  days: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, 'is no number of days up to 999')
    .default('90')
    .transform(Number),
});

export const measurementRoutes = {
  'GET /api/visits/:visitId/measurements': {
    summary: "A patient's readings, beside a visit",
    params: ofVisit,
    query: since,
    reply: measured,
  },
  'GET /api/patients/:patientId/measurements': { summary: "A patient's readings", params: ofPatient, query: since, reply: measured },
  'POST /api/visits/:visitId/measurements': { summary: 'Files what was measured in a visit', params: ofVisit, body: filed, reply: nothing },
  'POST /api/patients/:patientId/measurements': {
    summary: 'Files what was measured beside no visit',
    params: ofPatient,
    body: filed.extend({ unitId: id }),
    reply: nothing,
  },
  'POST /api/measurements/:measurementId/correct': {
    summary: 'Puts another reading in the place of a wrong one, or none; the wrong one stays to be seen as corrected',
    params: z.object({ measurementId: id }),
    body: z.object({ id, value: z.number().nullable(), confirmed: z.boolean().default(false) }),
    reply: nothing,
  },
  'PUT /api/visits/:visitId/baseline': {
    summary: 'Keeps how a patient usually is, beside a visit',
    params: ofVisit,
    body: newBaseline,
    reply: nothing,
  },
  'PUT /api/patients/:patientId/baseline': {
    summary: 'Keeps how a patient usually is',
    params: ofPatient,
    body: newBaseline,
    reply: nothing,
  },
  'PUT /api/organisations/:organisationId/medical-device': {
    summary: 'Records the decision by which a care provider takes NEWS2 into use, or takes it back',
    params: z.object({ organisationId: id }),
    body: z.object({ decision: words(200).nullable() }),
    reply: nothing,
  },
} as const;
