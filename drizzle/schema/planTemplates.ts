import { index, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { PlanTemplate } from '../../contract/planTemplates.ts';
import { users } from './people.ts';
import { units } from './units.ts';

const moment = () => timestamp({ withTimezone: true, mode: 'date' });

/** What a unit's planning meetings begin from; what it says stands in its versions. */
export const planTemplates = pgTable(
  'plan_templates',
  {
    id: uuid().primaryKey().defaultRandom(),
    unitId: uuid()
      .notNull()
      .references(() => units.id),
    version: integer().notNull().default(1),
    endedAt: moment(),
  },
  (t) => [index().on(t.unitId)],
);

/** What a template said at a time. Nothing in it is ever changed. */
export const planTemplateVersions = pgTable(
  'plan_template_versions',
  {
    templateId: uuid()
      .notNull()
      .references(() => planTemplates.id, { onDelete: 'cascade' }),
    version: integer().notNull(),
    name: text().notNull(),
    content: jsonb().$type<Omit<PlanTemplate, 'name'>>().notNull(),
    madeBy: uuid()
      .notNull()
      .references(() => users.id),
    madeAt: moment().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.templateId, t.version] })],
);
