/** Logging in and out, and the guest's way in. */
import { z } from 'zod';
import { role } from './visits.ts';
import { id, nothing } from './wire.ts';

export const languages = ['sv', 'en', 'es', 'fi'] as const;
export type Language = (typeof languages)[number];

export const me = z.object({
  userId: id,
  kind: z.enum(['staff', 'guest']),
  name: z.string().nullable(),
  role,
  place: z.string(),
  synthetic: z.boolean(),
});
export type Me = z.infer<typeof me>;

/** As printed in an invitation: eight letters and digits that cannot be mistaken for one another. */
export const invitationReference = z
  .string()
  .trim()
  .toUpperCase()
  .transform((text) => text.replace(/[\s-]/g, ''))
  .pipe(z.string().regex(/^[2-9A-HJ-NP-Z]{8}$/));

const guestCode = z
  .string()
  .transform((text) => text.replace(/\s/g, ''))
  .pipe(z.string().regex(/^\d{6}$/));

export const identityRoutes = {
  'GET /api/me': { summary: 'Who is logged in; null if nobody', access: 'public', reply: me.nullable() },
  'POST /api/login': {
    summary: 'Logs a member of staff in',
    access: 'public',
    body: z.object({ username: z.string().trim().min(1).max(64), password: z.string().min(1).max(256) }),
    reply: me,
  },
  'POST /api/guest': {
    summary: 'Lets a guest in to the one visit of an invitation and its code',
    access: 'public',
    body: z.object({ reference: invitationReference, code: guestCode }),
    reply: z.object({ visitId: id, me }),
  },
  'POST /api/logout': { summary: 'Ends the session', access: 'public', reply: nothing },
} as const;
