/** Every REST route: how to ask it so that nothing but the policy can refuse, and who is let in, written by hand. */
import type { Routes } from '../../contract/routes.ts';
import type { TestVisit } from '../care.ts';
import type { Caller } from '../TestApp.ts';
import { carePlanTable } from './carePlans.ts';

export const callers = [
  'stranger',
  'guest', // the relative of the visit, by code
  'patient', // of the visit, logged in
  'otherPatient', // of another care provider
  'nurse', // of the unit, at the bedside of the visit
  'colleague', // of another unit of the same care provider
  'foreign', // a nurse of another care provider
  'assessor', // of the unit, not asked to the visit
  'head', // of the unit
  'administrator', // of the care provider
  'foreignAdministrator',
  'operator',
  'locked', // the nurse, whose session has locked
] as const;
export type CallerName = (typeof callers)[number];

export type Fixture = TestVisit & {
  number: string;
  requestId: string;
  blockId: string;
  consentId: string;
  agreementId: string;
  providerId: string;
  entryId: number;
  queuedId: string; // a place in the unit's line
  typeId: string;
  letterId: string;
  formId: string; // asked before the visit
  resourceId: string;
  assignmentId: string; // the nurse's
  measurementId: string; // of the visit
  delegationId: string; // at the unit
  referralId: string; // to the nurse of the visit
  stillId: string; // taken in the visit by its doctor
  ownStillId: string; // and by the nurse: on its way
  frozenId: string; // of the nurse's camera
  picture: Uint8Array<ArrayBuffer>; // a small JPEG
  roundId: string; // of the unit, led by a doctor who asks for nothing here
  itemId: string; // of the round
  planId: string; // of the patient, coordinated by the unit, being prepared
  partyId: string; // of the plan
  partId: string; // of the plan, made by the nurse
  directoryId: string;
  templateId: string; // of the unit
};

export type Asked = { params?: Record<string, string>; query?: string; body?: unknown; picture?: Uint8Array<ArrayBuffer> };
export type Entry = { ask: (f: Fixture, caller: Caller) => Asked | Promise<Asked>; letIn: readonly CallerName[] | 'everybody' };

const session: CallerName[] = [
  'guest',
  'patient',
  'otherPatient',
  'nurse',
  'colleague',
  'foreign',
  'assessor',
  'head',
  'administrator',
  'foreignAdministrator',
  'operator',
];
const staff: CallerName[] = ['nurse', 'colleague', 'foreign', 'assessor', 'head', 'administrator', 'foreignAdministrator', 'operator'];
const unit: CallerName[] = ['nurse', 'head'];
const administers: CallerName[] = ['administrator', 'operator'];
const patients: CallerName[] = ['patient', 'otherPatient'];

const plans: CallerName[] = ['head', ...administers];
const caring: CallerName[] = ['nurse', 'colleague', 'foreign', 'head'];

const none = (): Asked => ({});
const ofVisit =
  (body: unknown = {}) =>
  ({ id: visitId }: Fixture): Asked => ({ params: { visitId }, body });
const ofPatient =
  (body: unknown = {}) =>
  ({ patientId }: Fixture): Asked => ({ params: { patientId }, body });

const ofUnit =
  (body: unknown = {}) =>
  ({ unitId }: Fixture): Asked => ({ params: { unitId }, body });
const ofAssignment =
  (body: unknown = {}) =>
  ({ assignmentId }: Fixture): Asked => ({ params: { assignmentId }, body });

