import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigserial,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { areas, channels, goalResults, linkKinds, partKinds, partyKinds, stances, textFields } from '../../contract/planKinds.ts';
import { summonsAnswers } from '../../contract/planParties.ts';
import { planStates } from '../../contract/planSteps.ts';
import { encryptedBytes, encryptedText } from '../encrypted.ts';
import { patients, relatives } from './patients.ts';
import { users } from './people.ts';
import { planTemplateVersions } from './planTemplates.ts';
import { units } from './units.ts';

export const planState = pgEnum('plan_state', planStates);
export const planArea = pgEnum('plan_area', areas);
export const planPartKind = pgEnum('plan_part_kind', partKinds);
export const planTextField = pgEnum('plan_text_field', textFields);
export const planPartyKind = pgEnum('plan_party_kind', partyKinds);
export const planChannel = pgEnum('plan_channel', channels);
export const planStance = pgEnum('plan_stance', stances);
export const summonsAnswerType = pgEnum('summons_answer', summonsAnswers);
export const planLink = pgEnum('plan_link', linkKinds);
export const goalReached = pgEnum('goal_reached', goalResults);

const moment = () => timestamp({ withTimezone: true, mode: 'date' });

/** Units of principals that plans are made with, whether they work here or not. */
export const directoryUnits = pgTable(
  'directory_units',
  {
    id: uuid().primaryKey().defaultRandom(),
    principal: text().notNull(),
    name: text().notNull(),
    kind: planPartyKind().notNull(),
    channel: planChannel().notNull(),
    system: text(),
    unitId: uuid().references(() => units.id),
    email: text(),
    phone: text(), // E.164
    address: text().notNull().default(''),
    headName: text(),
    headEmail: text(),
    retired: boolean().notNull().default(false),
    version: integer().notNull().default(1),
    synthetic: boolean().notNull().default(false),
  },
  (t) => [index().on(t.principal, t.name)],
);

/** A coordinated individual plan (SIP), from the need of it to its follow-up. */
export const carePlans = pgTable(
  'care_plans',
  {
    id: uuid().primaryKey(),
    patientId: uuid()
      .notNull()
      .references(() => patients.id, { onDelete: 'cascade' }),
    unitId: uuid() // that coordinates it
      .notNull()
      .references(() => units.id),
    state: planState().notNull().default('need_identified'),
    need: encryptedText('care_plans.need').notNull(),
    proposedBy: encryptedText('care_plans.proposedBy').notNull(), // who saw the need: anybody may
    declinedWhy: encryptedText('care_plans.declinedWhy'),
    child: encryptedText('care_plans.child'), // JSON of `ChildBasis`: of a child, what they and their guardians say
    preparation: encryptedText('care_plans.preparation'), // JSON of `Preparation`; null: nothing yet
    coordinatorId: uuid().references(() => users.id), // is not who has the responsibility
    responsiblePartyId: uuid().references((): AnyPgColumn => carePlanParties.id),
    noOtherMeasures: boolean().notNull().default(false),
    personStance: planStance(),
    personWords: encryptedText('care_plans.personWords').notNull().default(''),
    personAt: moment(),
    followUpOn: date(),
    activatedAt: moment(),
    signedBy: uuid().references(() => users.id),
    endedWhy: encryptedText('care_plans.endedWhy'),
    endedAt: moment(),
    templateId: uuid(), // what it begins from; null: nothing
    templateVersion: integer(),
    edition: integer().notNull().default(1),
    takesPlaceOf: uuid()
      .unique()
      .references((): AnyPgColumn => carePlans.id),
    madeBy: uuid().notNull(),
    madeAt: moment().notNull().defaultNow(),
    version: integer().notNull().default(1),
    synthetic: boolean().notNull().default(false),
  },
  (t) => [
    index().on(t.unitId, t.state),
    index().on(t.patientId),
    check('signed_when_active', sql`(${t.activatedAt} is null) = (${t.signedBy} is null)`),
    foreignKey({
      name: 'from_a_version',
      columns: [t.templateId, t.templateVersion],
      foreignColumns: [planTemplateVersions.templateId, planTemplateVersions.version],
    }),
    check('followed_up', sql`${t.activatedAt} is null or ${t.followUpOn} is not null`),
  ],
);

