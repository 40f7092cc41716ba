/** Who may do what. Everything not named here is refused. */
import type { Partition } from '../contract/partitions.ts';
import type { StaffRole } from '../contract/units.ts';
import { openStates, type Role, type VisitState as Stage } from '../contract/visits.ts';
import { type Consent, presenceConsent } from './consent/covers.ts';
import type { Actor } from './identity/sessions.ts';
import type { Person, VisitState } from './visits/visitState.ts';

/** Assignments that come with sight of their unit's patients and visits. */
export const careRoles: readonly StaffRole[] = ['remotePhysician', 'physician', 'nurse', 'assistantNurse', 'careCoordinator', 'unitHead'];
/** Those that write in the record. */
const clinicalRoles: readonly StaffRole[] = ['remotePhysician', 'physician', 'nurse', 'assistantNurse', 'careCoordinator'];
/** Those whose tasks can be delegated. */
const licensedRoles: readonly StaffRole[] = ['remotePhysician', 'physician', 'nurse'];
export const physicianRoles: readonly StaffRole[] = ['remotePhysician', 'physician'];
/** Those who judge what cannot wait. */
const planningRoles: readonly StaffRole[] = ['remotePhysician', 'physician', 'nurse', 'careCoordinator', 'unitHead'];
const staffRoleNames: readonly Role[] = [...careRoles, 'needsAssessor', 'administrator'];

export const isStaff = ({ role }: { role: Role }): boolean => staffRoleNames.includes(role);

/** The patient, or somebody beside them. */
export const isBedside = ({ role, atBedside }: Pick<Person, 'role' | 'atBedside'>): boolean => atBedside || role === 'patient';

type Subject = {
  stage: Stage;
  partition: Partition | null;
  visitId: string;
  consents: readonly Consent[];
  patient: { birthDate: string };
  people: readonly Person[];
};
const isOpen = ({ stage }: Pick<Subject, 'stage'>): boolean => openStates.some((open) => open === stage);
/** A resident's part of a round has nobody in it but its staff, before the bedside has said who lies there and after it was left. */
const isShutTo = (person: Person, { partition }: Subject): boolean => !isStaff(person) && partition !== null && partition !== 'open';
/**
 * Let in, while the visit is open, not aside while a plan's meeting talks of something else, and with the patient's consent where it takes one. A second device is in while the
 * person themselves is.
 */
function isIn(person: Person, subject: Subject): boolean {
  if (person.status !== 'admitted' || person.aside || !isOpen(subject) || isShutTo(person, subject)) return false;
  if (person.seat === 'own') return presenceConsent(subject, person) !== 'missing';
  const own = subject.people.find(({ userId, seat }) => userId === person.userId && seat === 'own');
  return own !== undefined && isIn(own, subject);
}

/** What a seat in a visit is good for. */
const seatPolicies = {
  /** Stand before the door, and see that it is the right one. */
  'visit.lobby': (person, subject) => person.status !== 'removed' && isOpen(subject) && (isStaff(person) || subject.partition !== 'over'),
  /** Be in the room; with it come media and the sight of the others. */
  'visit.room': isIn,
  /** Staff let people in, verify, begin, raise the alarm; the host need not be there. */
  'visit.staff': (person, subject) => isIn(person, subject) && isStaff(person),
  /** Draw and lift the curtain, and stop without a reason. */
  'visit.bedside': (person, subject) => isIn(person, subject) && isBedside(person),
  /** Say that the patient knows who is there; say that one calls 112. */
  'visit.attend': (person, subject) => isIn(person, subject) && (isStaff(person) || isBedside(person)),
  /** Mute, send back to the lobby, remove, end for all. */
  'visit.host': (person, subject) => isIn(person, subject) && person.host,
} satisfies Record<string, (person: Person, subject: Subject) => boolean>;

export type SeatAction = keyof typeof seatPolicies;

export function can(person: Person | undefined, action: SeatAction, subject: Subject): boolean {
  return person !== undefined && seatPolicies[action](person, subject);
}

/** Does some tasks by delegation alone. */
export const isDelegate = ({ assignments }: Actor): boolean =>
  assignments.length > 0 && assignments.every(({ role }) => role === 'assistantNurse');

type AtUnit = { unitId: string };
type InOrganisation = { organisationId: string };
type OfPatient = InOrganisation & { unitIds: string[]; opened?: boolean };
type OfVisit = Pick<VisitState, 'visitId' | 'unitId' | 'people'>;

const holds = (actor: Actor, unitId: string, roles: readonly StaffRole[]): boolean =>
  actor.assignments.some((held) => held.unitId === unitId && roles.includes(held.role));
