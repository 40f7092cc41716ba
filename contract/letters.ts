/** Letters to those who have neither mail nor SMS: printed and posted by the unit. */
import { z } from 'zod';
import { messagePurposes } from './messages.ts';
import { id, nothing } from './wire.ts';

export const waitingLetter = z.object({
  id,
  visitId: id,
  unitId: id,
  unitName: z.string(),
  recipient: z.string(),
  purpose: z.enum(messagePurposes),
  startsAt: z.iso.datetime(), // of the visit: a letter takes days
  addressed: z.boolean(), // the address stands on it
});
export type WaitingLetter = z.infer<typeof waitingLetter>;

const ids = z.object({ ids: z.array(id).min(1, 'names none').max(200, 'names more than 200') });

export const letterRoutes = {
  'GET /api/letters': {
    summary: "Letters of the actor's care units that are to be printed, the most urgent first",
    reply: z.array(waitingLetter),
  },
  'POST /api/letters/pdf': { summary: 'Letters as one document, a page each', body: ids, reply: z.object({ pdf: z.base64() }) },
  'POST /api/letters/printed': { summary: 'They are printed and on their way', body: ids, reply: nothing },
} as const;
