/** Every cell of the permission matrix: who, how they stand to what is asked for, and what they want to do with it. */
import { staffRoles } from '../../contract/units.ts';
import type { Actor, HeldAssignment } from '../../server/identity/sessions.ts';
import { may, type Right, rightNames } from '../../server/policies.ts';
import type { Person, VisitState } from '../../server/visits/visitState.ts';

export const who = [...staffRoles, 'operator', 'patient', 'guest', 'unassigned'] as const;
export type Who = (typeof who)[number];

/** Where their assignment is: at the unit of what is asked for, at another of its organisation, or elsewhere. */
export const places = ['unit', 'organisation', 'elsewhere'] as const;
export type Place = (typeof places)[number];

/** What besides opens it to them. */
export const ties = ['none', 'seat', 'host', 'opened'] as const;
export type Tie = (typeof ties)[number];

export type Cell = { right: Right; who: Who; place: Place; tie: Tie };

export const cells: Cell[] = rightNames.flatMap((right) =>
  who.flatMap((one) => places.flatMap((place) => ties.map((tie) => ({ right, who: one, place, tie })))),
);

const at = {
  unit: { unitId: 'unit', organisationId: 'organisation' },
  organisation: { unitId: 'another unit', organisationId: 'organisation' },
  elsewhere: { unitId: 'unit elsewhere', organisationId: 'another organisation' },
} as const;

const isRole = (one: Who): one is (typeof staffRoles)[number] => staffRoles.some((role) => role === one);

export function actorOf({ who: one, place }: Pick<Cell, 'who' | 'place'>): Actor {
  const held: HeldAssignment[] = isRole(one) ? [{ id: 'assignment', unitName: '', role: one, ...at[place] }] : [];
  return {
    userId: 'actor',
    sessionId: 'session',
    kind: one === 'patient' ? 'patient' : one === 'guest' ? 'guest' : 'staff',
    name: null,
    place: '',
    operator: one === 'operator',
    synthetic: false,
    licence: 'valid',
    licenceUntil: null,
    workCountries: ['SE'],
    hasPin: false,
    local: true,
    onlyVisitId: one === 'guest' ? 'visit' : null,
    level: 3,
    country: null,
    locked: null,
    provedAt: new Date(),
    deviceId: null,
    assignments: held,
    choices: [],
  };
}

/** What is asked for: of the unit, with a patient who has a care relation with it, and a visit on which the actor may have a seat. */
function subjectOf({ who: one, place, tie }: Cell) {
  const seated = tie === 'seat' || tie === 'host';
  const seat = {
    id: 'seat',
    userId: 'actor',
    seat: 'own',
    role: isRole(one) ? one : one === 'patient' ? 'patient' : 'relative',
    unitId: isRole(one) ? at[place].unitId : null,
    relativeId: null,
    host: tie === 'host',
    status: 'admitted',
  } as Person;
  return {
    ...at.unit,
    unitIds: ['unit'],
    opened: tie === 'opened',
    visitId: 'visit',
    stage: 'in_progress',
    consents: [],
    patient: { birthDate: '1950-01-01' },
    people: seated ? [seat] : [],
  } as unknown as VisitState & { organisationId: string; unitIds: string[]; opened: boolean };
}

export const isAllowed = (cell: Cell): boolean => may(actorOf(cell), cell.right, subjectOf(cell) as never);
