/** The coordinated individual plan (SIP, samordnad individuell plan): region, municipality, school, those close and the person plan together. */
import { z } from 'zod';
import { newConsentBasis } from './consent.ts';
import { question } from './forms.ts';
import { childBasis, concernReport, concernView, linkView, newLink, surveyAnswers, surveyView } from './planAfter.ts';
import { doneStates, goalResults, preparationForms } from './planKinds.ts';
import { agenda, agendaView } from './planMeeting.ts';
import { directoryUnit, directoryView, partyKind, partyView, stance, summonsAnswer, summonsText } from './planParties.ts';
import { aid, areasGiven, chosen, partKind, partView, textField } from './planParts.ts';
import { planStates } from './planSteps.ts';
import { templateView } from './planTemplates.ts';
import { basedOn, staffRole, version } from './units.ts';
import { patientBrief } from './visits.ts';
import { date, id, nothing, prose, words } from './wire.ts';

const longest = 4_000;

/** What the person says beforehand. */
export const preparation = z.object({
  form: z.enum(preparationForms),
  matters: prose(longest), // what matters to you?
  goals: prose(longest),
  questions: prose(longest),
  notShared: prose(longest), // told to nobody but the person and the coordinator
  who: prose(longest), // shall be there, and who shall not
  where: prose(500),
});
export type Preparation = z.output<typeof preparation>;

export const planListed = z.object({
  id,
  state: z.enum(planStates),
  unit: z.object({ id, name: z.string() }),
  patient: patientBrief,
  patientId: id,
  coordinator: z.string().nullable(),
  edition: z.number().int(), // 1 for the first plan, 2 for the one that took its place
  answersMissing: z.number().int(), // summons without an answer
  answerBy: date.nullable(), // the first of them
  meetingAt: z.iso.datetime().nullable(),
  followUpOn: date.nullable(),
  overdue: z.boolean(),
  uncovered: z.array(z.string()), // parties of other organisations whose work with one's people no agreement covers; to who coordinates
  asksYou: z.boolean(), // a summons waits for the answer of a unit of whoever looks
});
export type PlanListed = z.infer<typeof planListed>;

/** What still stands in the way of a plan's being active. */
export const activationGaps = [
  'interventions', // which are needed
  'principals', // which each of them answers for
  'measures', // which others take, or that there are none
  'responsible', // who has the overall responsibility
  'followUp', // when it is followed up
  'stances', // of every party that came
  'person', // what the person says of it
] as const;
export type ActivationGap = (typeof activationGaps)[number];

export const carePlan = planListed.omit({ answersMissing: true, answerBy: true, overdue: true, uncovered: true, asksYou: true }).extend({
  version,
  need: z.string(),
  proposedBy: z.string(),
  declinedWhy: z.string().nullable(),
  preparation: preparation.nullable(), // null: nothing yet, or not told to whoever looks
  parties: z.array(partyView),
  agenda: z.array(agendaView), // what whoever looks takes part in
  meetingId: id.nullable(), // the visit that is its latest meeting
  parts: z.array(partView), // those that whoever looks may be told of
  responsiblePartyId: id.nullable(),
  noOtherMeasures: z.boolean(), // others take none, and that is said
  personSays: stance.nullable(),
  coordinatorId: id.nullable(),
  gaps: z.array(z.enum(activationGaps)),
  activatedAt: z.iso.datetime().nullable(),
  signedBy: z.string().nullable(),
  endedWhy: z.string().nullable(),
  isChild: z.boolean(),
  child: childBasis.nullable(), // of a child's plan; null: not heard yet, or not told to whoever looks
  template: templateView.nullable(), // to the person and the unit that coordinates alone: its name may say what it is about
  asked: z.array(question), // afterwards, of whoever looks or keeps the answers
  surveys: z.array(surveyView),
  concerns: z.array(concernView), // to the unit that coordinates alone
  links: z.array(linkView),
  takesPlaceOf: id.nullable(), // the edition before; to who sees all of it
  newerId: id.nullable(), // the one that is to take its place, or has
  you: z.object({ whole: z.boolean(), partyId: id.nullable() }),
  may: z.object({ coordinate: z.boolean(), write: z.boolean(), assess: z.boolean(), sit: z.boolean() }), // to hide what would be refused
});
export type CarePlan = z.infer<typeof carePlan>;

const ofPlan = z.object({ planId: id });
const ofParty = z.object({ planId: id, partyId: id });
const ofPart = z.object({ planId: id, partId: id });

/** Somebody with an account who may own what a plan says: of the unit that coordinates, or of a party's. */
export const planOwner = z.object({
  userId: id,
  name: z.string().nullable(),
  role: staffRole,
  place: z.string(),
  partyId: id.nullable(),
  coordinates: z.boolean(),
});
export type PlanOwner = z.infer<typeof planOwner>;

/** A text of a part as somebody left it. */
export const partChange = z.object({ at: z.iso.datetime(), by: z.string().nullable(), field: textField, text: z.string() });
export type PartChange = z.infer<typeof partChange>;

