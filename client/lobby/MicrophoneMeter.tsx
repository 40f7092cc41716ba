import { useWords } from '../app/words.ts';
import { useLevel } from '../media/levels.ts';
import css from './LobbyPage.module.css';

export function MicrophoneMeter({ track }: { track: MediaStreamTrack }) {
  const { t } = useWords();
  const level = useLevel(track);
  return (
    <div className={css.meter}>
      {/* biome-ignore lint/a11y/useSemanticElements: a native meter cannot be given the same look in every browser */}
      <div className={css.bar} role="meter" aria-label={t('lobby.level')} aria-valuemin={0} aria-valuemax={100} aria-valuenow={level}>
        <span style={{ width: `${level}%` }} />
      </div>
      <p>{t('lobby.levelSilent')}</p>
    </div>
  );
}
