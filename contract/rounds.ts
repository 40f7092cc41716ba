/** A care home's round: residents one after the other, each a sealed partition with a visit of their own. */
import { z } from 'zod';
import { staffSeat } from './booking.ts';
import { issuedCode } from './codes.ts';
import { partitions } from './partitions.ts';
import { enoughForAssessment } from './quality.ts';
import { version } from './units.ts';
import { participantView, patientBrief, visitState } from './visits.ts';
import { date, id, nothing, prose, words } from './wire.ts';

export const roundStates = ['draft', 'list_open', 'list_locked', 'brief_ready', 'running', 'closing', 'closed'] as const;
export type RoundState = (typeof roundStates)[number];

export const itemStates = ['queued', 'in_progress', 'decided', 'deferred', 'needs_physical', 'needs_acute'] as const;
export type ItemState = (typeof itemStates)[number];
/** What a resident's part of a round ends as. */
export const itemOutcomes = ['decided', 'deferred', 'needs_physical', 'needs_acute'] as const satisfies readonly ItemState[];

export const urgencies = ['acute', 'soon', 'routine'] as const;

const longest = 2_000;
/** What the home says beforehand. Null is unknown, and shown as that. */
export const brief = z.object({
  situation: prose(longest),
  background: prose(longest),
  assessment: prose(longest),
  recommendation: prose(longest),
  questions: prose(longest),
  medicines: prose(longest), // the question about them
  informed: z.boolean().nullable(), // the resident knows of the round and wants it
  allergies: prose(500).nullable(),
  warnings: prose(500).nullable(),
  careLevel: z.object({ decision: prose(500).min(1, 'is empty'), by: words(120), on: date, source: words(120) }).nullable(), // resuscitation, level of care
  hearing: prose(200).nullable(),
  sight: prose(200).nullable(),
});
export type Brief = z.infer<typeof brief>;

const answer = z.enum(['yes', 'no', 'notNeeded']);
/** What is seen to before the doctor looks. */
export const readiness = z.object({ hearingAids: answer, glasses: answer, quiet: answer, light: answer, soundHeard: answer });
export type Readiness = z.infer<typeof readiness>;

const person = z.object({ userId: id, name: z.string().nullable(), place: z.string() });

export const decision = z.object({
  as: z.enum(itemOutcomes),
  outcome: prose(8_000), // what was found and decided
  instructions: prose(4_000), // to the home; read back by whoever receives them
  followUpOwner: words(120).nullable(),
  followUpOn: date.nullable(),
  soundEnough: enoughForAssessment.nullable(), // for what was decided
  pictureEnough: enoughForAssessment.nullable(),
});
export type Decision = z.infer<typeof decision>;

export const roundItem = z.object({
  id,
  visitId: id,
  visitState,
  patientId: id,
  patient: patientBrief,
  position: z.number().int(),
  urgency: z.enum(urgencies),
  infected: z.boolean(), // comes last
  state: z.enum(itemStates),
  partition: z.enum(partitions),
  brief: brief.nullable(), // null: not written
  briefReady: z.boolean(),
  openedAt: z.iso.datetime().nullable(),
  seconds: z.number().int(), // that the partition has been open so far
  relatives: z.array(participantView),
  decision: decision.extend({ version }).nullable(),
  signed: z.object({ by: person, at: z.iso.datetime() }).nullable(),
  readBack: z.object({ by: person, at: z.iso.datetime() }).nullable(),
});
export type RoundItem = z.infer<typeof roundItem>;

export const roundListed = z.object({
  id,
  unit: z.object({ id, name: z.string() }),
  startsAt: z.iso.datetime(),
  state: z.enum(roundStates),
  doctor: person,
  residents: z.number().int(),
  done: z.number().int(),
  synthetic: z.boolean(),
});
export type RoundListed = z.infer<typeof roundListed>;

export const round = roundListed.omit({ residents: true, done: true }).extend({
  version,
  minutesEach: z.number().int(),
  bedside: z.array(person),
  currentItemId: id.nullable(),
  items: z.array(roundItem), // in the order that they are taken in
  may: z.object({ prepare: z.boolean(), lead: z.boolean(), bedside: z.boolean() }), // to hide what would be refused
});
export type Round = z.infer<typeof round>;

