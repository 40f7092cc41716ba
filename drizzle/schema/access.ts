import { sql } from 'drizzle-orm';
import { bigint, check, date, index, integer, pgEnum, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core';
import { openingKinds, openingReasons, verdicts } from '../../contract/access.ts';
import { encryptedText } from '../encrypted.ts';
import { patients } from './patients.ts';
import { assignments, organisations, units } from './units.ts';

export const openingKind = pgEnum('opening_kind', openingKinds);
export const openingReason = pgEnum('opening_reason', openingReasons);
export const verdict = pgEnum('review_verdict', verdicts);

const moment = () => timestamp({ withTimezone: true, mode: 'date' });

/** Somebody opened what no care relation opens to them, said why, and has it for a while. */
export const openings = pgTable(
  'openings',
  {
    id: uuid().primaryKey().defaultRandom(),
    patientId: uuid()
      .notNull()
      .references(() => patients.id, { onDelete: 'cascade' }),
    assignmentId: uuid()
      .notNull()
      .references(() => assignments.id, { onDelete: 'cascade' }),
    kind: openingKind().notNull(),
    reason: openingReason().notNull(),
    note: encryptedText('openings.note').notNull().default(''),
    unitId: uuid().references(() => units.id), // of a block that was opened in an emergency
    at: moment().notNull().defaultNow(),
    until: moment().notNull(),
  },
  (t) => [
    index().on(t.patientId),
    index().on(t.assignmentId),
    check('an_emergency_opens_a_block', sql`(${t.kind} = 'emergency') = (${t.unitId} is not null)`),
  ],
);

/** What a unit has written about a patient is closed to other units (2008:355 4 kap. 4 §), at the patient's wish. */
export const recordBlocks = pgTable(
  'record_blocks',
  {
    id: uuid().primaryKey().defaultRandom(),
    patientId: uuid()
      .notNull()
      .references(() => patients.id, { onDelete: 'cascade' }),
    unitId: uuid()
      .notNull()
      .references(() => units.id),
    since: moment().notNull().defaultNow(),
    setBy: uuid().notNull(),
    liftedAt: moment(),
    liftedBy: uuid(),
  },
  (t) => [index().on(t.patientId)],
);

/** What a unit head found when looking at an access. */
export const accessReviews = pgTable(
  'access_reviews',
  {
    id: uuid().primaryKey().defaultRandom(),
    entryId: bigint({ mode: 'number' }).notNull(), // of the access log
    unitId: uuid()
      .notNull()
      .references(() => units.id),
    reviewerId: uuid().notNull(),
    verdict: verdict().notNull(),
    note: encryptedText('access_reviews.note').notNull().default(''),
    at: moment().notNull().defaultNow(),
  },
  (t) => [unique('one_review_a_unit').on(t.entryId, t.unitId), index().on(t.unitId)],
);

/** Who gives care to whose people, and from when until when. */
export const agreements = pgTable(
  'agreements',
  {
    id: uuid().primaryKey().defaultRandom(),
    organisationId: uuid() // whose people it covers
      .notNull()
      .references(() => organisations.id),
    giverId: uuid() // who works with them
      .notNull()
      .references(() => organisations.id),
    covers: text().notNull(), // in words
    from: date({ mode: 'string' }).notNull(),
    until: date({ mode: 'string' }),
    version: integer().notNull().default(1),
  },
  (t) => [index().on(t.organisationId), unique('one_agreement_a_pair_and_start').on(t.organisationId, t.giverId, t.from)],
);
