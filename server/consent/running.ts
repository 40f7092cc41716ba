import { and, eq, gt, inArray, isNull, or } from 'drizzle-orm';
import type { Db, Tx } from '../../drizzle/client.ts';
import { consents } from '../../drizzle/schema/index.ts';
import type { Consent } from './covers.ts';

const consentColumns = {
  id: consents.id,
  type: consents.type,
  visitId: consents.visitId,
  relativeId: consents.relativeId,
  participantId: consents.participantId,
  organisationId: consents.organisationId,
  validUntil: consents.validUntil,
  endedAt: consents.endedAt,
  patientId: consents.patientId,
};

/** What has been said yes to and holds, by patient: one statement. */
export async function runningConsents(tx: Db | Tx, patientIds: string[]): Promise<Map<string, Consent[]>> {
  if (patientIds.length === 0) return new Map();
  const rows = await tx
    .select(consentColumns)
    .from(consents)
    .where(and(inArray(consents.patientId, patientIds), isNull(consents.endedAt)));
  return Map.groupBy(rows, ({ patientId }) => patientId);
}

/** Whether each of those close to a patient may be there, as far as the ledger says, whichever the visit. */
export const generallyPresent = (tx: Db | Tx, patientId: string, now: Date): Promise<{ relativeId: string | null }[]> =>
  tx
    .select({ relativeId: consents.relativeId })
    .from(consents)
    .where(
      and(
        eq(consents.patientId, patientId),
        eq(consents.type, 'relativePresence'),
        isNull(consents.visitId),
        isNull(consents.endedAt),
        or(isNull(consents.validUntil), gt(consents.validUntil, now)),
      ),
    );
