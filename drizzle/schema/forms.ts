import { boolean, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { Question } from '../../contract/forms.ts';
import { encryptedText } from '../encrypted.ts';
import { forms } from './offers.ts';
import { users } from './people.ts';
import { visits } from './visits.ts';

const moment = () => timestamp({ withTimezone: true, mode: 'date' });

/** What a form asked at a time. Nothing in it is ever changed. */
export const formVersions = pgTable(
  'form_versions',
  {
    formId: uuid()
      .notNull()
      .references(() => forms.id),
    version: integer().notNull(),
    title: text().notNull(),
    questions: jsonb().$type<Question[]>().notNull(),
    madeBy: uuid()
      .notNull()
      .references(() => users.id),
    madeAt: moment().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.formId, t.version] })],
);

export const formAnswers = pgTable(
  'form_answers',
  {
    visitId: uuid()
      .primaryKey()
      .references(() => visits.id, { onDelete: 'cascade' }),
    formId: uuid().notNull(),
    version: integer().notNull(),
    answers: encryptedText('form_answers.answers').notNull(), // JSON
    byPatient: boolean().notNull(),
    answeredBy: uuid().notNull(),
    answeredAt: moment().notNull(),
  },
  (t) => [
    foreignKey({ name: 'answers_a_version', columns: [t.formId, t.version], foreignColumns: [formVersions.formId, formVersions.version] }),
  ],
);

/** What patient and unit write to each other about a visit. */
export const sayings = pgTable(
  'sayings',
  {
    id: uuid().primaryKey(),
    visitId: uuid()
      .notNull()
      .references(() => visits.id, { onDelete: 'cascade' }),
    fromPatient: boolean().notNull(),
    authorId: uuid()
      .notNull()
      .references(() => users.id),
    text: encryptedText('sayings.text').notNull(),
    at: moment().notNull(),
    settledAt: moment(), // of the patient: needs no answer
  },
  (t) => [index().on(t.visitId, t.at)],
);
