import type { Db, Tx } from '../../drizzle/client.ts';
import { auditEntries } from '../../drizzle/schema/index.ts';
import { actingAssignment } from './acting.ts';

export type AuditDetail = Record<string, string | number | boolean>;

export type AuditRow = {
  actorId: string | null; // null: the system acted by itself
  action: string;
  subjectId?: string | null; // the participant, relative, account … that it was done to
  unitId?: string | null;
  visitId?: string;
  patientId?: string;
  detail?: AuditDetail | undefined; // ids and codes only
};

/** Writes one audit row, with the assignment that is acted by. Call it with the transaction of the access or change that it tells of. */
export const writeAudit = (tx: Tx | Db, row: AuditRow): Promise<void> => writeAudits(tx, [row]);

/** Several at once: one statement. */
export async function writeAudits(tx: Tx | Db, rows: AuditRow[]): Promise<void> {
  await tx.insert(auditEntries).values(rows.map((row) => ({ assignmentId: actingAssignment(), ...row })));
}
