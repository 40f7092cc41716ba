import { asc, desc, eq, gt, isNull, min, sql } from 'drizzle-orm';
import type { Db } from '../../drizzle/client.ts';
import { auditEntries, auditHeads, auditLinks } from '../../drizzle/schema/index.ts';
import { entryColumns, type Head, type HeadSigner, hashOf, noHash, type SealedEntry } from './chain.ts';

const batch = 5_000;
/** An entry is sealed within seconds; one that waited for so long was written while no server ran, or put in later, ms. */
const soonMs = 10 * 60_000;
const mostFindings = 50;

/** What does not hold. `late` alone need not be wrong: it is to be looked at. */
export type Finding =
  | { kind: 'changed' | 'removed' | 'unsealed' | 'late'; entryId: number }
  | { kind: 'gap' | 'head' | 'tail'; position: number };

export type Verdict = {
  sealed: number;
  head: Head | null;
  /** Entries that wait to be sealed. */
  unsealed: { entries: number; oldest: Date | null };
  /** The first ones. */
  findings: Finding[];
};

/**
 * Goes through the whole access log: that each sealed entry is what it was, at its place, and each head signed by this
 * installation.
 *
 * @param anchor - a head that was written down elsewhere: if it is not in the chain any more, the end has been cut off.
 */
export async function verifyLog(db: Db, signer: HeadSigner, anchor?: Pick<Head, 'position' | 'hash'>): Promise<Verdict> {
  const chain = new Chain(signer, anchor);
  for (;;) {
    const links = await linksAfter(db, chain.position);
    for (const link of links) chain.take(link);
    if (links.length < batch) break;
  }
  const [last] = await db.select({ position: auditHeads.position }).from(auditHeads).orderBy(desc(auditHeads.position)).limit(1);
  chain.end(last?.position ?? 0);
  const unsealed = await unsealedIn(db);
  const old = chain.head ? unsealed.entries.filter(({ at }) => (chain.head?.at.getTime() ?? 0) - at.getTime() > soonMs) : [];
  return {
    sealed: chain.position,
    head: chain.head,
    unsealed: { entries: unsealed.count, oldest: unsealed.oldest },
    findings: [...chain.findings, ...old.map(({ id }): Finding => ({ kind: 'unsealed', entryId: id }))],
  };
}

type Link = Awaited<ReturnType<typeof linksAfter>>[number];

const linksAfter = (db: Db, position: number) =>
  db
    .select({
      ...entryColumns,
      position: auditLinks.position,
      entryId: auditLinks.entryId,
      hash: auditLinks.hash,
      headHash: auditHeads.hash,
      headAt: auditHeads.at,
      signature: auditHeads.signature,
    })
    .from(auditLinks)
    .leftJoin(auditEntries, eq(auditEntries.id, auditLinks.entryId))
    .leftJoin(auditHeads, eq(auditHeads.position, auditLinks.position))
    .where(gt(auditLinks.position, position))
    .orderBy(asc(auditLinks.position))
    .limit(batch);

/** The chain as far as it has been gone through. */
class Chain {
  position = 0;
  head: Head | null = null;
  readonly findings: Finding[] = [];
  readonly #signer: HeadSigner;
  readonly #anchor: Pick<Head, 'position' | 'hash'> | undefined;
  #hash = noHash;
  #sinceHead: { entryId: number; at: string }[] = [];

  constructor(signer: HeadSigner, anchor?: Pick<Head, 'position' | 'hash'>) {
    this.#signer = signer;
    this.#anchor = anchor;
  }

  take(link: Link): void {
    const { position, entryId, hash } = link;
    if (position !== this.position + 1) this.#find({ kind: 'gap', position: this.position + 1 });
    const entry = entryOf(link);
    if (!entry) this.#find({ kind: 'removed', entryId });
    else if (hashOf(this.#hash, position, entry) !== hash) this.#find({ kind: 'changed', entryId });
    if (entry) this.#sinceHead.push({ entryId, at: entry.at });
    this.position = position;
    this.#hash = hash; // goes on from what stands there, so that what comes after is judged by itself
    if (link.headHash !== null && link.headAt !== null) this.#takeHead(link.headHash, link.headAt, link.signature ?? '');
    if (this.#anchor?.position === position && this.#anchor.hash !== hash) this.#find({ kind: 'head', position });
  }

  /** @param lastHead - the last one that there is. */
  end(lastHead: number): void {
    if (this.position !== lastHead) this.#find({ kind: 'tail', position: Math.max(this.position, lastHead) });
    if (this.#anchor && this.#anchor.position > this.position) this.#find({ kind: 'tail', position: this.#anchor.position });
  }

  #takeHead(hash: string, at: Date, signature: string): void {
    const { position } = this;
    this.head = { position, hash, at };
    if (hash !== this.#hash || !this.#signer.isSigned(this.head, signature)) this.#find({ kind: 'head', position });
    for (const entry of this.#sinceHead)
      if (at.getTime() - Date.parse(entry.at) > soonMs) this.#find({ kind: 'late', entryId: entry.entryId });
    this.#sinceHead = [];
  }

  #find(finding: Finding): void {
    if (this.findings.length < mostFindings) this.findings.push(finding);
  }
}

function entryOf(link: Link): SealedEntry | null {
  const { id, at, action } = link;
  return id === null || at === null || action === null ? null : { ...link, id, at, action };
}

async function unsealedIn(db: Db): Promise<{ count: number; oldest: Date | null; entries: { id: number; at: Date }[] }> {
  const unsealed = isNull(auditLinks.position);
  const onLink = eq(auditLinks.entryId, auditEntries.id);
  const [all] = await db
    .select({ count: sql<number>`count(*)::int`, oldest: min(auditEntries.at) })
    .from(auditEntries)
    .leftJoin(auditLinks, onLink)
    .where(unsealed);
  const entries = await db
    .select({ id: auditEntries.id, at: auditEntries.at })
    .from(auditEntries)
    .leftJoin(auditLinks, onLink)
    .where(unsealed)
    .orderBy(asc(auditEntries.at))
    .limit(mostFindings);
  return { count: all?.count ?? 0, oldest: all?.oldest ?? null, entries };
}
