/** The one form of every answer, over REST, over the browser's socket, and between server and SFU. */
import { z } from 'zod';

/** Everything that can be answered instead of data. A screen has words for each; see `client/locales`. */
export const wireErrorCodes = [
  'invalid', // a field is missing or malformed; `field` names it
  'unauthenticated', // nobody is logged in
  'forbidden', // logged in, but not for this
  'not_found', // no such thing in reach
  'conflict', // true a moment ago, not any more
  'wrong_credentials', // name or password
  'totp_required', // name and password are right; a one-time code is wanted too
  'level_too_low', // logged in, but not surely enough for this
  'locked', // the session has locked; the call goes on
  'prove_again', // show again who it is: before signing and emergency access
  'wrong_code', // reference or code unknown, expired or used up
  'rate_limited', // too many attempts; wait
  'too_large', // the request is larger than any honest one
  'unknown_event', // no such event for this socket as it stands
  'cross_origin', // a write from another site
  'superseded', // another tab or device holds this seat
  'ended', // the visit is over
  'media_unavailable', // no SFU node answers at the moment
  'stale_epoch', // the room has been placed anew since
  'late', // the command's deadline had passed
  'internal', // a bug of ours; logged
] as const;
export type WireErrorCode = (typeof wireErrorCodes)[number];

export type Failure = { ok: false; code: WireErrorCode; message: string; field?: string };
export type Reply<T> = { ok: true; data: T } | Failure;

export const failureSchema = z.object({
  ok: z.literal(false),
  code: z.enum(wireErrorCodes),
  message: z.string(),
  field: z.string().optional(),
});

/** Names every request of a socket with its request and reply schema. */
export type RequestMap = Record<string, { request: z.ZodType; reply: z.ZodType }>;

/** socket.io's event types for a request map: one argument, one acknowledgement. */
export type EventsOf<M extends RequestMap> = {
  [K in keyof M]: (request: z.input<M[K]['request']>, ack: (reply: Reply<z.output<M[K]['reply']>>) => void) => void;
};

/** The handlers that answer a request map. One that is missing does not compile. */
export type HandlersOf<M extends RequestMap> = {
  [K in keyof M]: (request: z.output<M[K]['request']>) => Promise<z.input<M[K]['reply']>>;
};

/** Events that are told, not asked, with the schema of what they carry. */
export type EventMap = Record<string, z.ZodType>;
export type ToldBy<M extends EventMap> = { [K in keyof M]: (event: z.output<M[K]>) => void };

export const id = z.uuid();
export const nothing = z.null();

/** A calendar date, YYYY-MM-DD. */
export const date = z.iso.date();

/** A time of day, HH:MM. */
export const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is no time of day');

/** Text that somebody wrote: trimmed, not empty, one line of at most so many characters. */
export const words = (longest: number) =>
  z
    .string()
    .trim()
    .min(1, 'is empty')
    .max(longest, `has more than ${longest} characters`)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
    .regex(/^[^\u0000-\u001f\u007f]*$/, 'has line breaks or control characters');

/** Text of several lines; may be empty. */
export const prose = (longest: number) => z.string().trim().max(longest, `has more than ${longest} characters`);

/** An address of mail; one line, so that nothing slips into a header. */
export const email = z.email('is no address of mail').max(254, 'has more than 254 characters');

/** A telephone number as written; the server brings it to E.164 and refuses what is none. */
export const phone = z.string().trim().min(3, 'is no telephone number').max(32, 'is no telephone number');
