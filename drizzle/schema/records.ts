import { date, foreignKey, integer, pgEnum, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core';
import { enough } from '../../contract/quality.ts';
import { contactTypes } from '../../contract/record.ts';
import { encryptedText } from '../encrypted.ts';
import { users } from './people.ts';
import { visits } from './visits.ts';

export const contactType = pgEnum('contact_type', contactTypes);
export const enoughType = pgEnum('enough', enough);

/** What came of a visit. */
export const documentations = pgTable('documentations', {
  visitId: uuid()
    .primaryKey()
    .references(() => visits.id, { onDelete: 'cascade' }),
  outcome: encryptedText('documentations.outcome').notNull().default(''),
  agreed: encryptedText('documentations.agreed').notNull().default(''),
  followUp: encryptedText('documentations.followUp').notNull().default(''),
  followUpOwner: text(),
  followUpOn: date({ mode: 'string' }),
  contactType: contactType().notNull().default('video'),
  contactCode: text().notNull().default('ZV051'),
  soundEnough: enoughType(),
  pictureEnough: enoughType(),
  version: integer().notNull().default(1),
  writtenBy: uuid().references(() => users.id),
  writtenAt: timestamp({ withTimezone: true, mode: 'date' }).notNull().defaultNow(),
});

/** A person's own note. The foreign key holds it to the patient that it was begun for. */
export const notes = pgTable(
  'notes',
  {
    id: uuid().primaryKey(), // made by the client, so that a resend is the same row
    visitId: uuid().notNull(),
    patientId: uuid().notNull(),
    authorId: uuid()
      .notNull()
      .references(() => users.id),
    text: encryptedText('notes.text').notNull(),
    version: integer().notNull().default(1),
    createdAt: timestamp({ withTimezone: true, mode: 'date' }).notNull().defaultNow(),
    updatedAt: timestamp({ withTimezone: true, mode: 'date' }).notNull().defaultNow(),
  },
  (t) => [
    foreignKey({ name: 'note_of_patient', columns: [t.visitId, t.patientId], foreignColumns: [visits.id, visits.patientId] }).onDelete(
      'cascade',
    ),
    unique('one_note_an_author').on(t.visitId, t.authorId),
  ],
);
