import { type CSSProperties, lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import type { Surface } from '../../contract/examination.ts';
import type { ParticipantView, VisitSnapshot } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import type { VisitSession } from '../media/VisitSession.ts';
import { Notice } from '../ui/Notice.tsx';
import { useNameOf } from '../ui/person.ts';
import { useGestures, useLocal, useSession } from '../visit/useVisit.ts';
import type { Layout } from './RoomPage.tsx';
import { isBedside, isStaff } from './roles.ts';
import { SelfView } from './SelfView.tsx';
import css from './Stage.module.css';
import { type Source, Tile } from './Tile.tsx';

const FrozenTile = lazy(() => import('../examining/FrozenTile.tsx'));
const OwnTile = lazy(() => import('../examining/OwnTile.tsx'));
const loadFreeze = () => import('../examining/freeze.ts');

type Shown = { key: string; person: ParticipantView; source: Source };

type Props = { snapshot: VisitSnapshot; layout: Layout; onPin: (participantId: string | null) => void };

const notFrozenMs = 6_000;

/** Everyone in the room: side by side, or one large and the others in a strip. What is shared or looked at closely is large. */
export function Stage({ snapshot, layout, onPin }: Props) {
  const { t } = useWords();
  const session = useSession();
  const { tracks } = useLocal(session);
  const { you, visitId, frozen } = snapshot;
  const attends = isStaff(you.role) || isBedside(you);
  const [notFrozen, setNotFrozen] = useState(false);
  useEffect(() => {
    if (!notFrozen) return;
    const timer = setTimeout(() => setNotFrozen(false), notFrozenMs);
    return () => clearTimeout(timer);
  }, [notFrozen]);
  const together = togetherWith(snapshot);
  const others = snapshot.people.filter(
    ({ id, presence }) => id !== you.id && (presence === 'room' || presence === 'returning') && together(id),
  );
  const sent = (source: Source): Shown[] =>
    others.filter(({ sending }) => sending.includes(source)).map((person) => ({ key: `${person.id} ${source}`, person, source }));
  const faces: Shown[] = others.map((person) => ({ key: person.id, person, source: 'camera' }));
  const close = [...sent('screen'), ...sent('examination')];
  const all = [...close, ...faces];
  const lastSpeaker = useLastSpeaker(session, layout.mode === 'spotlight', you.id);
  const own = useOwnLarge(snapshot);
  const nameOf = useNameOf();
  const large =
    all.find(({ person, source }) => source === 'camera' && person.id === layout.pinnedId) ??
    close[0] ??
    (layout.mode === 'spotlight' ? (faces.find(({ key }) => key === lastSpeaker) ?? faces[0]) : undefined);
  const onFreeze = (surface: Surface, video: HTMLVideoElement): void =>
    void loadFreeze()
      .then(({ freeze }) => freeze(visitId, surface, video))
      .catch(() => setNotFrozen(true));
  const tile = ({ key, ...shown }: Shown, size: 'large' | 'small') => (
    <Tile
      key={key}
      {...shown}
      size={size}
      pinned={layout.pinnedId === shown.person.id}
      foremost={large !== undefined && size === 'large'}
      onPin={onPin}
      people={snapshot.people}
      beside={snapshot.bystanders.filter(({ besideId }) => besideId === shown.person.id)}
      youId={you.id}
      attends={attends}
      onFreeze={onFreeze}
    />
  );
  const ofFrozen = frozen && snapshot.people.find(({ id }) => id === frozen.participantId);
  const before: ReactNode =
    frozen && ofFrozen ? (
      <FrozenTile key={frozen.id} visitId={visitId} frozen={frozen} name={nameOf(ofFrozen)} youId={you.id} attends={attends} />
    ) : own && tracks[own] ? (
      <OwnTile key={own} track={tracks[own]} source={own} youId={you.id} />
    ) : large ? (
      tile(large, 'large')
    ) : null;
  const rest = before && (frozen || own) ? all : all.filter((shown) => shown !== large);
  return (
    <div className={css.stage}>
      {notFrozen && <Notice look="problem">{t('room.notFrozen')}</Notice>}
      {all.length === 0 && !before && (
        <div className={css.alone}>
          <h2>{t(snapshot.sideTalk?.agreed ? 'room.othersTalk' : 'room.alone')}</h2>
          <p>{t(snapshot.sideTalk?.agreed ? 'room.othersTalkLead' : 'room.aloneLead')}</p>
        </div>
      )}
      {before ? (
        <div className={css.spotlight}>
          <Suspense fallback={<div />}>{before}</Suspense>
          {rest.length > 0 && <div className={css.strip}>{rest.map((shown) => tile(shown, 'small'))}</div>}
        </div>
      ) : (
        <div className={css.grid} style={columns(all.length)}>
          {all.map((shown) => tile(shown, 'large'))}
        </div>
      )}
      {!own && <SelfView track={tracks.camera} you={you} />}
    </div>
  );
}

/** While some talk aside, each sees and hears their own side. */
function togetherWith({ sideTalk, you }: VisitSnapshot): (participantId: string) => boolean {
  if (!sideTalk?.agreed) return () => true;
  const aside = sideTalk.participantIds;
  return (participantId) => aside.includes(participantId) === aside.includes(you.id);
}

/** Which of one's own cameras one needs large: one is asked to show something, or the other side points at it. */
function useOwnLarge({ you, asked }: VisitSnapshot): 'camera' | 'examination' | null {
  const session = useSession();
  const { strokes, pointers } = useGestures(session);
  const { tracks } = useLocal(session);
  const marked = [...strokes, ...pointers.values()].filter(({ participantId }) => participantId === you.id).at(-1);
  if (marked) return marked.source;
  if (tracks.examination) return 'examination';
  return asked && isBedside(you) && asked.byId !== you.id ? 'camera' : null;
}

/** Columns for so many equal tiles, in a wide and in a tall window. */
function columns(count: number): CSSProperties {
  const wide = count <= 1 ? 1 : count <= 4 ? 2 : count <= 9 ? 3 : 4;
  const tall = count <= 3 ? 1 : count <= 10 ? 2 : 3;
  return { '--wide': wide, '--tall': tall } as CSSProperties;
}

/** Stays with whoever spoke last, so that silence does not move the picture. */
function useLastSpeaker({ speaker }: VisitSession, asked: boolean, youId: string): string | null {
  const [last, setLast] = useState<string | null>(null);
  useEffect(() => {
    const look = (): void => setLast((before) => (speaker.get() === youId ? before : (speaker.get() ?? before)));
    if (!asked) return; // it changes with every word
    look();
    return speaker.subscribe(look);
  }, [speaker, asked, youId]);
  return last;
}
