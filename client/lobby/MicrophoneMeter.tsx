import { useWords } from '../app/words.ts';
import { useLevel } from '../media/levels.ts';
import css from './LobbyPage.module.css';

export function MicrophoneMeter({ track }: { track: MediaStreamTrack }) {
  const { t } = useWords();
  const level = useLevel(track);
  return (
    <div className={css.meter}>
      <meter className={css.bar} aria-label={t('lobby.level')} min={0} max={100} value={level} />
      <p>{t('lobby.levelSilent')}</p>
    </div>
  );
}