export const newResident = z.object({
  itemId: id,
  visitId: id,
  patientId: id,
  place: words(120), // where in the home
  urgency: z.enum(urgencies),
  infected: z.boolean(),
  relativeIds: z.array(id).max(6).default([]),
  consented: z.array(id).max(6).default([]), // to whose being there the resident has said yes
});
export type NewResident = z.output<typeof newResident>;

const ofRound = z.object({ roundId: id });
const ofItem = z.object({ roundId: id, itemId: id });

export const roundRoutes = {
  'GET /api/rounds': {
    summary: "The rounds of a day: of the actor's units, and those the actor leads",
    query: z.object({ day: date.optional() }),
    reply: z.array(roundListed),
  },
  'POST /api/rounds': {
    summary: 'Plans a round of a unit',
    body: z.object({
      id,
      unitId: id,
      startsAt: z.iso.datetime({ offset: true }),
      minutesEach: z.number().int().min(5).max(60),
      doctor: staffSeat.pick({ userId: true, unitId: true }),
      bedside: z
        .array(staffSeat.pick({ userId: true, unitId: true }))
        .min(1)
        .max(6),
      doubled: words(300).nullable().default(null), // why somebody who is taken is booked all the same
    }),
    reply: nothing,
  },
  'GET /api/rounds/:roundId': { summary: 'A round with its residents', params: ofRound, reply: round },
  'POST /api/rounds/:roundId/items': {
    summary: 'Puts a resident on the list',
    params: ofRound,
    body: newResident,
    reply: z.array(issuedCode),
  },
  'DELETE /api/rounds/:roundId/items/:itemId': { summary: 'Takes a resident off the list', params: ofItem, reply: nothing },
  'PUT /api/rounds/:roundId/order': {
    summary: 'In which order the residents are taken; it may change while the round runs',
    params: ofRound,
    body: z.object({ itemIds: z.array(id).min(1).max(40), basedOn: version }),
    reply: nothing,
  },
  'PUT /api/rounds/:roundId/items/:itemId/brief': {
    summary: 'What the home says of a resident beforehand',
    params: ofItem,
    body: z.object({ brief, ready: z.boolean() }),
    reply: nothing,
  },
  'POST /api/rounds/:roundId/lock': { summary: 'Nobody more is put on the list', params: ofRound, reply: nothing },
  'POST /api/rounds/:roundId/start': { summary: 'Begins the round, with the first resident next', params: ofRound, reply: nothing },
  'POST /api/rounds/:roundId/items/:itemId/next': {
    summary: 'Makes a resident the next one; who is left is sealed',
    params: ofItem,
    reply: nothing,
  },
  'POST /api/rounds/:roundId/items/:itemId/open': {
    summary: 'Opens a partition: whoever stands at the bed has made sure of who lies there',
    params: ofItem,
    body: z.object({ name: words(120), birthDate: date, wiped: z.literal(true), acknowledged: z.literal(true), readiness }),
    reply: nothing,
  },
  'POST /api/rounds/:roundId/items/:itemId/seal': {
    summary: 'Shuts a partition: doctor and bedside go on alone',
    params: ofItem,
    reply: nothing,
  },
  'PUT /api/rounds/:roundId/items/:itemId/decision': {
    summary: 'What the doctor decides; each with an owner and a date before the round is closed',
    params: ofItem,
    body: decision.extend({ basedOn: version.nullable() }),
    reply: nothing,
  },
  'POST /api/rounds/:roundId/items/:itemId/read-back': { summary: 'The instructions were read back', params: ofItem, reply: nothing },
  'POST /api/rounds/:roundId/items/:itemId/sign': {
    summary: 'The doctor signs what was decided',
    params: ofItem,
    body: z.object({ basedOn: version }),
    reply: nothing,
  },
  'POST /api/rounds/:roundId/summary': {
    summary: 'What was decided of each, for the home, as a document',
    params: ofRound,
    reply: z.object({ pdf: z.base64() }),
  },
  'POST /api/rounds/:roundId/hand-over': {
    summary: 'Another doctor goes on with who is left',
    params: ofRound,
    body: z.object({ doctor: staffSeat.pick({ userId: true, unitId: true }) }),
    reply: nothing,
  },
  'POST /api/rounds/:roundId/close': {
    summary: 'Ends the round; refused while a decision lacks its owner, its date or its signature',
    params: ofRound,
    reply: nothing,
  },
} as const;
