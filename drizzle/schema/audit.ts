import { bigserial, index, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

/**
 * Append-only: action, unit, time, user, patient (HSLF-FS 2016:40 4 kap. 9 §). Ids and codes only: never names,
 * personal numbers or health values. No foreign keys: a row outlives what it tells of.
 */
export const auditEntries = pgTable(
  'audit_entries',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    at: timestamp({ withTimezone: true, mode: 'date' }).notNull().defaultNow(),
    actorId: uuid(), // null: the system
    action: text().notNull(),
    subjectId: uuid(),
    unitId: uuid(),
    visitId: uuid(),
    patientId: uuid(),
    detail: jsonb().$type<Record<string, string | number | boolean>>(),
  },
  (t) => [index().on(t.visitId, t.id), index().on(t.patientId, t.id), index().on(t.subjectId, t.at), index().on(t.actorId, t.at)],
);