const administers = (actor: Actor, organisationId: string): boolean =>
  actor.operator || actor.assignments.some((held) => held.organisationId === organisationId && held.role === 'administrator');

/**
 * The actor's own seat in a visit, if it holds: a guest's session opens one visit only, and staff take part by an
 * assignment that has not ended.
 */
export function seatOf(actor: Actor, { visitId, people }: OfVisit): Person | undefined {
  if (actor.onlyVisitId !== null && actor.onlyVisitId !== visitId) return undefined;
  const seat = people.find(({ userId, seat }) => userId === actor.userId && seat === 'own');
  const byAssignment = seat !== undefined && (!isStaff(seat) || actor.assignments.some(({ unitId }) => unitId === seat.unitId));
  return byAssignment ? seat : undefined;
}

const staffSeatOf = (actor: Actor, visit: OfVisit): Person | undefined => {
  const seat = seatOf(actor, visit);
  return seat && isStaff(seat) && seat.status !== 'removed' ? seat : undefined;
};

function writesAbout(actor: Actor, visit: OfVisit): boolean {
  const role = staffSeatOf(actor, visit)?.role;
  return holds(actor, visit.unitId, clinicalRoles) || clinicalRoles.some((clinical) => clinical === role);
}

/** An opening is good for clinical staff of the patient's own care provider, and for nobody else. */
const hasOpened = (actor: Actor, organisationId: string, opened: boolean | undefined): boolean =>
  opened === true && actor.assignments.some((held) => held.organisationId === organisationId && clinicalRoles.includes(held.role));

/** Of patients nobody sees anything by running the installation. */
const registers = (actor: Actor, organisationId: string): boolean =>
  actor.assignments.some((held) => held.organisationId === organisationId && held.role === 'administrator');