/** What somebody has taken on in a plan that holds. */
export const planTask = z.object({
  planId: id,
  partId: id,
  patient: patientBrief,
  what: z.string(),
  on: date.nullable(),
  status: z.enum(doneStates),
  version,
});
export type PlanTask = z.infer<typeof planTask>;

/** A summons that waits for the answer of a unit that one plans at. */
export const planSummons = z.object({ planId: id, patient: patientBrief, answerBy: date });
export type PlanSummons = z.infer<typeof planSummons>;

export const carePlanRoutes = {
  'GET /api/care-plans': {
    summary: "The coordinator's board: the plans of the actor's units, and those that the actor's units are party to",
    reply: z.array(planListed),
  },
  'POST /api/patients/:patientId/care-plans': {
    summary: 'Says that a plan is needed; the same id again is the same plan',
    params: z.object({ patientId: id }),
    body: z.object({ planId: id, unitId: id, need: prose(longest).min(1, 'is empty'), proposedBy: words(200) }),
    reply: nothing,
  },
  'GET /api/patients/:patientId/care-plans': {
    summary: "A patient's plans, those that have ended too, as far as the actor's units have to do with them",
    params: z.object({ patientId: id }),
    reply: z.array(planListed),
  },
  'GET /api/plan-tasks': {
    summary:
      'What waits for the actor in plans: summons without an answer, and what they have taken on in those that hold, the soonest first',
    reply: z.object({ summons: z.array(planSummons), tasks: z.array(planTask) }),
  },
  'GET /api/care-plans/:planId/owners': { summary: 'Who may own what the plan says', params: ofPlan, reply: z.array(planOwner) },
  'GET /api/care-plans/:planId/parts/:partId/history': {
    summary: 'Who wrote what in a part, the latest first',
    params: ofPart,
    reply: z.array(partChange),
  },
  'POST /api/care-plans/:planId/pdf': {
    summary: 'The plan on paper, in plain words, as far as it is told to whoever asks',
    params: ofPlan,
    body: z.object({ large: z.boolean(), partyId: id.nullable().default(null) }), // in large type; a party's copy: what it is told
    reply: z.object({ pdf: z.base64() }),
  },
  'POST /api/care-plans/:planId/withdraw': {
    summary: 'The person takes back their yes to the plan: nothing is shared from then on',
    params: ofPlan,
    reply: nothing,
  },
  'PUT /api/care-plans/:planId/parts/:partId/reached': {
    summary: 'Whether a goal has been reached, as the person and the others found at the follow-up',
    params: ofPart,
    body: z.object({ reached: z.enum(goalResults), basedOn: version }),
    reply: partView,
  },
  'GET /api/care-plans/:planId': { summary: 'A plan, as far as it is told to whoever looks', params: ofPlan, reply: carePlan },
  'POST /api/care-plans/:planId/offer': { summary: 'Offers the plan to the person', params: ofPlan, body: basedOn, reply: nothing },
  'POST /api/care-plans/:planId/decline': {
    summary: 'The person does not want it: that is kept',
    params: ofPlan,
    body: basedOn.extend({ why: prose(1_000) }),
    reply: nothing,
  },
  'POST /api/care-plans/:planId/consent': {
    summary: 'The person says yes to a plan; it opens nobody’s records',
    params: ofPlan,
    body: z.object({ basedOn: version, consent: newConsentBasis }),
    reply: nothing,
  },
  'PUT /api/care-plans/:planId/preparation': {
    summary: 'What the person says beforehand',
    params: ofPlan,
    body: preparation.extend({ basedOn: version }),
    reply: nothing,
  },
  'POST /api/care-plans/:planId/parties': {
    summary: 'Adds a party; only those who are needed',
    params: ofPlan,
    body: z.discriminatedUnion('from', [
      z.object({ from: z.literal('directory'), partyId: id, directoryId: id }),
      z.object({ from: z.literal('relative'), partyId: id, relativeId: id }),
      z.object({ from: z.literal('other'), partyId: id, kind: partyKind, name: words(120), contact: words(120).nullable() }),
    ]),
    reply: nothing,
  },
  'DELETE /api/care-plans/:planId/parties/:partyId': {
    summary: 'Takes a party off that has not been summoned',
    params: ofParty,
    reply: nothing,
  },
  'PUT /api/care-plans/:planId/parties/:partyId/areas': {
    summary: 'Of which areas of life the person lets this party be told; none: of none',
    params: ofParty,
    body: z.object({ areas: areasGiven, consent: newConsentBasis }),
    reply: nothing,
  },
  'POST /api/care-plans/:planId/parties/:partyId/summons': {
    summary: 'Summons a principal by its channel, or invites another party',
    params: ofParty,
    body: summonsText.extend({ reference: words(120).nullable().default(null) }),
    reply: nothing,
  },
  'POST /api/care-plans/:planId/parties/:partyId/summons/pdf': {
    summary: 'The summons of a party on paper, for one that goes by letter',
    params: ofParty,
    reply: z.object({ pdf: z.base64() }),
  },
  'PUT /api/care-plans/:planId/parties/:partyId/answer': {
    summary: 'Answers a summons: by the unit that got it, or kept by the coordinator',
    params: ofParty,
    body: summonsAnswer,
    reply: nothing,
  },
  'PUT /api/care-plans/:planId/parties/:partyId/stance': {
    summary: 'Whether a party agrees with the plan',
    params: ofParty,
    body: stance,
    reply: nothing,
  },
  'PUT /api/care-plans/:planId/child': {
    summary: 'How a child was heard, and what each guardian says',
    params: ofPlan,
    body: childBasis.extend({ basedOn: version }),
    reply: nothing,
  },
  'PUT /api/care-plans/:planId/survey': {
    summary: 'What the person, or somebody close to them, says of the meeting and the plan afterwards',
    params: ofPlan,
    body: surveyAnswers.extend({ partyId: id.nullable() }),
    reply: nothing,
  },
  'POST /api/care-plans/:planId/concerns': {
    summary: 'Keeps that a concern for the child was reported; it needs nobody’s yes',
    params: ofPlan,
    body: concernReport,
    reply: nothing,
  },
  'PUT /api/care-plans/:planId/links': {
    summary: 'Another plan that this one has to do with',
    params: ofPlan,
    body: newLink,
    reply: nothing,
  },
  'DELETE /api/care-plans/:planId/links/:otherId': {
    summary: 'They have nothing to do with each other any more',
    params: z.object({ planId: id, otherId: id }),
    reply: nothing,
  },
  'PUT /api/care-plans/:planId/person': { summary: 'What the person says of the plan', params: ofPlan, body: stance, reply: nothing },
  'POST /api/care-plans/:planId/parts': {
    summary: 'Adds a part, on the areas that it is about',
    params: ofPlan,
    body: z.object({ partId: id, kind: partKind, areas: areasGiven.refine((given) => given.length > 0, 'names none') }),
    reply: partView,
  },
  'PUT /api/care-plans/:planId/parts/:partId': {
    summary: 'Who answers for a part, when, and how far it has come',
    params: ofPart,
    body: chosen.extend({ basedOn: version }),
    reply: partView,
  },
  'PUT /api/care-plans/:planId/parts/:partId/aid': {
    summary: 'Where an intervention stands with the municipality: the needs assessor alone says',
    params: ofPart,
    body: z.object({ aid: aid.nullable(), basedOn: version }),
    reply: partView,
  },
  'DELETE /api/care-plans/:planId/parts/:partId': {
    summary: 'Takes a part off a plan that is not active yet',
    params: ofPart,
    reply: nothing,
  },
  'PUT /api/care-plans/:planId/template': {
    summary: 'What the plan begins from: a template of the unit, or none',
    params: ofPlan,
    body: z.object({ templateId: id.nullable(), basedOn: version }),
    reply: nothing,
  },
  'PUT /api/care-plans/:planId/agenda': {
    summary: 'What the meeting talks of, in order, and who takes part in each',
    params: ofPlan,
    body: z.object({ items: agenda, basedOn: version }),
    reply: nothing,
  },
  'PUT /api/care-plans/:planId/meeting': {
    summary: 'Makes a visit that is booked the meeting of the plan',
    params: ofPlan,
    body: z.object({ visitId: id }),
    reply: nothing,
  },
  'POST /api/care-plans/:planId/meeting/seat': {
    summary: 'Somebody who works with a party that comes takes a seat in the meeting; the same again is once',
    params: ofPlan,
    reply: z.object({ visitId: id }),
  },
  'PUT /api/care-plans/:planId/lead': {
    summary: 'Who has the overall responsibility, who coordinates, and when it is followed up',
    params: ofPlan,
    body: z.object({
      responsiblePartyId: id.nullable(),
      coordinatorId: id.nullable(),
      followUpOn: date.nullable(),
      noOtherMeasures: z.boolean(),
      basedOn: version,
    }),
    reply: nothing,
  },
  'POST /api/care-plans/:planId/activate': {
    summary: 'Signs the plan: from now on it holds',
    params: ofPlan,
    body: basedOn,
    reply: nothing,
  },
  'POST /api/care-plans/:planId/close': {
    summary: 'Ends it, with a reason',
    params: ofPlan,
    body: basedOn.extend({ why: prose(1_000).min(1, 'is empty') }),
    reply: nothing,
  },
  'POST /api/care-plans/:planId/revise': {
    summary: 'A newer plan that takes this one’s place, with what it said',
    params: ofPlan,
    body: z.object({ newPlanId: id, basedOn: version }),
    reply: nothing,
  },
} as const;

export const directoryRoutes = {
  'POST /api/directory/search': {
    summary: 'Units of principals that plans are made with',
    body: z.object({ search: z.string().trim().max(120).default('') }),
    reply: z.array(directoryView),
  },
  'POST /api/directory': { summary: 'Adds a unit', body: directoryUnit, reply: directoryView },
  'PUT /api/directory/:directoryId': {
    summary: 'Changes a unit, or takes it out of use',
    params: z.object({ directoryId: id }),
    body: z.intersection(directoryUnit, z.object({ basedOn: version, retired: z.boolean() })),
    reply: directoryView,
  },
} as const;
