import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../app/api.ts';

const queryKey = ['phrases'];

/** One's own phrases, asked for when somebody wants to see them. */
export function usePhrases(wanted: boolean) {
  const queries = useQueryClient();
  const found = useQuery({ queryKey, queryFn: () => api('GET /api/my/snippets'), enabled: wanted });
  return { found, reload: (): Promise<void> => queries.invalidateQueries({ queryKey }) };
}
