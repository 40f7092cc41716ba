import { type FormEvent, useState } from 'react';
import type { Snippet } from '../../contract/snippets.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import css from './Phrases.module.css';

type Props = { phrase: Omit<Snippet, 'version'> & { version: number | null }; onDone: () => Promise<void> };

/** One phrase, to write or to take away. */
export function PhraseEdit({ phrase, onDone }: Props) {
  const { t } = useWords();
  const { id, version } = phrase;
  const [title, setTitle] = useState(phrase.title);
  const [text, setText] = useState(phrase.text);
  const params = { snippetId: id };
  const keep = useSubmit(
    () => [...(title.trim() ? [] : ['title']), ...(text.trim() ? [] : ['text'])].map((field) => `phrase_${field}`),
    async () => {
      await api('PUT /api/my/snippets/:snippetId', { params, body: { title, text, basedOn: version } });
      await onDone();
    },
    () => void onDone(), // another tab has written it: it is shown as it stands now
  );
  const remove = useSubmit(
    () => undefined,
    async () => {
      await api('DELETE /api/my/snippets/:snippetId', { params });
      await onDone();
    },
  );
  const submit = (event: FormEvent): void => {
    event.stopPropagation(); // it is within the form that the phrase is for
    keep.onSubmit(event);
  };
  const problem = keep.field === 'many' ? t('phrase.many') : (keep.words ?? remove.words);
  const unchanged = version !== null && title === phrase.title && text === phrase.text;
  return (
    <form onSubmit={submit} noValidate className={css.edit} aria-label={phrase.title || t('phrase.new')}>
      <Field
        name="phrase_title"
        label={t('phrase.name')}
        value={title}
        onChange={setTitle}
        error={keep.errorOf('phrase_title')}
        maxLength={60}
      />
      <Field
        name="phrase_text"
        label={t('phrase.text')}
        value={text}
        onChange={setText}
        error={keep.errorOf('phrase_text')}
        rows={3}
        maxLength={2_000}
      />
      {problem && <Notice look="problem">{problem}</Notice>}
      <div className={css.row}>
        <Button type="submit" look="primary" disabled={keep.busy || unchanged}>
          {t('edit.save')}
        </Button>
        {version !== null && (
          <Button look="danger" disabled={remove.busy} aria-label={t('phrase.removeOf', { title: phrase.title })} onClick={remove.run}>
            {t('phrase.remove')}
          </Button>
        )}
      </div>
    </form>
  );
}
