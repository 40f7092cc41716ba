import { CloudOff, Hourglass } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Confirm } from '../ui/Confirm.tsx';
import { question } from './forget.ts';
import { contact } from './kept.ts';
import { outbox } from './Outbox.ts';
import css from './Waiting.module.css';
import { Waiting } from './Waiting.tsx';

/** That there is no line, and what waits for it; and what would be lost by logging out. */
export default function OfflineBar({ visitId }: { visitId?: string }) {
  const { t } = useWords();
  const { away } = useSyncExternalStore(contact.subscribe, contact.get);
  const { entries } = useSyncExternalStore(outbox.view.subscribe, outbox.view.get);
  const asked = useSyncExternalStore(question.subscribe, question.get);
  const shown = visitId === undefined ? entries : entries.filter(({ made }) => made.visitId === visitId);
  const answer = (forget: boolean): void => {
    question.set(null);
    asked?.answer(forget);
  };
  return (
    <>
      {(away || shown.length > 0) && (
        <section className={css.bar} aria-live="polite">
          <p>
            {away ? <CloudOff aria-hidden size={24} /> : <Hourglass aria-hidden size={24} />}
            <span>
              {away && t('offline.away')}{' '}
              {shown.length > 0 && t('offline.waiting', { count: shown.filter(({ state }) => state !== 'filed').length })}
            </span>
          </p>
          <Waiting {...(visitId === undefined ? {} : { visitId })} />
        </section>
      )}
      {asked && (
        <Confirm title={t('offline.leaveTitle')} text={t('offline.leaveText', { count: asked.count })} onClose={() => answer(false)}>
          <Button look="danger" onClick={() => answer(true)}>
            {t('offline.leave')}
          </Button>
        </Confirm>
      )}
    </>
  );
}
