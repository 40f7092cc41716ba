import { integer, pgEnum, pgTable, primaryKey, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core';
import { pollAnswers } from '../../contract/polls.ts';
import { encryptedText } from '../encrypted.ts';
import { users } from './people.ts';
import { visits } from './visits.ts';

export const pollAnswerType = pgEnum('poll_answer', pollAnswers);

const moment = () => timestamp({ withTimezone: true, mode: 'date' });

/** Which times for a visit that has none yet suit those whose calendars are not shared. */
export const polls = pgTable('polls', {
  visitId: uuid()
    .primaryKey()
    .references(() => visits.id, { onDelete: 'cascade' }),
  minutes: integer().notNull(),
  madeBy: uuid()
    .notNull()
    .references(() => users.id),
  madeAt: moment().notNull(),
  closedAt: moment(),
});

export const pollOptions = pgTable(
  'poll_options',
  {
    id: uuid().primaryKey().defaultRandom(),
    visitId: uuid()
      .notNull()
      .references(() => polls.visitId, { onDelete: 'cascade' }),
    startsAt: moment().notNull(),
  },
  (t) => [unique('one_option_a_time').on(t.visitId, t.startsAt)],
);

export const pollInvitees = pgTable('poll_invitees', {
  id: uuid().primaryKey().defaultRandom(),
  visitId: uuid()
    .notNull()
    .references(() => polls.visitId, { onDelete: 'cascade' }),
  name: encryptedText('poll_invitees.name').notNull(),
  secretHash: text().notNull().unique(),
  answeredAt: moment(),
});

export const pollReplies = pgTable(
  'poll_replies',
  {
    inviteeId: uuid()
      .notNull()
      .references(() => pollInvitees.id, { onDelete: 'cascade' }),
    optionId: uuid()
      .notNull()
      .references(() => pollOptions.id, { onDelete: 'cascade' }),
    answer: pollAnswerType().notNull(),
  },
  (t) => [primaryKey({ columns: [t.inviteeId, t.optionId] })],
);
