import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, jsonb, pgEnum, pgTable, text, time, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { Question } from '../../contract/forms.ts';
import { modalities, resourceKinds } from '../../contract/scheduling.ts';
import { staffRoleType, units } from './units.ts';

export const modalityType = pgEnum('modality', modalities);
export const resourceKindType = pgEnum('resource_kind', resourceKinds);

/** What a unit asks before visits of a kind; what it asks stands in its versions. */
export const forms = pgTable(
  'forms',
  {
    id: uuid().primaryKey().defaultRandom(),
    unitId: uuid()
      .notNull()
      .references(() => units.id),
    version: integer().notNull().default(1),
    endedAt: timestamp({ withTimezone: true, mode: 'date' }),
  },
  (t) => [index().on(t.unitId)],
);

/** What a unit offers: how long, how, by whom and with what. */
export const visitTypes = pgTable(
  'visit_types',
  {
    id: uuid().primaryKey().defaultRandom(),
    unitId: uuid()
      .notNull()
      .references(() => units.id),
    name: text().notNull(),
    modality: modalityType().notNull(),
    minutes: integer().notNull(),
    minutesBefore: integer().notNull().default(0), // kept free
    minutesAfter: integer().notNull().default(0),
    roles: staffRoleType().array().notNull().default(sql`'{}'`), // one of each has to be there
    resources: resourceKindType().array().notNull().default(sql`'{}'`),
    openToPatients: boolean().notNull().default(false), // they book it themselves
    formId: uuid().references(() => forms.id), // what is asked before it
    endedAt: timestamp({ withTimezone: true, mode: 'date' }),
    version: integer().notNull().default(1),
  },
  (t) => [
    index().on(t.unitId),
    check('a_type_has_a_length', sql`${t.minutes} between 5 and 480`),
    check('a_margin_is_short', sql`${t.minutesBefore} between 0 and 120 and ${t.minutesAfter} between 0 and 120`),
  ],
);

/** What can be booked besides people. */
export const resources = pgTable(
  'resources',
  {
    id: uuid().primaryKey().defaultRandom(),
    unitId: uuid()
      .notNull()
      .references(() => units.id),
    kind: resourceKindType().notNull(),
    name: text().notNull(),
    endedAt: timestamp({ withTimezone: true, mode: 'date' }),
    version: integer().notNull().default(1),
  },
  (t) => [index().on(t.unitId)],
);

export const ofWeek = {
  weekday: integer().notNull(), // 1 is Monday
  opens: time().notNull(),
  closes: time().notNull(), // 24:00 is midnight
};

/** When a unit is open, Swedish time. One without a row is always open. */
export const unitHours = pgTable(
  'unit_hours',
  {
    id: uuid().primaryKey().defaultRandom(),
    unitId: uuid()
      .notNull()
      .references(() => units.id, { onDelete: 'cascade' }),
    ...ofWeek,
  },
  (t) => [
    index().on(t.unitId),
    check('a_day_of_the_unit', sql`${t.weekday} between 1 and 7`),
    check('opens_before_closing', sql`${t.opens} < ${t.closes}`),
  ],
);

/** When a unit takes patients without a time, Swedish time. One without a row has no queue. */
export const queueHours = pgTable(
  'queue_hours',
  {
    id: uuid().primaryKey().defaultRandom(),
    unitId: uuid()
      .notNull()
      .references(() => units.id, { onDelete: 'cascade' }),
    ...ofWeek,
  },
  (t) => [
    index().on(t.unitId),
    check('a_day_of_the_queue', sql`${t.weekday} between 1 and 7`),
    check('a_queue_opens_before_it_closes', sql`${t.opens} < ${t.closes}`),
  ],
);

export const queueQuestions = pgTable('queue_questions', {
  unitId: uuid()
    .primaryKey()
    .references(() => units.id, { onDelete: 'cascade' }),
  questions: jsonb().$type<Question[]>().notNull().default([]),
});
