import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgEnum, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { type Reminder, usualReminders } from '../../contract/messages.ts';
import { organisationKinds, staffRoles, unitKinds } from '../../contract/units.ts';
import { users } from './people.ts';

export const organisationKind = pgEnum('organisation_kind', organisationKinds);
export const unitKind = pgEnum('unit_kind', unitKinds);
export const staffRoleType = pgEnum('staff_role', staffRoles);

/** Care providers: what one of them knows, another does not. */
export const organisations = pgTable('organisations', {
  id: uuid().primaryKey().defaultRandom(),
  name: text().notNull(),
  kind: organisationKind().notNull(),
  medicalDeviceDecision: text(), // by which it has taken NEWS2 into use; null: it has not
  synthetic: boolean().notNull().default(false),
});

export const units = pgTable('units', {
  id: uuid().primaryKey().defaultRandom(),
  organisationId: uuid()
    .notNull()
    .references(() => organisations.id),
  name: text().notNull(),
  kind: unitKind().notNull(),
  phone: text().notNull(), // E.164
  emergencyPhone: text(), // E.164, Swedish: for staff abroad
  discreet: boolean().notNull().default(false), // its name says too much to stand in a mail or an SMS
  interpreterEmail: text(), // of the agency that it orders interpreters from
  physicalEvery: integer(), // of so many visits at least one is in person
  reminders: jsonb().$type<Reminder[]>().notNull().default(usualReminders),
  mark: text().notNull().unique(), // the first two characters of its invitations
  version: integer().notNull().default(1),
  synthetic: boolean().notNull().default(false),
});

/** Who works where as what. All that staff may do comes from these and from seats. */
export const assignments = pgTable(
  'assignments',
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    unitId: uuid()
      .notNull()
      .references(() => units.id),
    role: staffRoleType().notNull(),
    hsaId: text().unique(), // of the commission (medarbetaruppdrag)
    startedAt: timestamp({ withTimezone: true, mode: 'date' }).notNull().defaultNow(),
    endedAt: timestamp({ withTimezone: true, mode: 'date' }),
  },
  (t) => [uniqueIndex('one_running_assignment').on(t.userId, t.unitId, t.role).where(sql`${t.endedAt} is null`), index().on(t.unitId)],
);
