/** Tasks of licensed staff that somebody else does by their decision: personal, for a time, of a unit or of one patient. */
import { z } from 'zod';
import { role } from './visits.ts';
import { date, id, nothing, prose } from './wire.ts';

export const delegatedTasks = [
  'capillarySample', // blood from a finger: glucose, haemoglobin, INR
  'oralOrder', // receives what the doctor orders by word of mouth, and says it back
] as const;
export const delegatedTask = z.enum(delegatedTasks);
export type DelegatedTask = z.infer<typeof delegatedTask>;

const person = z.object({ userId: id, name: z.string().nullable(), place: z.string(), role });

export const delegationView = z.object({
  id,
  task: delegatedTask,
  to: person,
  patient: z.object({ id, name: z.string() }).nullable(), // null: all of the unit's
  words: z.string(),
  givenBy: z.object({ name: z.string().nullable(), place: z.string() }),
  from: date,
  until: date, // the last day
  ended: z.iso.datetime().nullable(),
});
export type DelegationView = z.infer<typeof delegationView>;

export const delegationRoutes = {
  'GET /api/units/:unitId/delegations': {
    summary: "A unit's delegations, the newest first, and to whom tasks can be given",
    params: z.object({ unitId: id }),
    reply: z.object({ delegations: z.array(delegationView), staff: z.array(person), may: z.object({ give: z.boolean() }) }),
  },
  'POST /api/units/:unitId/delegations': {
    summary: 'Gives a task to somebody of the unit, for a year at most',
    params: z.object({ unitId: id }),
    body: z.object({ task: delegatedTask, userId: id, patientId: id.nullable(), words: prose(500), until: date }),
    reply: delegationView,
  },
  'POST /api/delegations/:delegationId/end': {
    summary: 'Takes a task back, from this moment on',
    params: z.object({ delegationId: id }),
    reply: nothing,
  },
} as const;
