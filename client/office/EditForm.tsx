import type { FormEvent, ReactNode } from 'react';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Notice } from '../ui/Notice.tsx';
import { Overtaken } from './Overtaken.tsx';

type Props<T> = {
  title: string;
  edit: { theirs: T | null; contested: (keyof T & string)[]; choose: (key: string, whose: 'theirs' | 'mine') => void };
  labels: Record<keyof T & string, string>;
  /** What stands for a value in words, where that is not the value itself. */
  shown?: (key: keyof T & string, value: T[keyof T & string]) => string;
  form: { onSubmit: (event: FormEvent) => void; busy: boolean; words: string | undefined };
  onCancel: () => void;
  children: ReactNode;
};

/** A form for what others may change too: what both changed is chosen before it is saved. */
export function EditForm<T extends object>({ title, edit, labels, shown, form, onCancel, children }: Props<T>) {
  const { t } = useWords();
  const { theirs, contested, choose } = edit;
  const inWords = (key: keyof T & string): string => (theirs ? (shown?.(key, theirs[key]) ?? String(theirs[key] ?? '')) : '');
  return (
    <form onSubmit={form.onSubmit} noValidate className={css.card} aria-label={title}>
      <h2>{title}</h2>
      <Overtaken
        happened={theirs !== null}
        contested={contested.map((key) => ({ key, label: labels[key], theirs: inWords(key) }))}
        onChoose={choose}
      />
      {children}
      {form.words && <Notice look="problem">{form.words}</Notice>}
      <div className={css.row}>
        <Button type="submit" look="primary" disabled={form.busy || contested.length > 0}>
          {t('edit.save')}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {t('app.cancel')}
        </Button>
      </div>
    </form>
  );
}
