import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { useState } from 'react';
import { api, codeOf } from '../app/api.ts';
import { bothClocks, dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { newId } from '../media/newId.ts';
import { useListChanges } from '../office/useListChanges.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import own from './Conversation.module.css';

/** What patient and unit write to each other about a visit. */
export function Conversation({ visitId, mine }: { visitId: string; mine: boolean }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const queryKey = ['conversation', visitId];
  const { data } = useQuery({
    queryKey,
    queryFn: () => api('GET /api/visits/:visitId/conversation', { params: { visitId } }),
    refetchOnWindowFocus: false, // each reading is in the audit
  });
  useListChanges(() => void queries.invalidateQueries({ queryKey }));
  const [text, setText] = useState('');
  const [id, setId] = useState(newId); // a resend is the same
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ReturnType<typeof codeOf> | null>(null);
  if (!data || (data.sayings.length === 0 && !data.maySay)) return null;
  const send = async (): Promise<void> => {
    if (!text.trim()) return;
    setBusy(true);
    setProblem(null);
    try {
      await api('POST /api/visits/:visitId/conversation', { params: { visitId }, body: { id, text } });
      setText('');
      setId(newId());
    } catch (error) {
      setProblem(codeOf(error));
    }
    setBusy(false);
    await queries.invalidateQueries({ queryKey });
  };
  const from = (side: 'patient' | 'care', name: string | null): string =>
    side === 'care' ? (name ?? t('conversation.care')) : t(mine ? 'conversation.you' : 'conversation.patient');
  return (
    <details className={css.card} open={data.sayings.length > 0}>
      <summary>
        <strong>{t(mine ? 'conversation.own' : 'conversation.title')}</strong>
      </summary>
      <ol className={own.sayings}>
        {data.sayings.map((one) => (
          <li key={one.id} data-mine={(one.from === 'patient') === mine}>
            <p className={css.soft}>
              <strong>{from(one.from, one.name)}</strong> {dayOf(one.at, language)} {bothClocks(one.at, language).care}
            </p>
            <p className={own.text}>{one.text}</p>
          </li>
        ))}
      </ol>
      {data.maySay && (
        <form
          className={own.write}
          onSubmit={(event) => {
            event.preventDefault();
            void send();
          }}
        >
          {mine && <p className={css.soft}>{t('conversation.notUrgent')}</p>}
          <Field name={`saying-${visitId}`} rows={3} label={t('conversation.write')} value={text} onChange={setText} maxLength={2000} />
          {problem && <Notice look="problem">{t(`error.${problem}`)}</Notice>}
          <div>
            <Button type="submit" disabled={busy || !text.trim()} icon={<Send aria-hidden size={20} />}>
              {t('conversation.send')}
            </Button>
          </div>
        </form>
      )}
    </details>
  );
}
