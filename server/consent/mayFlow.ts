/** The one decision on every track: may this go out, and may it reach that person? */
import { type Source, sources } from '../../contract/media.ts';
import { can } from '../policies.ts';
import type { Person, VisitState } from '../visits/visitState.ts';

/** In the room, or fallen out of it with the seat kept. */
const isSeated = (state: VisitState, person: Person): boolean =>
  can(person, 'visit.room', state) && (person.presence === 'room' || person.presence === 'returning');

/** A companion shares a physical room with somebody: it has no sound, in or out, or the room would howl. */
const isSilent = (person: Person): boolean => person.companionOf !== null;

/** Before a resident's turn in a round, and after it, doctor and bedside hear each other and see nothing. */
const isStaffLine = ({ partition }: VisitState): boolean => partition === 'sealed' || partition === 'over';

export function maySend(state: VisitState, from: Person, source: Source): boolean {
  if (isStaffLine(state) && source !== 'microphone') return false;
  return isSeated(state, from) && !(source === 'microphone' && isSilent(from));
}

/** Some talk by themselves for a while, with the person's yes: nothing goes from them to the others, or back. */
function isTalkingAside({ sideTalk, people }: VisitState, { userId }: Person): boolean {
  if (!sideTalk?.agreed) return false;
  return people.some(({ id, userId: theirs }) => theirs === userId && sideTalk.participantIds.includes(id));
}

/** Behind the curtain nothing goes from anyone to anyone. */
export function mayFlow(state: VisitState, from: Person, source: Source, to: Person): boolean {
  if (state.curtainSince) return false;
  if (isTalkingAside(state, from) !== isTalkingAside(state, to)) return false;
  if (from.id === to.id || !maySend(state, from, source) || !isSeated(state, to)) return false;
  return source !== 'microphone' || !isSilent(to);
}

/** Whose what may reach this person. */
export function flowsTo(state: VisitState, to: Person): { participantId: string; sources: Source[] }[] {
  return state.people
    .map((from) => ({ participantId: from.id, sources: sources.filter((source) => mayFlow(state, from, source, to)) }))
    .filter(({ sources: allowed }) => allowed.length > 0);
}

/** Everyone who has a place in the media room just now. */
export const seatedIn = (state: VisitState): Person[] => state.people.filter((person) => isSeated(state, person));
