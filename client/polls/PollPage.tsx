import { QueryClient, QueryClientProvider, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'react-router';
import type { OwnPoll, PollAnswer } from '../../contract/polls.ts';
import { api, codeOf } from '../app/api.ts';
import { bothClocks, dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Radios } from '../ui/Choices.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Page } from '../ui/Page.tsx';

/** Somebody without an account says which times suit them. The secret is behind the # of the link: no server's log sees it. */
export default function PollPage() {
  const { t } = useWords();
  const [queries] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: false } } }));
  const secret = useLocation().hash.slice(1);
  return (
    <QueryClientProvider client={queries}>
      <Page title={t('poll.title')} narrow>
        <Asked key={secret} secret={secret} />
      </Page>
    </QueryClientProvider>
  );
}

function Asked({ secret }: { secret: string }) {
  const { t } = useWords();
  const found = useQuery({ queryKey: ['times', secret], queryFn: () => api('POST /api/times', { body: { secret } }) });
  if (found.isPending) return <p role="status">{t('app.loading')}</p>;
  if (found.data) return <Times key={String(found.data.open)} secret={secret} poll={found.data} />;
  const code = codeOf(found.error);
  return <Notice look="problem">{code === 'offline' ? t('error.offline') : t('poll.noSuch')}</Notice>;
}

const choices = ['yes', 'maybe', 'no'] as const satisfies PollAnswer[];

function Times({ secret, poll }: { secret: string; poll: OwnPoll }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [said, setSaid] = useState(() => new Map(poll.options.map(({ id, answer }) => [id, answer])));
  const [state, setState] = useState<'open' | 'saved' | 'missing'>('open');
  const [problem, setProblem] = useState<ReturnType<typeof codeOf> | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async (): Promise<void> => {
    const answers = [...said].flatMap(([optionId, answer]) => (answer ? [{ optionId, answer }] : []));
    if (answers.length < poll.options.length) return setState('missing');
    setBusy(true);
    setProblem(null);
    try {
      queries.setQueryData(['times', secret], await api('PUT /api/times', { body: { secret, answers } }));
      setState('saved');
    } catch (error) {
      setProblem(codeOf(error));
      await queries.invalidateQueries({ queryKey: ['times', secret] });
    }
    setBusy(false);
  };
  return (
    <form
      noValidate
      style={{ display: 'contents' }}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <p>
        {t('poll.lead', { name: poll.name, minutes: poll.minutes })} {poll.unitName}
      </p>
      {!poll.open && <Notice>{t('poll.closed', { phone: poll.phone })}</Notice>}
      <Card title={t('poll.times')} id="times">
        <fieldset disabled={!poll.open} style={{ display: 'grid', gap: 20 }}>
          <legend className="visually-hidden">{t('poll.times')}</legend>
          {poll.options.map(({ id, startsAt }) => {
            const { care, here } = bothClocks(startsAt, language);
            const when = `${dayOf(startsAt, language)} ${t('today.at', { time: care })}${here ? ` (${t('today.yourTime', { time: here })})` : ''}`;
            return (
              <Radios
                key={id}
                legend={when}
                value={said.get(id) ?? null}
                onChange={(answer) => {
                  setState('open');
                  setSaid(new Map(said).set(id, answer));
                }}
                options={choices.map((value) => ({ value, label: t(`poll.answer.${value}`) }))}
              />
            );
          })}
        </fieldset>
      </Card>
      {state === 'missing' && <Notice look="problem">{t('poll.answerAll')}</Notice>}
      {problem && <Notice look="problem">{t(`error.${problem}`)}</Notice>}
      {state === 'saved' && <Notice>{t('poll.saved')}</Notice>}
      {poll.open && (
        <Button type="submit" look="primary" wide disabled={busy}>
          {t('poll.send')}
        </Button>
      )}
    </form>
  );
}
