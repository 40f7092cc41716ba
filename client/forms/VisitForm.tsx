import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ClipboardList } from 'lucide-react';
import { useState } from 'react';
import type { VisitForm as Form } from '../../contract/forms.ts';
import { ApiError, api, codeOf } from '../app/api.ts';
import { bothClocks, dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Facts } from '../ui/Card.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Answers } from './Answers.tsx';

/** The questions before a visit: answered by the patient, or by staff together with them. Nothing is drawn where none are asked. */
export function VisitForm({ visitId, mine }: { visitId: string; mine: boolean }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const queryKey = ['form', visitId];
  const { data } = useQuery({
    queryKey,
    queryFn: () => api('GET /api/visits/:visitId/form', { params: { visitId } }),
    refetchOnWindowFocus: false, // each reading is in the audit
  });
  const [answering, setAnswering] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  if (!data || (!data.form && !data.answered)) return null;
  const { form, answered, mayAnswer } = data;
  const send = async (answers: { question: string; answer: string }[]): Promise<void> => {
    if (!form) return;
    setProblem(null);
    try {
      await api('PUT /api/visits/:visitId/form', { params: { visitId }, body: { formId: form.id, version: form.version, answers } });
      setAnswering(false);
    } catch (error) {
      const changed = error instanceof ApiError && error.field === 'version';
      setProblem(changed ? t('form.changed') : t(`error.${codeOf(error)}`));
    }
    await queries.invalidateQueries({ queryKey });
  };
  const word = answered ? 'form.answerAgain' : mine ? 'form.answer' : 'form.answerTogether';
  return (
    <section className={css.card} aria-label={t('form.before')}>
      <h3>{form?.title ?? answered?.title}</h3>
      {answered ? <Answered answered={answered} /> : <p>{t(mine ? 'form.wanted' : 'form.unanswered')}</p>}
      {problem && <Notice look="problem">{problem}</Notice>}
      {mayAnswer && !answering && (
        <div>
          <Button
            look={mine && !answered ? 'primary' : 'plain'}
            icon={<ClipboardList aria-hidden size={22} />}
            onClick={() => setAnswering(true)}
          >
            {t(word)}
          </Button>
        </div>
      )}
      {mayAnswer && answering && form && (
        <Answers
          key={form.version}
          questions={form.questions}
          submit={t('form.send')}
          onAnswers={send}
          onCancel={() => setAnswering(false)}
        />
      )}
    </section>
  );
}

function Answered({ answered: { answers, at, by, version } }: { answered: NonNullable<Form['answered']> }) {
  const { t, language } = useWords();
  return (
    <>
      <Facts facts={answers.map(({ question, answer }) => [question, answer])} />
      <p className={css.soft}>{t(`form.by.${by}`, { when: `${dayOf(at, language)} ${bothClocks(at, language).care}`, nr: version })}</p>
    </>
  );
}