const visitType = {
  name: 'Prov',
  modality: 'video',
  minutes: 30,
  minutesBefore: 0,
  minutesAfter: 0,
  roles: [],
  resources: [],
  openToPatients: false,
};
export const yesNo = { kind: 'yesNo' as const, text: 'Prov?' };
const thing = { name: 'Prov', kind: 'room' };
const details = {
  startsAt: new Date().toISOString(),
  durationMinutes: 30,
  place: 'x',
  address: null,
  entrance: null,
  callbackPhone: null,
  language: 'sv',
};
const contact = { name: 'Test Namn', protectedIdentity: false, phone: null, address: null, entrance: null, language: 'sv' };
const relative = { name: 'Test Nära', role: 'relative', relation: null, phone: null };
const unitBody = { name: 'Enhet', kind: 'careHome', phone: '0980-319 200', emergencyPhone: null };
const credentials = { hsaId: null, licence: 'valid', licenceUntil: null, workCountries: ['SE'] };
const basis = { capacity: 'own', capacityNote: '', guardianId: null };
const consent = {
  ...basis,
  type: 'carePlan',
  relativeId: null,
  organisationId: null,
  topics: '',
  exclusions: '',
  form: 'oral',
  validUntil: null,
};
const words = {
  outcome: 'x',
  agreed: '',
  followUp: '',
  followUpOwner: null,
  followUpOn: null,
  contactType: 'video',
  contactCode: 'ZV051',
  soundEnough: null,
  pictureEnough: null,
  identityMethod: null,
};
const provider = {
  name: 'Prov',
  audience: 'staff',
  issuer: 'http://localhost:9/nobody',
  clientId: 'samrum',
  scope: 'openid',
  claims: { person: 'employeeHsaId', assignment: null, level: 'acr' },
  levels: { loa3: 3 },
  enabled: true,
  secret: null,
};
const policy = {
  requiredLevel: { clinical: 1, administrative: 1, patient: 1 },
  idleMinutes: { clinical: 15, administrative: 15, patient: 30 },
  absoluteHours: { clinical: 12, administrative: 10, patient: 8 },
  municipalities: [],
};
const agreement = ({ organisationId }: Fixture) => ({
  organisationId,
  giverId: crypto.randomUUID(),
  covers: 'x',
  from: '2026-01-01',
  until: null,
});
const somebody = crypto.randomUUID();
const pulse = ({ patientId }: Fixture) => {
  const now = new Date().toISOString();
  const reading = { id: crypto.randomUUID(), kind: 'pulse_per_minute', value: 70, measuredAt: now };
  return { id: crypto.randomUUID(), patientId, sentAt: now, readings: [reading] };
};
const still = ({ patientId }: Fixture) => {
  const now = new Date().toISOString();
  const consent = { capacity: 'own', capacityNote: '', guardianId: null };
  const about = { kind: 'record', site: 'left_heel', words: '', scaled: false, camera: 'Prov', size: 1_000 };
  return { id: crypto.randomUUID(), patientId, takenAt: now, sentAt: now, consent, ...about };
};
const ofRound =
  (body: unknown = {}) =>
  ({ roundId }: Fixture): Asked => ({ params: { roundId }, body });
const ofItem =
  (body: unknown = {}) =>
  ({ roundId, itemId }: Fixture): Asked => ({ params: { roundId, itemId }, body });
const brief = {
  situation: '',
  background: '',
  assessment: '',
  recommendation: '',
  questions: '',
  medicines: '',
  informed: null,
  allergies: null,
  warnings: null,
  careLevel: null,
  hearing: null,
  sight: null,
};
const readiness = { hearingAids: 'yes', glasses: 'yes', quiet: 'yes', light: 'yes', soundHeard: 'yes' };
const decided = {
  as: 'deferred',
  outcome: 'x',
  instructions: '',
  followUpOwner: null,
  followUpOn: null,
  soundEnough: null,
  pictureEnough: null,
};
const baseline = { cognition: 'clear', pregnant: null, spo2Scale2: false, basedOn: null };
const toProvider = ({ providerId }: Fixture): Asked => ({ params: { providerId }, body: {} });

