import { bigint, boolean, index, integer, jsonb, pgEnum, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { loginPurposes } from '../../contract/identity.ts';
import { type Policy, type Provider, providerAudiences } from '../../contract/policy.ts';
import { encryptedText } from '../encrypted.ts';
import { users } from './people.ts';

export const providerAudience = pgEnum('provider_audience', providerAudiences);
export const loginPurpose = pgEnum('login_purpose', loginPurposes);

const moment = () => timestamp({ withTimezone: true, mode: 'date' });

/** What the installation demands; one row, or none while nobody has decided. */
export const policies = pgTable('policies', {
  id: boolean().primaryKey().default(true),
  policy: jsonb().$type<Policy>().notNull(),
  version: integer().notNull().default(1),
});

/** Where people log in by e-ID. */
export const identityProviders = pgTable('identity_providers', {
  id: uuid().primaryKey().defaultRandom(),
  name: text().notNull(),
  audience: providerAudience().notNull(),
  issuer: text().notNull(),
  clientId: text().notNull(),
  clientSecret: encryptedText('identity_providers.clientSecret').notNull().default(''),
  scope: text().notNull(),
  claims: jsonb().$type<Provider['claims']>().notNull(),
  levels: jsonb().$type<Provider['levels']>().notNull(),
  enabled: boolean().notNull().default(true),
  version: integer().notNull().default(1),
});

/** Logins that are under way at a provider. Each is used once: its row is deleted by whoever comes back with it. */
export const loginsUnderWay = pgTable(
  'logins_under_way',
  {
    stateHash: text().primaryKey(), // of what the browser carries there and back
    browserHash: text().notNull(), // of what the browser keeps in a cookie meanwhile
    providerId: uuid().notNull(),
    purpose: loginPurpose().notNull(),
    sessionId: text(), // whose lock is to be opened
    nonce: text().notNull(),
    verifier: text().notNull(), // PKCE
    returnTo: text(),
    expiresAt: moment().notNull(),
  },
  (t) => [index().on(t.expiresAt)],
);

/** One-time codes (RFC 6238) of local accounts. */
export const totpSecrets = pgTable('totp_secrets', {
  userId: uuid()
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  secret: encryptedText('totp_secrets.secret').notNull(),
  confirmedAt: moment(),
  lastStep: bigint({ mode: 'number' }).notNull().default(0), // a code is good once
});

export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    hash: text().primaryKey(), // keyed
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    usedAt: moment(),
  },
  (t) => [index().on(t.userId)],
);
