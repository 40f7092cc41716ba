import { sql } from 'drizzle-orm';
import { bigint, boolean, check, index, integer, pgEnum, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core';
import { sources } from '../../contract/media.ts';
import { presences, seatKinds, seatStatuses, visitStates } from '../../contract/visits.ts';
import { users } from './people.ts';

export const visitStateType = pgEnum('visit_state', visitStates);
export const seatStatusType = pgEnum('seat_status', seatStatuses);
export const presenceType = pgEnum('presence', presences);
export const seatKindType = pgEnum('seat_kind', seatKinds);
export const sourceType = pgEnum('source', sources);

const moment = () => timestamp({ withTimezone: true, mode: 'date' });

export const units = pgTable('units', {
  id: uuid().primaryKey().defaultRandom(),
  name: text().notNull(),
  phone: text().notNull(), // E.164
});

export const visits = pgTable(
  'visits',
  {
    id: uuid().primaryKey().defaultRandom(),
    unitId: uuid()
      .notNull()
      .references(() => units.id),
    patientName: text().notNull(),
    place: text().notNull(), // where the patient is
    startsAt: moment().notNull(),
    state: visitStateType().notNull().default('booked'),
    revision: bigint({ mode: 'number' }).notNull().default(1), // raised by every change that anyone sees
    synthetic: boolean().notNull().default(false),
  },
  (t) => [index().on(t.startsAt)],
);

export const participants = pgTable(
  'participants',
  {
    id: uuid().primaryKey().defaultRandom(),
    visitId: uuid()
      .notNull()
      .references(() => visits.id, { onDelete: 'cascade' }),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    seat: seatKindType().notNull().default('own'),
    host: boolean().notNull().default(false),
    status: seatStatusType().notNull().default('invited'),
    presence: presenceType().notNull().default('away'),
    /** The browser tab in the room on this seat; only that one may come back to it unasked. */
    heldBy: uuid(),
    /** The socket that is the seat's now, so that an older one's end does not count. */
    socketId: text(),
    companionOf: uuid(),
    sending: sourceType().array().notNull().default(sql`'{}'`),
    waitingSince: moment(),
    absentSince: moment(), // fell out of the room; the seat is kept for a while
  },
  (t) => [
    unique('one_seat_a_kind').on(t.visitId, t.userId, t.seat),
    index().on(t.userId),
    index().on(t.absentSince),
    check('not_beside_oneself', sql`${t.companionOf} <> ${t.id}`),
  ],
);

export const invitations = pgTable('invitations', {
  reference: text().primaryKey(), // in the link; not secret
  participantId: uuid()
    .notNull()
    .references(() => participants.id, { onDelete: 'cascade' }),
  codeHash: text().notNull(), // argon2id of six digits
  expiresAt: moment().notNull(),
});

/** SFU nodes as they last reported. */
export const sfuNodes = pgTable('sfu_nodes', {
  nodeId: text().primaryKey(),
  instanceId: uuid().notNull(),
  controlUrl: text().notNull(),
  region: text().notNull(),
  capacity: integer().notNull(),
  load: integer().notNull(),
  draining: boolean().notNull(),
  reportedAt: moment().notNull(),
});

/** Where a visit's media room is. A new placement raises the epoch, and older ones are refused from then on. */
export const placements = pgTable('placements', {
  visitId: uuid()
    .primaryKey()
    .references(() => visits.id, { onDelete: 'cascade' }),
  nodeId: text().notNull(),
  instanceId: uuid().notNull(),
  epoch: integer().notNull(),
});
