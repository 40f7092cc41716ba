import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CalendarSync } from 'lucide-react';
import { useState } from 'react';
import { api, codeOf } from '../app/api.ts';
import { dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Notice } from '../ui/Notice.tsx';

/** One's visits in a calendar of one's own: a secret address, shown once. */
export function OwnFeed() {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const found = useQuery({ queryKey: ['my feed'], queryFn: () => api('GET /api/my/feed') });
  const [path, setPath] = useState<string | null>(null);
  const [problem, setProblem] = useState<ReturnType<typeof codeOf> | null>(null);
  const act = (task: Promise<string | null>): void => {
    setProblem(null);
    task.then(
      (made) => {
        setPath(made);
        return queries.invalidateQueries({ queryKey: ['my feed'] });
      },
      (error: unknown) => setProblem(codeOf(error)),
    );
  };
  const since = found.data?.since ?? null;
  return (
    <Card title={t('feed.title')} id="feed">
      <p>{t('feed.lead')}</p>
      {problem && <Notice look="problem">{t(`error.${problem}`)}</Notice>}
      {path && (
        <Notice>
          <p>{t('feed.copy')}</p>
          <p style={{ overflowWrap: 'anywhere' }}>
            <code>{location.origin + path}</code>
          </p>
        </Notice>
      )}
      {since && !path && <p>{t('feed.since', { day: dayOf(since, language) })}</p>}
      <div className={css.row}>
        <Button icon={<CalendarSync aria-hidden size={22} />} onClick={() => act(api('POST /api/my/feed').then((made) => made.path))}>
          {t(since ? 'feed.renew' : 'feed.make')}
        </Button>
        {since && (
          <Button look="quiet" onClick={() => act(api('POST /api/my/feed/end'))}>
            {t('feed.end')}
          </Button>
        )}
      </div>
    </Card>
  );
}
