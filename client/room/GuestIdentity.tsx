import { BadgeCheck } from 'lucide-react';
import type { ParticipantView, VisitSnapshot } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { useNameOf } from '../ui/person.ts';
import { useSession } from '../visit/useVisit.ts';
import css from './PeoplePanel.module.css';
import { isStaff } from './roles.ts';

type Method = NonNullable<VisitSnapshot['identity']>['method'];
const methods: Method[] = ['knownToStaff', 'documentShown', 'eId'];

/** How staff know that whoever came by link and code is who they say. The patient is asked for before the visit starts. */
export function GuestIdentity({ person }: { person: ParticipantView }) {
  const { t } = useWords();
  const session = useSession();
  const name = useNameOf()(person);
  if (isStaff(person.role) || person.role === 'patient' || person.seat !== 'own') return null;
  if (person.identity)
    return (
      <p className={css.soft}>
        <BadgeCheck aria-hidden size={18} /> {t('guestIdentity.is', { method: t(`identity.${person.identity}`) })}
      </p>
    );
  return (
    <fieldset className={css.actions}>
      <legend className={css.soft}>{t('guestIdentity.ask', { name })}</legend>
      {methods.map((method) => (
        <Button key={method} onClick={() => void session.perform('people:identity', { participantId: person.id, method })}>
          {t(`identity.${method}`)}
        </Button>
      ))}
    </fieldset>
  );
}
