import { useInfiniteQuery } from '@tanstack/react-query';
import { Printer } from 'lucide-react';
import { NavLink } from 'react-router';
import type { Access } from '../../contract/access.ts';
import { api } from '../app/api.ts';
import { bothClocks, dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Fetched, Office } from '../office/Office.tsx';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import own from './OwnPage.module.css';

/** Who has opened what there is about the patient, day by day, to read and to print. */
export default function AccessesPage() {
  const { t } = useWords();
  return (
    <Office title={t('accesses.title')} for="ownPage" narrow>
      <p>{t('accesses.lead')}</p>
      <Accesses />
    </Office>
  );
}

function Accesses() {
  const { t, language } = useWords();
  const found = useInfiniteQuery({
    queryKey: ['accesses'],
    queryFn: ({ pageParam }) => api('GET /api/my/accesses', { query: pageParam === null ? {} : { before: String(pageParam) } }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
  });
  return (
    <Fetched of={found}>
      {({ pages }) => {
        const all = pages.flatMap(({ accesses }) => accesses);
        return (
          <>
            <div className={own.tools}>
              <NavLink to="/my-visits">{t('own.title')}</NavLink>
              <Button icon={<Printer aria-hidden size={22} />} onClick={() => print()}>
                {t('accesses.print')}
              </Button>
            </div>
            {all.length === 0 && <p>{t('accesses.none')}</p>}
            {[...Map.groupBy(all, ({ at }) => dayOf(at, language))].map(([day, rows]) => (
              <section key={day} className={css.card} aria-label={day}>
                <h2>{day}</h2>
                <ul className={css.list}>
                  {together(rows).map((same, index) => (
                    <Row key={index} same={same} />
                  ))}
                </ul>
              </section>
            ))}
            {found.hasNextPage && (
              <Button wide disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
                {t('accesses.more')}
              </Button>
            )}
          </>
        );
      }}
    </Fetched>
  );
}

/** What somebody did within the same minute stands on one line: a page that is opened reads several things at once. */
function together(rows: Access[]): Access[][] {
  const keyOf = ({ at, own: mine, role, unit, organisation }: Access): string =>
    [at.slice(0, '2026-11-22T12:34'.length), mine, role, unit, organisation].join();
  return [...Map.groupBy(rows, keyOf).values()];
}

function Row({ same }: { same: Access[] }) {
  const { t, language } = useWords();
  const [first] = same;
  if (!first) return null;
  const { at, own: mine, role, unit, organisation } = first;
  const done = new Set(same.map(({ action }) => t(`accesses.${action.replace('.', '_') as 'visit_read'}`)));
  const who = mine ? t('accesses.you') : [role && t(`role.${role}`), unit, organisation].filter(Boolean).join(', ') || t('history.system');
  return (
    <li>
      <time dateTime={at}>{bothClocks(at, language).care}</time>
      <span className={css.grow}>
        <strong>{who}</strong>: {new Intl.ListFormat(language, { style: 'long' }).format(done)}
      </span>
    </li>
  );
}
