/** The digital queue of a unit: a patient comes without a time, and is called up. */
import { z } from 'zod';
import { answer, question } from './forms.ts';
import { patientListed } from './patients.ts';
import { priority } from './requests.ts';
import { weekHours } from './scheduling.ts';
import { id, nothing, words } from './wire.ts';

export const queueSettings = z.object({
  hours: z.array(weekHours).max(70, 'has more than 70 rows'), // none: there is no queue
  questions: z.array(question).max(6, 'has more than 6'),
});
export type QueueSettings = z.infer<typeof queueSettings>;

/** How long it may take, told only where enough has been seen today to say so. */
export const expectedWait = z.object({ fromMinutes: z.number().int(), toMinutes: z.number().int() });

export const ownQueue = z.object({
  patientId: id,
  unitId: id,
  unitName: z.string(),
  openUntil: z.iso.datetime().nullable(), // null: closed now
  waiting: z.number().int(),
  expected: expectedWait.nullable(),
  questions: z.array(question),
});
export type OwnQueue = z.infer<typeof ownQueue>;

export const ownPlace = z.object({
  visitId: id,
  unitId: id,
  unitName: z.string(),
  since: z.iso.datetime(),
  place: z.number().int().nullable(), // 1 is next; null: called up, the door is open
  expected: expectedWait.nullable(),
});
export type OwnPlace = z.infer<typeof ownPlace>;

export const queued = z.object({
  visitId: id,
  patient: patientListed,
  answers: z.array(answer),
  priority: priority.nullable(),
  since: z.iso.datetime(),
  handedFrom: z.string().nullable(), // the unit that sent them on
  handedReason: z.string().nullable(),
});
export type Queued = z.infer<typeof queued>;

const ofUnit = z.object({ unitId: id });
const ofVisit = z.object({ visitId: id });

export const queueRoutes = {
  'GET /api/my/queues': { summary: 'Queues of the units that the patient belongs to', reply: z.array(ownQueue) },
  'GET /api/my/queue': { summary: 'Where the patient stands', reply: z.array(ownPlace) },
  'POST /api/my/queue': {
    summary: 'Stands in line; the same id again is the same place',
    body: z.object({ visitId: id, patientId: id, unitId: id, answers: z.array(answer).max(6, 'has more than 6') }),
    reply: ownPlace,
  },
  'POST /api/my/queue/:visitId/leave': { summary: 'Leaves the line', params: ofVisit, reply: nothing },
  'GET /api/units/:unitId/queue': {
    summary: 'Who waits, in the order in which they are called',
    params: ofUnit,
    reply: z.object({ waiting: z.array(queued), settings: queueSettings, mayChange: z.boolean() }),
  },
  'GET /api/units/:unitId/siblings': {
    summary: 'Other care units of the same organisation, to which one who waits may be sent on',
    params: ofUnit,
    reply: z.array(z.object({ id, name: z.string() })),
  },
  'PUT /api/units/:unitId/queue': {
    summary: 'When the queue is open, and what is asked',
    params: ofUnit,
    body: queueSettings,
    reply: queueSettings,
  },
  'POST /api/units/:unitId/queue/next': {
    summary: 'Calls up the next in line: a visit that begins now, led by the caller',
    params: ofUnit,
    body: z.object({ minutes: z.number().int().min(5).max(120).default(15) }),
    reply: z.object({ visitId: id }).nullable(), // nobody waits
  },
  'POST /api/visits/:visitId/call': {
    summary: 'Calls up this one, out of turn or not',
    params: ofVisit,
    body: z.object({ minutes: z.number().int().min(5).max(120).default(15) }),
    reply: nothing,
  },
  'POST /api/visits/:visitId/send-on': {
    summary: 'Sends one who waits on to the queue of another unit of the organisation; they keep their time',
    params: ofVisit,
    body: z.object({ unitId: id, reason: words(300) }),
    reply: nothing,
  },
} as const;
