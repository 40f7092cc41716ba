import { index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { encryptedText } from '../encrypted.ts';
import { users } from './people.ts';

/** What one of the staff writes again and again: one's own, in one's own words. */
export const snippets = pgTable(
  'snippets',
  {
    id: uuid().primaryKey(), // made by the client, so that a resend is the same row
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    title: text().notNull(),
    text: encryptedText('snippets.text').notNull(),
    version: integer().notNull().default(1),
  },
  (t) => [index().on(t.userId)],
);
