/** The routes of coordinated individual plans; see `routes.ts`. */
import type { Routes } from '../../contract/routes.ts';
import type { Asked, CallerName, Entry, Fixture } from './routes.ts';

const coordinates: CallerName[] = ['nurse', 'assessor', 'head'];
const whole: CallerName[] = ['patient', ...coordinates];
const keepsTemplates: CallerName[] = ['head', 'administrator', 'operator'];
const keepsDirectory: CallerName[] = ['head', 'administrator', 'foreignAdministrator', 'operator'];
const everySession: CallerName[] = [
  ...['guest', 'patient', 'otherPatient', 'nurse', 'colleague', 'foreign', 'assessor'],
  ...['head', 'administrator', 'foreignAdministrator', 'operator'],
] as CallerName[];

const ofPlan =
  (body: unknown = { basedOn: 1 }) =>
  ({ planId }: Fixture): Asked => ({ params: { planId }, body });
const ofParty =
  (body: unknown = {}) =>
  ({ planId, partyId }: Fixture): Asked => ({ params: { planId, partyId }, body });
const ofPart =
  (body: unknown = {}) =>
  ({ planId, partId }: Fixture): Asked => ({ params: { planId, partId }, body });

const consent = { capacity: 'own', capacityNote: '', guardianId: null, form: 'oral' };
const preparation = { form: 'adult', matters: 'x', goals: '', questions: '', notShared: '', who: '', where: '' };
const summons = { purpose: 'x', longTermGoal: '', questions: '', contribution: '', answerBy: '2099-01-01' };
const chosen = { partyId: null, owner: null, ownerUserId: null, on: null, status: 'planned' };
const accepted = { stance: 'accepted', words: '' };
const template = { name: 'Prov', kinds: [], items: [], parts: [], questions: [] };
const unit = {
  ...{ principal: 'Provkommunen', name: 'Skolan', kind: 'school', channel: 'letter', system: null, unitId: null },
  ...{ email: null, phone: null, address: 'Provvägen 1', headName: null, headEmail: null },
};

type OfPlans = Extract<
  keyof Routes,
  | `${string} /api/plan-template${string}`
  | `${string}/plan-templates`
  | `${string} /api/care-plans${string}`
  | `${string}/care-plans`
  | `${string} /api/plan-tasks`
  | `${string} /api/directory${string}`
>;

