import { ShieldCheck, ShieldOff } from 'lucide-react';
import { useState } from 'react';
import type { ParticipantView } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import AskConsent from '../consent/AskConsent.tsx';
import { Button } from '../ui/Button.tsx';
import { Confirm } from '../ui/Confirm.tsx';
import { useNameOf } from '../ui/person.ts';
import { useSession } from '../visit/useVisit.ts';
import css from './PeoplePanel.module.css';

/** Whether the patient has said yes to this person's being there; for the patient and the staff to give and to take back. */
export function ConsentActions({ person }: { person: ParticipantView }) {
  const { t } = useWords();
  const session = useSession();
  const name = useNameOf()(person);
  const [asking, setAsking] = useState(false);
  const [withdrawing, setWithdrawing] = useState(false);
  if (person.consent === null || person.seat !== 'own') return null;
  const withdraw = (): void => {
    setWithdrawing(false);
    void session.perform('consent:withdraw', { participantId: person.id });
  };
  if (person.consent === 'given')
    return (
      <>
        <p className={css.soft}>
          <ShieldCheck aria-hidden size={18} /> {t('consent.given')}
        </p>
        <Button
          icon={<ShieldOff aria-hidden size={20} />}
          aria-label={t('consent.withdrawName', { name })}
          onClick={() => setWithdrawing(true)}
        >
          {t('consent.withdrawNow')}
        </Button>
        {withdrawing && (
          <Confirm
            title={t('consent.withdrawTitle', { name })}
            text={t('consent.withdrawText', { name })}
            onClose={() => setWithdrawing(false)}
          >
            <Button look="danger" onClick={withdraw}>
              {t('consent.endsFor', { name })}
            </Button>
          </Confirm>
        )}
      </>
    );
  return (
    <>
      <p className={css.soft}>
        <ShieldOff aria-hidden size={18} /> {t('consent.missing')}
      </p>
      {person.status !== 'waiting' && (
        <Button icon={<ShieldCheck aria-hidden size={20} />} aria-label={t('consent.giveName', { name })} onClick={() => setAsking(true)}>
          {t('consent.give')}
        </Button>
      )}
      {asking && <AskConsent person={person} admits={false} onClose={() => setAsking(false)} />}
    </>
  );
}
