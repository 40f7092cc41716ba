import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Frozen } from '../../contract/examination.ts';
import { sources } from '../../contract/media.ts';
import { partitions } from '../../contract/partitions.ts';
import type { SideTalk } from '../../contract/planMeeting.ts';
import { priorities } from '../../contract/requests.ts';
import type { Suitability } from '../../contract/suitability.ts';
import { type Bystander, identityMethods, presences, roles, seatKinds, seatStatuses, visitStates } from '../../contract/visits.ts';
import { encryptedText } from '../encrypted.ts';
import { modalityType, visitTypes } from './offers.ts';
import { languageType, patients, relatives } from './patients.ts';
import { users } from './people.ts';
import { units } from './units.ts';

export const roleType = pgEnum('role', roles);
export const visitStateType = pgEnum('visit_state', visitStates);
export const seatStatusType = pgEnum('seat_status', seatStatuses);
export const presenceType = pgEnum('presence', presences);
export const seatKindType = pgEnum('seat_kind', seatKinds);
export const sourceType = pgEnum('source', sources);
export const partitionType = pgEnum('partition', partitions);
export const priorityType = pgEnum('priority', priorities);
export const identityMethodType = pgEnum('identity_method', identityMethods);

const moment = () => timestamp({ withTimezone: true, mode: 'date' });

export const visits = pgTable(
  'visits',
  {
    id: uuid().primaryKey(),
    unitId: uuid()
      .notNull()
      .references(() => units.id),
    patientId: uuid()
      .notNull()
      .references(() => patients.id),
    startsAt: moment().notNull(),
    durationMinutes: integer().notNull().default(30),
    modality: modalityType().notNull().default('video'),
    typeId: uuid().references(() => visitTypes.id),
    roundId: uuid(), // a resident's part of a round; no foreign key, or each would need the other to be made
    planItemId: uuid(), // what of its agenda is taken up now; null: everybody is in
    roundTable: jsonb().$type<{ order: string[]; at: number }>(), // each of those there gets the word in turn
    sideTalk: jsonb().$type<SideTalk>(), // some of those there talk by themselves, or are to
    carePlanId: uuid(), // the plan that is made or followed up in it; no foreign key, or each would need the other to be made
    partition: partitionType(), // of a round: whether anybody but its staff is in reach
    turnAhead: integer(), // residents before this one in a running round
    turnMinutes: integer(), // until it is their turn, as far as can be told
    seriesId: uuid(), // the first of those that were booked together; null: it stands by itself
    minutesBefore: integer().notNull().default(0), // kept free around it
    minutesAfter: integer().notNull().default(0),
    place: text().notNull(), // where the patient is
    address: text(), // where 112 finds them
    entrance: text(),
    callbackPhone: text(), // E.164
    language: languageType().notNull().default('sv'),
    detailsVersion: integer().notNull().default(1), // of what was booked, for two who change it at once
    bookedBy: uuid().references(() => users.id),
    state: visitStateType().notNull().default('booked'),
    preliminary: boolean().notNull().default(false), // waits for its interpreter: nobody outside is told of it yet
    revision: bigint({ mode: 'number' }).notNull().default(1), // raised by every change that anyone sees
    careLateMinutes: integer(), // behind the booked time, as staff say
    patientLateMinutes: integer(), // as the patient says
    checkedInAt: moment(),
    waitingSince: moment(), // the bedside is ready, or the patient stands before the door
    beganAt: moment(),
    endedAt: moment(),
    about: encryptedText('visits.about'), // why the patient asked for it, in their words
    queuedAt: moment(), // stands in a unit's queue since then: has no time
    calledAt: moment(), // and was called up
    answers: encryptedText('visits.answers'), // JSON: what they said to the questions of the queue
    handedFrom: uuid().references(() => units.id), // the unit that sent them on
    handedReason: encryptedText('visits.handedReason'),
    suitability: jsonb().$type<Omit<Suitability, 'reason'>>(), // whether video is right for it; null: not asked
    suitabilityReason: encryptedText('visits.suitabilityReason'), // why video all the same
    outsideRegion: encryptedText('visits.outsideRegion'), // why one who does not live in the region is seen all the same
    priority: priorityType(),
    closingReason: encryptedText('visits.closingReason'),
    identityMethod: identityMethodType(),
    identityBy: uuid(),
    identityAt: moment(),
    /** Present without a device of their own: few, and always read with the visit. */
    bystanders: jsonb().$type<Bystander[]>().notNull().default([]),
    curtainSince: moment(),
    emergencySince: moment(), // until it is over
    emergencyAt: moment(), // the first one; stays
    emergencyCallerId: uuid(), // the participant who calls 112
    asked: encryptedText('visits.asked'), // JSON of `Asked`: what the bedside is to show
    frozen: jsonb().$type<Frozen>(), // a moment of somebody's picture that lies before everybody
    stillsAt: moment(), // last got a picture, or lost one
    measuredAt: moment(), // last filed a reading in it
    phoneSince: moment(), // it could not be saved over the network and went on by telephone
    synthetic: boolean().notNull().default(false),
  },
  (t) => [
    index().on(t.unitId, t.startsAt),
    index('visits_queue_index').on(t.unitId, t.queuedAt).where(sql`${t.queuedAt} is not null`),
    index().on(t.patientId, t.startsAt),
    index('visits_plan_index').on(t.carePlanId).where(sql`${t.carePlanId} is not null`),
    index('visits_series_index').on(t.seriesId, t.startsAt).where(sql`${t.seriesId} is not null`),
    unique('visits_id_patient').on(t.id, t.patientId),
    unique('visits_id_starts_at').on(t.id, t.startsAt),
    check('a_visit_has_a_length', sql`${t.durationMinutes} between 5 and 480`),
  ],
);

