import type { CalendarEntry } from '../../contract/calendar.ts';
import { bothClocks, dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { useNameOf } from '../ui/person.ts';
import css from './DayList.module.css';

/** A day on paper: drawn when it is printed. */
export function DayList({ day, entries, unitName }: { day: string; entries: CalendarEntry[]; unitName: string }) {
  const { t, language } = useWords();
  const nameOf = useNameOf();
  return (
    <table className={css.list}>
      <caption>
        {unitName} · {dayOf(`${day}T12:00:00Z`, language)}
      </caption>
      <thead>
        <tr>
          <th scope="col">{t('calendar.when')}</th>
          <th scope="col">{t('book.who')}</th>
          <th scope="col">{t('book.place')}</th>
          <th scope="col">{t('book.people')}</th>
          <th scope="col">{t('slots.things')}</th>
          <th scope="col">{t('book.modality')}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.visitId}>
            <td>
              {bothClocks(entry.startsAt, language).care}, {t('book.minutes', { count: entry.minutes })}
            </td>
            <td>
              {entry.patient.name}, {entry.patient.birthYear}
            </td>
            <td>{entry.place ?? t('book.addressProtected')}</td>
            <td>{entry.staff.map(nameOf).join('; ')}</td>
            <td>{entry.resources.map(({ name }) => name).join('; ')}</td>
            <td>
              {t(`contact.${entry.modality}`)} {entry.preliminary && t('interpreter.preliminaryBadge')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
