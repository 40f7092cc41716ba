import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { CarePlan } from '../../contract/carePlans.ts';
import { ApiError, api, codeOf } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { useProof } from '../identity/useProof.tsx';
import { type LinkState, PlanLink, type TextOf } from './PlanLink.ts';
import type { SharedText } from './SharedText.ts';

export const planKey = (planId: string): string[] => ['carePlan', planId];

/** A plan, read anew whenever the server says that it is not as it was; its texts come over the link by themselves. */
export function usePlan(planId: string) {
  const queries = useQueryClient();
  const [link, setLink] = useState<PlanLink | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const made = new PlanLink(planId, () => void queries.invalidateQueries({ queryKey: planKey(planId) }));
    setLink(made);
    return () => made.close();
  }, [planId, queries, attempt]);
  const plan = useQuery({
    queryKey: planKey(planId),
    queryFn: () => api('GET /api/care-plans/:planId', { params: { planId } }),
    refetchOnWindowFocus: false, // each reading is in the audit
  });
  return { plan, link, renew: () => setAttempt((count) => count + 1) };
}

export const PlanLinkContext = createContext<PlanLink | null>(null);

function useLink(): PlanLink {
  const link = useContext(PlanLinkContext);
  if (!link) throw new Error('there is no plan around this component');
  return link;
}

export function useLinkState(): LinkState {
  const link = useLink();
  return useSyncExternalStore(link.state.subscribe, link.state.get);
}

/** One text of the plan as it stands, and how to write in it. */
export function useSharedText({ partId, field }: TextOf): { text: SharedText; value: string; at: (here: boolean) => void } {
  const link = useLink();
  const text = link.text({ partId, field });
  const value = useSyncExternalStore(text.view.subscribe, text.view.get);
  return { text, value, at: (here) => link.at(here ? { partId, field } : null) };
}

/** Does something to a plan, asks for a proof where it takes one, says what went wrong in words, and reads it anew. */
export function usePlanAct({ id }: Pick<CarePlan, 'id'>) {
  const { t, hasWords } = useWords();
  const queries = useQueryClient();
  const { proving, dialog } = useProof();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  /** @returns whether it was done. */
  const act = async (task: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setProblem(null);
    let done = true;
    try {
      await proving(task);
    } catch (error) {
      done = false;
      const field = error instanceof ApiError ? error.field : undefined;
      setProblem(
        field && hasWords(`carePlan.wrong.${field}`) ? t(`carePlan.wrong.${field}` as 'carePlan.wrong.state') : t(`error.${codeOf(error)}`),
      );
    }
    setBusy(false);
    await queries.invalidateQueries({ queryKey: planKey(id) });
    return done;
  };
  return { act, busy, problem, dialog };
}
