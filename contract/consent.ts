/** The consent ledger: who has said yes to what, for whom, on what basis, and until when. */
import { z } from 'zod';
import { id, nothing, prose, words } from './wire.ts';

/** Separate kinds, each given and withdrawn by itself. */
export const consentTypes = [
  'careVisit', // to be met over video
  'carePlan', // to a coordinated individual plan; opens nobody's records
  'planSharing', // a party of a plan may be told, on these areas of life
  'secrecyWaiver', // an organisation may be told, on these topics
  'recordAccess', // a care provider may read what another has written
  'relativePresence', // somebody close may be there
  'relativeDisclosure', // and apart from it: may be told
  'interpreter',
  'observer',
  'specialist', // asked in with a question
  'recording', // stills, sound and pictures that are kept
  'selfMonitoring',
  'research',
] as const;
export const consentType = z.enum(consentTypes);
export type ConsentType = z.infer<typeof consentType>;

/** What the yes rests on. A trustee, and relatives of an adult, cannot give it. */
export const capacityBases = [
  'own',
  'guardian', // of a child
  'attitude', // own attitude investigated, nothing suggests objection: the note says who asked, and how
  'statutory', // an exception in law: the note says which
] as const;
export const consentForms = ['oral', 'written', 'eId'] as const;
export const consentEnds = ['withdrawn', 'expired'] as const;

/** Those that name the one close to the patient whom they are for, and those that name an organisation. */
export const forRelative: readonly ConsentType[] = ['relativePresence', 'relativeDisclosure'];
export const forOrganisation: readonly ConsentType[] = ['secrecyWaiver', 'recordAccess'];

const basis = z.object({
  capacity: z.enum(capacityBases),
  capacityNote: prose(500), // who asked and how, or which exception; wanted with `attitude` and `statutory`
  guardianId: id.nullable(), // who said yes for the child
});
type Basis = z.output<typeof basis>;

const wantsNote = ({ capacity, capacityNote }: Basis): boolean =>
  (capacity === 'attitude' || capacity === 'statutory') && capacityNote.length === 0;
const noteMissing = { path: ['capacityNote'], message: 'is wanted with this basis' };

/** What a yes rests on, and in which form it was given; kept by staff. */
export const newConsentBasis = basis.extend({ form: z.enum(['oral', 'written']) }).refine((given) => !wantsNote(given), noteMissing);
export type NewConsentBasis = z.output<typeof newConsentBasis>;

export const presenceConsent = basis.refine((given) => !wantsNote(given), noteMissing);

export const newConsent = basis
  .extend({
    type: consentType,
    relativeId: id.nullable(),
    organisationId: id.nullable(),
    topics: prose(500), // what it covers
    exclusions: prose(500), // what must not be shared
    form: z.enum(['oral', 'written']),
    validUntil: z.iso.datetime().nullable(),
  })
  .refine((given) => !wantsNote(given), noteMissing)
  .refine(({ type, relativeId }) => forRelative.includes(type) === (relativeId !== null), {
    path: ['relativeId'],
    message: 'names whom it is for, with these kinds and no other',
  })
  .refine(({ type, organisationId }) => forOrganisation.includes(type) === (organisationId !== null), {
    path: ['organisationId'],
    message: 'names who may be told, with these kinds and no other',
  })
  .refine(({ type }) => type !== 'planSharing', { path: ['type'], message: 'is kept with its plan' })
  .refine(({ type, topics }) => type !== 'secrecyWaiver' || topics.length > 0, { path: ['topics'], message: 'says on what' });
export type NewConsent = z.input<typeof newConsent>;

export const consentView = z.object({
  id,
  type: consentType,
  patientId: id,
  provider: z.string(), // the care provider that keeps it
  onlyThisVisit: z.iso.datetime().nullable(), // when that visit starts; null: until it is withdrawn
  relativeName: z.string().nullable(),
  organisationName: z.string().nullable(),
  topics: z.string(),
  exclusions: z.string(),
  capacity: z.enum(capacityBases),
  capacityNote: z.string(),
  guardianName: z.string().nullable(),
  form: z.enum(consentForms),
  givenAt: z.iso.datetime(),
  validUntil: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  endedAs: z.enum(consentEnds).nullable(),
});
export type ConsentView = z.infer<typeof consentView>;

/** What a patient may say yes to by themselves: for whom and for which organisations. */
const choices = z.object({
  patientId: id,
  provider: z.string(),
  relatives: z.array(z.object({ id, name: z.string() })),
  organisations: z.array(z.object({ id, name: words(120) })),
});

const ofPatient = z.object({ patientId: id });

export const consentRoutes = {
  'GET /api/patients/:patientId/consents': {
    summary: 'What the patient has said yes to, also what has ended; the newest first',
    params: ofPatient,
    reply: z.object({ consents: z.array(consentView), choices }),
  },
  'POST /api/patients/:patientId/consents': {
    summary: 'Keeps a yes that staff have heard or read',
    params: ofPatient,
    body: newConsent,
    reply: consentView,
  },
  'POST /api/consents/:consentId/withdraw': {
    summary: 'Ends a consent at once, also in running visits: by the patient, or by staff whom they asked',
    params: z.object({ consentId: id }),
    reply: nothing,
  },
  'GET /api/my/consents': {
    summary: "The patient's own: at every care provider that keeps one",
    reply: z.object({ consents: z.array(consentView), choices: z.array(choices) }),
  },
  'POST /api/my/consents': {
    summary: 'The patient says yes by themselves',
    body: z.object({
      patientId: id, // at which care provider
      type: z.enum(['relativePresence', 'relativeDisclosure', 'recordAccess']),
      relativeId: id.nullable(),
      organisationId: id.nullable(),
    }),
    reply: consentView,
  },
} as const;