export const routeTable: Record<keyof Routes, Entry> = {
  ...carePlanTable,
  'GET /api/about': { ask: none, letIn: 'everybody' },
  'GET /api/me': { ask: none, letIn: 'everybody' },
  'POST /api/login': { ask: () => ({ body: { username: 'nobody', password: 'x' } }), letIn: 'everybody' },
  'GET /api/login/providers': { ask: none, letIn: 'everybody' },
  'POST /api/login/providers/:providerId': { ask: (f) => ({ ...toProvider(f), body: { purpose: 'login' } }), letIn: 'everybody' },
  'GET /api/login/callback': { ask: () => ({ query: '?code=x&state=y' }), letIn: 'everybody' },
  'POST /api/login/providers/:providerId/logged-out': {
    ask: (f) => ({ ...toProvider(f), body: { logout_token: 'x' } }),
    letIn: 'everybody',
  },
  'POST /api/guest': { ask: () => ({ body: { reference: 'ZZZZ9999', code: '000000' } }), letIn: 'everybody' },
  'GET /api/unit-phone/:reference': { ask: () => ({ params: { reference: 'ZZZZ9999' } }), letIn: 'everybody' },
  'POST /api/assignment': { ask: ownAssignment, letIn: staff.filter((one) => one !== 'operator') },
  'GET /api/sessions': { ask: none, letIn: session },
  'POST /api/sessions/:key/end': { ask: ownSession, letIn: session },
  'POST /api/sessions/end-others': { ask: none, letIn: session },
  'GET /api/units/:unitId/plan': { ask: ofUnit(), letIn: [...caring, 'administrator', 'operator'] },
  'PUT /api/units/:unitId/hours': { ask: ofUnit({ hours: [] }), letIn: plans },
  'PUT /api/units/:unitId/reminders': { ask: ofUnit({ reminders: [{ minutes: 60 }] }), letIn: plans },
  'PUT /api/units/:unitId/alternation': { ask: ofUnit({ physicalEvery: 3 }), letIn: plans },
  'GET /api/units/:unitId/patients/:patientId/alternation': {
    ask: ({ unitId, patientId }) => ({ params: { unitId, patientId } }),
    letIn: unit,
  },
  'POST /api/units/:unitId/visit-types': { ask: ofUnit(visitType), letIn: plans },
  'PUT /api/visit-types/:typeId': { ask: (f) => ({ params: { typeId: f.typeId }, body: { ...visitType, basedOn: 1 } }), letIn: plans },
  'POST /api/visit-types/:typeId/end': { ask: (f) => ({ params: { typeId: f.typeId }, body: {} }), letIn: plans },
  'POST /api/units/:unitId/resources': { ask: ofUnit(thing), letIn: plans },
  'PUT /api/resources/:resourceId': {
    ask: (f) => ({ params: { resourceId: f.resourceId }, body: { ...thing, basedOn: 1 } }),
    letIn: plans,
  },
  'POST /api/resources/:resourceId/end': { ask: (f) => ({ params: { resourceId: f.resourceId }, body: {} }), letIn: plans },
  'GET /api/assignments/:assignmentId/schedule': { ask: ofAssignment(), letIn: ['nurse', ...plans] },
  'PUT /api/assignments/:assignmentId/schedule': { ask: ofAssignment({ zone: 'Europe/Lisbon', hours: [] }), letIn: ['nurse', ...plans] },
  'POST /api/assignments/:assignmentId/exceptions': {
    ask: ofAssignment({ from: '2031-01-01T00:00:00Z', until: '2031-01-02T00:00:00Z', works: false }),
    letIn: ['nurse', ...plans],
  },
  'POST /api/assignments/:assignmentId/exceptions/:exceptionId/end': {
    ask: (f) => ({ params: { assignmentId: f.assignmentId, exceptionId: somebody }, body: {} }),
    letIn: ['nurse', ...plans],
  },
  'POST /api/slots/search': {
    ask: ({ unitId, nurse }) => ({
      body: {
        unitId,
        from: '2031-01-01T00:00:00Z',
        until: '2031-01-02T00:00:00Z',
        minutes: 30,
        needs: [{ staff: [{ userId: nurse.userId, unitId }] }],
      },
    }),
    letIn: unit,
  },
  'POST /api/slots/busy': {
    ask: () => ({ body: { startsAt: '2031-01-01T00:00:00Z', minutes: 30, userIds: [], resourceIds: [] } }),
    letIn: caring,
  },
  'GET /api/holidays': { ask: () => ({ query: '?year=2027' }), letIn: session },
  'POST /api/visits/:visitId/swap': { ask: (f) => ofVisit({ withVisitId: f.requestId, basedOn: 1, withBasedOn: 1 })(f), letIn: unit },
  'GET /api/visits/:visitId/messages': { ask: ofVisit(undefined), letIn: unit },
  'GET /api/letters': { ask: none, letIn: caring },
  'POST /api/letters/pdf': { ask: ({ letterId }) => ({ body: { ids: [letterId] } }), letIn: unit },
  'POST /api/letters/printed': { ask: ({ letterId }) => ({ body: { ids: [letterId] } }), letIn: unit },
  'GET /api/outbox': { ask: none, letIn: [] },
  'GET /api/my/queues': { ask: none, letIn: patients },
  'GET /api/my/queue': { ask: none, letIn: patients },
  'POST /api/my/queue': {
    ask: ({ patientId, unitId }) => ({ body: { visitId: crypto.randomUUID(), patientId, unitId, answers: [] } }),
    letIn: ['patient'],
  },
  'POST /api/my/queue/:visitId/leave': { ask: (f) => ({ params: { visitId: f.queuedId }, body: {} }), letIn: ['patient'] },
  'GET /api/units/:unitId/queue': { ask: ofUnit(), letIn: [...unit, ...administers] },
  'GET /api/units/:unitId/siblings': { ask: ofUnit(), letIn: unit },
  'PUT /api/units/:unitId/queue': { ask: ofUnit({ hours: [], questions: [] }), letIn: plans },
  'POST /api/units/:unitId/queue/next': { ask: ofUnit({ minutes: 15 }), letIn: unit },
  'POST /api/visits/:visitId/call': { ask: (f) => ({ params: { visitId: f.queuedId }, body: { minutes: 15 } }), letIn: unit },
  'POST /api/visits/:visitId/send-on': {
    ask: (f) => ({ params: { visitId: f.queuedId }, body: { unitId: f.unitId, reason: 'x' } }),
    letIn: unit,
  },
  'GET /api/my/offers': { ask: none, letIn: patients },
  'POST /api/my/slots': {
    ask: ({ typeId, patientId }) => ({ body: { typeId, patientId, from: '2031-01-01T00:00:00Z', until: '2031-01-02T00:00:00Z' } }),
    letIn: ['patient'],
  },
  'POST /api/my/bookings': {
    ask: ({ typeId, patientId }) => ({ body: { visitId: crypto.randomUUID(), typeId, patientId, startsAt: '2031-01-01T00:00:00Z' } }),
    letIn: ['patient'],
  },
  'GET /api/my/feed': { ask: none, letIn: [...staff, ...patients] },
  'POST /api/my/feed': { ask: none, letIn: [...staff, ...patients] },
  'POST /api/my/feed/end': { ask: none, letIn: [...staff, ...patients] },
  'POST /api/logout': { ask: none, letIn: 'everybody' },
  'POST /api/session/touch': { ask: none, letIn: session },
  'POST /api/session/lock': { ask: none, letIn: [...session, 'locked'] },
  'POST /api/session/unlock': { ask: () => ({ body: { pin: '0000' } }), letIn: [...session, 'locked'] },
  'GET /api/device/people': { ask: none, letIn: 'everybody' },
  'POST /api/device/switch': { ask: () => ({ body: { key: '0'.repeat(32), pin: '0000' } }), letIn: 'everybody' },
  'PUT /api/my/pin': { ask: () => ({ body: { pin: '2580' } }), letIn: staff },
  'POST /api/my/totp': { ask: none, letIn: staff },
  'POST /api/my/totp/confirm': { ask: () => ({ body: { oneTimeCode: '000000' } }), letIn: staff },
  'POST /api/my/totp/recovery': { ask: none, letIn: staff },
  'POST /api/my/totp/end': { ask: none, letIn: staff },
  'GET /api/organisations': { ask: none, letIn: ['administrator', 'foreignAdministrator', 'operator'] },
  'POST /api/organisations': { ask: () => ({ body: { name: 'Ny', kind: 'municipality' } }), letIn: ['operator'] },
  'POST /api/organisations/:organisationId/units': {
    ask: ({ organisationId }) => ({ params: { organisationId }, body: unitBody }),
    letIn: administers,
  },
  'PUT /api/units/:unitId': { ask: ({ unitId }) => ({ params: { unitId }, body: { ...unitBody, basedOn: 1 } }), letIn: administers },
  'GET /api/units/:unitId/staff': { ask: ({ unitId }) => ({ params: { unitId } }), letIn: administers },
  'POST /api/units/:unitId/staff': {
    ask: ({ unitId }) => ({
      params: { unitId },
      body: { username: `ny.${crypto.randomUUID().slice(0, 8)}`, role: 'nurse', name: null, place: 'x' },
    }),
    letIn: administers,
  },
  'POST /api/units/:unitId/assignments': {
    ask: ({ unitId, nurse }) => ({ params: { unitId }, body: { username: nurse.username, role: 'careCoordinator' } }),
    letIn: administers,
  },
  'PUT /api/staff/:userId': {
    ask: ({ nurse: { userId } }) => ({ params: { userId }, body: { name: null, place: 'x', ...credentials, basedOn: 1 } }),
    letIn: administers,
  },
  'POST /api/staff/:userId/password': { ask: ({ nurse: { userId } }) => ({ params: { userId }, body: {} }), letIn: administers },
  'PUT /api/assignments/:assignmentId': {
    ask: ({ assignmentId }) => ({ params: { assignmentId }, body: { hsaId: null } }),
    letIn: administers,
  },
  'POST /api/assignments/:assignmentId/end': { ask: ({ assignmentId }) => ({ params: { assignmentId }, body: {} }), letIn: administers },
  'POST /api/patients/search': {
    ask: () => ({ body: { search: 'x' } }),
    letIn: ['nurse', 'colleague', 'foreign', 'head', 'administrator', 'foreignAdministrator'],
  },
  'POST /api/patients': {
    ask: ({ unitId }) => ({
      body: { ...contact, unitId, number: crypto.randomUUID().slice(0, 12), reserve: true, birthDate: '1950-01-01' },
    }),
    letIn: [...unit, 'administrator'],
  },
  'GET /api/patients/:patientId': { ask: ofPatient(), letIn: [...unit, 'administrator'] },
  'PUT /api/patients/:patientId': { ask: ofPatient({ ...contact, basedOn: 1 }), letIn: [...unit, 'administrator'] },
  'GET /api/patients/:patientId/continuity': { ask: ofPatient(), letIn: unit },
  'PUT /api/patients/:patientId/fixed-physician': { ask: ofPatient({ userId: null, basedOn: 1 }), letIn: [...unit, 'administrator'] },
  'POST /api/patients/:patientId/login': { ask: ofPatient(), letIn: [...unit, 'administrator'] },
  'POST /api/patients/:patientId/relatives': { ask: ofPatient(relative), letIn: [...unit, 'administrator'] },
  'PUT /api/relatives/:relativeId': {
    ask: ({ relativeId }) => ({ params: { relativeId }, body: { ...relative, basedOn: 1 } }),
    letIn: [...unit, 'administrator'],
  },
  'POST /api/relatives/:relativeId/end': {
    ask: ({ relativeId }) => ({ params: { relativeId }, body: {} }),
    letIn: [...unit, 'administrator'],
  },
  'GET /api/visits/today': { ask: none, letIn: staff },
  'POST /api/visits/:visitId/admit': {
    ask: ({ id: visitId, relative: { participantId } }) => ({ params: { visitId }, body: { participantId } }),
    letIn: ['nurse'],
  },
  'POST /api/visits/:visitId/check-in': { ask: ofVisit(), letIn: unit },
  'POST /api/visits/:visitId/late': { ask: ofVisit({ minutes: 10 }), letIn: ['guest', 'patient', 'nurse', 'head'] },
  'POST /api/visits/:visitId/close': { ask: ofVisit({ as: 'cancelled', reason: 'x' }), letIn: unit },
  'POST /api/colleagues/search': { ask: () => ({ body: { search: 'x' } }), letIn: ['nurse', 'colleague', 'foreign', 'head'] },
  'POST /api/visits': {
    ask: ({ unitId, patientId, nurse: { userId } }) => ({
      body: {
        ...details,
        visitId: crypto.randomUUID(),
        unitId,
        patientId,
        patientComes: 'bedside',
        staff: [{ userId, unitId, host: true, atBedside: true }],
        relativeIds: [],
      },
    }),
    letIn: unit,
  },
  'POST /api/visits/occurrences': {
    ask: ({ unitId }) => ({
      body: { unitId, startsAt: '2031-01-06T09:00:00Z', minutes: 30, repeat: { everyWeeks: 1, count: 3 }, userIds: [], resourceIds: [] },
    }),
    letIn: unit,
  },
  'PUT /api/visits/:visitId/details': { ask: ofVisit({ ...details, basedOn: 1 }), letIn: unit },
  'GET /api/units/:unitId/calendar': {
    ask: ({ unitId }) => ({ params: { unitId }, query: '?from=2026-11-16&days=7' }),
    letIn: unit,
  },
  'POST /api/visits/:visitId/move': { ask: ofVisit({ startsAt: details.startsAt, basedOn: 1 }), letIn: unit },
  'POST /api/polls': {
    ask: ({ unitId, patientId, relativeId }) => ({
      body: {
        visitId: crypto.randomUUID(),
        unitId,
        patientId,
        minutes: 30,
        options: [1, 2].map((days) => new Date(Date.now() + days * 24 * 3_600_000).toISOString()),
        invitees: [{ kind: 'relative', relativeId }],
      },
    }),
    letIn: unit,
  },
  'GET /api/visits/:visitId/poll': { ask: ofVisit(), letIn: unit },
  'POST /api/visits/:visitId/poll/close': { ask: ofVisit(), letIn: unit },
  'POST /api/times': { ask: () => ({ body: { secret: 'x'.repeat(43) } }), letIn: 'everybody' },
  'PUT /api/times': { ask: () => ({ body: { secret: 'x'.repeat(43), answers: [] } }), letIn: 'everybody' },
  'GET /api/units/:unitId/forms': { ask: ofUnit(), letIn: [...caring, ...administers] },
  'POST /api/units/:unitId/forms': { ask: ofUnit({ title: 'x', questions: [yesNo] }), letIn: plans },
  'PUT /api/forms/:formId': {
    ask: ({ formId }) => ({ params: { formId }, body: { title: 'x', questions: [yesNo], basedOn: 1 } }),
    letIn: plans,
  },
  'POST /api/forms/:formId/end': { ask: ({ formId }) => ({ params: { formId }, body: {} }), letIn: plans },
  'GET /api/visits/:visitId/form': { ask: ofVisit(), letIn: ['patient', ...unit] },
  'PUT /api/visits/:visitId/form': {
    ask: ({ id: visitId, formId }) => ({
      params: { visitId },
      body: { formId, version: 1, answers: [{ question: yesNo.text, answer: 'Ja' }] },
    }),
    letIn: ['patient', ...unit],
  },
  'GET /api/visits/:visitId/conversation': { ask: ofVisit(), letIn: ['patient', ...unit] },
  'POST /api/visits/:visitId/conversation': {
    ask: ({ id: visitId }) => ({ params: { visitId }, body: { id: crypto.randomUUID(), text: 'x' } }),
    letIn: ['patient', ...unit],
  },
  'POST /api/visits/:visitId/conversation/settle': { ask: ofVisit(), letIn: unit },
  'GET /api/conversations': { ask: none, letIn: caring },
  'PUT /api/visits/:visitId/interpreter': { ask: ofVisit({ language: 'se', mode: 'phone', consented: true }), letIn: unit },
  'POST /api/visits/:visitId/interpreter/confirm': { ask: ofVisit({ interpreterNumber: '4711' }), letIn: unit },
  'POST /api/visits/:visitId/interpreter/end': { ask: ofVisit({ reason: 'x' }), letIn: unit },
  'POST /api/visits/:visitId/people': { ask: ofVisit({ kind: 'patient' }), letIn: unit },
  'PUT /api/visits/:visitId/people/:participantId/slot': {
    ask: ({ id: visitId, relative: { participantId } }) => ({
      params: { visitId, participantId },
      body: { slot: { after: 5, minutes: 10 } },
    }),
    letIn: unit,
  },
  'POST /api/visits/:visitId/people/:participantId/withdraw': {
    ask: ({ id: visitId, relative: { participantId } }) => ({ params: { visitId, participantId }, body: {} }),
    letIn: unit,
  },
  'POST /api/visits/:visitId/people/:participantId/code': {
    ask: ({ id: visitId, relative: { participantId } }) => ({ params: { visitId, participantId }, body: {} }),
    letIn: unit,
  },
  'GET /api/visits/:visitId': { ask: ofVisit(), letIn: unit },
  'PUT /api/visits/:visitId/documentation': { ask: ofVisit({ ...words, basedOn: 1 }), letIn: ['nurse'] },
  'POST /api/visits/:visitId/complete': { ask: ofVisit({ basedOn: 1, as: 'completed' }), letIn: ['nurse'] },
  'PUT /api/visits/:visitId/note': {
    ask: ({ id: visitId, patientId }) => ({ params: { visitId }, body: { id: crypto.randomUUID(), patientId, text: 'x', basedOn: null } }),
    letIn: ['nurse'],
  },
  'GET /api/my/snippets': { ask: none, letIn: ['nurse', 'colleague', 'foreign'] },
  'PUT /api/my/snippets/:snippetId': {
    ask: () => ({ params: { snippetId: crypto.randomUUID() }, body: { title: 'x', text: 'x', basedOn: null } }),
    letIn: ['nurse', 'colleague', 'foreign'],
  },
  'DELETE /api/my/snippets/:snippetId': {
    ask: () => ({ params: { snippetId: crypto.randomUUID() }, body: {} }),
    letIn: ['nurse', 'colleague', 'foreign'],
  },
  'GET /api/visits/:visitId/referrals': { ask: ofVisit(), letIn: unit },
  'PUT /api/referrals/:referralId/answer': {
    ask: (f) => ({ params: { referralId: f.referralId }, body: { answer: 'x', basedOn: 1 } }),
    letIn: ['nurse'], // it was put to them
  },
  'GET /api/visits/:visitId/measurements': { ask: ofVisit(), letIn: unit },
  'GET /api/patients/:patientId/measurements': { ask: ofPatient(), letIn: unit },
  'POST /api/visits/:visitId/measurements': { ask: (f) => ({ params: { visitId: f.id }, body: pulse(f) }), letIn: ['nurse'] },
  'POST /api/patients/:patientId/measurements': {
    ask: (f) => ({ params: { patientId: f.patientId }, body: { ...pulse(f), unitId: f.unitId } }),
    letIn: ['nurse'],
  },
  'GET /api/units/:unitId/delegations': { ask: (f) => ({ params: { unitId: f.unitId } }), letIn: unit },
  'POST /api/units/:unitId/delegations': {
    ask: (f) => ({
      params: { unitId: f.unitId },
      body: { task: 'oralOrder', userId: somebody, patientId: null, words: '', until: '2999-01-01' },
    }),
    letIn: ['nurse'],
  },
  'POST /api/delegations/:delegationId/end': { ask: (f) => ({ params: { delegationId: f.delegationId } }), letIn: ['nurse'] },
  'GET /api/visits/:visitId/stills': { ask: ofVisit(), letIn: unit },
  'GET /api/visits/:visitId/stills/taking': { ask: ofVisit(), letIn: ['nurse'] }, // this patient has no seat in the visit
  'POST /api/visits/:visitId/stills': { ask: (f) => ({ params: { visitId: f.id }, body: still(f) }), letIn: ['nurse'] },
  'PUT /api/stills/:stillId/picture': {
    ask: (f) => ({ params: { stillId: f.ownStillId }, picture: f.picture }),
    letIn: ['nurse'], // who took it
  },
  'GET /api/stills/:stillId/picture': { ask: (f) => ({ params: { stillId: f.stillId } }), letIn: unit },
  'POST /api/stills/:stillId/strike': { ask: (f) => ({ params: { stillId: f.stillId }, body: { reason: 'Prov' } }), letIn: ['nurse'] },
  'PUT /api/visits/:visitId/frozen': {
    ask: (f) => ({
      params: { visitId: f.id },
      query: `?${new URLSearchParams({ id: crypto.randomUUID(), participantId: f.nurse.participantId, source: 'camera' })}`,
      picture: f.picture,
    }),
    letIn: ['nurse'],
  },
  'GET /api/visits/:visitId/frozen/:frozenId': {
    ask: (f) => ({ params: { visitId: f.id, frozenId: f.frozenId } }),
    letIn: ['nurse'], // nobody else is in the room
  },
  'POST /api/measurements/:measurementId/correct': {
    ask: ({ measurementId }) => ({ params: { measurementId }, body: { id: crypto.randomUUID(), value: null } }),
    letIn: ['nurse'],
  },
  'PUT /api/visits/:visitId/baseline': { ask: ofVisit(baseline), letIn: ['nurse'] },
  'PUT /api/patients/:patientId/baseline': { ask: ofPatient(baseline), letIn: ['nurse'] },
  'PUT /api/organisations/:organisationId/medical-device': {
    ask: ({ organisationId }) => ({ params: { organisationId }, body: { decision: 'Prov 1' } }),
    letIn: administers,
  },
  'GET /api/rounds': { ask: none, letIn: staff },
  'POST /api/rounds': {
    ask: ({ unitId, nurse, doctor }) => ({
      body: {
        id: crypto.randomUUID(),
        unitId,
        startsAt: new Date(Date.now() + 48 * 3_600_000).toISOString(),
        minutesEach: 10,
        doctor: { userId: doctor.userId, unitId },
        bedside: [{ userId: nurse.userId, unitId }],
      },
    }),
    letIn: ['nurse'],
  },
  'GET /api/rounds/:roundId': { ask: ofRound(), letIn: unit },
  'POST /api/rounds/:roundId/items': {
    ask: ({ roundId, patientId }) => ({
      params: { roundId },
      body: { itemId: crypto.randomUUID(), visitId: crypto.randomUUID(), patientId, place: 'x', urgency: 'routine', infected: false },
    }),
    letIn: ['nurse'],
  },
  'DELETE /api/rounds/:roundId/items/:itemId': { ask: ofItem(), letIn: ['nurse'] },
  'PUT /api/rounds/:roundId/order': {
    ask: ({ roundId, itemId }) => ({ params: { roundId }, body: { itemIds: [itemId], basedOn: 1 } }),
    letIn: ['nurse'],
  },
  'PUT /api/rounds/:roundId/items/:itemId/brief': { ask: ofItem({ brief, ready: true }), letIn: ['nurse'] },
  'POST /api/rounds/:roundId/lock': { ask: ofRound(), letIn: ['nurse'] },
  'POST /api/rounds/:roundId/start': { ask: ofRound(), letIn: ['nurse'] },
  'POST /api/rounds/:roundId/items/:itemId/next': { ask: ofItem(), letIn: ['nurse'] },
  'POST /api/rounds/:roundId/items/:itemId/open': {
    ask: ofItem({ name: 'x', birthDate: '1940-01-01', wiped: true, acknowledged: true, readiness }),
    letIn: ['nurse'],
  },
  'POST /api/rounds/:roundId/items/:itemId/seal': { ask: ofItem(), letIn: ['nurse'] },
  'PUT /api/rounds/:roundId/items/:itemId/decision': { ask: ofItem({ ...decided, basedOn: null }), letIn: [] },
  'POST /api/rounds/:roundId/items/:itemId/read-back': { ask: ofItem(), letIn: ['nurse'] },
  'POST /api/rounds/:roundId/items/:itemId/sign': { ask: ofItem({ basedOn: 1 }), letIn: [] },
  'POST /api/rounds/:roundId/summary': { ask: ofRound(), letIn: unit },
  'POST /api/rounds/:roundId/hand-over': {
    ask: ({ roundId, nurse, unitId }) => ({ params: { roundId }, body: { doctor: { userId: nurse.userId, unitId } } }),
    letIn: [],
  },
  'POST /api/rounds/:roundId/close': { ask: ofRound(), letIn: [] },
  'GET /api/patients/:patientId/visits': { ask: ofPatient(), letIn: unit },
  'GET /api/my/visits': { ask: none, letIn: patients },
  'GET /api/my/units': { ask: none, letIn: patients },
  'POST /api/my/requests': {
    ask: ({ patientId, unitId }) => ({ body: { visitId: crypto.randomUUID(), patientId, unitId, about: 'x' } }),
    letIn: ['patient'],
  },
  'GET /api/requests': { ask: none, letIn: ['nurse', 'colleague', 'foreign', 'head'] },
  'POST /api/visits/:visitId/triage': {
    ask: ({ requestId }) => ({ params: { visitId: requestId }, body: { priority: 'soon' } }),
    letIn: unit,
  },
  'POST /api/checks': { ask: () => ({ body: {} }), letIn: 'everybody' },
  'POST /api/checks/:checkId/:path/join': { ask: () => ({ params: { checkId: somebody, path: 'direct' }, body: {} }), letIn: 'everybody' },
  'POST /api/checks/:checkId/:path/start': { ask: () => ({ params: { checkId: somebody, path: 'direct' }, body: {} }), letIn: 'everybody' },
  'POST /api/checks/:checkId/:path/show': { ask: () => ({ params: { checkId: somebody, path: 'direct' }, body: {} }), letIn: 'everybody' },
  'POST /api/checks/:checkId/report': { ask: () => ({ params: { checkId: somebody }, body: {} }), letIn: 'everybody' },
  'POST /api/openings': { ask: ({ number }) => ({ body: { number, reason: 'advice', note: '' } }), letIn: ['nurse', 'colleague'] },
  'GET /api/patients/:patientId/blocks': { ask: ofPatient(), letIn: unit },
  'POST /api/patients/:patientId/blocks': { ask: ({ patientId, unitId }) => ({ params: { patientId }, body: { unitId } }), letIn: unit },
  'POST /api/blocks/:blockId/lift': { ask: ({ blockId }) => ({ params: { blockId }, body: {} }), letIn: [...unit, 'patient'] },
  'POST /api/patients/:patientId/emergency/look': { ask: ofPatient({ reason: 'lifeThreatening' }), letIn: ['nurse'] },
  'POST /api/patients/:patientId/emergency/open': {
    ask: ({ patientId, unitId }) => ({ params: { patientId }, body: { unitId, reason: 'lifeThreatening', note: 'x' } }),
    letIn: ['nurse'],
  },
  'GET /api/my/blocks': { ask: none, letIn: patients },
  'POST /api/my/blocks': { ask: ({ patientId, unitId }) => ({ body: { patientId, unitId } }), letIn: ['patient'] },
  'GET /api/reviews': { ask: none, letIn: ['head'] },
  'PUT /api/reviews/:entryId': {
    ask: ({ entryId }) => ({ params: { entryId: String(entryId) }, body: { verdict: 'inOrder', note: '' } }),
    letIn: ['head'],
  },
  'GET /api/agreements': { ask: none, letIn: ['administrator', 'foreignAdministrator', 'operator'] },
  'POST /api/agreements': { ask: (f) => ({ body: agreement(f) }), letIn: administers },
  'PUT /api/agreements/:agreementId': {
    ask: (f) => ({ params: { agreementId: f.agreementId }, body: { ...agreement(f), basedOn: 1 } }),
    letIn: administers,
  },
  'GET /api/my/accesses': { ask: none, letIn: patients },
  'GET /api/patients/:patientId/consents': { ask: ofPatient(), letIn: unit },
  'POST /api/patients/:patientId/consents': { ask: ofPatient(consent), letIn: unit },
  'POST /api/consents/:consentId/withdraw': { ask: ({ consentId }) => ({ params: { consentId }, body: {} }), letIn: [...unit, 'patient'] },
  'GET /api/my/consents': { ask: none, letIn: patients },
  'POST /api/my/consents': {
    ask: ({ patientId, relativeId }) => ({ body: { patientId, type: 'relativePresence', relativeId, organisationId: null } }),
    letIn: ['patient'],
  },
  'GET /api/policy': { ask: none, letIn: ['operator'] },
  'PUT /api/policy': { ask: () => ({ body: { ...policy, basedOn: 0 } }), letIn: ['operator'] },
  'GET /api/providers': { ask: none, letIn: ['operator'] },
  'POST /api/providers': { ask: () => ({ body: provider }), letIn: ['operator'] },
  'PUT /api/providers/:providerId': { ask: (f) => ({ ...toProvider(f), body: { ...provider, basedOn: 1 } }), letIn: ['operator'] },
  'POST /api/providers/:providerId/try': { ask: toProvider, letIn: ['operator'] },
  'POST /api/nodes/report': { ask: () => ({ body: {} }), letIn: [] },
};

/** The assignment that the caller has; somebody's, if they have none. */
async function ownAssignment(f: Fixture, caller: Caller): Promise<Asked> {
  const reply = await caller.get('/api/me');
  const choices = reply.ok ? ((reply.data as { choices?: { id: string }[] } | null)?.choices ?? []) : [];
  return { body: { assignmentId: choices[0]?.id ?? f.assignmentId, country: null } };
}

async function ownSession(_: Fixture, caller: Caller): Promise<Asked> {
  const reply = await caller.get('/api/sessions');
  const [own] = reply.ok ? (reply.data as { key: string }[]) : [];
  return { params: { key: own?.key ?? '0'.repeat(32) }, body: {} };
}
