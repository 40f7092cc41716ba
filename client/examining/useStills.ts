import { useEffect, useState } from 'react';
import type { StillView } from '../../contract/stills.ts';
import { api, codeOf } from '../app/api.ts';

export type StillsState = { stills: StillView[] | null; problem: ReturnType<typeof codeOf> | null };

/** @param stamp - when it changes there is something new. */
export function useStills(visitId: string, stamp: string | null): StillsState {
  const [state, setState] = useState<StillsState>({ stills: null, problem: null });
  useEffect(() => {
    let gone = false;
    api('GET /api/visits/:visitId/stills', { params: { visitId } }).then(
      (stills) => !gone && setState({ stills, problem: null }),
      (error: unknown) => !gone && setState(({ stills }) => ({ stills, problem: codeOf(error) })),
    );
    return () => {
      gone = true;
    };
  }, [visitId, stamp]);
  return state;
}

export const addressOf = ({ id }: Pick<StillView, 'id'>, small = false): string => `/api/stills/${id}/picture${small ? '?small=yes' : ''}`;
