import { api } from '../app/api.ts';
import { savePdf } from '../ui/pdf.ts';

type Copy = { large?: boolean; partyId?: string | null };

/** The plan on paper, as far as it is told to whoever asks; a party's copy, as far as to that party. */
export async function printPlan(planId: string, { large = false, partyId = null }: Copy = {}): Promise<void> {
  const { pdf } = await api('POST /api/care-plans/:planId/pdf', { params: { planId }, body: { large, partyId } });
  savePdf(pdf, `sip-${planId.slice(0, 8)}.pdf`);
}

/** A summons for the envelope. */
export async function printSummons(planId: string, partyId: string): Promise<void> {
  const { pdf } = await api('POST /api/care-plans/:planId/parties/:partyId/summons/pdf', { params: { planId, partyId } });
  savePdf(pdf, `kallelse-${planId.slice(0, 8)}.pdf`);
}
