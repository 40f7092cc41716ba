import { useState } from 'react';
import type { StillView } from '../../contract/stills.ts';
import { useWords } from '../app/words.ts';
import css from './Examining.module.css';
import { addressOf } from './useStills.ts';
import { useWhen } from './useWhen.ts';

/** Two pictures of one place, one over the other, with an edge between them that is moved. */
export function Compare({ still, against }: { still: StillView; against: StillView }) {
  const { t } = useWords();
  const when = useWhen();
  const [edge, setEdge] = useState(50);
  const [earlier, later] = still.takenAt < against.takenAt ? [still, against] : [against, still];
  return (
    <div className={css.compare}>
      <div className={css.pairOfStills} style={{ aspectRatio: `${later.width} / ${later.height}` }}>
        <img src={addressOf(later)} alt={when(later.takenAt)} />
        <img src={addressOf(earlier)} alt={when(earlier.takenAt)} style={{ clipPath: `inset(0 ${100 - edge}% 0 0)` }} />
        <span className={css.edge} style={{ left: `${edge}%` }} />
      </div>
      <p className={css.ends}>
        <span>{when(earlier.takenAt)}</span>
        <span>{when(later.takenAt)}</span>
      </p>
      <input
        type="range"
        min={0}
        max={100}
        value={edge}
        aria-label={t('still.slider')}
        onChange={({ target }) => setEdge(Number(target.value))}
      />
    </div>
  );
}
