import { type FormEvent, useEffect, useRef, useState } from 'react';
import { ApiError, codeOf } from '../app/api.ts';
import { useWords } from '../app/words.ts';

type Problem = { fields: string[]; code?: ReturnType<typeof codeOf> };
const none: Problem = { fields: [] };

const nameOf = (field: string | undefined): string | undefined => field?.split('.')[0];

const placesOf = (name: string | undefined): HTMLElement[] =>
  name ? [...document.querySelectorAll<HTMLElement>(`[name="${name}"], [data-field="${name}"] input, [data-field="${name}"] select`)] : [];

/**
 * A form's way to the server: one at a time, what went wrong in words, and nothing typed is lost.
 *
 * @param validate - the names of the fields that are wrong, in the order of the form; or of the one.
 * @param onConflict - somebody else changed it meanwhile.
 */
export function useSubmit(validate: () => string | undefined | string[], submit: () => Promise<void>, onConflict?: () => void) {
  const { t, hasWords } = useWords();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(none);
  const [attempt, setAttempt] = useState(0);
  const firstWrong = useRef<string | undefined>(undefined);
  const refuse = (found: Problem): void => {
    setProblem(found);
    firstWrong.current = nameOf(found.fields[0]);
    if (firstWrong.current) setAttempt((count) => count + 1);
  };
  const run = (): void => {
    const fields = [validate() ?? []].flat();
    refuse({ fields });
    if (fields.length > 0 || busy) return;
    setBusy(true);
    submit()
      .catch((error: unknown) => {
        const code = codeOf(error);
        const overtaken = error instanceof ApiError && code === 'conflict' && (error.field === undefined || error.field === 'basedOn');
        if (overtaken && onConflict) return onConflict();
        refuse({ fields: error instanceof ApiError && error.field ? [error.field] : [], code });
      })
      .finally(() => setBusy(false));
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    run();
  };
  const { fields, code } = problem;
  const field = fields[0];
  const name = nameOf(field);
  // Whoever does not see the whole form is brought to what is wrong first: once, not while they put it right.
  useEffect(() => {
    if (attempt > 0) placesOf(firstWrong.current)[0]?.focus();
  }, [attempt]);
  useEffect(() => {
    const stop = fields.map((wrong) => {
      const [input] = placesOf(nameOf(wrong));
      const place = input?.closest('[data-field]') ?? input;
      const right = ({ fields: now, ...rest }: Problem): Problem => {
        const left = now.filter((one) => one !== wrong);
        return left.length > 0 ? { ...rest, fields: left } : none;
      };
      // It is being put right. Afterwards: React has still to hear what was typed.
      const touched = (): void => void setTimeout(() => setProblem(right));
      place?.addEventListener('input', touched, { once: true });
      return () => place?.removeEventListener('input', touched);
    });
    return () => {
      for (const end of stop) end();
    };
  }, [fields]);
  /** What is wrong with this field, in words; `hsaId.taken` has words of its own beside those of `hsaId`. */
  const errorOf = (asked: string): string | undefined => {
    const wrong = fields.find((one) => nameOf(one) === asked);
    const key = [wrong?.replace('.', '_'), asked].find((one) => hasWords(`field.${one}`));
    return wrong !== undefined && key ? t(`field.${key}` as 'field.code') : undefined;
  };
  // A field that the form does not show still has to be named.
  const words = code && !(name && hasWords(`field.${name}`)) ? t(`error.${code}`) : undefined;
  return { onSubmit, run, busy, errorOf, field, words };
}
