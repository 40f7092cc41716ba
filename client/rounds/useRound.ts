import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Round, RoundItem } from '../../contract/rounds.ts';
import { ApiError, api, codeOf } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { useProof } from '../identity/useProof.tsx';
import { useListChanges } from '../office/useListChanges.ts';

const keyOf = (roundId: string): string[] => ['round', roundId];

/** A round, read anew whenever the server says that something of the unit has changed, and after every break. */
export function useRound(roundId: string) {
  const queries = useQueryClient();
  useListChanges(() => void queries.invalidateQueries({ queryKey: keyOf(roundId) }));
  return useQuery({
    queryKey: keyOf(roundId),
    queryFn: () => api('GET /api/rounds/:roundId', { params: { roundId } }),
    refetchOnWindowFocus: false, // each reading is in the audit
  });
}

/** Does something to a round, asks for a proof where it takes one, says what went wrong in words, and reads it anew. */
export function useRoundAct({ id, items }: Round) {
  const { t, hasWords } = useWords();
  const queries = useQueryClient();
  const { proving, dialog } = useProof();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const inWords = (error: unknown, whose: string): string => {
    const field = error instanceof ApiError ? (error.field ?? '') : '';
    const [, index, part] = /^(?:items\.(\d+)\.)?(\w+)$/.exec(field) ?? [];
    const name = index === undefined ? whose : (items[Number(index)]?.patient.name ?? '');
    if (part && hasWords(`round.missing.${part}`)) return t(`round.missing.${part as 'state'}`, { name });
    return t(`error.${codeOf(error)}`);
  };
  /** @param whose - name of the resident that it is about. @returns whether it was done. */
  const act = async (task: () => Promise<unknown>, whose = ''): Promise<boolean> => {
    setBusy(true);
    setProblem(null);
    let done = true;
    try {
      await proving(task);
    } catch (error) {
      done = false;
      setProblem(inWords(error, whose));
    }
    setBusy(false);
    await queries.invalidateQueries({ queryKey: keyOf(id) });
    return done;
  };
  return { act, busy, problem, dialog };
}

export const isDone = ({ state }: RoundItem): boolean => state !== 'queued' && state !== 'in_progress';
export const currentOf = ({ items, currentItemId }: Round): RoundItem | undefined => items.find(({ id }) => id === currentItemId);
/** How far a resident has come; who waits still although the round has gone past them was skipped. */
export function standingOf({ items, currentItemId, state }: Round, item: RoundItem): `round.item.${RoundItem['state']}` | 'round.skipped' {
  const at = items.findIndex(({ id }) => id === currentItemId);
  const past = state === 'running' && items.indexOf(item) < at;
  return past && item.state === 'queued' ? 'round.skipped' : `round.item.${item.state}`;
}

/** Who comes next by the list; whoever was left is taken up when the others are done. */
export function nextOf(round: Round): RoundItem | undefined {
  const left = round.items.filter((item) => !isDone(item) && item.id !== round.currentItemId);
  return left.find(({ state }) => state === 'queued') ?? left[0];
}
