/** What an installation demands of those who log in, and where clinicians may work and patients live. */
import { z } from 'zod';
import type { StaffRole } from './units.ts';
import { version } from './units.ts';
import { id, nothing, words } from './wire.ts';

/** Level of assurance (Swedish tillitsnivå): 1 a password, 2 a password and a one-time code, 3 and 4 an e-ID. */
export const level = z.number().int().min(1).max(4);

/** Roles that are treated alike. */
export const accountGroups = ['clinical', 'administrative', 'patient'] as const;
export type AccountGroup = (typeof accountGroups)[number];

const clinical: readonly StaffRole[] = ['remotePhysician', 'physician', 'nurse', 'assistantNurse', 'careCoordinator'];
/** Roles that take a Swedish licence (2010:659, 4 kap.). */
export const licensedRoles: readonly StaffRole[] = ['remotePhysician', 'physician', 'nurse'];
/** Roles that may be held from another country, so that the country is declared when they begin. */
export const abroadRoles: readonly StaffRole[] = ['remotePhysician'];

export const groupOf = (role: StaffRole): AccountGroup => (clinical.includes(role) ? 'clinical' : 'administrative');

/** EU and EEA, by ISO 3166-1 alpha-2: health data are worked with nowhere else. */
export const workCountries = [
  'SE',
  'FI',
  'NO',
  'DK',
  'IS',
  'ES',
  'PT',
  'DE',
  'FR',
  'IT',
  'NL',
  'BE',
  'LU',
  'IE',
  'AT',
  'PL',
  'CZ',
  'SK',
  'SI',
  'HR',
  'HU',
  'RO',
  'BG',
  'GR',
  'CY',
  'MT',
  'EE',
  'LV',
  'LT',
  'LI',
] as const;
export const country = z.string().regex(/^[A-Z]{2}$/, 'is no country code');

const perGroup = <S extends z.ZodType>(schema: S) => z.object({ clinical: schema, administrative: schema, patient: schema });
const minutes = z.number().int().min(1, 'is shorter than a minute').max(720, 'is longer than 12 hours');
const hours = z.number().int().min(1, 'is shorter than an hour').max(24, 'is longer than a day');

export const policy = z.object({
  requiredLevel: perGroup(level),
  idleMinutes: perGroup(minutes), // without a touch: everything but the call locks
  absoluteHours: perGroup(hours), // since the login: likewise, and a PIN does not open it
  municipalities: z.array(z.string().regex(/^\d{4}$/, 'is no municipality code')).max(300), // where patients may live; none: anywhere
});
export type Policy = z.infer<typeof policy>;

/** Until somebody decides otherwise: nobody gives care or reads a record with a password alone. */
export const defaultPolicy: Policy = {
  requiredLevel: { clinical: 3, administrative: 2, patient: 3 },
  idleMinutes: { clinical: 15, administrative: 15, patient: 30 },
  absoluteHours: { clinical: 12, administrative: 10, patient: 8 },
  municipalities: [],
};

export const providerAudiences = ['staff', 'resident'] as const;

/** Names of claims differ between providers and brokers. */
const claimName = z.string().trim().min(1, 'is empty').max(100);
export const claimNames = z.object({
  person: claimName, // staff: employee HSA-id; resident: personal number
  assignment: claimName.nullable(), // staff: the commission's HSA-id, if the provider lets them choose it
  level: claimName, // "acr", mostly
});

const issuer = z
  .url('is no address')
  .refine((text) => /^https:|^http:\/\/(localhost|127\.0\.0\.1)[:/]/.test(text), 'wants https (http on this machine alone)');

export const provider = z.object({
  name: words(60),
  audience: z.enum(providerAudiences),
  issuer,
  clientId: z.string().trim().min(1, 'is empty').max(200),
  scope: z.string().trim().min(1).max(200),
  claims: claimNames,
  levels: z.record(z.string().min(1).max(200), level), // what its values of that claim are worth
  enabled: z.boolean(),
});
export type Provider = z.infer<typeof provider>;

export const providerView = provider.extend({ id, version, hasSecret: z.boolean() });
export type ProviderView = z.infer<typeof providerView>;

const secret = z.string().min(1).max(500).nullable(); // null: as before

export const policyRoutes = {
  'GET /api/policy': {
    summary: 'What is demanded of those who log in',
    reply: policy.extend({ version: z.number().int() }),
  },
  'PUT /api/policy': {
    summary: 'Changes what is demanded',
    body: policy.extend({ basedOn: z.number().int() }),
    reply: policy.extend({ version: z.number().int() }),
  },
  'GET /api/providers': { summary: 'Where people log in by e-ID', reply: z.array(providerView) },
  'POST /api/providers': { summary: 'Adds one', body: provider.extend({ secret }), reply: z.object({ id }) },
  'PUT /api/providers/:providerId': {
    summary: 'Changes one',
    params: z.object({ providerId: id }),
    body: provider.extend({ secret, basedOn: version }),
    reply: providerView,
  },
  'POST /api/providers/:providerId/try': {
    summary: 'Asks the provider who it says it is',
    params: z.object({ providerId: id }),
    reply: nothing,
  },
} as const;
