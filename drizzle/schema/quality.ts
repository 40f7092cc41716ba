import { index, jsonb, pgEnum, pgTable, primaryKey, timestamp, uuid } from 'drizzle-orm/pg-core';
import { type CheckReport, verdicts } from '../../contract/check.ts';
import { grades } from '../../contract/line.ts';
import type { QualitySample } from '../../contract/quality.ts';
import { participants, visits } from './visits.ts';

export const gradeType = pgEnum('grade', grades);
export const verdictType = pgEnum('verdict', verdicts);

const moment = () => timestamp({ withTimezone: true, mode: 'date' });

/** What each browser measured of its line, every few seconds of a visit. */
export const qualitySamples = pgTable(
  'quality_samples',
  {
    visitId: uuid()
      .notNull()
      .references(() => visits.id, { onDelete: 'cascade' }),
    participantId: uuid()
      .notNull()
      .references(() => participants.id, { onDelete: 'cascade' }), // who measured
    at: moment().notNull(),
    grade: gradeType().notNull(), // so that a record counts without reading every sample
    sample: jsonb().$type<QualitySample>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.visitId, t.participantId, t.at] })],
);

/** Checks of browser, devices and line made before a visit. */
export const networkChecks = pgTable(
  'network_checks',
  {
    id: uuid().primaryKey(),
    visitId: uuid()
      .notNull()
      .references(() => visits.id, { onDelete: 'cascade' }),
    participantId: uuid()
      .notNull()
      .references(() => participants.id, { onDelete: 'cascade' }),
    at: moment().notNull(),
    verdict: verdictType().notNull(),
    report: jsonb().$type<CheckReport>().notNull(),
  },
  (t) => [index().on(t.visitId, t.participantId, t.at)],
);
