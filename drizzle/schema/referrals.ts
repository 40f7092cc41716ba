import { integer, pgTable, timestamp, uuid } from 'drizzle-orm/pg-core';
import { encryptedText } from '../encrypted.ts';
import { users } from './people.ts';
import { participants, visits } from './visits.ts';

const moment = () => timestamp({ withTimezone: true, mode: 'date' });

/** What a specialist is asked into a visit for, and what they answered. One a seat. */
export const referrals = pgTable('referrals', {
  id: uuid().primaryKey(), // made by the client, so that a resend is the same row
  visitId: uuid()
    .notNull()
    .references(() => visits.id, { onDelete: 'cascade' }),
  participantId: uuid()
    .notNull()
    .unique()
    .references(() => participants.id, { onDelete: 'cascade' }),
  question: encryptedText('referrals.question').notNull(),
  askedBy: uuid()
    .notNull()
    .references(() => users.id),
  askedAt: moment().notNull(),
  answer: encryptedText('referrals.answer').notNull().default(''),
  answeredAt: moment(),
  version: integer().notNull().default(1),
});
