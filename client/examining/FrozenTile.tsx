import { Eraser, Play } from 'lucide-react';
import { useRef } from 'react';
import type { Frozen } from '../../contract/examination.ts';
import { useWords } from '../app/words.ts';
import { CornerButton } from '../room/CornerButton.tsx';
import css from '../room/Stage.module.css';
import { useGestures, useSession } from '../visit/useVisit.ts';
import Surface from './Surface.tsx';

type Props = { visitId: string; frozen: Frozen; name: string; youId: string; attends: boolean };

/** A moment of somebody's picture, the same for everybody; whoever attends draws on it. */
export default function FrozenTile({ visitId, frozen, name, youId, attends }: Props) {
  const { t } = useWords();
  const session = useSession();
  const { strokes } = useGestures(session);
  const element = useRef<HTMLElement>(null);
  const label = t('room.frozenOf', { name });
  const { id, participantId, source, width, height } = frozen;
  return (
    <section ref={element} className={`${css.tile} ${css.large}`} aria-label={label}>
      <img className={css.frozen} src={`/api/visits/${visitId}/frozen/${id}`} alt={label} data-frozen={id} />
      <Surface around={element} place={{ participantId, source }} aspect={width / height} pen={attends} youId={youId} />
      <div className={css.label}>{label}</div>
      {attends && (
        <div className={css.corner}>
          {strokes.length > 0 && <CornerButton icon={Eraser} label={t('room.wipe')} onClick={() => session.gestures.clear()} />}
          <CornerButton icon={Play} label={t('room.thaw')} onClick={() => void session.perform('examination:thaw', { id })} />
        </div>
      )}
    </section>
  );
}
