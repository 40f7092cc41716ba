/** Logging in and out, and the guest's way in. */
import { z } from 'zod';
import { assignment } from './units.ts';
import { id, nothing } from './wire.ts';

export const userKinds = ['staff', 'patient', 'guest'] as const;

export const me = z.object({
  userId: id,
  kind: z.enum(userKinds),
  name: z.string().nullable(), // staff may stand by role and place only
  place: z.string(),
  assignments: z.array(assignment), // staff's: the one by which they act; none until it is chosen
  choices: z.array(assignment), // staff's, those that hold now: one is active at a time
  onlyVisitId: id.nullable(), // came with a code: this session opens that visit and nothing else
  operator: z.boolean(), // may add organisations
  synthetic: z.boolean(),
});
export type Me = z.infer<typeof me>;

/** As printed in an invitation: eight letters and digits that cannot be mistaken for one another; the first two are the unit's. */
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

/** A session's id is a secret; this tells one from another. */
const sessionKey = z.string().regex(/^[0-9a-f]{32}$/);

export const ownSession = z.object({
  key: sessionKey,
  since: z.iso.datetime(),
  browser: z.string().nullable(), // "Firefox, Android"
  here: z.boolean(), // the one that asks
});
export type OwnSession = z.infer<typeof ownSession>;

export const identityRoutes = {
  'GET /api/about': { summary: 'What installation this is', access: 'public', reply: z.object({ demo: z.boolean() }) },
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
  'GET /api/unit-phone/:reference': {
    summary: 'Whom to call about an invitation: told by the first two characters, alike whether the invitation exists or not',
    access: 'public',
    params: z.object({ reference: invitationReference }),
    reply: z.object({ name: z.string(), phone: z.string() }).nullable(),
  },
  'POST /api/assignment': {
    summary: 'Chooses the assignment that this session acts by',
    body: z.object({ assignmentId: id }),
    reply: me,
  },
  'GET /api/sessions': {
    summary: "One's own sessions that hold now, the newest first",
    reply: z.array(ownSession),
  },
  'POST /api/sessions/:key/end': {
    summary: "Ends one of one's own sessions, on whatever device it is",
    params: z.object({ key: sessionKey }),
    reply: z.array(ownSession),
  },
  'POST /api/logout': { summary: 'Ends the session', access: 'public', reply: nothing },
} as const;
