/** On which side of a visit somebody stands. */
import { relativeRoles } from '../../contract/patients.ts';
import type { Role } from '../../contract/visits.ts';
import type { Actor } from '../identity/sessions.ts';
import { may, seatOf } from '../policies.ts';
import type { VisitState } from './visitState.ts';

export type Side = 'care' | 'patient';

const patientSide: Role[] = ['patient', ...relativeRoles];

/** Staff, or the patient and those close to them; null: no part of it. */
export function sideOf(actor: Actor, visit: VisitState): Side | null {
  if (may(actor, 'visit.read', visit)) return 'care';
  const seat = seatOf(actor, visit);
  if (seat && patientSide.includes(seat.role) && seat.status !== 'removed') return 'patient';
  return actor.userId === visit.patient.userId && actor.onlyVisitId === null ? 'patient' : null;
}

/** Staff, or the patient alone: what is the patient's own is not for those who come along. */
export function ownSideOf(actor: Actor, visit: VisitState): Side | null {
  const side = sideOf(actor, visit);
  return side === 'patient' && actor.userId !== visit.patient.userId ? null : side;
}
