import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  boolean,
  check,
  doublePrecision,
  foreignKey,
  index,
  integer,
  pgEnum,
  pgTable,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { cognitions, measuringMethods } from '../../contract/measurements.ts';
import { vitalKinds } from '../../contract/vitals.ts';
import { delegations } from './delegations.ts';
import { patients } from './patients.ts';
import { users } from './people.ts';
import { units } from './units.ts';
import { visits } from './visits.ts';

export const vitalKind = pgEnum('vital_kind', vitalKinds);
export const measuringMethod = pgEnum('measuring_method', measuringMethods);
export const cognition = pgEnum('cognition', cognitions);

const moment = () => timestamp({ withTimezone: true, mode: 'date' });

/** What holds for a patient between visits and is needed to read what is measured. */
export const baselines = pgTable('baselines', {
  patientId: uuid()
    .primaryKey()
    .references(() => patients.id, { onDelete: 'cascade' }),
  cognition: cognition(), // as it usually is; null: nobody has said
  pregnant: boolean(), // null: nobody has said
  spo2Scale2By: uuid().references(() => users.id), // the doctor who ordered scale 2 of NEWS2
  spo2Scale2At: moment(),
  version: integer().notNull().default(1),
});

/** What was measured together: one round of NEWS2, with what it was counted by. */
export const observations = pgTable(
  'observations',
  {
    id: uuid().primaryKey(), // made by the client, so that a resend is the same row
    patientId: uuid()
      .notNull()
      .references(() => patients.id),
    unitId: uuid() // whose care provider owns it
      .notNull()
      .references(() => units.id),
    visitId: uuid().references(() => visits.id),
    observedAt: moment().notNull(), // the first of its readings
    spo2Scale: integer().notNull(), // 1 or 2, as ordered then
    delegationId: uuid().references(() => delegations.id), // by which samples of it were taken; null: in their own right
  },
  (t) => [
    index().on(t.patientId, t.observedAt),
    index('observations_visit_index').on(t.visitId).where(sql`${t.visitId} is not null`),
    unique('observations_id_patient').on(t.id, t.patientId),
  ],
);

/** Append-only: a wrong reading is corrected by a new row that names the old one. */
export const measurements = pgTable(
  'measurements',
  {
    id: uuid().primaryKey(), // made by the client, so that a resend is the same row
    observationId: uuid().notNull(),
    patientId: uuid().notNull(),
    kind: vitalKind().notNull(),
    value: doublePrecision(), // in the unit that `kind` names; null: the corrected one was no reading of this person
    measuredAt: moment().notNull(), // by our clock
    deviceAt: moment(), // by the device's own clock
    recordedAt: moment().notNull(), // when it reached us
    method: measuringMethod().notNull(),
    device: text(), // model and serial number, as far as it says
    confirmed: boolean().notNull().default(false), // unusual, and said to be right
    recordedBy: uuid()
      .notNull()
      .references(() => users.id),
    corrects: uuid().references((): AnyPgColumn => measurements.id),
  },
  (t) => [
    foreignKey({
      name: 'reading_of_patient',
      columns: [t.observationId, t.patientId],
      foreignColumns: [observations.id, observations.patientId],
    }),
    index().on(t.patientId, t.measuredAt),
    index().on(t.observationId),
    unique('corrected_once').on(t.corrects),
    check('not_from_the_future', sql`${t.measuredAt} <= ${t.recordedAt} + interval '5 minutes'`),
    check('a_reading_has_a_value', sql`${t.value} is not null or ${t.corrects} is not null`),
  ],
);
