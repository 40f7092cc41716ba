/** Booking a visit, changing what was booked, and who comes. */
import { z } from 'zod';
import { language } from './language.ts';
import { margin, modality, visitMinutes } from './scheduling.ts';
import { staffRole, version } from './units.ts';
import { id, nothing, phone, words } from './wire.ts';

/** When, where, and how to reach the patient. */
export const visitDetails = z.object({
  startsAt: z.iso.datetime(),
  durationMinutes: visitMinutes,
  minutesBefore: margin.default(0), // kept free around it
  minutesAfter: margin.default(0),
  modality: modality.default('video'),
  place: words(120), // "Room 4, Bergvattnet"
  address: words(200).nullable(),
  entrance: words(120).nullable(),
  callbackPhone: phone.nullable(),
  language,
});
export type VisitDetails = z.infer<typeof visitDetails>;

/** A member of staff by the assignment that they take part by. */
export const staffSeat = z.object({ userId: id, unitId: id, host: z.boolean(), atBedside: z.boolean() });
export type StaffSeat = z.infer<typeof staffSeat>;

/** Why somebody or something is booked who is taken then. Not everybody may. */
const doubled = words(300).nullable().default(null);

/** Shown once, to the one who made it, and handed over by them. */
export const issuedCode = z.object({
  participantId: id,
  name: z.string(),
  reference: z.string(),
  code: z.string(),
  expiresAt: z.iso.datetime(),
});
export type IssuedCode = z.infer<typeof issuedCode>;

export const colleague = z.object({
  userId: id,
  unitId: id,
  unitName: z.string(),
  name: z.string().nullable(),
  role: staffRole,
  place: z.string(),
  covered: z.boolean(), // one of one's own organisation, or an agreement covers one's own people
});
export type Colleague = z.infer<typeof colleague>;

/** Who comes by link and code and is not close to the patient. */
export const guestRoles = ['interpreter', 'observer'] as const;

const ofVisit = z.object({ visitId: id });
const ofSeat = z.object({ visitId: id, participantId: id });

export const bookingRoutes = {
  'POST /api/colleagues/search': {
    summary: 'Staff who can be asked to a visit, of every organisation',
    body: z.object({ search: z.string().trim().max(120).default('') }),
    reply: z.array(colleague),
  },
  'POST /api/visits': {
    summary: 'Books a visit; the same id again is the same visit',
    body: visitDetails.extend({
      visitId: id, // made by the client, so that a resend is no second visit
      unitId: id,
      patientId: id,
      patientComes: z.enum(['bedside', 'ownDevice']), // with staff beside them, or by a link and a code of their own
      staff: z.array(staffSeat).min(1, 'names nobody').max(20, 'names more than 20'),
      relativeIds: z.array(id).max(20, 'names more than 20'),
      resourceIds: z.array(id).max(20, 'names more than 20').default([]),
      typeId: id.nullable().default(null), // of the unit's kinds of visits
      doubled,
      outsideRegion: words(300).nullable().default(null), // why one who does not live in the region is seen all the same
      consented: z.array(id).max(20, 'names more than 20').default([]), // of them: to whom the patient says yes, for this visit
    }),
    reply: z.object({ visitId: id, codes: z.array(issuedCode) }),
  },
  'PUT /api/visits/:visitId/details': {
    summary: 'Changes when and where',
    params: ofVisit,
    body: visitDetails.extend({ basedOn: version, doubled }),
    reply: nothing,
  },
  'POST /api/visits/:visitId/swap': {
    summary: 'Two visits change places: each begins when the other was to begin, both or neither',
    params: ofVisit,
    body: z.object({ withVisitId: id, basedOn: version, withBasedOn: version }),
    reply: nothing,
  },
  'POST /api/visits/:visitId/people': {
    summary: 'Asks one more person to the visit; who comes by link gets a code',
    params: ofVisit,
    body: z.discriminatedUnion('kind', [
      staffSeat.extend({ kind: z.literal('staff'), doubled }),
      z.object({ kind: z.literal('relative'), relativeId: id, consented: z.boolean().default(false) }),
      z.object({ kind: z.literal('patient') }),
      z.object({ kind: z.literal('guest'), name: words(120), role: z.enum(guestRoles), consented: z.boolean().default(false) }),
    ]),
    reply: z.object({ code: issuedCode.nullable() }),
  },
  'POST /api/visits/:visitId/people/:participantId/withdraw': {
    summary: 'Takes a person off the visit',
    params: ofSeat,
    reply: nothing,
  },
  'POST /api/visits/:visitId/people/:participantId/code': {
    summary: 'A new code for one who comes by link; the old one is void',
    params: ofSeat,
    reply: issuedCode,
  },
} as const;
