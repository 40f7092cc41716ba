/** Logging in and out, and the guest's way in. */
import { z } from 'zod';
import { country } from './policy.ts';
import { assignment, staffRole } from './units.ts';
import { id, nothing } from './wire.ts';

export const userKinds = ['staff', 'patient', 'guest'] as const;

/** Why an assignment cannot be acted by just now. */
export const bars = [
  'level', // this session does not show surely enough who it is
  'licence', // no Swedish licence that holds is on file
  'country', // not approved for work from there
] as const;
export type Bar = (typeof bars)[number];

export const heldAssignment = assignment.extend({
  barred: z.enum(bars).nullable(),
  declares: z.boolean(), // says from which country, each time it is chosen
});

/** Everything but the call is closed: `idle` until PIN, password or e-ID, `absolute` until a full login. */
export const locks = ['idle', 'absolute'] as const;

export const me = z.object({
  userId: id,
  kind: z.enum(userKinds),
  name: z.string().nullable(), // staff may stand by role and place only
  place: z.string(),
  assignments: z.array(assignment), // staff's: the one by which they act; none until it is chosen
  choices: z.array(heldAssignment), // staff's, those that hold now: one is active at a time
  country: z.string().nullable(), // declared for this session
  countries: z.array(z.string()), // approved for them
  level: z.number().int(), // of assurance, 1 to 4
  levelWanted: z.number().int(), // below it nothing is opened
  locked: z.enum(locks).nullable(),
  idleMinutes: z.number().int(), // without a touch until everything but the call locks
  hasPin: z.boolean(),
  hasTotp: z.boolean(),
  local: z.boolean(), // has a password here
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

/** Six digits of an authenticator, or one of the recovery codes. */
const oneTimeCode = z
  .string()
  .transform((text) => text.replace(/[\s-]/g, '').toLowerCase())
  .pipe(z.string().regex(/^(\d{6}|[2-9a-hj-np-z]{10})$/));

const pin = z.string().regex(/^\d{4,8}$/);

const proof = z.union([z.object({ pin }), z.object({ password: z.string().min(1).max(256), oneTimeCode: oneTimeCode.optional() })]);

/** Why a login by e-ID led nowhere. */
export const loginRefusals = [
  'denied', // they stopped it there
  'expired', // too late, or used before
  'invalid', // not what that provider says to us
  'unreachable',
  'unknownPerson', // nobody has registered them here
  'level', // not surely enough, or not said how surely
  'otherPerson', // what was to be opened is somebody else's
] as const;
export type LoginRefusal = (typeof loginRefusals)[number];

export const loginPurposes = ['login', 'unlock'] as const;

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
    body: z.object({
      username: z.string().trim().min(1).max(64),
      password: z.string().min(1).max(256),
      oneTimeCode: oneTimeCode.optional(),
    }),
    reply: me,
  },
  'GET /api/login/providers': {
    summary: 'Where one can log in by e-ID',
    access: 'public',
    reply: z.array(z.object({ id, name: z.string(), audience: z.enum(['staff', 'resident']) })),
  },
  'POST /api/login/providers/:providerId': {
    summary: 'Begins a login by e-ID, or with it opens what has locked; the browser goes to the address',
    access: 'public',
    params: z.object({ providerId: id }),
    body: z.object({ purpose: z.enum(loginPurposes), returnTo: z.string().max(300).optional() }),
    reply: z.object({ url: z.string() }),
  },
  'GET /api/login/callback': {
    summary: 'Where the provider sends the browser back to; answers with a redirect',
    access: 'public',
    query: z.record(z.string(), z.string()),
    reply: nothing,
  },
  'POST /api/login/providers/:providerId/logged-out': {
    summary: 'The provider says that somebody has logged out there (OpenID Connect Back-Channel Logout 1.0)',
    access: 'public',
    params: z.object({ providerId: id }),
    body: z.object({ logout_token: z.string().max(20_000) }),
    reply: nothing,
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
    body: z.object({ assignmentId: id, country: country.nullable().default(null) }),
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
  'POST /api/sessions/end-others': { summary: "Ends all of one's own sessions but this one", reply: z.array(ownSession) },
  'POST /api/logout': {
    summary: 'Ends the session; where it began by e-ID, the browser goes on to the address to end it there too',
    access: 'public',
    reply: z.object({ url: z.string().nullable() }),
  },
  'POST /api/session/touch': { summary: 'Somebody is still there', reply: nothing },
  'POST /api/session/lock': { summary: 'Locks everything but the call', whileLocked: true, reply: nothing },
  'POST /api/session/unlock': {
    summary: 'Shows again who it is: opens what has locked, and goes before signing and emergency access',
    whileLocked: true,
    body: proof,
    reply: me,
  },
  'GET /api/device/people': {
    summary: 'Who is logged in on this device, and can take over with a PIN',
    access: 'public',
    reply: z.array(z.object({ key: sessionKey, name: z.string().nullable(), role: staffRole.nullable(), here: z.boolean() })),
  },
  'POST /api/device/switch': {
    summary: 'Somebody else who is logged in on this device takes over, and with it the seat in a running visit',
    access: 'public',
    body: z.object({ key: sessionKey, pin, seat: z.object({ visitId: id, tabId: id }).nullable().default(null) }), // the tab that is in the visit
    reply: me,
  },
  'PUT /api/my/pin': { summary: 'Chooses a PIN', body: z.object({ pin }), reply: me },
  'POST /api/my/totp': {
    summary: 'Begins to use one-time codes: the secret, to be read by an authenticator, this once',
    reply: z.object({ uri: z.string(), secret: z.string() }),
  },
  'POST /api/my/totp/confirm': {
    summary: 'A first code proves that it works; recovery codes are shown this once',
    body: z.object({ oneTimeCode }),
    reply: z.object({ recoveryCodes: z.array(z.string()) }),
  },
  'POST /api/my/totp/recovery': {
    summary: 'New recovery codes, shown this once; the former are good no more',
    reply: z.object({ recoveryCodes: z.array(z.string()) }),
  },
  'POST /api/my/totp/end': { summary: 'Stops using one-time codes', reply: nothing },
} as const;
