/** What patient and unit write to each other before and after a visit. */
import { z } from 'zod';
import { id, nothing, prose } from './wire.ts';

export const saying = z.object({
  id,
  from: z.enum(['patient', 'care']),
  name: z.string().nullable(), // of staff; null: they stand by role and place, or it is the patient
  text: z.string(),
  at: z.iso.datetime(),
});
export type Saying = z.infer<typeof saying>;

export const conversation = z.object({ sayings: z.array(saying), maySay: z.boolean() });
export type Conversation = z.infer<typeof conversation>;

/** A patient has written last: somebody answers. */
export const unanswered = z.object({
  visitId: id,
  unitName: z.string(),
  patientName: z.string(),
  startsAt: z.iso.datetime(),
  since: z.iso.datetime(),
});
export type Unanswered = z.infer<typeof unanswered>;

const ofVisit = z.object({ visitId: id });

export const conversationRoutes = {
  'GET /api/visits/:visitId/conversation': { summary: 'What was written about a visit, in order', params: ofVisit, reply: conversation },
  'POST /api/visits/:visitId/conversation': {
    summary: 'Writes to the other side; the same id again is the same',
    params: ofVisit,
    body: z.object({ id, text: prose(2_000).min(1, 'says nothing') }),
    reply: nothing,
  },
  'POST /api/visits/:visitId/conversation/settle': {
    summary: 'What the patient wrote last needs no answer',
    params: ofVisit,
    reply: nothing,
  },
  'GET /api/conversations': {
    summary: "Patients of the actor's care units who wait for an answer, the longest first",
    reply: z.array(unanswered),
  },
} as const;
