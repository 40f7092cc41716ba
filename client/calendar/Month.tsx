import { useEffect, useRef } from 'react';
import type { CalendarEntry } from '../../contract/calendar.ts';
import { careToday, dayAfter, dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { fieldsOf } from '../booking/careTime.ts';
import { Button } from '../ui/Button.tsx';
import { EntryLink } from './Board.tsx';
import { monthFrom } from './layout.ts';
import css from './Month.module.css';

const mostShown = 4;

type Props = { month: string; entries: CalendarEntry[]; label: string; onDay: (day: string) => void };

/** Six weeks; of a day with much the rest is told by a number that leads to the day. */
export function Month({ month, entries, label, onDay }: Props) {
  const { t, language } = useWords();
  const byDay = Map.groupBy(entries, ({ startsAt }) => fieldsOf(startsAt).date);
  const first = monthFrom(month);
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a narrow screen today is in sight, whichever day of the week it is.
    const [frame, today] = [place.current, place.current?.querySelector<HTMLElement>('[data-today="true"]')];
    if (frame && today) frame.scrollLeft = today.offsetLeft - frame.clientWidth / 2;
  }, []);
  const days = Array.from({ length: 42 }, (_, index) => dayAfter(first, index));
  return (
    <section ref={place} aria-label={label} className={css.scroll}>
      <table className={css.month}>
        <thead>
          <tr>
            {days.slice(0, 7).map((day) => (
              <th key={day} scope="col">
                {weekday.format(new Date(`${day}T12:00:00Z`))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[0, 7, 14, 21, 28, 35].map((from) => (
            <tr key={from}>
              {days.slice(from, from + 7).map((day) => {
                const all = byDay.get(day) ?? [];
                return (
                  <td key={day} data-outside={day.slice(0, 7) !== month.slice(0, 7)} data-today={day === careToday()}>
                    <button
                      type="button"
                      className={css.date}
                      aria-label={t('calendar.openDay', { day: dayOf(`${day}T12:00:00Z`, language), count: all.length })}
                      onClick={() => onDay(day)}
                    >
                      {Number(day.slice(8))}
                    </button>
                    <ul>
                      {all.slice(0, mostShown).map((entry) => (
                        <li key={entry.visitId}>
                          <EntryLink entry={entry} />
                        </li>
                      ))}
                    </ul>
                    {all.length > mostShown && (
                      <Button look="quiet" onClick={() => onDay(day)}>
                        {t('calendar.more', { count: all.length - mostShown })}
                      </Button>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
