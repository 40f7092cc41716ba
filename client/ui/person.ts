import type { ParticipantView, Role } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';

/** "Nurse, Dorotea". */
export function useRoleAndPlace(): (person: { role: Role | null; place: string }) => string {
  const { t } = useWords();
  return ({ role, place }) => [role && t(`role.${role}`), place].filter(Boolean).join(', ');
}

/** What a person is called: by name, or, for staff who stand by role and place, by these. */
export function useNameOf(): (person: Pick<ParticipantView, 'name' | 'place'> & { role: Role | null }) => string {
  const roleAndPlace = useRoleAndPlace();
  return (person) => person.name ?? roleAndPlace(person);
}
