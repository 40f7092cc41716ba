import { sql } from 'drizzle-orm';
import { bigint, boolean, check, integer, pgEnum, pgTable, text, timestamp, uuid, varchar } from 'drizzle-orm/pg-core';
import { userKinds } from '../../contract/identity.ts';

export const userKind = pgEnum('user_kind', userKinds);

/** Accounts. What staff are and may is in their assignments; what anybody is in a visit is in their seat. */
export const users = pgTable(
  'users',
  {
    id: uuid().primaryKey().defaultRandom(),
    kind: userKind().notNull(),
    username: text().unique(), // null: comes by link and code only
    passwordHash: text(), // argon2id
    name: text(), // staff may stand by role and place only
    place: text().notNull(),
    operator: boolean().notNull().default(false), // may add organisations
    version: integer().notNull().default(1),
    synthetic: boolean().notNull().default(false), // a demo person
  },
  (t) => [check('staff_log_in', sql`${t.kind} <> 'staff' or (${t.username} is not null and ${t.passwordHash} is not null)`)],
);

export const sessions = pgTable('sessions', {
  id: text().primaryKey(),
  userId: uuid()
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' }),
  visitId: uuid(), // begun with a code: opens that visit and nothing else
  createdAt: timestamp({ withTimezone: true, mode: 'date' }).notNull().defaultNow(),
  level: integer().notNull().default(1), // of assurance, 1 to 4: how surely it is the person
  browser: text(), // its name and system, as far as it says: to tell one's devices apart
  assignmentId: uuid(), // chosen after login, of several; no foreign key: one that has ended is as none
  expiresAt: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
});

/** Attempts at logins and codes; the shape is rate-limiter-flexible's own. */
export const attempts = pgTable('attempts', {
  key: varchar({ length: 255 }).primaryKey(),
  points: integer().notNull().default(0),
  expire: bigint({ mode: 'number' }),
});
