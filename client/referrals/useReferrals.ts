import { useQuery } from '@tanstack/react-query';
import type { Referral } from '../../contract/referrals.ts';
import type { ParticipantView } from '../../contract/visits.ts';
import { api } from '../app/api.ts';

export const referralsKey = (visitId: string): string[] => ['referrals', visitId];

/** Questions and answers of a visit, asked for anew when the roster says that there are others. */
export function useReferrals(visitId: string, people: readonly ParticipantView[]): Referral[] {
  const asked = people.flatMap(({ id, answers }) => (answers === null ? [] : [`${id} ${answers}`]));
  const found = useQuery({
    queryKey: [...referralsKey(visitId), ...asked],
    queryFn: () => api('GET /api/visits/:visitId/referrals', { params: { visitId } }),
    enabled: asked.length > 0,
    placeholderData: (before) => before,
    refetchOnWindowFocus: false, // each reading is in the audit
  });
  return (asked.length > 0 && found.data) || [];
}
