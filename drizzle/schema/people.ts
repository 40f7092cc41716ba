import { sql } from 'drizzle-orm';
import { bigint, boolean, check, date, index, integer, pgEnum, pgTable, text, timestamp, uuid, varchar } from 'drizzle-orm/pg-core';
import { userKinds } from '../../contract/identity.ts';
import { licenceStates } from '../../contract/units.ts';

export const licenceState = pgEnum('licence_state', licenceStates);
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
    hsaId: text().unique(), // employee HSA-id: by it a provider's login finds the person
    email: text(), // of staff: where their calendar is
    licence: licenceState().notNull().default('unverified'),
    licenceUntil: date({ mode: 'string' }), // when it is to be checked again
    workCountries: text().array().notNull().default(sql`'{SE}'`), // approved for work from there
    pinHash: text(), // argon2id
    operator: boolean().notNull().default(false), // may add organisations
    version: integer().notNull().default(1),
    synthetic: boolean().notNull().default(false), // a demo person
  },
  (t) => [check('staff_log_in', sql`${t.kind} <> 'staff' or ${t.username} is not null`)],
);

export const sessions = pgTable(
  'sessions',
  {
    id: text().primaryKey(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    visitId: uuid(), // begun with a code: opens that visit and nothing else
    createdAt: timestamp({ withTimezone: true, mode: 'date' }).notNull().defaultNow(),
    level: integer().notNull().default(1), // of assurance, 1 to 4: how surely it is the person
    providerId: uuid(), // began by e-ID there...
    providerSid: text(), // ...in this session of theirs, which they may end
    deviceId: uuid(), // the browser that it lives in: a shared one has several
    loginAt: timestamp({ withTimezone: true, mode: 'date' }).notNull().defaultNow(), // last whole login
    seenAt: timestamp({ withTimezone: true, mode: 'date' }).notNull().defaultNow(), // last touched
    lockedAt: timestamp({ withTimezone: true, mode: 'date' }), // by a press, before it would by itself
    provedAt: timestamp({ withTimezone: true, mode: 'date' }).notNull().defaultNow(), // last showed who it is
    pinFailures: integer().notNull().default(0),
    country: text(), // declared with the assignment
    browser: text(), // its name and system, as far as it says: to tell one's devices apart
    assignmentId: uuid(), // chosen after login, of several; no foreign key: one that has ended is as none
    expiresAt: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
  },
  (t) => [index().on(t.deviceId), index().on(t.userId)],
);

/** Attempts at logins and codes; the shape is rate-limiter-flexible's own. */
export const attempts = pgTable('attempts', {
  key: varchar({ length: 255 }).primaryKey(),
  points: integer().notNull().default(0),
  expire: bigint({ mode: 'number' }),
});
