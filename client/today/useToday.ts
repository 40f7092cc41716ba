import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../app/api.ts';
import { useListChanges } from '../office/useListChanges.ts';

/** A day's visits, fetched anew whenever the server says that one changed, and after every break. */
export function useToday(day: string) {
  const queries = useQueryClient();
  useListChanges(() => void queries.invalidateQueries({ queryKey: ['today'] }));
  return useQuery({
    queryKey: ['today', day],
    queryFn: () => api('GET /api/visits/today', { query: { day } }),
    placeholderData: keepPreviousData,
  });
}

/** Now, anew every half minute, for "has waited 3 minutes". */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
