import { type FormEvent, useEffect, useState } from 'react';
import { ApiError, codeOf } from '../app/api.ts';
import { useWords } from '../app/words.ts';

type Problem = { field?: string | undefined; code?: ReturnType<typeof codeOf> };

/**
 * A form's way to the server: one at a time, what went wrong in words, and nothing typed is lost.
 *
 * @param validate - the name of the first field that is wrong, if one is.
 * @param onConflict - somebody else changed it meanwhile.
 */
export function useSubmit(validate: () => string | undefined, submit: () => Promise<void>, onConflict?: () => void) {
  const { t, hasWords } = useWords();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>({});
  const run = (): void => {
    const field = validate();
    setProblem({ field });
    if (field || busy) return;
    setBusy(true);
    submit()
      .catch((error: unknown) => {
        const code = codeOf(error);
        const overtaken = error instanceof ApiError && code === 'conflict' && (error.field === undefined || error.field === 'basedOn');
        if (overtaken && onConflict) return onConflict();
        setProblem(error instanceof ApiError && error.field ? { field: error.field, code } : { code });
      })
      .finally(() => setBusy(false));
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    run();
  };
  const { field, code } = problem;
  const name = field?.split('.')[0];
  useEffect(() => {
    // Whoever does not see the whole form is brought to what is wrong.
    if (!problem.field) return;
    const wrong = document.querySelector<HTMLElement>(`[name="${name}"], [data-field="${name}"] input`);
    wrong?.focus();
    const place = wrong?.closest('[data-field]') ?? wrong;
    // What was wrong with it is being put right. Afterwards: React has still to hear what was typed.
    const touched = (): void => void setTimeout(() => setProblem({}));
    place?.addEventListener('input', touched, { once: true });
    return () => place?.removeEventListener('input', touched);
  }, [problem, name]);
  /** What is wrong with this field, in words; `hsaId.taken` has words of its own beside those of `hsaId`. */
  const errorOf = (asked: string): string | undefined => {
    const key = [field?.replace('.', '_'), asked].find((one) => hasWords(`field.${one}`));
    return asked === name && key ? t(`field.${key}` as 'field.code') : undefined;
  };
  // A field that the form does not show still has to be named.
  const words = code && !(name && hasWords(`field.${name}`)) ? t(`error.${code}`) : undefined;
  return { onSubmit, run, busy, errorOf, field, words };
}
