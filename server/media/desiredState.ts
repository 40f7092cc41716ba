import { sources } from '../../contract/media.ts';
import type { SeatPlan } from '../../contract/sfu.ts';
import { flowsTo, maySend, seatedIn } from '../consent/mayFlow.ts';
import type { VisitState } from '../visits/visitState.ts';

/** What the SFU is to hold for this visit: who, which tracks, who hears whom. */
export function desiredState(state: VisitState): SeatPlan[] {
  return seatedIn(state).map((person) => {
    const allowed = sources.filter((source) => maySend(state, person, source));
    return {
      participantId: person.id,
      maySend: allowed,
      paused: state.curtainSince ? allowed : allowed.filter((source) => !person.sending.includes(source)),
      hears: flowsTo(state, person),
    };
  });
}
