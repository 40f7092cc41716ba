import { sql } from 'drizzle-orm';
import { check, index, pgEnum, pgTable, timestamp, uuid } from 'drizzle-orm/pg-core';
import { capacityBases, consentEnds, consentForms, consentTypes } from '../../contract/consent.ts';
import { encryptedText } from '../encrypted.ts';
import { carePlanParties, carePlans, planArea } from './carePlans.ts';
import { patients, relatives } from './patients.ts';
import { organisations } from './units.ts';
import { visits } from './visits.ts';

export const consentType = pgEnum('consent_type', consentTypes);
export const capacityBasis = pgEnum('capacity_basis', capacityBases);
export const consentForm = pgEnum('consent_form', consentForms);
export const consentEnd = pgEnum('consent_end', consentEnds);

const moment = () => timestamp({ withTimezone: true, mode: 'date' });

/** The ledger. A row is never changed but to end; another yes is another row. */
export const consents = pgTable(
  'consents',
  {
    id: uuid().primaryKey().defaultRandom(),
    patientId: uuid()
      .notNull()
      .references(() => patients.id, { onDelete: 'cascade' }),
    type: consentType().notNull(),
    visitId: uuid().references(() => visits.id, { onDelete: 'cascade' }), // for that visit alone
    relativeId: uuid().references(() => relatives.id, { onDelete: 'cascade' }), // whom it is for
    participantId: uuid(), // or which guest of the visit, with a device or without; no foreign key: who was there stays
    organisationId: uuid().references(() => organisations.id), // who may be told
    carePlanId: uuid().references(() => carePlans.id, { onDelete: 'cascade' }), // for that plan alone
    partyId: uuid().references(() => carePlanParties.id, { onDelete: 'cascade' }), // which of its parties may be told
    areas: planArea().array(), // and of what
    topics: encryptedText('consents.topics').notNull().default(''),
    exclusions: encryptedText('consents.exclusions').notNull().default(''),
    capacity: capacityBasis().notNull(),
    capacityNote: encryptedText('consents.capacityNote').notNull().default(''),
    guardianId: uuid().references(() => relatives.id, { onDelete: 'cascade' }), // who said yes for a child
    form: consentForm().notNull(),
    keptBy: uuid().notNull(), // who heard or read it; the patient's own account if they gave it themselves
    givenAt: moment().notNull().defaultNow(),
    validUntil: moment(),
    endedAt: moment(),
    endedAs: consentEnd(),
    endedBy: uuid(),
    stoppedAt: moment(), // everything that rested on it has been stopped; null is taken up again
  },
  (t) => [
    index().on(t.patientId),
    index('consents_running_out_index').on(t.validUntil).where(sql`${t.endedAt} is null`),
    index('consents_to_stop_index').on(t.endedAt).where(sql`${t.endedAt} is not null and ${t.stoppedAt} is null`),
    check('an_end_has_a_kind', sql`(${t.endedAt} is null) = (${t.endedAs} is null)`),
    check('a_child_has_a_guardian', sql`(${t.capacity} = 'guardian') = (${t.guardianId} is not null)`),
  ],
);
