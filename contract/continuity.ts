/** Continuity: which physician a patient is to meet, whom they have met, and how visits in person and at a distance alternate. */
import { z } from 'zod';
import { modality } from './scheduling.ts';
import { alternation } from './suitability.ts';
import { staffRole, version } from './units.ts';
import { visitState } from './visits.ts';
import { id } from './wire.ts';

const person = z.object({ userId: id, name: z.string().nullable(), place: z.string() });

export const fixedPhysician = person.extend({
  role: staffRole.nullable(),
  unitName: z.string().nullable(), // null, as the role: a physician no longer, or elsewhere
});
export type FixedPhysician = z.infer<typeof fixedPhysician>;

const count = z.number().int();

export const met = person.extend({
  role: staffRole, // as it was
  video: count,
  physical: count,
  phone: count,
  lastAt: z.iso.datetime(),
});
export type Met = z.infer<typeof met>;

export const plannedVisit = z.object({
  id,
  startsAt: z.iso.datetime(),
  modality,
  state: visitState,
  staff: z.array(person.extend({ role: staffRole })),
});

export const continuity = z.object({
  fixedPhysician: fixedPhysician.nullable(),
  version, // of the patient
  mayChange: z.boolean(),
  met: z.array(met), // the most often met first
  physicianContacts: z.object({ all: count, withFixed: count.nullable() }), // null: nobody is fixed
  lastPhysicalAt: z.iso.datetime().nullable(), // as far back as is known
  nextPhysicalAt: z.iso.datetime().nullable(),
  alternations: z.array(alternation.extend({ unitId: id, unitName: z.string() })), // of units where the patient is one
  ahead: z.array(plannedVisit), // the nearest first
});
export type Continuity = z.infer<typeof continuity>;

const ofPatient = z.object({ patientId: id });

export const continuityRoutes = {
  'GET /api/patients/:patientId/continuity': {
    summary: 'Whom a patient has met in a year, of the visits that the actor sees, and what is planned',
    params: ofPatient,
    reply: continuity,
  },
  'PUT /api/patients/:patientId/fixed-physician': {
    summary: 'Says which physician a patient is to meet; null: none',
    params: ofPatient,
    body: z.object({ userId: id.nullable(), basedOn: version }),
    reply: z.object({ fixedPhysician: fixedPhysician.nullable(), version }),
  },
} as const;
