import type { ParticipantView } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import { Picture } from '../ui/Picture.tsx';
import { useSession, useView } from '../visit/useVisit.ts';
import css from './Stage.module.css';

/** One's own picture, small, as in a mirror. */
export function SelfView({ track, you }: { track: MediaStreamTrack | undefined; you: ParticipantView }) {
  const { t } = useWords();
  const { lines } = useView(useSession());
  const held = lines.get(you.id)?.sends === 'speech';
  const on = track && you.sending.includes('camera');
  return (
    <section className={css.self} aria-label={t('lobby.preview')}>
      {on ? <Picture track={track} label={t('lobby.preview')} data={{ 'data-self': 'room' }} /> : <p>{t('room.noCamera')}</p>}
      <span>{[t('room.you'), held && t('line.notSent')].filter(Boolean).join(' · ')}</span>
    </section>
  );
}
