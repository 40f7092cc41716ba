import type { ParticipantView, VisitListed, VisitSnapshot } from '../../contract/visits.ts';
import { can } from '../policies.ts';
import type { Person, VisitState } from './visitState.ts';

export function participantView({ user, ...person }: Person): ParticipantView {
  const { id, seat, host, status, presence, companionOf, sending, waitingSince } = person;
  return {
    id,
    name: user.name,
    role: user.role,
    place: user.place,
    host,
    status,
    presence,
    seat,
    companionOf,
    waitingSince: waitingSince?.toISOString() ?? null,
    sending,
  };
}

/** The visit as this person may see it, from this tab. */
export function snapshotFor(state: VisitState, person: Person, tabId: string): VisitSnapshot {
  const inside = can(person, 'visit.room', state);
  return {
    visitId: state.visitId,
    revision: state.revision,
    epoch: inside ? (state.placement?.epoch ?? null) : null,
    state: state.stage,
    startsAt: state.startsAt.toISOString(),
    unit: { name: state.unit.name, phone: state.unit.phone },
    patientName: inside ? state.patientName : null,
    you: participantView(person),
    heldElsewhere: person.presence === 'room' && person.heldBy !== tabId,
    people: inside ? state.people.map(participantView) : [],
  };
}

export function listed(state: VisitState): VisitListed {
  return {
    id: state.visitId,
    startsAt: state.startsAt.toISOString(),
    state: state.stage,
    patientName: state.patientName,
    place: state.place,
    unitName: state.unit.name,
    people: state.people.map(participantView),
  };
}
