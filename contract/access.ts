/** Who has opened what there is about somebody. */
import { z } from 'zod';
import { roles } from './visits.ts';

/** What of the access log a patient is told: readings, changes, and being there; not each step through a door. */
export const toldAccesses = [
  'visit.read',
  'visit.book',
  'visit.change',
  'visit.join',
  'visit.document',
  'visit.complete',
  'visit.close',
  'patient.read',
  'patient.visits',
  'patient.register',
  'patient.attach',
  'patient.change',
  'patient.login',
  'relative.add',
  'relative.change',
  'relative.end',
  'consent.give',
  'consent.withdraw',
  'consent.read',
] as const;

export const access = z.object({
  at: z.iso.datetime(),
  action: z.enum(toldAccesses),
  own: z.boolean(), // the patient's own doing
  role: z.enum(roles).nullable(), // of staff by their assignment, of others by their seat; null: not known any more
  unit: z.string().nullable(),
  organisation: z.string().nullable(),
});
export type Access = z.infer<typeof access>;

export const accessRoutes = {
  'GET /api/my/accesses': {
    summary: "Who has opened what there is about the patient: the patient's own page, the newest first",
    query: z.object({
      before: z
        .string()
        .regex(/^\d{1,15}$/)
        .transform(Number)
        .optional(),
    }), // as given by `next`
    reply: z.object({ accesses: z.array(access), next: z.number().nullable() }),
  },
} as const;
