import { bigserial, index, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

/** Append-only. Ids and codes only: never names, personal numbers or health values. */
export const auditEntries = pgTable(
  'audit_entries',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    at: timestamp({ withTimezone: true, mode: 'date' }).notNull().defaultNow(),
    actorId: uuid(), // null: the system
    action: text().notNull(),
    subjectId: uuid(),
    detail: jsonb().$type<Record<string, string | number | boolean>>(),
  },
  (t) => [index().on(t.subjectId, t.at), index().on(t.actorId, t.at)],
);
