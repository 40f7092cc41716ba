import { GripVertical, Hourglass } from 'lucide-react';
import { Link } from 'react-router';
import type { CalendarEntry } from '../../contract/calendar.ts';
import { bothClocks } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { momentOf } from '../booking/careTime.ts';
import css from './Board.module.css';
import { type Column, hoursOf, lanesOf, minuteOf, timeAt } from './layout.ts';
import { type Dragged, useDrag } from './useDrag.ts';

const pxAMinute = 1.2; // the lines of the style sheet are 72 px apart
const movable: CalendarEntry['state'][] = ['booked', 'checked_in', 'waiting'];

type Props = { columns: Column[]; label: string; onMove: (dragged: Dragged) => void };

/** Days by the hour, a column each for a day, a person or a thing. */
export function Board({ columns, label, onMove }: Props) {
  const { t, language } = useWords();
  const { first, last } = hoursOf(columns.flatMap(({ entries }) => entries));
  const { dragged, handle } = useDrag(pxAMinute, onMove);
  const byDay = new Set(columns.map(({ day }) => day)).size > 1;
  const hours = Array.from({ length: last - first }, (_, index) => first + index);
  const top = (minute: number): number => (minute - first * 60) * pxAMinute;
  const height = (last - first) * 60 * pxAMinute;
  return (
    <section className={css.board} aria-label={label}>
      <div className={css.hours} style={{ height }} aria-hidden>
        {hours.map((hour) => {
          const { care, here } = bothClocks(momentOf(columns[0]?.day ?? '2026-01-01', timeAt(hour * 60)), language);
          return (
            <span key={hour} style={{ top: top(hour * 60) }}>
              {care}
              {here && <small>{here}</small>}
            </span>
          );
        })}
      </div>
      {columns.map((column) => {
        const spans = column.entries.map(({ startsAt, minutes }) => ({ from: minuteOf(startsAt), until: minuteOf(startsAt) + minutes }));
        const lanes = lanesOf(spans);
        const shadow = dragged && (byDay ? dragged.day === column.day : column.entries.includes(dragged.entry));
        return (
          <div key={column.key} className={css.column}>
            <h2>{column.title}</h2>
            <div className={css.lane} data-day={column.day} style={{ height }}>
              {column.busy.map(({ from, until }) => (
                <p key={from} className={css.busy} style={{ top: top(from), height: (until - from) * pxAMinute }}>
                  {t('calendar.busy')}
                </p>
              ))}
              <ul>
                {column.entries.map((entry, index) => {
                  const { lane = 0, lanes: of = 1 } = lanes[index] ?? {};
                  const place = { left: `${(lane / of) * 100}%`, width: `${100 / of}%` };
                  const size = { top: top(minuteOf(entry.startsAt)), height: Math.max(entry.minutes * pxAMinute, 26) };
                  return (
                    <li key={entry.visitId} className={css.entry} data-preliminary={entry.preliminary} style={{ ...place, ...size }}>
                      <EntryLink entry={entry} />
                      {movable.includes(entry.state) && (
                        <button
                          type="button"
                          className={css.handle}
                          aria-label={t('calendar.moveName', { name: entry.patient.name })}
                          {...handle(entry, column.day)}
                        >
                          <GripVertical aria-hidden size={18} />
                        </button>
                      )}
                    </li>
                  );
                })}
              </ul>
              {shadow && (
                <p className={css.shadow} style={{ top: top(dragged.minute), height: dragged.entry.minutes * pxAMinute }} aria-hidden>
                  {timeAt(dragged.minute)}
                </p>
              )}
            </div>
          </div>
        );
      })}
    </section>
  );
}

export function EntryLink({ entry }: { entry: CalendarEntry }) {
  const { t, language } = useWords();
  const { care } = bothClocks(entry.startsAt, language);
  return (
    <Link to={`/visits/${entry.visitId}/record`} className={css.link}>
      <span className={css.time}>{care}</span> {entry.patient.name}
      {entry.preliminary && (
        <>
          {' '}
          <Hourglass aria-hidden size={14} />
          <span className="visually-hidden">{t('interpreter.preliminaryBadge')}</span>
        </>
      )}
      <small>{[t(`contact.${entry.modality}`), entry.type, ...entry.resources.map(({ name }) => name)].filter(Boolean).join(' · ')}</small>
    </Link>
  );
}
