import { sql } from 'drizzle-orm';
import { check, integer, pgEnum, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { insteadKinds, interpretedLanguages, interpreterModes } from '../../contract/interpreting.ts';
import { encryptedText } from '../encrypted.ts';
import { users } from './people.ts';
import { participants, visits } from './visits.ts';

export const interpretedLanguageType = pgEnum('interpreted_language', interpretedLanguages);
export const interpreterModeType = pgEnum('interpreter_mode', interpreterModes);
export const insteadType = pgEnum('interpreter_instead', insteadKinds);

const moment = () => timestamp({ withTimezone: true, mode: 'date' });

/** The interpreter that a visit cannot start without. None: none is needed. */
export const interpretations = pgTable(
  'interpretations',
  {
    visitId: uuid()
      .primaryKey()
      .references(() => visits.id, { onDelete: 'cascade' }),
    orderNumber: integer().notNull().generatedAlwaysAsIdentity({ startWith: 1001 }),
    language: interpretedLanguageType().notNull(),
    mode: interpreterModeType().notNull(),
    orderedBy: uuid()
      .notNull()
      .references(() => users.id),
    orderedAt: moment().notNull().defaultNow(),
    number: text(), // the agency's, of the interpreter
    confirmedAt: moment(),
    participantId: uuid().references(() => participants.id, { onDelete: 'set null' }), // their seat
    instead: insteadType(),
    insteadReason: encryptedText('interpretations.insteadReason'),
    insteadRelativeId: uuid().references(() => participants.id, { onDelete: 'set null' }), // who interprets, as what they are: close to the patient
  },
  (t) => [check('confirmed_by_number', sql`(${t.confirmedAt} is null) = (${t.number} is null)`)],
);
