import { type CSSProperties, useEffect, useState } from 'react';
import type { ParticipantView, VisitSnapshot } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import { useLocal, useSession, useView } from '../visit/useVisit.ts';
import type { Layout } from './RoomPage.tsx';
import { SelfView } from './SelfView.tsx';
import css from './Stage.module.css';
import { Tile } from './Tile.tsx';

type Shown = { key: string; person: ParticipantView; source: 'camera' | 'screen' };

type Props = { snapshot: VisitSnapshot; layout: Layout; onPin: (participantId: string | null) => void };

/** Everyone in the room: side by side, or one large and the others in a strip. A shared screen is always large. */
export function Stage({ snapshot, layout, onPin }: Props) {
  const { t } = useWords();
  const session = useSession();
  const { speakerId } = useView(session);
  const { tracks } = useLocal(session);
  const others = snapshot.people.filter(({ id, presence }) => id !== snapshot.you.id && (presence === 'room' || presence === 'returning'));
  const screens: Shown[] = others
    .filter(({ sending }) => sending.includes('screen'))
    .map((person) => ({ key: `${person.id} screen`, person, source: 'screen' }));
  const faces: Shown[] = others.map((person) => ({ key: person.id, person, source: 'camera' }));
  const all = [...screens, ...faces];
  const lastSpeaker = useLastSpeaker(speakerId, snapshot.you.id);
  const large =
    all.find(({ person, source }) => source === 'camera' && person.id === layout.pinnedId) ??
    screens[0] ??
    (layout.mode === 'spotlight' ? (faces.find(({ key }) => key === lastSpeaker) ?? faces[0]) : undefined);
  const tile = ({ key, ...shown }: Shown, size: 'large' | 'small') => (
    <Tile
      key={key}
      {...shown}
      size={size}
      speaking={speakerId === shown.person.id}
      pinned={layout.pinnedId === shown.person.id}
      foremost={large !== undefined && size === 'large'}
      onPin={onPin}
      people={snapshot.people}
      youId={snapshot.you.id}
    />
  );
  return (
    <div className={css.stage}>
      {all.length === 0 && (
        <div className={css.alone}>
          <h2>{t('room.alone')}</h2>
          <p>{t('room.aloneLead')}</p>
        </div>
      )}
      {large ? (
        <div className={css.spotlight}>
          {tile(large, 'large')}
          {all.length > 1 && <div className={css.strip}>{all.filter((shown) => shown !== large).map((shown) => tile(shown, 'small'))}</div>}
        </div>
      ) : (
        <div className={css.grid} style={columns(all.length)}>
          {all.map((shown) => tile(shown, 'large'))}
        </div>
      )}
      <SelfView track={tracks.camera} you={snapshot.you} />
    </div>
  );
}

/** Columns for so many equal tiles, in a wide and in a tall window. */
function columns(count: number): CSSProperties {
  const wide = count <= 1 ? 1 : count <= 4 ? 2 : count <= 9 ? 3 : 4;
  const tall = count <= 3 ? 1 : count <= 10 ? 2 : 3;
  return { '--wide': wide, '--tall': tall } as CSSProperties;
}

/** Stays with whoever spoke last, so that silence does not move the picture. */
function useLastSpeaker(speakerId: string | null, youId: string): string | null {
  const [last, setLast] = useState<string | null>(null);
  useEffect(() => {
    if (speakerId && speakerId !== youId) setLast(speakerId);
  }, [speakerId, youId]);
  return last;
}
