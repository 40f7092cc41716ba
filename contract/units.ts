/** Care providers, their units, and who works where. */
import { z } from 'zod';
import { date, email, id, nothing, phone, words } from './wire.ts';

export const organisationKinds = ['region', 'municipality', 'privateProvider'] as const;
export const unitKinds = [
  'healthCentre',
  'cottageHospital',
  'hospitalClinic',
  'virtualClinic',
  'mobileTeam',
  'careHome',
  'shortTermHome',
  'homeHealthcare',
  'supportedHousing',
  'socialServices',
  'communityRoom',
] as const;

/** What an assignment (medarbetaruppdrag) can be. */
export const staffRoles = [
  'remotePhysician',
  'physician',
  'nurse',
  'assistantNurse',
  'careCoordinator',
  'needsAssessor',
  'unitHead',
  'administrator',
] as const;
export const staffRole = z.enum(staffRoles);
export type StaffRole = z.infer<typeof staffRole>;

/** What the register of licences said when somebody last looked. */
export const licenceStates = ['unverified', 'valid', 'restricted', 'revoked'] as const;

/** Each change raises it. Whoever changes says which one they saw, so that two do not overwrite each other. */
export const version = z.number().int().min(1);
export const basedOn = z.object({ basedOn: version });

export const organisation = z.object({ name: words(120), kind: z.enum(organisationKinds) });
export const unit = z.object({
  name: words(120),
  kind: z.enum(unitKinds),
  phone,
  discreet: z.boolean().default(false), // its name says too much to stand in a mail or an SMS
  interpreterEmail: email.nullable().default(null), // of the agency that it orders interpreters from
  emergencyPhone: phone.nullable(), // a Swedish number that leads staff abroad to help; 112 there rings that country
});

export const assignment = z.object({ id, unitId: id, unitName: z.string(), role: staffRole });
export type Assignment = z.infer<typeof assignment>;

export const unitView = unit.extend({ id, version, organisationId: id });
export type UnitView = z.infer<typeof unitView>;
export const organisationView = organisation.extend({ id, medicalDeviceDecision: z.string().nullable(), units: z.array(unitView) });
export type OrganisationView = z.infer<typeof organisationView>;

/** HSA-id; looked at on the server. */
const hsaId = z.string().trim().min(1).max(31, 'has more than 31 characters').nullable();

/** By what somebody is known and may work. */
export const credentials = z.object({
  hsaId,
  licence: z.enum(licenceStates),
  licenceUntil: date.nullable(), // when it is to be looked up again; then it holds no more
  email: email.nullable().default(null), // where their calendar is
  workCountries: z.array(z.string().regex(/^[A-Z]{2}$/, 'is no country code')).max(40),
});

const person = z.object({ name: words(120).nullable(), place: words(120) });
export const staffView = z.object({
  userId: id,
  username: z.string(),
  name: z.string().nullable(),
  place: z.string(),
  version,
  ...credentials.shape,
  assignments: z.array(assignment.extend({ hsaId })),
});
export type StaffView = z.infer<typeof staffView>;

const username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{2,63}$/, '3 to 64 of a-z, 0-9, full stop, hyphen and underscore');
const newPassword = z.object({ password: z.string() }); // shown once, to the one who made it

export const unitRoutes = {
  'GET /api/organisations': {
    summary: 'The organisations and units that the actor administers',
    reply: z.object({ organisations: z.array(organisationView), mayAddOrganisations: z.boolean() }),
  },
  'POST /api/organisations': { summary: 'Adds an organisation', body: organisation, reply: z.object({ id }) },
  'POST /api/organisations/:organisationId/units': {
    summary: 'Adds a unit',
    params: z.object({ organisationId: id }),
    body: unit,
    reply: z.object({ id }),
  },
  'PUT /api/units/:unitId': {
    summary: 'Changes a unit',
    params: z.object({ unitId: id }),
    body: unit.extend(basedOn.shape),
    reply: unitView,
  },
  'GET /api/units/:unitId/staff': {
    summary: 'Everybody with an assignment at a unit',
    params: z.object({ unitId: id }),
    reply: z.array(staffView),
  },
  'POST /api/units/:unitId/staff': {
    summary: 'Adds a member of staff with their first assignment and a password to hand over',
    params: z.object({ unitId: id }),
    body: person.extend({ username, role: staffRole }),
    reply: newPassword.extend({ userId: id }),
  },
  'POST /api/units/:unitId/assignments': {
    summary: 'Gives somebody who already has an account an assignment at a unit',
    params: z.object({ unitId: id }),
    body: z.object({ username, role: staffRole }),
    reply: nothing,
  },
  'PUT /api/staff/:userId': {
    summary: 'Changes what is known of a member of staff; what they may no longer do ends at once',
    params: z.object({ userId: id }),
    body: person.extend({ ...credentials.shape, ...basedOn.shape }),
    reply: staffView,
  },
  'POST /api/staff/:userId/password': {
    summary: 'Gives a member of staff a new password and ends their sessions',
    params: z.object({ userId: id }),
    reply: newPassword,
  },
  'PUT /api/assignments/:assignmentId': {
    summary: 'Says which commission an assignment is',
    params: z.object({ assignmentId: id }),
    body: z.object({ hsaId }),
    reply: nothing,
  },
  'POST /api/assignments/:assignmentId/end': {
    summary: 'Ends an assignment, and with it what it opened, also in running visits',
    params: z.object({ assignmentId: id }),
    reply: nothing,
  },
} as const;