export const carePlanTable: Record<OfPlans, Entry> = {
  'GET /api/care-plans': { ask: () => ({}), letIn: everySession }, // of their own units
  'POST /api/patients/:patientId/care-plans': {
    ask: ({ patientId, unitId }) => ({
      params: { patientId },
      body: { planId: crypto.randomUUID(), unitId, need: 'x', proposedBy: 'x' },
    }),
    letIn: ['nurse', 'head'],
  },
  'GET /api/patients/:patientId/care-plans': { ask: ({ patientId }) => ({ params: { patientId } }), letIn: everySession }, // of their own units
  'PUT /api/care-plans/:planId/child': {
    ask: ofPlan({ way: 'didNotWant', view: '', maturity: '', guardians: [], why: '', basedOn: 1 }),
    letIn: coordinates,
  },
  'PUT /api/care-plans/:planId/survey': {
    ask: ofPlan({ partyId: null, scores: { heard: 5, understood: 5, rightPeople: null, helps: 4 }, words: '' }),
    letIn: whole,
  },
  'POST /api/care-plans/:planId/concerns': {
    ask: ({ planId }) => ({ params: { planId }, body: { concernId: crypto.randomUUID(), madeTo: 'Socialtjänsten', words: 'x' } }),
    letIn: coordinates,
  },
  'PUT /api/care-plans/:planId/links': { ask: ofPlan({ otherId: crypto.randomUUID(), kind: 'other' }), letIn: [] },
  'DELETE /api/care-plans/:planId/links/:otherId': {
    ask: ({ planId }) => ({ params: { planId, otherId: crypto.randomUUID() } }),
    letIn: coordinates,
  },
  'GET /api/plan-tasks': { ask: () => ({}), letIn: everySession }, // their own
  'GET /api/care-plans/:planId/owners': { ask: ofPlan(), letIn: whole },
  'GET /api/care-plans/:planId/parts/:partId/history': { ask: ofPart(), letIn: whole },
  'POST /api/care-plans/:planId/pdf': { ask: ofPlan({ large: false }), letIn: whole },
  'POST /api/care-plans/:planId/withdraw': { ask: ofPlan(undefined), letIn: whole },
  'PUT /api/care-plans/:planId/parts/:partId/reached': { ask: ofPart({ reached: 'partly', basedOn: 1 }), letIn: coordinates },
  'GET /api/care-plans/:planId': { ask: ofPlan(), letIn: whole },
  'POST /api/care-plans/:planId/offer': { ask: ofPlan(), letIn: coordinates },
  'POST /api/care-plans/:planId/decline': { ask: ofPlan({ basedOn: 1, why: '' }), letIn: coordinates },
  'POST /api/care-plans/:planId/consent': { ask: ofPlan({ basedOn: 1, consent }), letIn: coordinates },
  'PUT /api/care-plans/:planId/preparation': { ask: ofPlan({ ...preparation, basedOn: 1 }), letIn: whole },
  'POST /api/care-plans/:planId/parties': {
    ask: ({ planId }) => ({
      params: { planId },
      body: { from: 'other', partyId: crypto.randomUUID(), kind: 'other', name: 'Föreningen', contact: null },
    }),
    letIn: coordinates,
  },
  'DELETE /api/care-plans/:planId/parties/:partyId': { ask: ofParty(), letIn: coordinates },
  'PUT /api/care-plans/:planId/parties/:partyId/areas': { ask: ofParty({ areas: ['school'], consent }), letIn: coordinates },
  'POST /api/care-plans/:planId/parties/:partyId/summons': { ask: ofParty(summons), letIn: coordinates },
  'POST /api/care-plans/:planId/parties/:partyId/summons/pdf': { ask: ofParty(), letIn: coordinates },
  'PUT /api/care-plans/:planId/parties/:partyId/answer': { ask: ofParty({ answer: 'accepted', who: 'x' }), letIn: coordinates },
  'PUT /api/care-plans/:planId/parties/:partyId/stance': { ask: ofParty(accepted), letIn: coordinates },
  'PUT /api/care-plans/:planId/person': { ask: ofPlan(accepted), letIn: whole },
  'POST /api/care-plans/:planId/parts': {
    ask: ({ planId }) => ({ params: { planId }, body: { partId: crypto.randomUUID(), kind: 'goal', areas: ['school'] } }),
    letIn: whole,
  },
  'PUT /api/care-plans/:planId/parts/:partId': { ask: ofPart({ ...chosen, basedOn: 1 }), letIn: whole },
  'PUT /api/care-plans/:planId/parts/:partId/aid': { ask: ofPart({ aid: null, basedOn: 1 }), letIn: ['assessor'] },
  'DELETE /api/care-plans/:planId/parts/:partId': { ask: ofPart(), letIn: coordinates },
  'PUT /api/care-plans/:planId/agenda': { ask: ofPlan({ items: [], basedOn: 1 }), letIn: coordinates },
  'PUT /api/care-plans/:planId/meeting': {
    ask: ({ planId, id: visitId }) => ({ params: { planId }, body: { visitId } }),
    letIn: ['nurse', 'head'], // who may change the visit, too
  },
  'POST /api/care-plans/:planId/meeting/seat': { ask: ofPlan(), letIn: [] }, // those of a party that comes; see seat.test
  'PUT /api/care-plans/:planId/lead': {
    ask: ofPlan({ responsiblePartyId: null, coordinatorId: null, followUpOn: null, noOtherMeasures: true, basedOn: 1 }),
    letIn: coordinates,
  },
  'POST /api/care-plans/:planId/activate': { ask: ofPlan(), letIn: coordinates },
  'POST /api/care-plans/:planId/close': { ask: ofPlan({ basedOn: 1, why: 'x' }), letIn: coordinates },
  'POST /api/care-plans/:planId/revise': {
    ask: ({ planId }) => ({ params: { planId }, body: { newPlanId: crypto.randomUUID(), basedOn: 1 } }),
    letIn: coordinates,
  },
  'PUT /api/care-plans/:planId/template': { ask: ofPlan({ templateId: null, basedOn: 1 }), letIn: coordinates },
  'GET /api/units/:unitId/plan-templates': {
    ask: ({ unitId }) => ({ params: { unitId } }),
    letIn: [...coordinates, 'administrator', 'operator'],
  },
  'GET /api/plan-template-starters/:language': { ask: () => ({ params: { language: 'sv' } }), letIn: everySession }, // of nobody
  'POST /api/units/:unitId/plan-templates': {
    ask: ({ unitId }) => ({ params: { unitId }, body: template }),
    letIn: keepsTemplates,
  },
  'PUT /api/plan-templates/:templateId': {
    ask: ({ templateId }) => ({ params: { templateId }, body: { ...template, basedOn: 1 } }),
    letIn: keepsTemplates,
  },
  'POST /api/plan-templates/:templateId/end': { ask: ({ templateId }) => ({ params: { templateId } }), letIn: keepsTemplates },
  'POST /api/directory/search': { ask: () => ({ body: {} }), letIn: ['nurse', 'colleague', 'foreign', 'assessor', 'head'] },
  'POST /api/directory': { ask: () => ({ body: unit }), letIn: keepsDirectory },
  'PUT /api/directory/:directoryId': {
    ask: ({ directoryId }) => ({ params: { directoryId }, body: { ...unit, basedOn: 1, retired: false } }),
    letIn: keepsDirectory,
  },
};
