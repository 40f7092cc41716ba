import { type FormEvent, useState } from 'react';
import { ApiError, codeOf } from '../app/api.ts';
import { fetchAhead } from '../app/pages.ts';
import { useWords } from '../app/words.ts';

/** A form's way to the server: one at a time, what went wrong in words, and nothing typed is lost. */
export function useSubmit(validate: () => string | undefined, submit: () => Promise<void>) {
  const { t } = useWords();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ field?: string | undefined; code?: ReturnType<typeof codeOf> }>({});
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    const field = validate();
    setProblem({ field });
    if (field || busy) return;
    setBusy(true);
    fetchAhead('visit'); // while the server looks
    submit()
      .catch((error: unknown) => setProblem(error instanceof ApiError && error.field ? { field: error.field } : { code: codeOf(error) }))
      .finally(() => setBusy(false));
  };
  return { onSubmit, busy, field: problem.field, words: problem.code && t(`error.${problem.code}`) };
}
