import { boolean, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { visits } from './visits.ts';

/** SFU nodes as they last reported. */
export const sfuNodes = pgTable('sfu_nodes', {
  nodeId: text().primaryKey(),
  instanceId: uuid().notNull(),
  controlUrl: text().notNull(),
  region: text().notNull(),
  capacity: integer().notNull(),
  load: integer().notNull(),
  draining: boolean().notNull(),
  reportedAt: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
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
