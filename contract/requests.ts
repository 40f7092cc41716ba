/** A patient asks for a visit; the unit assesses how soon, and books it or says why not. */
import { z } from 'zod';
import { patientListed } from './patients.ts';
import { visitState } from './visits.ts';
import { id, nothing, words } from './wire.ts';

/** The most urgent first; in this order a queue is called. */
export const priorities = ['acute', 'soon', 'planned'] as const;
export const priority = z.enum(priorities);

/** A unit that the actor is a patient of. */
export const ownUnit = z.object({ patientId: id, unitId: id, name: z.string() });
export type OwnUnit = z.infer<typeof ownUnit>;

export const visitRequest = z.object({
  id,
  unitId: id,
  unitName: z.string(),
  patient: patientListed,
  state: visitState, // requested or triaged
  askedAt: z.iso.datetime(),
  about: z.string(),
  priority: priority.nullable(),
});
export type VisitRequest = z.infer<typeof visitRequest>;

export const requestRoutes = {
  'GET /api/my/units': { summary: 'The units that the patient can ask for a visit', reply: z.array(ownUnit) },
  'POST /api/my/requests': {
    summary: 'The patient asks for a visit; the same id again is the same request',
    body: z.object({ visitId: id, patientId: id, unitId: id, about: words(500) }),
    reply: nothing,
  },
  'GET /api/requests': { summary: "What patients of the actor's units have asked for, the oldest first", reply: z.array(visitRequest) },
  'POST /api/visits/:visitId/triage': {
    summary: 'Assesses a request',
    params: z.object({ visitId: id }),
    body: z.object({ priority }),
    reply: nothing,
  },
} as const;
