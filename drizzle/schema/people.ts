import { sql } from 'drizzle-orm';
import { bigint, boolean, check, integer, pgEnum, pgTable, text, timestamp, uuid, varchar } from 'drizzle-orm/pg-core';
import { roles } from '../../contract/visits.ts';

export const roleType = pgEnum('role', roles);
export const userKind = pgEnum('user_kind', ['staff', 'guest']);

export const users = pgTable(
  'users',
  {
    id: uuid().primaryKey().defaultRandom(),
    kind: userKind().notNull(),
    username: text().unique(), // staff only
    passwordHash: text(), // argon2id
    name: text(), // staff may stand by role and place only
    role: roleType().notNull(),
    place: text().notNull(),
    synthetic: boolean().notNull().default(false), // a demo person
  },
  (t) => [check('staff_log_in', sql`${t.kind} <> 'staff' or (${t.username} is not null and ${t.passwordHash} is not null)`)],
);

export const sessions = pgTable('sessions', {
  id: text().primaryKey(),
  userId: uuid()
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' }),
  expiresAt: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
});

/** Attempts at logins and codes; the shape is rate-limiter-flexible's own. */
export const attempts = pgTable('attempts', {
  key: varchar({ length: 255 }).primaryKey(),
  points: integer().notNull().default(0),
  expire: bigint({ mode: 'number' }),
});
