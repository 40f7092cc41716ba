/** A visit as screens see it. */
import { z } from 'zod';
import { asked, frozen } from './examination.ts';
import { interpreterView } from './interpreting.ts';
import { language } from './language.ts';
import { source } from './media.ts';
import { partitions } from './partitions.ts';
import { relativeRoles } from './patients.ts';
import { agendaShown, sideTalk } from './planMeeting.ts';
import { staffRoles } from './units.ts';
import { date, id, nothing, words } from './wire.ts';

export const roles = [...staffRoles, 'patient', ...relativeRoles, 'interpreter', 'observer', 'principal'] as const;
export const role = z.enum(roles);
export type Role = z.infer<typeof role>;

export const visitStates = [
  'requested',
  'triaged',
  'booked',
  'checked_in',
  'waiting',
  'in_progress',
  'documenting',
  'completed',
  'no_show',
  'cancelled',
  'tech_failed',
  'converted_to_physical',
  'escalated_emergency',
] as const;
export const visitState = z.enum(visitStates);
export type VisitState = z.infer<typeof visitState>;

/** A visit that can still be entered. */
export const openStates = ['booked', 'checked_in', 'waiting', 'in_progress'] as const satisfies readonly VisitState[];
/** What a visit that was not held can be closed as, with a reason. */
export const unheldStates = ['no_show', 'cancelled', 'tech_failed', 'converted_to_physical'] as const satisfies readonly VisitState[];
/** What a documented visit can end as. */
export const heldStates = [
  'completed',
  'converted_to_physical',
  'escalated_emergency',
  'tech_failed',
] as const satisfies readonly VisitState[];

export const identityMethods = ['eId', 'knownToStaff', 'documentShown'] as const;
export const identityMethod = z.enum(identityMethods);

/** What is missing before a visit may start. */
export const beginSteps = ['identity', 'roster', 'address', 'callbackPhone', 'interpreter'] as const;
export const beginStep = z.enum(beginSteps);
export type BeginStep = z.infer<typeof beginStep>;

/**
 * `invited`: expected; `waiting`: knocked, not yet let in; `admitted`: may be in the room; `withheld`: what their being
 * there rested on was taken back, and they wait until it is given again; `removed`: may not return.
 */
export const seatStatuses = ['invited', 'waiting', 'admitted', 'withheld', 'removed'] as const;
export const seatStatus = z.enum(seatStatuses);
export type SeatStatus = z.infer<typeof seatStatus>;

/** Where a person is just now: nowhere, before the door, in the room, or fallen out of it and expected back. */
export const presences = ['away', 'lobby', 'room', 'returning'] as const;
export const presence = z.enum(presences);
export type Presence = z.infer<typeof presence>;

/** A user has one seat a visit, and may add a second device beside it. */
export const seatKinds = ['own', 'companion'] as const;
export const seatKind = z.enum(seatKinds);
export type SeatKind = z.infer<typeof seatKind>;

export const participantView = z.object({
  id,
  name: z.string().nullable(), // staff may stand by role and place only
  role,
  place: z.string(),
  host: z.boolean(),
  status: seatStatus,
  presence,
  seat: seatKind,
  companionOf: id.nullable(), // in the same physical room as that participant: without sound
  waitingSince: z.iso.datetime().nullable(),
  sending: z.array(source), // what is meant to reach the others: a muted microphone is absent
  handUpAt: z.iso.datetime().nullable(), // wants the word, since then
  aside: z.boolean(), // not in the room for what a plan's meeting talks of now
  atBedside: z.boolean(), // beside the patient, or the patient: may draw and lift the curtain
  acknowledged: z.boolean(), // the patient knows that this person is there
  answers: z.number().int().nullable(), // of a specialist who was asked in with a question: how often they have answered; null for others
  slot: z.object({ after: z.number().int(), minutes: z.number().int() }).nullable(), // minutes into the visit, and for how long; told to staff
  consent: z.enum(['given', 'missing']).nullable(), // the patient's to their being there; null: none is needed, or not told
  identity: z.enum(identityMethods).nullable(), // how staff know who a guest is; told to staff
  failedCodes: z.number().int(), // wrong codes typed for them since the last code; 0 for all but staff
});
export type ParticipantView = z.infer<typeof participantView>;

/** Somebody who is present without a device of their own. */
export const bystander = z.object({
  id,
  name: words(120),
  role,
  besideId: id,
  byPhone: z.boolean().default(false), // not in the room: on the telephone that lies there with its loudspeaker on
  acknowledged: z.boolean(),
});
export type Bystander = z.infer<typeof bystander>;

/** Who the patient is: on every screen of a visit, so that nothing is said or written about another. */
export const patientBrief = z.object({
  name: z.string(),
  birthYear: z.number().int(),
  place: z.string().nullable(), // null: protected identity
  protectedIdentity: z.boolean(),
});
export type PatientBrief = z.infer<typeof patientBrief>;

