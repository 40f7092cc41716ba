import { boolean, date, index, integer, pgEnum, pgTable, primaryKey, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core';
import { languages } from '../../contract/language.ts';
import { contactChannels } from '../../contract/messages.ts';
import { numberKinds, relativeRoles } from '../../contract/patients.ts';
import { encryptedText } from '../encrypted.ts';
import { users } from './people.ts';
import { organisations, units } from './units.ts';

export const numberKind = pgEnum('number_kind', numberKinds);
export const relativeRole = pgEnum('relative_role', relativeRoles);
export const languageType = pgEnum('language', languages);
export const contactChannel = pgEnum('contact_channel', contactChannels);

/** A person as one care provider knows them. The same person at two of them has two rows and one account. */
export const patients = pgTable(
  'patients',
  {
    id: uuid().primaryKey().defaultRandom(),
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    name: text().notNull(),
    numberKind: numberKind().notNull(),
    number: encryptedText('patients.number').notNull(), // personal and coordination numbers with twelve digits
    numberIndex: text(), // keyed hash of kind and number: what is looked up by
    birthDate: date({ mode: 'string' }).notNull(),
    protectedIdentity: boolean().notNull().default(false),
    phone: text(), // E.164
    email: text(),
    channel: contactChannel().notNull().default('none'), // how they hear of visits
    address: text(),
    entrance: text(),
    municipality: text(), // code of four digits
    language: languageType().notNull().default('sv'),
    fixedPhysicianId: uuid().references(() => users.id), // whom they are to meet, if they meet a physician
    version: integer().notNull().default(1),
    synthetic: boolean().notNull().default(false),
  },
  (t) => [unique('one_patient_a_number').on(t.organisationId, t.numberIndex), index().on(t.numberIndex), index().on(t.userId)],
);

/** Where somebody is a patient: the care relation that opens them to a unit's staff. */
export const careRelations = pgTable(
  'care_relations',
  {
    patientId: uuid()
      .notNull()
      .references(() => patients.id, { onDelete: 'cascade' }),
    unitId: uuid()
      .notNull()
      .references(() => units.id),
    startedAt: timestamp({ withTimezone: true, mode: 'date' }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.patientId, t.unitId] }), index().on(t.unitId)],
);

export const relatives = pgTable(
  'relatives',
  {
    id: uuid().primaryKey().defaultRandom(),
    patientId: uuid()
      .notNull()
      .references(() => patients.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    role: relativeRole().notNull(),
    relation: text(),
    phone: text(), // E.164
    email: text(),
    channel: contactChannel().notNull().default('none'),
    language: languageType().notNull().default('sv'),
    version: integer().notNull().default(1),
    endedAt: timestamp({ withTimezone: true, mode: 'date' }),
  },
  (t) => [index().on(t.patientId)],
);
