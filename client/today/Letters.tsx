import { useQuery, useQueryClient } from '@tanstack/react-query';
import { FileText, MailCheck } from 'lucide-react';
import { useState } from 'react';
import { api, codeOf } from '../app/api.ts';
import { bothClocks, dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { useListChanges } from '../office/useListChanges.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Notice } from '../ui/Notice.tsx';
import { urlOfPdf } from '../ui/pdf.ts';

const mostAtOnce = 200;

/** Letters that somebody has to print and post. None: nothing is drawn. */
export function Letters() {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const found = useQuery({ queryKey: ['letters'], queryFn: () => api('GET /api/letters') });
  const renew = (): Promise<void> => queries.invalidateQueries({ queryKey: ['letters'] });
  useListChanges(() => void renew());
  const [opened, setOpened] = useState<{ url: string; ids: string[] } | null>(null);
  const [problem, setProblem] = useState<ReturnType<typeof codeOf> | null>(null);
  const [busy, setBusy] = useState(false);
  const letters = (found.data ?? []).slice(0, mostAtOnce);
  if (letters.length === 0) return null;
  const act = (task: () => Promise<unknown>): void => {
    setBusy(true);
    setProblem(null);
    task()
      .catch((error: unknown) => setProblem(codeOf(error)))
      .finally(() => setBusy(false));
  };
  const open = async (): Promise<void> => {
    const ids = letters.map(({ id }) => id);
    const { pdf } = await api('POST /api/letters/pdf', { body: { ids } });
    if (opened) URL.revokeObjectURL(opened.url);
    const url = urlOfPdf(pdf);
    setOpened({ url, ids });
    window.open(url, '_blank', 'noopener');
  };
  const done = async (ids: string[]): Promise<void> => {
    await api('POST /api/letters/printed', { body: { ids } });
    setOpened(null);
    await renew();
  };
  return (
    <Card title={t('letters.title', { count: letters.length })} id="letters">
      <ul className={css.list}>
        {letters.map(({ id, recipient, purpose, startsAt, addressed }) => (
          <li key={id}>
            <FileText aria-hidden size={22} />
            <div className={css.grow}>
              <p>
                <strong>{recipient}</strong> · {t(`message.${purpose}`)}
              </p>
              <p className={css.soft}>
                {t('letters.visit', { when: `${dayOf(startsAt, language)} ${bothClocks(startsAt, language).care}` })}
                {!addressed && ` ${t('letters.noAddress')}`}
              </p>
            </div>
          </li>
        ))}
      </ul>
      {problem && <Notice look="problem">{t(`error.${problem}`)}</Notice>}
      <div className={css.row}>
        <Button look={opened ? 'plain' : 'primary'} disabled={busy} icon={<FileText aria-hidden size={22} />} onClick={() => act(open)}>
          {t('letters.open')}
        </Button>
        {opened && (
          <>
            <Button look="primary" disabled={busy} icon={<MailCheck aria-hidden size={22} />} onClick={() => act(() => done(opened.ids))}>
              {t('letters.printed')}
            </Button>
            <a href={opened.url} target="_blank" rel="noreferrer">
              {t('letters.again')}
            </a>
          </>
        )}
      </div>
    </Card>
  );
}
