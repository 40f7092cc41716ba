import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { Me } from '../../contract/identity.ts';
import { api } from './api.ts';

const key = ['me'];

/** Who is logged in: null if nobody, undefined while asking. */
export function useMe(): Me | null | undefined {
  return useQuery({ queryKey: key, queryFn: () => api('GET /api/me'), staleTime: 60_000 }).data;
}

/** Tells every screen that somebody else is logged in now; nothing of the former one stays. */
export function useSetMe(): (me: Me | null) => void {
  const queries = useQueryClient();
  return (me) => {
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== key[0] });
    queries.setQueryData(key, me);
  };
}

export function useLogOut(): () => void {
  const setMe = useSetMe();
  const navigate = useNavigate();
  return () => {
    void api('POST /api/logout')
      .catch(() => undefined) // without contact the session ends by its own time; this page forgets it now
      .then(() => {
        setMe(null);
        return navigate('/');
      });
  };
}
