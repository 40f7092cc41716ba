import { sql } from 'drizzle-orm';
import { boolean, check, date, index, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { encryptedText } from '../encrypted.ts';
import { span } from '../range.ts';
import { ofWeek, resources } from './offers.ts';
import { users } from './people.ts';
import { rounds } from './rounds.ts';
import { assignments } from './units.ts';
import { visits } from './visits.ts';

/** When somebody works by an assignment, as the clock goes where they are. */
export const workingHours = pgTable(
  'working_hours',
  {
    id: uuid().primaryKey().defaultRandom(),
    assignmentId: uuid()
      .notNull()
      .references(() => assignments.id, { onDelete: 'cascade' }),
    ...ofWeek,
    zone: text().notNull(), // IANA
    from: date(), // the first day that it holds
    until: date(), // the last
  },
  (t) => [
    index().on(t.assignmentId),
    check('a_day_of_the_week', sql`${t.weekday} between 1 and 7`),
    check('opens_before_it_closes', sql`${t.opens} < ${t.closes}`),
  ],
);

/** What departs from the week: away, or there all the same. */
export const exceptions = pgTable(
  'schedule_exceptions',
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    during: span().notNull(),
    works: boolean().notNull(), // beside the week's hours; else away from them
  },
  (t) => [index('exceptions_of_whom').using('gist', t.userId, t.during)],
);

/** Public holidays; on them no week's hours hold. */
export const holidays = pgTable('holidays', { day: date().primaryKey(), name: text().notNull() });

/**
 * Whom and what a visit, or a round, takes up, with the minutes kept free around it. In the same lane nothing overlaps (an exclusion
 * constraint, which drizzle's schema cannot say: see the migration); the lanes above 0 are of deliberate double bookings.
 */
export const bookings = pgTable(
  'bookings',
  {
    id: uuid().primaryKey().defaultRandom(),
    visitId: uuid().references(() => visits.id, { onDelete: 'cascade' }),
    roundId: uuid().references(() => rounds.id, { onDelete: 'cascade' }), // a whole round, not each of its visits
    userId: uuid().references(() => users.id),
    resourceId: uuid().references(() => resources.id),
    during: span().notNull(),
    lane: integer().notNull().default(0),
    reason: encryptedText('bookings.reason').notNull().default(''), // why it is booked double
  },
  (t) => [
    index().on(t.visitId),
    check('is_for_one_thing', sql`(${t.visitId} is null) <> (${t.roundId} is null)`),
    index('bookings_round_index').on(t.roundId).where(sql`${t.roundId} is not null`),
    check('books_one_thing', sql`(${t.userId} is null) <> (${t.resourceId} is null)`),
    check('a_lane_has_a_reason', sql`(${t.lane} = 0) = (${t.reason} = '')`),
  ],
);

/** A person's own calendar, for whoever knows its address. One a person: a new one takes the place of the former. */
export const feeds = pgTable('feeds', {
  userId: uuid()
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  secretHash: text().notNull().unique(),
  madeAt: timestamp({ withTimezone: true, mode: 'date' }).notNull().defaultNow(),
});