/** What assignments are good for. */
const rights = {
  'visit.book': (actor: Actor, { unitId }: AtUnit) => holds(actor, unitId, careRoles),
  /** Books somebody who is taken then, and says why. */
  'booking.double': (actor: Actor, { unitId }: AtUnit) => holds(actor, unitId, planningRoles),
  /** What a unit offers, with what, and when it and its staff work. */
  'unit.plan': (actor: Actor, { unitId, organisationId }: AtUnit & InOrganisation) =>
    holds(actor, unitId, ['unitHead', 'careCoordinator']) || administers(actor, organisationId),
  /** The visit as its staff see it; the patient and guests have the room, and the patient a page of their own. */
  'visit.read': (actor: Actor, visit: OfVisit) => holds(actor, visit.unitId, careRoles) || staffSeatOf(actor, visit) !== undefined,
  'visit.change': (actor: Actor, visit: OfVisit) => holds(actor, visit.unitId, careRoles) || staffSeatOf(actor, visit)?.host === true,
  'visit.document': writesAbout,
  /** Takes a picture that is kept: whoever writes about the visit, and the patient, let in, of themselves. */
  'still.take': (actor: Actor, visit: OfVisit) => {
    const seat = seatOf(actor, visit);
    return writesAbout(actor, visit) || (seat?.role === 'patient' && seat.status === 'admitted');
  },
  /** Keeps phrases of one's own to write with. */
  'snippet.keep': (actor: Actor, _: null) => actor.assignments.some(({ role }) => clinicalRoles.includes(role)),
  'delegation.read': (actor: Actor, { unitId }: AtUnit) => holds(actor, unitId, careRoles),
  /** Gives tasks of licensed staff to others, and takes them back. */
  'delegation.give': (actor: Actor, { unitId }: AtUnit) => holds(actor, unitId, licensedRoles),
  /** Files readings of the unit's patients beside no visit; in a visit it is as documenting it. */
  'measurement.record': (actor: Actor, { unitId }: AtUnit) => holds(actor, unitId, clinicalRoles),
  /** Orders by what a score is counted; asked of whoever may write about the patient anyway. */
  'measurement.order': (actor: Actor, _: null) => actor.assignments.some(({ role }) => physicianRoles.includes(role)),
  /** A round's `people` is the doctor who leads it. */
  'round.read': (actor: Actor, round: OfVisit) => holds(actor, round.unitId, careRoles) || staffSeatOf(actor, round) !== undefined,
  /** Makes the list and writes the briefs. */
  'round.prepare': (actor: Actor, round: OfVisit) => holds(actor, round.unitId, clinicalRoles) || staffSeatOf(actor, round)?.host === true,
  /** Decides, signs, hands over and closes. */
  'round.lead': (actor: Actor, round: OfVisit) => staffSeatOf(actor, round)?.host === true,
  /** Opens a partition from beside the bed, and reads back. */
  'round.bedside': (actor: Actor, { unitId }: AtUnit) => holds(actor, unitId, clinicalRoles),
  /** Says that a coordinated individual plan is needed, and coordinates it. */
  'plan.propose': (actor: Actor, { unitId }: AtUnit) => holds(actor, unitId, [...careRoles, 'needsAssessor']),
  /** Says where an intervention stands as aid of the municipality. */
  'plan.assess': (actor: Actor, { unitId }: AtUnit) => holds(actor, unitId, ['needsAssessor']),
  /** The units of principals that plans are made with. */
  'directory.read': (actor: Actor, _: null) => actor.assignments.some(({ role }) => role === 'needsAssessor' || careRoles.includes(role)),
  'directory.keep': (actor: Actor, _: null) =>
    actor.operator || actor.assignments.some(({ role }) => ['unitHead', 'careCoordinator', 'administrator'].includes(role)),
  'patient.register': (actor: Actor, { unitId, organisationId }: AtUnit & InOrganisation) =>
    holds(actor, unitId, careRoles) || registers(actor, organisationId),
  'patient.read': (actor: Actor, { unitIds, organisationId, opened }: OfPatient) =>
    unitIds.some((unitId) => holds(actor, unitId, careRoles)) ||
    hasOpened(actor, organisationId, opened) ||
    registers(actor, organisationId),
  'patient.change': (actor: Actor, { unitIds, organisationId }: OfPatient) =>
    unitIds.some((unitId) => holds(actor, unitId, careRoles)) || registers(actor, organisationId),
  /** Opens, with a reason, a patient of the organisation with whom the unit has no care relation. */
  'patient.open': (actor: Actor, { unitId }: AtUnit) => holds(actor, unitId, clinicalRoles),
  /** Opens in an emergency what a unit has blocked. */
  'patient.emergency': (actor: Actor, { unitIds, organisationId, opened }: OfPatient) =>
    hasOpened(actor, organisationId, opened) || unitIds.some((unitId) => holds(actor, unitId, clinicalRoles)),
  /** What they came for; administrators see who is registered, not what for. */
  'patient.visits': (actor: Actor, { unitIds, organisationId, opened }: OfPatient) =>
    hasOpened(actor, organisationId, opened) || unitIds.some((unitId) => holds(actor, unitId, careRoles)),
  'unit.administer': (actor: Actor, { organisationId }: InOrganisation) => administers(actor, organisationId),
  /** Looks at who has opened what. */
  'access.review': (actor: Actor, { unitId }: AtUnit) => holds(actor, unitId, ['unitHead']),
  /** What is demanded of those who log in, and where they do. */
  'policy.administer': (actor: Actor, _: null) => actor.operator,
  'organisation.add': (actor: Actor, _: null) => actor.operator,
  'colleagues.read': (actor: Actor, _: null) => actor.assignments.some(({ role }) => careRoles.includes(role)),
  /** Keeps, sees and withdraws what the patient has said yes to. */
  'consent.keep': (actor: Actor, { unitIds }: OfPatient) => unitIds.some((unitId) => holds(actor, unitId, careRoles)),
  'consent.own': (actor: Actor, _: null) => actor.kind === 'patient' && actor.onlyVisitId === null,
  'visits.own': (actor: Actor, _: null) => actor.kind === 'patient' && actor.onlyVisitId === null,
} as const;

export type Right = keyof typeof rights;
export const rightNames = Object.keys(rights) as Right[];

export function may<R extends Right>(actor: Actor, right: R, subject: Parameters<(typeof rights)[R]>[1]): boolean {
  const policy: (actor: Actor, subject: never) => boolean = rights[right];
  return policy(actor, subject as never);
}

/** The units whose day the actor sees. */
export const careUnitsOf = (actor: Actor): string[] => [
  ...new Set(actor.assignments.filter(({ role }) => careRoles.includes(role)).map(({ unitId }) => unitId)),
];

/** The organisations whose register of patients the actor keeps. */
export const registersOf = (actor: Actor): string[] => [
  ...new Set(actor.assignments.filter(({ role }) => role === 'administrator').map(({ organisationId }) => organisationId)),
];

/** The organisations that the actor administers; null: all of them. */
export const administeredBy = (actor: Actor): string[] | null =>
  actor.operator
    ? null
    : [...new Set(actor.assignments.filter(({ role }) => role === 'administrator').map(({ organisationId }) => organisationId))];
