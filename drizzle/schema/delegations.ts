import { sql } from 'drizzle-orm';
import { check, date, index, pgEnum, pgTable, timestamp, uuid } from 'drizzle-orm/pg-core';
import { delegatedTasks } from '../../contract/delegations.ts';
import { encryptedText } from '../encrypted.ts';
import { patients } from './patients.ts';
import { users } from './people.ts';
import { units } from './units.ts';

export const delegatedTask = pgEnum('delegated_task', delegatedTasks);

const moment = () => timestamp({ withTimezone: true, mode: 'date' });

/** A row is never changed but to end: another year is another decision. */
export const delegations = pgTable(
  'delegations',
  {
    id: uuid().primaryKey().defaultRandom(),
    unitId: uuid()
      .notNull()
      .references(() => units.id),
    userId: uuid() // who does it
      .notNull()
      .references(() => users.id),
    task: delegatedTask().notNull(),
    patientId: uuid().references(() => patients.id), // null: all of the unit's
    words: encryptedText('delegations.words').notNull().default(''),
    givenBy: uuid()
      .notNull()
      .references(() => users.id),
    from: date().notNull(),
    until: date().notNull(),
    endedAt: moment(),
    endedBy: uuid().references(() => users.id),
  },
  (t) => [index().on(t.userId, t.unitId), index().on(t.unitId), check('a_delegation_ends_after_it_begins', sql`${t.until} >= ${t.from}`)],
);
