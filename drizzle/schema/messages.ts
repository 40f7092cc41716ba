import { sql } from 'drizzle-orm';
import { check, index, integer, pgEnum, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core';
import { deliveryFailures, messageChannels, messagePurposes } from '../../contract/messages.ts';
import { encryptedText } from '../encrypted.ts';
import { carePlans } from './carePlans.ts';
import { visits } from './visits.ts';

export const messageChannel = pgEnum('message_channel', messageChannels);
export const messagePurpose = pgEnum('message_purpose', messagePurposes);
export const deliveryFailure = pgEnum('delivery_failure', deliveryFailures);

const moment = () => timestamp({ withTimezone: true, mode: 'date' });

/** The outbox: filed with the change that they tell of, as they are sent; a repeat is the same to the letter. */
export const messages = pgTable(
  'messages',
  {
    id: uuid().primaryKey().defaultRandom(), // also the mail's Message-ID
    visitId: uuid().references(() => visits.id, { onDelete: 'cascade' }),
    carePlanId: uuid().references(() => carePlans.id, { onDelete: 'cascade' }), // what it tells of is either
    personId: uuid(), // whose account it is for; null: the agency of interpreters
    purpose: messagePurpose().notNull(),
    channel: messageChannel().notNull(),
    address: encryptedText('messages.address').notNull(), // of mail, or a telephone number in E.164; empty for a letter
    recipient: encryptedText('messages.recipient').notNull(), // as they are addressed
    subject: encryptedText('messages.subject').notNull(),
    body: encryptedText('messages.body').notNull(),
    calendar: encryptedText('messages.calendar').notNull().default(''), // iCalendar, of mail
    sequence: integer().notNull().default(0), // of the calendar entry
    occasion: text(), // which reminder it is: one of them is filed once
    filedAt: moment().notNull().defaultNow(),
    attempts: integer().notNull().default(0),
    sentAt: moment(), // handed over; a letter: printed
    failedAt: moment(), // given up
    failure: deliveryFailure(),
  },
  (t) => [
    unique('one_message_an_occasion').on(t.visitId, t.personId, t.occasion),
    unique('one_message_an_occasion_of_a_plan').on(t.carePlanId, t.occasion),
    check('tells_of_something', sql`(${t.visitId} is null) <> (${t.carePlanId} is null)`),
    index().on(t.visitId),
    index('messages_filed_index').on(t.filedAt),
    index('messages_person_index').on(t.personId, t.filedAt),
  ],
);
