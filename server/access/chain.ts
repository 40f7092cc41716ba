/** What the chain of the access log is made of: an entry as text, its hash, and the signature of a head. */
import { createHash, createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign, verify } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { auditEntries } from '../../drizzle/schema/index.ts';

/** An entry as it lies in the database, every column as text, so that nothing is rounded away. */
export const entryColumns = {
  id: auditEntries.id,
  at: sql<string>`to_char(${auditEntries.at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
  actorId: auditEntries.actorId,
  assignmentId: auditEntries.assignmentId,
  action: auditEntries.action,
  subjectId: auditEntries.subjectId,
  unitId: auditEntries.unitId,
  visitId: auditEntries.visitId,
  patientId: auditEntries.patientId,
  detail: sql<string | null>`${auditEntries.detail}::text`,
};
export type SealedEntry = {
  id: number;
  at: string;
  actorId: string | null;
  assignmentId: string | null;
  action: string;
  subjectId: string | null;
  unitId: string | null;
  visitId: string | null;
  patientId: string | null;
  detail: string | null;
};

/** What comes before the first entry. */
export const noHash = '0'.repeat(64);

/** SHA-256 over the hash before, the place in the chain and the entry, hexadecimal. */
export function hashOf(before: string, position: number, entry: SealedEntry): string {
  const { id, at, actorId, assignmentId, action, subjectId, unitId, visitId, patientId, detail } = entry;
  const text = JSON.stringify([before, position, id, at, actorId, assignmentId, action, subjectId, unitId, visitId, patientId, detail]);
  return createHash('sha256').update(text).digest('hex');
}

export type Head = { position: number; hash: string; at: Date };

const textOf = ({ position, hash, at }: Head): Buffer => Buffer.from(`samrum access log\n${position}\n${hash}\n${at.toISOString()}`);
/** An Ed25519 seed in PKCS #8 (RFC 8410). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Signs heads of the chain and checks signatures, under a key made of the installation's `AUDIT_KEY`. */
export class HeadSigner {
  readonly #private: KeyObject;
  readonly #public: KeyObject;

  constructor(auditKey: string) {
    const seed = Buffer.from(hkdfSync('sha256', auditKey, '', 'samrum access log head', 32));
    this.#private = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' });
    this.#public = createPublicKey(this.#private);
  }

  sign(head: Head): string {
    return sign(null, textOf(head), this.#private).toString('base64url');
  }

  isSigned(head: Head, signature: string): boolean {
    return verify(null, textOf(head), this.#public, Buffer.from(signature, 'base64url'));
  }
}
