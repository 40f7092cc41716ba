import { Hourglass } from 'lucide-react';
import { useWords } from '../app/words.ts';
import css from './LobbyPage.module.css';

/** What somebody's being there rested on was taken back. They are not told why; it may be given again. */
export function WithheldPanel() {
  const { t } = useWords();
  return (
    <section className={css.card} aria-label={t('lobby.withheldTitle')}>
      <div className={css.waiting} role="status">
        <Hourglass aria-hidden size={30} />
        <p>{t('lobby.withheld')}</p>
      </div>
    </section>
  );
}
