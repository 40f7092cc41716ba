/** Patients as a care provider knows them, and those close to them. */
import { z } from 'zod';
import { language } from './language.ts';
import { contactChannel } from './messages.ts';
import { version } from './units.ts';
import { date, email, id, nothing, phone, words } from './wire.ts';

export const numberKinds = ['personal', 'coordination', 'reserve'] as const;
export const relativeRoles = ['relative', 'guardian', 'trustee'] as const;

/** The kind follows from a personal or coordination number; a reserve number says nothing of the birth date. */
const identity = z.object({
  number: z.string().trim().min(4).max(24),
  reserve: z.boolean(), // a number of the care provider's own, for somebody without personnummer
  birthDate: date.nullable(), // asked for with a reserve number only
});

/** How somebody hears of visits. */
const reach = z.object({ email: email.nullable().default(null), channel: contactChannel.default('none') });

const contact = z.object({
  ...reach.shape,
  name: words(120),
  protectedIdentity: z.boolean(),
  phone: phone.nullable(),
  address: words(200).nullable(), // where 112 finds them
  entrance: words(120).nullable(), // entrance, floor, door code
  municipality: z
    .string()
    .regex(/^\d{4}$/, 'is no municipality code')
    .nullable()
    .default(null), // where they are registered
  language,
});

export const relative = z.object({
  name: words(120),
  role: z.enum(relativeRoles),
  relation: words(60).nullable(), // "daughter", in the words of whoever wrote it
  phone: phone.nullable(),
  ...reach.shape,
  language: language.default('sv'),
});
export const relativeView = relative.extend({
  id,
  version,
  mayBePresent: z.boolean(), // nobody's yes is needed, or the patient has said yes until it is withdrawn
});
export type RelativeView = z.infer<typeof relativeView>;

export const patientListed = z.object({
  id,
  name: z.string(),
  number: z.string(), // as written: 640823-3234
  numberKind: z.enum(numberKinds),
  birthDate: date,
  protectedIdentity: z.boolean(),
  synthetic: z.boolean(),
});
export type PatientListed = z.infer<typeof patientListed>;

export const patientView = patientListed.extend({
  ...contact.shape,
  version,
  resident: z.boolean(), // lives where the installation gives care, or is not asked
  mayChange: z.boolean(),
  opened: z.boolean(), // with a reason and for a day: no care relation
  addressHidden: z.boolean(), // protected identity: the address is shown in an emergency alone
  organisationId: id,
  units: z.array(z.object({ id, name: z.string() })), // where they are a patient
  relatives: z.array(relativeView),
  fixedPhysician: z.object({ userId: id, name: z.string().nullable(), place: z.string() }).nullable(), // whom they are to meet
  username: z.string().nullable(), // if they can log in
  bounced: z.array(z.string()), // addresses and numbers, theirs and their relatives’, from which the last message came back
});
export type PatientView = z.infer<typeof patientView>;

const ofPatient = z.object({ patientId: id });

export const patientRoutes = {
  'POST /api/patients/search': {
    summary: 'Patients of the units of the actor, by name or number; neither belongs in an address, so it is a POST',
    body: z.object({ search: z.string().trim().max(120).default(''), unitId: id.optional() }),
    reply: z.array(patientListed),
  },
  'POST /api/patients': {
    summary: 'Registers a patient at a unit; one that the organisation already has becomes a patient of the unit too',
    body: contact.extend({ ...identity.shape, unitId: id }),
    reply: z.object({ id, known: z.boolean() }),
  },
  'GET /api/patients/:patientId': { summary: 'A patient, their relatives and units', params: ofPatient, reply: patientView },
  'PUT /api/patients/:patientId': {
    summary: 'Changes what is known of a patient',
    params: ofPatient,
    body: contact.extend({ basedOn: version }),
    reply: patientView,
  },
  'POST /api/patients/:patientId/login': {
    summary: 'Gives a patient a login of their own, or a new password for it',
    params: ofPatient,
    reply: z.object({ username: z.string(), password: z.string() }),
  },
  'POST /api/patients/:patientId/relatives': {
    summary: 'Adds a relative or representative',
    params: ofPatient,
    body: relative,
    reply: z.object({ id }),
  },
  'PUT /api/relatives/:relativeId': {
    summary: 'Changes a relative or representative',
    params: z.object({ relativeId: id }),
    body: relative.extend({ basedOn: version }),
    reply: relativeView,
  },
  'POST /api/relatives/:relativeId/end': {
    summary: 'Takes a relative or representative off; visits they were at keep them',
    params: z.object({ relativeId: id }),
    reply: nothing,
  },
} as const;
