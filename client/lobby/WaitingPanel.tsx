import { Hourglass } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { useSession } from '../visit/useVisit.ts';
import css from './LobbyPage.module.css';

export function WaitingPanel() {
  const { t } = useWords();
  const session = useSession();
  const [ready, setReady] = useState(false);
  // It stands where "I am ready" stood: a second tap on that must not take the place in the queue away.
  useEffect(() => {
    const timer = setTimeout(() => setReady(true), 1_500);
    return () => clearTimeout(timer);
  }, []);
  return (
    <section className={css.card} aria-label={t('lobby.waitingTitle')}>
      <div className={css.waiting} role="status">
        <Hourglass aria-hidden size={30} />
        <p>{t('lobby.waiting')}</p>
      </div>
      <Button aria-disabled={!ready} onClick={() => ready && session.stopWaiting()}>
        {t('lobby.stopWaiting')}
      </Button>
    </section>
  );
}
