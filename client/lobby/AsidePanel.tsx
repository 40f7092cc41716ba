import { Hourglass } from 'lucide-react';
import type { VisitSnapshot } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { useSession } from '../visit/useVisit.ts';
import css from './LobbyPage.module.css';

/** The meeting talks of something that they take no part in: they wait, and come in by themselves for what is theirs. */
export function AsidePanel({ agenda }: Pick<VisitSnapshot, 'agenda'>) {
  const { t } = useWords();
  const session = useSession();
  const ahead = agenda?.items.filter(({ state }) => state === 'ahead') ?? [];
  return (
    <section className={css.card} aria-label={t('lobby.asideTitle')}>
      <div className={css.waiting} role="status">
        <Hourglass aria-hidden size={30} />
        <p>{t('lobby.aside')}</p>
      </div>
      {ahead.length > 0 && <p>{t('lobby.asideAhead', { titles: ahead.map(({ title }) => title).join(', ') })}</p>}
      <Button onClick={() => void session.leave()}>{t('room.leave')}</Button>
    </section>
  );
}
