import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormView } from '../../contract/forms.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Fetched } from '../office/Office.tsx';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Field } from '../ui/Field.tsx';
import { FormEnd } from '../ui/FormEnd.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import { draftOf, isWhole, QuestionsEditor, questionOf } from './QuestionsEditor.tsx';

const mostQuestions = 20;

export const useForms = (unitId: string) =>
  useQuery({ queryKey: ['forms', unitId], queryFn: () => api('GET /api/units/:unitId/forms', { params: { unitId } }) });

/** What a unit asks before its visits. */
export function FormsCard({ unitId }: { unitId: string }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const found = useForms(unitId);
  const [editing, setEditing] = useState<FormView | 'new' | null>(null);
  const done = (): void => {
    setEditing(null);
    void queries.invalidateQueries({ queryKey: ['forms', unitId] });
  };
  return (
    <Card title={t('form.title')} id="forms">
      <p>{t('form.lead')}</p>
      <Fetched of={found}>
        {({ forms, mayChange }) => (
          <>
            {forms.length === 0 && <p>{t('form.none')}</p>}
            <ul className={css.list}>
              {forms.map((form) => (
                <li key={form.id}>
                  <div className={css.grow}>
                    <p>
                      <strong>{form.title}</strong>
                    </p>
                    <p className={css.soft}>
                      {t('form.questions', { count: form.questions.length })} · {t('form.version', { nr: form.version })}
                    </p>
                  </div>
                  {mayChange && (
                    <>
                      <Button aria-label={t('form.changeName', { name: form.title })} onClick={() => setEditing(form)}>
                        {t('form.change')}
                      </Button>
                      <Button
                        look="quiet"
                        aria-label={t('form.endName', { name: form.title })}
                        onClick={() => void api('POST /api/forms/:formId/end', { params: { formId: form.id } }).finally(done)}
                      >
                        {t('form.end')}
                      </Button>
                    </>
                  )}
                </li>
              ))}
            </ul>
            {mayChange && editing === null && (
              <div>
                <Button onClick={() => setEditing('new')}>{t('form.add')}</Button>
              </div>
            )}
            {editing !== null && (
              <Edit key={editing === 'new' ? 'new' : editing.id} unitId={unitId} form={editing === 'new' ? null : editing} onDone={done} />
            )}
          </>
        )}
      </Fetched>
    </Card>
  );
}

function Edit({ unitId, form, onDone }: { unitId: string; form: FormView | null; onDone: () => void }) {
  const { t } = useWords();
  const [title, setTitle] = useState(form?.title ?? '');
  const [drafts, setDrafts] = useState(form?.questions.map(draftOf) ?? [{ kind: 'yesNo' as const, text: '', options: '' }]);
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (title.trim() ? (drafts.length > 0 && drafts.every(isWhole) ? undefined : 'questions') : 'title'),
    async () => {
      const body = { title, questions: drafts.map(questionOf) };
      if (form) await api('PUT /api/forms/:formId', { params: { formId: form.id }, body: { ...body, basedOn: form.version } });
      else await api('POST /api/units/:unitId/forms', { params: { unitId }, body });
      onDone();
    },
  );
  const problem = errorOf('questions') ?? words;
  return (
    <form onSubmit={onSubmit} noValidate className={css.card} aria-label={form?.title ?? t('form.add')}>
      <Field name="title" label={t('form.name')} value={title} onChange={setTitle} error={errorOf('title')} maxLength={80} />
      <QuestionsEditor drafts={drafts} onDrafts={setDrafts} most={mostQuestions} />
      <FormEnd words={problem} busy={busy} onCancel={onDone} />
    </form>
  );
}
