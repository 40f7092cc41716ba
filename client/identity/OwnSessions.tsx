import { MonitorSmartphone } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { OwnSession } from '../../contract/identity.ts';
import { api, codeOf } from '../app/api.ts';
import { bothClocks, dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Notice } from '../ui/Notice.tsx';

/** Where one is logged in; "log out there". */
export function OwnSessions() {
  const { t, language } = useWords();
  const [sessions, setSessions] = useState<OwnSession[] | null>(null);
  const [problem, setProblem] = useState<ReturnType<typeof codeOf> | null>(null);
  const use = (asked: Promise<OwnSession[]>): void => {
    asked.then(setSessions, (error: unknown) => setProblem(codeOf(error)));
  };
  useEffect(() => use(api('GET /api/sessions')), []);
  const sinceWhen = (since: string): string =>
    t('sessions.since', { when: `${dayOf(since, language)} ${bothClocks(since, language).care}` });
  return (
    <Card title={t('sessions.title')} id="sessions">
      {problem && <Notice look="problem">{t(`error.${problem}`)}</Notice>}
      {!sessions && !problem && <p role="status">{t('app.loading')}</p>}
      <ul className={css.list}>
        {sessions?.map(({ key, since, browser, here }) => (
          <li key={key}>
            <MonitorSmartphone aria-hidden size={24} />
            <div className={css.grow}>
              <p>
                <strong>{browser ?? t('sessions.unknown')}</strong> {here && <span className={css.badge}>{t('sessions.here')}</span>}
              </p>
              <p className={css.soft}>{sinceWhen(since)}</p>
            </div>
            {!here && (
              <Button
                aria-label={t('sessions.endName', { name: `${browser ?? t('sessions.unknown')}, ${sinceWhen(since)}` })}
                onClick={() => use(api('POST /api/sessions/:key/end', { params: { key } }))}
              >
                {t('sessions.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions && sessions.length > 2 && (
        <div>
          <Button onClick={() => use(api('POST /api/sessions/end-others'))}>{t('sessions.endOthers')}</Button>
        </div>
      )}
    </Card>
  );
}
