import { useState } from 'react';
import css from '../ui/Card.module.css';
import { Field } from '../ui/Field.tsx';
import { FormEnd } from '../ui/FormEnd.tsx';
import { useSubmit } from '../ui/useSubmit.ts';

type Props = {
  title: string;
  label: string;
  submit: string;
  wanted?: boolean; // there has to be a reason
  onSubmit: (why: string) => Promise<unknown>;
  onDone: () => void;
};

/** Something is done for a reason, in words. */
export function WhyForm({ title, label, submit, wanted = false, onSubmit: keep, onDone }: Props) {
  const [why, setWhy] = useState('');
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (wanted && !why.trim() ? 'why' : undefined),
    async () => {
      await keep(why.trim());
      onDone();
    },
  );
  return (
    <form onSubmit={onSubmit} noValidate className={css.fold} aria-label={title}>
      <Field name="why" rows={2} label={label} value={why} onChange={setWhy} error={errorOf('why')} maxLength={1_000} />
      <FormEnd words={words} busy={busy} submit={submit} onCancel={onDone} />
    </form>
  );
}
