import { Refusal, require_ } from '../../contract/refusal.ts';
import { openStates } from '../../contract/visits.ts';
import type { Actor } from '../identity/sessions.ts';
import { may } from '../policies.ts';
import { noSuchVisit } from '../visits/changeVisit.ts';
import type { VisitState } from '../visits/visitState.ts';

/** @throws {Refusal} `not_found` out of reach, `forbidden` for one who only takes part, `ended` for a visit that is over. */
export function requireChangeable(actor: Actor, before: VisitState): void {
  if (!may(actor, 'visit.read', before)) throw noSuchVisit();
  require_(may(actor, 'visit.change', before));
  if (!openStates.some((open) => open === before.stage)) throw new Refusal('ended', 'The visit is over.');
}
