import { useRef, useState } from 'react';
import { useWords } from '../app/words.ts';
import css from '../room/Stage.module.css';
import { Picture } from '../ui/Picture.tsx';
import Surface from './Surface.tsx';

type Props = { track: MediaStreamTrack; source: 'camera' | 'examination'; youId: string };

/** One's own picture, large and not mirrored: to aim it, and to see where the other side points. */
export default function OwnTile({ track, source, youId }: Props) {
  const { t } = useWords();
  const element = useRef<HTMLElement>(null);
  const [aspect, setAspect] = useState(0);
  const label = t(source === 'camera' ? 'room.yourCamera' : 'room.yourSecond');
  return (
    <section ref={element} className={`${css.tile} ${css.large}`} aria-label={label}>
      <Picture track={track} label={label} data={{ 'data-self': source }} onAspect={setAspect} />
      <Surface around={element} place={{ participantId: youId, source }} aspect={aspect} pen={false} youId={youId} />
      <div className={css.label}>{label}</div>
    </section>
  );
}