/** Who plans together: principals, those close to the person, others. */
export const carePlanParties = pgTable(
  'care_plan_parties',
  {
    id: uuid().primaryKey(),
    planId: uuid()
      .notNull()
      .references((): AnyPgColumn => carePlans.id, { onDelete: 'cascade' }),
    kind: planPartyKind().notNull(),
    name: encryptedText('care_plan_parties.name').notNull(),
    contact: encryptedText('care_plan_parties.contact'),
    directoryId: uuid().references(() => directoryUnits.id),
    unitId: uuid().references(() => units.id), // where it works here
    relativeId: uuid().references(() => relatives.id),
    channel: planChannel(),
    summons: encryptedText('care_plan_parties.summons'), // JSON of `SummonsText`; null: not summoned
    answerBy: date(),
    sentAt: moment(),
    reference: text(), // in the coordination system of the principal
    answer: summonsAnswerType(),
    answerWords: encryptedText('care_plan_parties.answerWords'), // who comes, or why nobody does
    answeredAt: moment(),
    answeredBy: uuid(),
    forwardedTo: uuid().references((): AnyPgColumn => carePlanParties.id),
    escalatedAt: moment(),
    stance: planStance(),
    stanceWords: encryptedText('care_plan_parties.stanceWords').notNull().default(''),
    stanceAt: moment(),
  },
  (t) => [
    index().on(t.planId),
    index().on(t.unitId),
    unique('once_a_plan').on(t.planId, t.directoryId),
    unique('close_once_a_plan').on(t.planId, t.relativeId),
    index('summons_unanswered_index')
      .on(t.answerBy)
      .where(sql`${t.sentAt} is not null and ${t.answer} is null and ${t.escalatedAt} is null`),
    check('an_answer_has_its_time', sql`(${t.answer} is null) = (${t.answeredAt} is null)`),
  ],
);

/** A need, a goal, an intervention: on the areas of life that it is about. Its texts are `carePlanTexts`. */
export const carePlanParts = pgTable(
  'care_plan_parts',
  {
    id: uuid().primaryKey(),
    planId: uuid()
      .notNull()
      .references(() => carePlans.id, { onDelete: 'cascade' }),
    kind: planPartKind().notNull(),
    areas: planArea().array().notNull(),
    position: integer().notNull(),
    prompt: text().notNull().default(''), // what the template asks; it is about nobody
    chosen: encryptedText('care_plan_parts.chosen').notNull(), // JSON of `Chosen`
    ownerUserId: uuid().references(() => users.id), // the same as in there: a task in somebody's list is looked for by it
    dueOn: date(),
    done: boolean().notNull().default(false),
    aid: encryptedText('care_plan_parts.aid'), // JSON of `Aid`
    goalReached: goalReached(),
    version: integer().notNull().default(1),
    madeBy: uuid().notNull(),
  },
  (t) => [
    index().on(t.planId, t.position),
    index('tasks_index').on(t.ownerUserId, t.dueOn).where(sql`${t.ownerUserId} is not null and not ${t.done}`),
    check('a_part_is_about_something', sql`cardinality(${t.areas}) > 0`),
  ],
);

/** What the person and those close to them say of the meeting and the plan afterwards. */
export const carePlanSurveys = pgTable(
  'care_plan_surveys',
  {
    id: uuid().primaryKey().defaultRandom(),
    planId: uuid()
      .notNull()
      .references(() => carePlans.id, { onDelete: 'cascade' }),
    partyId: uuid().references(() => carePlanParties.id, { onDelete: 'cascade' }), // null: the person
    answers: encryptedText('care_plan_surveys.answers').notNull(), // JSON of `SurveyAnswers`
    keptBy: uuid().notNull(),
    at: moment().notNull(),
  },
  (t) => [unique('one_answer_each').on(t.planId, t.partyId).nullsNotDistinct()],
);

/** A concern for a child that was reported to social services: that needs nobody's yes, and is told to nobody else. */
export const concernReports = pgTable(
  'concern_reports',
  {
    id: uuid().primaryKey(),
    planId: uuid()
      .notNull()
      .references(() => carePlans.id, { onDelete: 'cascade' }),
    madeTo: text().notNull(),
    words: encryptedText('concern_reports.words').notNull(),
    by: uuid().notNull(),
    at: moment().notNull(),
  },
  (t) => [index().on(t.planId)],
);

/** Two plans that have to do with each other: a child's and that of a parent who is dying. */
export const carePlanLinks = pgTable(
  'care_plan_links',
  {
    planId: uuid()
      .notNull()
      .references(() => carePlans.id, { onDelete: 'cascade' }),
    otherId: uuid()
      .notNull()
      .references((): AnyPgColumn => carePlans.id, { onDelete: 'cascade' }),
    kind: planLink().notNull(),
    madeBy: uuid().notNull(),
    at: moment().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.planId, t.otherId] }), index().on(t.otherId)],
);

/** What is talked of in the meeting of a plan, in order. */
export const carePlanItems = pgTable(
  'care_plan_items',
  {
    id: uuid().primaryKey(),
    planId: uuid()
      .notNull()
      .references(() => carePlans.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
    title: encryptedText('care_plan_items.title').notNull(),
    areas: planArea().array().notNull(),
    minutes: integer().notNull(),
    partyIds: uuid().array().notNull(),
  },
  (t) => [index().on(t.planId, t.position)],
);

/**
 * What was written into a text, change by change, as Yjs sends it: whoever has all of them, in any order, has the same text.
 * They are its history, too: who wrote what, and when.
 */
export const carePlanTexts = pgTable(
  'care_plan_texts',
  {
    nr: bigserial({ mode: 'number' }).primaryKey(),
    partId: uuid()
      .notNull()
      .references(() => carePlanParts.id, { onDelete: 'cascade' }),
    field: planTextField().notNull(),
    change: encryptedBytes('care_plan_texts.change').notNull(),
    by: uuid().notNull(),
    at: moment().notNull().defaultNow(),
  },
  (t) => [index().on(t.partId, t.field, t.nr)],
);
