import { UserPlus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { ParticipantView } from '../../contract/visits.ts';
import { openBook, useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { useNameOf } from '../ui/person.ts';
import { useSession } from '../visit/useVisit.ts';

const AskConsent = lazy(async () => (await Promise.all([import('../consent/AskConsent.tsx'), openBook('office')]))[0]);

/** Lets somebody in; where the patient has to have said yes, that is asked first. */
export function Admit({ person, children }: { person: ParticipantView; children: string }) {
  const { t } = useWords();
  const session = useSession();
  const name = useNameOf()(person);
  const [asking, setAsking] = useState(false);
  const press = (): void => {
    if (person.consent === 'missing') setAsking(true);
    else void session.perform('people:admit', { participantId: person.id });
  };
  return (
    <>
      <Button look="primary" icon={<UserPlus aria-hidden size={20} />} aria-label={t('today.admit', { name })} onClick={press}>
        {children}
      </Button>
      {asking && (
        <Suspense>
          <AskConsent person={person} admits onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  );
}
