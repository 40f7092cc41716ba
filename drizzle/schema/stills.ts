import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, pgEnum, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { keptDays, type StillKind, sites } from '../../contract/examining.ts';
import { encryptedBytes, encryptedText } from '../encrypted.ts';
import { consents } from './consents.ts';
import { patients } from './patients.ts';
import { users } from './people.ts';
import { units } from './units.ts';
import { visits } from './visits.ts';

export const siteType = pgEnum('body_site', sites);
export const stillKind = pgEnum('still_kind', Object.keys(keptDays) as [StillKind, StillKind]);

const moment = () => timestamp({ withTimezone: true, mode: 'date' });

/** Pictures taken beside a patient, with where they come from. */
export const stills = pgTable(
  'stills',
  {
    id: uuid().primaryKey(), // made by the client, so that a resend is the same row
    visitId: uuid()
      .notNull()
      .references(() => visits.id),
    patientId: uuid()
      .notNull()
      .references(() => patients.id),
    unitId: uuid() // whose care provider owns it
      .notNull()
      .references(() => units.id),
    kind: stillKind().notNull(),
    site: siteType().notNull(),
    words: encryptedText('stills.words').notNull().default(''),
    scaled: boolean().notNull(),
    camera: text().notNull(),
    takenAt: moment().notNull(), // by our clock
    takenBy: uuid()
      .notNull()
      .references(() => users.id),
    consentId: uuid() // what it rests on
      .notNull()
      .references(() => consents.id),
    announcedAt: moment().notNull(),
    arrivedAt: moment(), // null: on its way
    width: integer(),
    height: integer(),
    keptUntil: moment().notNull(),
    struckAt: moment(),
    struckBy: uuid().references(() => users.id),
    struckReason: encryptedText('stills.struckReason'),
  },
  (t) => [
    index().on(t.patientId, t.takenAt),
    index().on(t.visitId),
    index().on(t.keptUntil),
    check(
      'what_has_come_has_a_size',
      sql`(${t.arrivedAt} is null) = (${t.width} is null) and (${t.width} is null) = (${t.height} is null)`,
    ),
  ],
);

/** JPEG without what the camera wrote beside the picture. In a table of its own: lists are read without it. */
export const stillPictures = pgTable('still_pictures', {
  stillId: uuid()
    .primaryKey()
    .references(() => stills.id, { onDelete: 'cascade' }),
  picture: encryptedBytes('still_pictures.picture').notNull(),
  small: encryptedBytes('still_pictures.small').notNull(),
});

/** What lies before everybody in a visit, until it is thawed. It is not kept. */
export const frozenPictures = pgTable('frozen_pictures', {
  visitId: uuid()
    .primaryKey()
    .references(() => visits.id, { onDelete: 'cascade' }),
  id: uuid().notNull(),
  frozenAt: moment().notNull(),
  picture: encryptedBytes('frozen_pictures.picture').notNull(),
});
