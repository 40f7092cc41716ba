/** Who has opened what there is about somebody. */
import { z } from 'zod';
import { version } from './units.ts';
import { roles } from './visits.ts';
import { date, id, nothing, prose, words } from './wire.ts';

export const openingKinds = ['relation', 'emergency'] as const;

/** Why somebody opens what no care relation opens to them. */
export const openingReasons = ['referral', 'advice', 'transfer', 'urgentVisit', 'lifeThreatening', 'cannotAnswer'] as const;
export const openingReason = z.enum(openingReasons);
/** Those for which what is blocked may be opened. */
export const emergencyReasons = ['lifeThreatening', 'cannotAnswer'] as const;

/** What a review of an access found. */
export const verdicts = ['inOrder', 'asked', 'notInOrder'] as const;

/** Why an access is put before the unit head. */
export const reviewReasons = [
  'sample', // at random
  'emergency',
  'opened', // without a care relation
  'ownName', // staff and patient have the same surname
  'relative', // staff have the name of one close to the patient
  'colleague', // the patient has the name of one who works there
  'neighbour', // staff and patient live at the same address
  'outsideHours',
  'withoutVisit', // read, with no visit anywhere near in time
] as const;

/** What of the access log a patient is told: readings, changes, and being there; not each step through a door. */
export const toldAccesses = [
  'visit.read',
  'visit.book',
  'visit.change',
  'visit.join',
  'visit.document',
  'visit.complete',
  'visit.close',
  'patient.read',
  'patient.visits',
  'patient.register',
  'patient.attach',
  'patient.change',
  'patient.fixed_physician',
  'patient.login',
  'relative.add',
  'relative.change',
  'relative.end',
  'consent.give',
  'consent.withdraw',
  'consent.read',
  'patient.open',
  'patient.emergency',
  'block.set',
  'block.lift',
  'block.read',
  'seat.handOver',
  'plan.propose',
  'plan.read',
  'plan.history',
  'plan.write',
  'plan.prepare',
  'plan.consent',
  'plan.share',
  'plan.summon',
  'plan.invite',
  'plan.answer',
  'plan.assess',
  'plan.activate',
  'plan.print',
  'plan.revise',
  'plan.close',
  'plan.withdraw',
] as const;

export const access = z.object({
  at: z.iso.datetime(),
  action: z.enum(toldAccesses),
  own: z.boolean(), // the patient's own doing
  role: z.enum(roles).nullable(), // of staff by their assignment, of others by their seat; null: not known any more
  unit: z.string().nullable(),
  organisation: z.string().nullable(),
});
export type Access = z.infer<typeof access>;

export const block = z.object({ id, unitId: id, unitName: z.string(), since: z.iso.datetime() });
export type Block = z.infer<typeof block>;

export const toReview = z.object({
  entryId: z.number().int(),
  at: z.iso.datetime(),
  action: z.string(),
  reasons: z.array(z.enum(reviewReasons)),
  who: z.string().nullable(),
  role: z.enum(roles).nullable(),
  patient: z.string().nullable(),
  opening: z.object({ reason: openingReason, note: z.string() }).nullable(),
  review: z.object({ verdict: z.enum(verdicts), note: z.string(), at: z.iso.datetime() }).nullable(),
});
export type ToReview = z.infer<typeof toReview>;

const agreement = z.object({
  organisationId: id, // whose people it covers
  giverId: id, // who works with them
  covers: words(300),
  from: date,
  until: date.nullable(),
});
export const agreementView = agreement.extend({ id, version, organisationName: z.string(), giverName: z.string() });
export type AgreementView = z.infer<typeof agreementView>;

const ofPatient = z.object({ patientId: id });

export const accessRoutes = {
  'POST /api/openings': {
    summary: 'Opens, with a reason and for a day, a patient of the organisation with whom the unit has no care relation; by number',
    body: z.object({ number: z.string().trim().min(4).max(24), reason: openingReason, note: prose(500) }),
    reply: z.object({ patientId: id, until: z.iso.datetime() }),
  },
  'GET /api/patients/:patientId/blocks': {
    summary: 'Blocks that the patient has set: their units for those who may lift them, for others that there are some',
    params: ofPatient,
    reply: z.object({ blocks: z.array(block), elsewhere: z.number().int() }),
  },
  'POST /api/patients/:patientId/blocks': {
    summary: 'Sets a block around what a unit has written, at the wish of the patient',
    params: ofPatient,
    body: z.object({ unitId: id }),
    reply: block,
  },
  'POST /api/blocks/:blockId/lift': {
    summary: 'Lifts a block, at the wish of the patient',
    params: z.object({ blockId: id }),
    reply: nothing,
  },
  'POST /api/patients/:patientId/emergency/look': {
    summary: 'Emergency access, first stage: at which units something is blocked',
    params: ofPatient,
    body: z.object({ reason: z.enum(emergencyReasons) }),
    reply: z.array(z.object({ unitId: id, unitName: z.string() })),
  },
  'POST /api/patients/:patientId/emergency/open': {
    summary: 'Second stage: opens what one unit has blocked, for four hours; its head is told',
    params: ofPatient,
    body: z.object({ unitId: id, reason: z.enum(emergencyReasons), note: words(500) }),
    reply: z.object({ until: z.iso.datetime() }),
  },
  'GET /api/my/blocks': {
    summary: "The patient's own: each unit where they are a patient, and whether what it has written is blocked",
    reply: z.array(z.object({ patientId: id, unitId: id, unitName: z.string(), provider: z.string(), block: block.nullable() })),
  },
  'POST /api/my/blocks': { summary: 'The patient sets a block', body: z.object({ patientId: id, unitId: id }), reply: block },
  'GET /api/reviews': {
    summary: 'Accesses of the last weeks for the unit head to look at: a random sample, and what the rules point out',
    reply: z.array(toReview),
  },
  'PUT /api/reviews/:entryId': {
    summary: 'Keeps what the unit head found',
    params: z.object({
      entryId: z
        .string()
        .regex(/^\d{1,15}$/)
        .transform(Number),
    }),
    body: z.object({ verdict: z.enum(verdicts), note: prose(1_000) }),
    reply: nothing,
  },
  'GET /api/agreements': {
    summary: 'Agreements of the organisations that the actor administers, and the organisations there are',
    reply: z.object({ agreements: z.array(agreementView), organisations: z.array(z.object({ id, name: z.string(), mine: z.boolean() })) }),
  },
  'POST /api/agreements': { summary: 'Adds an agreement', body: agreement, reply: agreementView },
  'PUT /api/agreements/:agreementId': {
    summary: 'Changes an agreement',
    params: z.object({ agreementId: id }),
    body: agreement.extend({ basedOn: version }),
    reply: agreementView,
  },
  'GET /api/my/accesses': {
    summary: "Who has opened what there is about the patient: the patient's own page, the newest first",
    query: z.object({
      before: z
        .string()
        .regex(/^\d{1,15}$/)
        .transform(Number)
        .optional(),
    }), // as given by `next`
    reply: z.object({ accesses: z.array(access), next: z.number().nullable() }),
  },
} as const;
