import { sql } from 'drizzle-orm';
import { bigint, bigserial, index, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

/**
 * The access log. Action, unit, time, user, patient (HSLF-FS 2016:40 4 kap. 9 §). Ids and codes only: never names,
 * personal numbers or health values. No foreign keys: a row outlives what it tells of. Append-only, like the two tables
 * below: a trigger refuses anything else.
 */
export const auditEntries = pgTable(
  'audit_entries',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    at: timestamp({ withTimezone: true, mode: 'date' }).notNull().defaultNow(),
    actorId: uuid(), // null: the system
    assignmentId: uuid(), // by which staff acted
    action: text().notNull(),
    subjectId: uuid(),
    unitId: uuid(),
    visitId: uuid(),
    patientId: uuid(),
    detail: jsonb().$type<Record<string, string | number | boolean>>(),
  },
  (t) => [
    index().on(t.visitId, t.id),
    index().on(t.patientId, t.id),
    index().on(t.subjectId, t.at),
    index().on(t.actorId, t.at),
    index().on(t.at),
  ],
);

/** Each entry's place in the chain: its hash covers the entry and the hash before it. In the order of sealing. */
export const auditLinks = pgTable('audit_links', {
  position: bigint({ mode: 'number' }).primaryKey(), // 1, 2, 3 … without a gap
  entryId: bigint({ mode: 'number' }).notNull().unique(),
  hash: text().notNull(), // SHA-256, hexadecimal
});

/** The chain's head after each batch, signed. */
export const auditHeads = pgTable('audit_heads', {
  position: bigint({ mode: 'number' }).primaryKey(),
  hash: text().notNull(),
  at: timestamp({ withTimezone: true, mode: 'date' }).notNull().default(sql`clock_timestamp()`),
  signature: text().notNull(), // Ed25519, base64url
});
