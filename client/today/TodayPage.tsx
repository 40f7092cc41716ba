import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { Navigate } from 'react-router';
import { codeOf } from '../app/api.ts';
import { useMe } from '../app/me.ts';
import { useWords } from '../app/words.ts';
import { Loading } from '../ui/Loading.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Page } from '../ui/Page.tsx';
import css from './TodayPage.module.css';
import { useToday } from './useToday.ts';
import { VisitCard } from './VisitCard.tsx';

/** A member of staff's day: the visits, who waits, and in at one press. */
export default function TodayPage() {
  const { t } = useWords();
  const me = useMe();
  const [queries] = useState(() => new QueryClient()); // as long as this page: the next user sees nothing of the former
  if (me === undefined) return <Loading />;
  if (me?.kind !== 'staff') return <Navigate to="/" replace />;
  return (
    <QueryClientProvider client={queries}>
      <Page title={t('today.title')}>
        <Visits />
      </Page>
    </QueryClientProvider>
  );
}

function Visits() {
  const { t } = useWords();
  const { data: visits, error, isPending } = useToday();
  if (isPending) return <p role="status">{t('app.loading')}</p>;
  return (
    <>
      {error && <Notice look="problem">{t(`error.${codeOf(error)}`)}</Notice>}
      {visits?.length === 0 && (
        <div className={css.empty}>
          <h2>{t('today.none')}</h2>
          <p>{t('today.noneLead')}</p>
        </div>
      )}
      <ul className={css.list}>
        {visits?.map((visit) => (
          <li key={visit.id}>
            <VisitCard visit={visit} />
          </li>
        ))}
      </ul>
    </>
  );
}
