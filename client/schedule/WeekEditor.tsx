import { Plus, Trash2 } from 'lucide-react';
import type { WeekHours } from '../../contract/scheduling.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import css from './Schedule.module.css';

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
/** A Monday, so that languages name the days themselves. */
const monday = Date.UTC(2024, 0, 1);
const dayMs = 24 * 3_600_000;

/** Each stretch begins before it ends; whether two overlap the server says. */
export const isWeek = (hours: WeekHours[]): boolean => hours.every(({ opens, closes }) => opens < closes);

const usual = { opens: '08:00', closes: '16:30' };

/** "måndag" */
export const nameOfDay = (weekday: number, language: string): string =>
  new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(monday + (weekday - 1) * dayMs);

/** The hours of a week: any number of stretches a day. */
export function WeekEditor({
  hours,
  empty,
  fixed = false,
  onChange,
}: {
  hours: WeekHours[];
  empty: string; // what a day without hours is
  fixed?: boolean; // to be read alone
  onChange: (hours: WeekHours[]) => void;
}) {
  const { t, language } = useWords();
  const change = (changed: WeekHours, part: Partial<WeekHours>): void =>
    onChange(hours.map((row) => (row === changed ? { ...row, ...part } : row)));
  return (
    <ul className={css.week}>
      {weekdays.map((weekday) => {
        const day = nameOfDay(weekday, language);
        const rows = hours.filter((row) => row.weekday === weekday);
        return (
          <li key={weekday} className={css.day}>
            <strong className={css.name}>{day}</strong>
            <div className={css.rows}>
              {rows.length === 0 && <p className={css.none}>{empty}</p>}
              {fixed &&
                rows.map(({ opens, closes }) => (
                  <p key={opens}>
                    {opens}–{closes}
                  </p>
                ))}
              {!fixed &&
                rows.map((row, index) => (
                  <div key={index} className={css.row}>
                    <Field
                      name={`opens-${weekday}-${index}`}
                      type="time"
                      label={t('plan.from', { day })}
                      value={row.opens}
                      onChange={(opens) => change(row, { opens })}
                    />
                    <Field
                      name={`closes-${weekday}-${index}`}
                      type="time"
                      label={t('plan.until', { day })}
                      value={row.closes === '24:00' ? '00:00' : row.closes}
                      onChange={(closes) => change(row, { closes: closes === '00:00' ? '24:00' : closes })}
                    />
                    <Button
                      aria-label={t('plan.removeHours', { day, from: row.opens })}
                      icon={<Trash2 aria-hidden size={20} />}
                      onClick={() => onChange(hours.filter((other) => other !== row))}
                    />
                  </div>
                ))}
            </div>
            {!fixed && (
              <Button
                aria-label={t('plan.addHours', { day })}
                icon={<Plus aria-hidden size={20} />}
                onClick={() => onChange([...hours, { weekday, ...usual }])}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}