/** Seats: who takes part in a visit, as what, and where they are just now. */
export const participants = pgTable(
  'participants',
  {
    id: uuid().primaryKey(),
    visitId: uuid().notNull(),
    /** The visit's own, kept equal by the foreign key: a person's day is one range of one index. */
    startsAt: moment().notNull(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    role: roleType().notNull(),
    name: text(), // as they stand on the roster; staff may stand by role and place only
    place: text().notNull(),
    unitId: uuid().references(() => units.id), // staff: the assignment that they take part by
    relativeId: uuid().references(() => relatives.id),
    handUpAt: moment(), // wants the word
    aside: boolean().notNull().default(false), // of a plan's meeting: not in the room for what is talked of now
    partyId: uuid(), // of a plan's meeting: the party that they come for
    answers: integer(), // of a specialist asked in with a question: how often they have answered it
    seat: seatKindType().notNull().default('own'),
    host: boolean().notNull().default(false),
    atBedside: boolean().notNull().default(false),
    status: seatStatusType().notNull().default('invited'),
    presence: presenceType().notNull().default('away'),
    acknowledgedAt: moment(), // the patient knows that they are there
    identityMethod: identityMethodType(), // how staff know who a guest is
    identityBy: uuid(),
    identityAt: moment(),
    /** The browser tab in the room on this seat; only that one may come back to it unasked. */
    heldBy: uuid(),
    /** The socket that is the seat's now, so that an older one's end does not count. */
    socketId: text(),
    companionOf: uuid(),
    sending: sourceType().array().notNull().default(sql`'{}'`),
    waitingSince: moment(),
    absentSince: moment(), // fell out of the room; the seat is kept for a while
    slotAfter: integer(), // comes so many minutes into the visit, and stays so long: whoever is close to the patient
    slotMinutes: integer(),
  },
  (t) => [
    foreignKey({ name: 'seat_of_visit', columns: [t.visitId, t.startsAt], foreignColumns: [visits.id, visits.startsAt] })
      .onUpdate('cascade')
      .onDelete('cascade'),
    unique('one_seat_a_kind').on(t.visitId, t.userId, t.seat),
    index().on(t.userId, t.startsAt),
    index('participants_absent_index').on(t.absentSince).where(sql`${t.absentSince} is not null`),
    check('a_slot_is_whole', sql`(${t.slotAfter} is null) = (${t.slotMinutes} is null)`),
    check('not_beside_oneself', sql`${t.companionOf} <> ${t.id}`),
  ],
);

/** A seat's link and code. One a seat: a new code takes the place of the old one. */
export const invitations = pgTable('invitations', {
  reference: text().primaryKey(), // in the link; not secret
  participantId: uuid()
    .notNull()
    .unique()
    .references((): AnyPgColumn => participants.id, { onDelete: 'cascade' }),
  codeHash: text().notNull(), // keyed, of six digits
  issue: integer().notNull().default(1), // which code of this reference: failed attempts at an older one do not count
  expiresAt: moment().notNull(),
  usedAt: moment(),
  failures: integer().notNull().default(0), // wrong codes since this one was issued
});
