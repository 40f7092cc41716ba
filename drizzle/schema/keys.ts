import { pgTable, text } from 'drizzle-orm/pg-core';

/** A word under each key that this database has been written with: who comes with other keys is told, and writes nothing. */
export const keyChecks = pgTable('key_checks', {
  keyId: text().primaryKey(),
  sample: text().notNull(),
});
