import type { HistoryRow, VisitRecord } from '../../contract/record.ts';
import type { Role } from '../../contract/visits.ts';
import { bothClocks } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import css from '../ui/Card.module.css';
import { useRoleAndPlace } from '../ui/person.ts';

/** Who did what with this visit. */
export function History({ record }: { record: VisitRecord }) {
  const { t, language } = useWords();
  const sentenceOf = useSentence();
  return (
    <details className={css.card}>
      <summary>
        <strong>
          {t('record.history')} ({record.history.length})
        </strong>
      </summary>
      <ol className={css.list}>
        {record.history.map((row, index) => (
          <li key={index}>
            <time dateTime={row.at}>{bothClocks(row.at, language).care}</time>
            <span className={css.grow}>{sentenceOf(row)}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}

function useSentence(): (row: HistoryRow) => string {
  const { t, hasWords } = useWords();
  const roleAndPlace = useRoleAndPlace();
  const called = (person: HistoryRow['actor']): string =>
    person === null ? t('history.system') : (person.name ?? roleAndPlace({ role: person.role as Role | null, place: person.place ?? '' }));
  return ({ action, actor, about }) => {
    const key = `history.${action.replace('.', '_')}`;
    const what = hasWords(key) ? t(key as 'history.visit_book') : action;
    const whom = about && called(about) !== called(actor) ? ` (${called(about)})` : '';
    return `${called(actor)}: ${what}${whom}`;
  };
}
