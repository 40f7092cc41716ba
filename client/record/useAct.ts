import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { codeOf } from '../app/api.ts';
import { useWords } from '../app/words.ts';

/** Does something to a visit, says what went wrong in words, and reads the record anew. */
export function useAct(visitId: string) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ReturnType<typeof codeOf> | null>(null);
  const act = async (task: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await task();
    } catch (error) {
      setProblem(codeOf(error));
    }
    setBusy(false);
    await queries.invalidateQueries({ queryKey: ['messages', visitId] });
    await queries.invalidateQueries({ queryKey: ['record', visitId] });
  };
  return { act, busy, problem: problem && t(`error.${problem}`) };
}
