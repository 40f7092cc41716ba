import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { itemStates, type Readiness, roundStates, urgencies } from '../../contract/rounds.ts';
import { encryptedText } from '../encrypted.ts';
import { users } from './people.ts';
import { units } from './units.ts';
import { visits } from './visits.ts';

export const roundState = pgEnum('round_state', roundStates);
export const itemState = pgEnum('item_state', itemStates);
export const urgency = pgEnum('urgency', urgencies);

const moment = () => timestamp({ withTimezone: true, mode: 'date' });

/** A care home's round by one doctor, with whoever is at the bedside. */
export const rounds = pgTable(
  'rounds',
  {
    id: uuid().primaryKey(),
    unitId: uuid()
      .notNull()
      .references(() => units.id),
    startsAt: moment().notNull(),
    minutesEach: integer().notNull(),
    state: roundState().notNull().default('draft'),
    doctorId: uuid()
      .notNull()
      .references(() => users.id),
    doctorUnitId: uuid() // by whose assignment
      .notNull()
      .references(() => units.id),
    /** Who stands at the beds, by whose assignment: few, and always read with the round. */
    bedside: jsonb().$type<{ userId: string; unitId: string }[]>().notNull(),
    currentItemId: uuid().references((): AnyPgColumn => roundItems.id), // the only one whose partition may be open
    madeBy: uuid().notNull(),
    closedAt: moment(),
    version: integer().notNull().default(1),
    synthetic: boolean().notNull().default(false),
  },
  (t) => [index().on(t.unitId, t.startsAt), index().on(t.doctorId, t.startsAt)],
);

/** One resident of a round. What was decided is the documentation of their visit. */
export const roundItems = pgTable(
  'round_items',
  {
    id: uuid().primaryKey(),
    roundId: uuid()
      .notNull()
      .references((): AnyPgColumn => rounds.id, { onDelete: 'cascade' }),
    visitId: uuid().notNull().unique(),
    patientId: uuid().notNull(),
    position: integer().notNull(),
    urgency: urgency().notNull(),
    infected: boolean().notNull(),
    state: itemState().notNull().default('queued'),
    brief: encryptedText('round_items.brief'), // JSON of `Brief`; null: not written
    briefReadyAt: moment(),
    readiness: jsonb().$type<Readiness>(), // as it was when the partition was opened
    openedAt: moment(), // for the first time
    openSince: moment(), // now
    secondsOpen: integer().notNull().default(0), // before that
    instructions: encryptedText('round_items.instructions').notNull().default(''),
    readBackBy: uuid().references(() => users.id),
    readBackAt: moment(),
    signedBy: uuid().references(() => users.id),
    signedAt: moment(),
  },
  (t) => [
    foreignKey({ name: 'item_of_visit', columns: [t.visitId, t.patientId], foreignColumns: [visits.id, visits.patientId] }),
    unique('once_a_round').on(t.roundId, t.patientId),
    index().on(t.patientId),
    check('signed_by_somebody', sql`(${t.signedAt} is null) = (${t.signedBy} is null)`),
    check('read_back_by_somebody', sql`(${t.readBackAt} is null) = (${t.readBackBy} is null)`),
  ],
);
