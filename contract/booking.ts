/** Booking a visit, changing what was booked, and who comes. */
import { z } from 'zod';
import { issuedCode } from './codes.ts';
import { interpreterNumber, interpreterOrder } from './interpreting.ts';
import { language } from './language.ts';
import { question } from './referrals.ts';
import { margin, modality, visitMinutes } from './scheduling.ts';
import { suitability } from './suitability.ts';
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
export const doubled = words(300).nullable().default(null);

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

/** The same again, so many times in all. */
export const repeat = z.object({
  everyWeeks: z.number().int().min(1, 'is less than 1').max(12, 'is more than 12'),
  count: z.number().int().min(2, 'is less than 2').max(26, 'is more than 26'),
});
export type Repeat = z.infer<typeof repeat>;

export const occurrence = z.object({
  startsAt: z.iso.datetime(),
  taken: z.array(id), // who or what is taken then
  holiday: z.string().nullable(),
});
export type Occurrence = z.infer<typeof occurrence>;

const ofVisit = z.object({ visitId: id });
const ofSeat = z.object({ visitId: id, participantId: id });

export const bookingRoutes = {
  'POST /api/colleagues/search': {
    summary: 'Staff who can be asked to a visit, of every organisation',
    body: z.object({ search: z.string().trim().max(120).default(''), physicians: z.boolean().default(false) }), // them alone
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
      alsoAt: z.array(z.iso.datetime()).max(25, 'names more than 25').default([]), // the rest of a series: all or none
      doubled,
      interpreter: interpreterOrder.nullable().default(null), // then it is preliminary until the agency says yes
      suitability: suitability.nullable().default(null), // of video; null: not asked
      outsideRegion: words(300).nullable().default(null), // why one who does not live in the region is seen all the same
      consented: z.array(id).max(20, 'names more than 20').default([]), // of them: to whom the patient says yes, for this visit
    }),
    reply: z.object({ visitId: id, codes: z.array(issuedCode) }),
  },
  'POST /api/visits/occurrences': {
    summary: 'When a series would come, after the first, and what stands in its way',
    body: z.object({
      unitId: id,
      startsAt: z.iso.datetime(),
      minutes: visitMinutes,
      minutesBefore: margin.default(0),
      minutesAfter: margin.default(0),
      repeat,
      userIds: z.array(id).max(40),
      resourceIds: z.array(id).max(40),
    }),
    reply: z.array(occurrence),
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
      staffSeat.pick({ userId: true, unitId: true }).extend({
        kind: z.literal('specialist'),
        referralId: id,
        question,
        consented: z.boolean().default(false),
        doubled,
      }),
      z.object({ kind: z.literal('relative'), relativeId: id, consented: z.boolean().default(false) }),
      z.object({ kind: z.literal('patient') }),
      z.object({ kind: z.literal('principal'), partyId: id, name: words(120) }), // of a plan's meeting: comes for a party without an account here
      z.object({ kind: z.literal('observer'), name: words(120), consented: z.boolean().default(false) }),
      z.object({ kind: z.literal('interpreter'), number: interpreterNumber, consented: z.boolean().default(false) }),
    ]),
    reply: z.object({ code: issuedCode.nullable() }),
  },
  'PUT /api/visits/:visitId/people/:participantId/slot': {
    summary: 'When in the visit somebody close to the patient comes; null: from its beginning',
    params: ofSeat,
    body: z.object({
      slot: z
        .object({ after: z.number().int().min(0).max(480), minutes: z.number().int().min(5, 'is shorter than 5 minutes').max(480) })
        .nullable(),
    }),
    reply: nothing,
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
