import { Hourglass } from 'lucide-react';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { useSession } from '../visit/useVisit.ts';
import css from './LobbyPage.module.css';

export function WaitingPanel() {
  const { t } = useWords();
  const session = useSession();
  return (
    <section className={css.card} aria-label={t('lobby.waitingTitle')}>
      <div className={css.waiting} role="status">
        <Hourglass aria-hidden size={30} />
        <p>{t('lobby.waiting')}</p>
      </div>
      <Button onClick={() => session.stopWaiting()}>{t('lobby.stopWaiting')}</Button>
    </section>
  );
}
