import {
  type Lateness,
  type ParticipantView,
  type PatientBrief,
  unheldStates,
  type VisitListed,
  type VisitSnapshot,
} from '../../contract/visits.ts';
import { agendaFor, seesPlan } from '../careplan/presence.ts';
import { tableOf } from '../careplan/word.ts';
import { presenceConsent } from '../consent/covers.ts';
import { askedOf } from '../examining/asks.ts';
import { maySee } from '../examining/frozen.ts';
import { interpreterView } from '../interpreting/instead.ts';
import { can, isBedside, isStaff } from '../policies.ts';
import { missingToBegin } from './begin.ts';
import type { Person, VisitState } from './visitState.ts';

/** @param sees - staff see who has trouble with a code; they and the bedside, to whose being there the patient has said yes. */
export function participantView(
  person: Person,
  visit: Pick<VisitState, 'visitId' | 'consents' | 'patient'>,
  sees: { troubles: boolean; consent: boolean },
): ParticipantView {
  const { id, name, role, place, seat, host, status, presence, companionOf, sending, waitingSince, handUpAt, aside, atBedside } = person;
  return {
    id,
    name,
    role,
    place,
    host,
    status,
    presence,
    seat,
    companionOf,
    waitingSince: waitingSince?.toISOString() ?? null,
    sending,
    handUpAt: handUpAt?.toISOString() ?? null,
    aside,
    atBedside,
    acknowledged: person.acknowledgedAt !== null,
    answers: person.answers,
    slot:
      sees.troubles && person.slotAfter !== null && person.slotMinutes !== null
        ? { after: person.slotAfter, minutes: person.slotMinutes }
        : null,
    consent: sees.consent ? presenceConsent(visit, person) : null,
    identity: sees.troubles ? person.identityMethod : null,
    failedCodes: sees.troubles ? person.failedCodes : 0,
  };
}

export function patientBrief({ patient, place }: VisitState): PatientBrief {
  const { name, birthDate, protectedIdentity } = patient;
  return { name, birthYear: Number(birthDate.slice(0, 4)), place: protectedIdentity ? null : place, protectedIdentity };
}

/** The visit as this person may see it, from this tab. */
export function snapshotFor(state: VisitState, person: Person, tabId: string): VisitSnapshot {
  const inside = can(person, 'visit.room', state);
  const staff = inside && isStaff(person);
  const sees = { troubles: staff, consent: staff || (inside && isBedside(person)) };
  return {
    visitId: state.visitId,
    revision: state.revision,
    epoch: inside ? (state.placement?.epoch ?? null) : null,
    state: state.partition === 'over' && !isStaff(person) ? 'documenting' : state.stage,
    startsAt: state.startsAt.toISOString(),
    late: latenessOf(state),
    partition: state.partition,
    turn: state.turnAhead === null ? null : { ahead: state.turnAhead, minutes: state.turnMinutes ?? 0 },
    unit: { name: state.unit.name, phone: state.unit.phone },
    language: state.language,
    synthetic: state.synthetic,
    patient: inside ? patientBrief(state) : null,
    whereabouts: staff ? whereabouts(state) : null,
    identity: inside ? identityOf(state) : null,
    missing: staff ? missingToBegin(state) : [],
    interpreter: staff ? interpreterView(state) : null,
    asked: staff || (inside && isBedside(person)) ? askedOf(state) : null,
    frozen: inside && state.frozen && maySee(state, state.frozen, person) ? state.frozen : null,
    stillsAt: staff ? (state.stillsAt?.toISOString() ?? null) : null,
    measuredAt: staff ? (state.measuredAt?.toISOString() ?? null) : null,
    curtain: state.curtainSince && inside ? { since: state.curtainSince.toISOString() } : null,
    emergency: inside ? emergencyOf(state, staff) : null,
    phone: state.phoneSince && inside ? { since: state.phoneSince.toISOString(), number: staff ? state.callbackPhone : null } : null,
    agenda: person.status === 'admitted' && state.meeting ? agendaFor(state.meeting, state.planItemId, person) : null,
    sideTalk: inside ? state.sideTalk : null,
    roundTable: inside ? tableOf(state) : null,
    carePlanId: inside && state.meeting && seesPlan(state.meeting, person) ? state.carePlanId : null,
    bystanders: inside ? state.bystanders : [],
    you: participantView(person, state, sees),
    heldElsewhere: person.presence === 'room' && person.heldBy !== tabId,
    people: inside ? state.people.map((other) => participantView(other, state, sees)) : [],
  };
}

/** Of a protected identity only while there is an emergency. */
function whereabouts({ patient, emergencySince, place, address, entrance, callbackPhone }: VisitState): VisitSnapshot['whereabouts'] {
  return patient.protectedIdentity && !emergencySince ? null : { place, address, entrance, callbackPhone };
}

function emergencyOf({ emergencySince, emergencyCallerId, unit }: VisitState, staff: boolean): VisitSnapshot['emergency'] {
  if (!emergencySince) return null;
  return { since: emergencySince.toISOString(), callerId: emergencyCallerId, route: staff ? unit.emergencyPhone : null };
}

export const latenessOf = ({
  careLateMinutes,
  patientLateMinutes,
}: Pick<VisitState, 'careLateMinutes' | 'patientLateMinutes'>): Lateness => ({
  care: careLateMinutes,
  patient: patientLateMinutes,
});

export function identityOf({ identityMethod, identityAt }: VisitState): VisitSnapshot['identity'] {
  return identityMethod && identityAt ? { method: identityMethod, at: identityAt.toISOString() } : null;
}

export function listed(state: VisitState, userId: string): VisitListed {
  const over = unheldStates.some((closed) => closed === state.stage);
  return {
    id: state.visitId,
    startsAt: state.startsAt.toISOString(),
    durationMinutes: state.durationMinutes,
    state: state.stage,
    patient: patientBrief(state),
    synthetic: state.synthetic,
    unitName: state.unit.name,
    mine: state.people.some((person) => person.userId === userId && person.status !== 'removed'),
    waitingSince: over ? null : (state.waitingSince?.toISOString() ?? null),
    emergency: state.emergencySince !== null,
    preliminary: state.preliminary,
    late: latenessOf(state),
    interpreter: interpreterView(state),
    people: state.people.map((person) => participantView(person, state, { troubles: true, consent: true })),
  };
}
