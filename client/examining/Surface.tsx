import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { Surface as Place, Pointer, Stroke } from '../../contract/examination.ts';
import { type Point, pointsOfStroke } from '../../contract/examining.ts';
import { useWords } from '../app/words.ts';
import { useGestures, useSession } from '../visit/useVisit.ts';
import css from './Surface.module.css';
import { useContentBox } from './useContentBox.ts';

type Props = {
  /** What is drawn on fills this element as `object-fit: contain` does. */
  around: RefObject<HTMLElement | null>;
  place: Place;
  aspect: number; // width by height
  pen: boolean; // whether one draws here oneself
  youId: string;
};

const thousand = 1_000;
const stepByKey = 25;
const markSize = 18;

/** What everybody points at and draws on one picture: the same spot for all, however large it is shown. */
export default function Surface({ around, place, aspect, pen, youId }: Props) {
  const session = useSession();
  const { strokes, pointers } = useGestures(session);
  const box = useContentBox(around, aspect);
  const here = ({ participantId, source }: Place): boolean => participantId === place.participantId && source === place.source;
  if (!box) return null;
  const drawn = strokes.filter(here);
  const pointed = [...pointers].filter(([, pointer]) => here(pointer) && pointer.at !== null);
  return (
    <div className={css.surface} style={box} data-pen={pen} data-drawn={drawn.length}>
      <svg viewBox={`0 0 ${thousand} ${thousand}`} preserveAspectRatio="none" aria-hidden>
        {drawn.map((stroke) => (
          <Line key={stroke.id} points={stroke.points} own={stroke.byId === youId} />
        ))}
      </svg>
      {pointed.map(([byId, { at }]) => (
        <Spot key={byId} at={at} />
      ))}
      {pen && <Pen place={place} />}
    </div>
  );
}

const pathOf = (points: readonly Point[]): string => points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join(' ');

const Line = ({ points, own }: { points: Stroke['points']; own: boolean }) => (
  <>
    <path className={css.ground} d={pathOf(points)} />
    <path className={css.line} data-own={own} d={pathOf(points)} />
  </>
);

const Spot = ({ at }: { at: Pointer['at'] }) =>
  at && <span className={css.spot} data-spot style={{ left: `${at[0] / 10}%`, top: `${at[1] / 10}%` }} />;

/** The own hand: dragging draws, moving points; by keyboard too. */
function Pen({ place }: { place: Place }) {
  const { t } = useWords();
  const session = useSession();
  const element = useRef<HTMLDivElement>(null);
  const [line, setLine] = useState<Point[] | null>(null);
  const [cursor, setCursor] = useState<Point | null>(null);
  useEffect(() => () => session.gestures.pointNoMore(), [session]);
  const at = ({ clientX, clientY }: PointerEvent): Point => {
    const { left, top, width, height } = element.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1);
    const within = (part: number): number => Math.round(Math.min(1, Math.max(0, part)) * thousand);
    return [within((clientX - left) / width), within((clientY - top) / height)];
  };
  const point = (to: Point): void => session.gestures.point(place, to);
  const onKeyDown = (event: KeyboardEvent): void => {
    const from = cursor ?? ([500, 500] as const);
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [0, 0];
    if (dx || dy) {
      const moved = [within(from[0] + (dx ?? 0) * stepByKey), within(from[1] + (dy ?? 0) * stepByKey)] as const;
      setCursor(moved);
      point(moved);
    } else if (event.key === ' ' || event.key === 'Enter') session.gestures.draw(place, cross(from));
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={element}
      className={css.pen}
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: who draws by keyboard has to get here
      tabIndex={0}
      aria-label={t('room.penHint')}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setLine([at(event)]);
      }}
      onPointerMove={(event) => {
        const to = at(event);
        point(to);
        setLine((points) => points && (points.length < pointsOfStroke ? [...points, to] : points));
      }}
      onPointerUp={() => {
        if (line && line.length > 1)
          session.gestures.draw(
            place,
            line.map(([x, y]) => [x, y]),
          );
        setLine(null);
      }}
      onPointerCancel={() => setLine(null)}
      onPointerLeave={() => session.gestures.pointNoMore()}
    >
      {cursor && <Spot at={[...cursor]} />}
      {line && (
        <svg viewBox={`0 0 ${thousand} ${thousand}`} preserveAspectRatio="none" aria-hidden>
          <Line points={line.map(([x, y]) => [x, y])} own />
        </svg>
      )}
    </div>
  );
}

const within = (value: number): number => Math.min(thousand, Math.max(0, value));

/** A mark made by keyboard. */
const cross = ([x, y]: Point): Stroke['points'] => [
  [within(x - markSize), within(y - markSize)],
  [within(x + markSize), within(y + markSize)],
  [x, y],
  [within(x + markSize), within(y - markSize)],
  [within(x - markSize), within(y + markSize)],
];