/** Where 112 finds the patient. */
export const whereabouts = z.object({
  place: z.string(),
  address: z.string().nullable(),
  entrance: z.string().nullable(),
  callbackPhone: z.string().nullable(),
});

/** How many minutes behind the booked time each side says that it is. */
export const lateness = z.object({ care: z.number().int().nullable(), patient: z.number().int().nullable() });
export type Lateness = z.infer<typeof lateness>;

/**
 * The whole of a visit as one participant may see it. Each change sends it anew with a higher revision, so that
 * a lost one needs no repair: the next replaces it, and an older one is dropped.
 */
export const visitSnapshot = z.object({
  visitId: id,
  revision: z.number().int(),
  epoch: z.number().int().nullable(), // of the media room; null until somebody joined
  state: visitState,
  startsAt: z.iso.datetime(),
  late: lateness,
  partition: z.enum(partitions).nullable(), // of a round: null elsewhere
  turn: z.object({ ahead: z.number().int(), minutes: z.number().int() }).nullable(), // how far off it is in a running round
  unit: z.object({ name: z.string(), phone: z.string() }),
  language,
  synthetic: z.boolean(),
  patient: patientBrief.nullable(), // null until admitted
  whereabouts: whereabouts.nullable(), // staff; of a protected identity in an emergency only
  identity: z.object({ method: identityMethod, at: z.iso.datetime() }).nullable(),
  missing: z.array(beginStep), // before the visit may start
  interpreter: interpreterView.nullable(), // told to staff
  asked: asked.nullable(), // what the bedside is asked to show; told to staff and the bedside
  frozen: frozen.nullable(), // a moment of somebody's picture lies before everybody
  stillsAt: z.iso.datetime().nullable(), // pictures have come since one last looked; told to staff
  measuredAt: z.iso.datetime().nullable(), // readings have come since one last looked; told to staff
  curtain: z.object({ since: z.iso.datetime() }).nullable(), // picture and sound are off both ways
  emergency: z
    .object({
      since: z.iso.datetime(),
      callerId: id.nullable(), // who at the bedside calls 112
      route: z.string().nullable(), // for staff abroad, whose 112 rings another country
    })
    .nullable(),
  phone: z.object({ since: z.iso.datetime(), number: z.string().nullable() }).nullable(), // it goes on by telephone; the number for staff
  agenda: agendaShown.nullable(), // of a plan's meeting: what one takes part in
  sideTalk: sideTalk.nullable(),
  roundTable: z.object({ nowId: id, nextId: id.nullable() }).nullable(), // who has the word, and who has it then
  carePlanId: id.nullable(), // of which it is a meeting
  bystanders: z.array(bystander),
  you: participantView,
  heldElsewhere: z.boolean(), // another tab or device is in the room on this seat
  people: z.array(participantView), // empty until admitted
});
export type VisitSnapshot = z.infer<typeof visitSnapshot>;

export const visitListed = z.object({
  id,
  startsAt: z.iso.datetime(),
  durationMinutes: z.number().int(),
  state: visitState,
  patient: patientBrief,
  synthetic: z.boolean(),
  unitName: z.string(),
  mine: z.boolean(), // the actor has a seat in it
  waitingSince: z.iso.datetime().nullable(), // the bedside is ready, or the patient stands before the door
  emergency: z.boolean(),
  preliminary: z.boolean(), // waits for its interpreter
  interpreter: interpreterView.nullable(),
  late: lateness,
  people: z.array(participantView),
});
export type VisitListed = z.infer<typeof visitListed>;

const ofVisit = z.object({ visitId: id });

export const visitRoutes = {
  'GET /api/visits/today': {
    summary: "A day's visits of the actor's units, and those the actor takes part in",
    query: z.object({ day: date.optional() }),
    reply: z.array(visitListed),
  },
  'POST /api/visits/:visitId/admit': {
    summary: 'Lets a waiting person in',
    params: ofVisit,
    body: z.object({ participantId: id }),
    reply: nothing,
  },
  'POST /api/visits/:visitId/check-in': { summary: 'The patient is there', params: ofVisit, reply: nothing },
  'POST /api/visits/:visitId/late': {
    summary: 'One side is late, or in time after all; the other hears of it',
    params: ofVisit,
    body: z.object({ minutes: z.number().int().min(0).max(180, 'is more than 3 hours') }),
    reply: nothing,
  },
  'POST /api/visits/:visitId/close': {
    summary: 'Closes a visit that is not held',
    params: ofVisit,
    body: z.object({
      as: z.enum(unheldStates),
      reason: words(300),
      following: z.boolean().default(false), // and those of its series that come after
    }),
    reply: nothing,
  },
} as const;
