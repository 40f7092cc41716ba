/** Who may do what. Everything not named here is refused. */
import type { VisitState as Stage } from '../contract/visits.ts';
import type { Person } from './visits/visitState.ts';

/** A visit that can still be entered. */
export const openStages: readonly Stage[] = ['booked', 'checked_in', 'waiting', 'in_progress'];

type Subject = { stage: Stage };

const isOpen = ({ stage }: Subject): boolean => openStages.includes(stage);
const isIn = (person: Person, subject: Subject): boolean => person.status === 'admitted' && isOpen(subject);

const policies = {
  /** Stand before the door, and see that it is the right one. */
  'visit.lobby': (person, subject) => person.status !== 'removed' && isOpen(subject),
  /** Be in the room; with it come media and the sight of the others. */
  'visit.room': isIn,
  /** Staff let people in; the host need not be there. */
  'people.admit': (person, subject) => isIn(person, subject) && person.user.kind === 'staff',
  /** Mute, send back to the lobby, remove, end for all. */
  'visit.host': (person, subject) => isIn(person, subject) && person.host,
  /** What a visit was called and who was there stays visible to its staff. */
  'visit.list': (person) => person.user.kind === 'staff' && person.status !== 'removed',
} satisfies Record<string, (person: Person, subject: Subject) => boolean>;

export type Action = keyof typeof policies;

export function can(person: Person | undefined, action: Action, subject: Subject): boolean {
  return person !== undefined && policies[action](person, subject);
}
