import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Db } from '../../drizzle/client.ts';
import { auditEntries, auditHeads, auditLinks } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import { entryColumns, HeadSigner, hashOf, noHash } from './chain.ts';

const everyMs = 2_000;
const batch = 1_000;
/** Entries are looked for so far back; now and then, and at the start, in the whole log. */
const recent = sql`interval '10 minutes'`;
const wholeEveryMs = 15 * 60_000;
/** Any number of servers may seal; one at a time does. */
const lockId = 7_101_958;

/**
 * Chains entries that have no place in the chain yet, up to a batch, and signs the head.
 *
 * @param whole - looks through the whole log and not only at what is recent.
 * @returns how many were sealed.
 */
export function sealBatch(db: Db, signer: HeadSigner, whole: boolean): Promise<number> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ locked: boolean }>(sql`select pg_try_advisory_xact_lock(${lockId}) as locked`);
    if (!rows[0]?.locked) return 0;
    const [last] = await tx.select().from(auditLinks).orderBy(desc(auditLinks.position)).limit(1);
    const entries = await tx
      .select(entryColumns)
      .from(auditEntries)
      .leftJoin(auditLinks, eq(auditLinks.entryId, auditEntries.id))
      .where(and(isNull(auditLinks.position), whole ? undefined : gt(auditEntries.at, sql`now() - ${recent}`)))
      .orderBy(auditEntries.id)
      .limit(batch);
    let { position, hash } = last ?? { position: 0, hash: noHash };
    const links = entries.map((entry) => {
      position += 1;
      hash = hashOf(hash, position, entry);
      return { position, entryId: entry.id, hash };
    });
    if (links.length === 0) return 0;
    await tx.insert(auditLinks).values(links);
    const head = { position, hash, at: new Date() };
    await tx.insert(auditHeads).values({ ...head, signature: signer.sign(head) });
    return links.length;
  });
}

/** Seals all there is. @returns how many entries. */
export async function sealAll(db: Db, signer: HeadSigner, whole: boolean): Promise<number> {
  let sealed = 0;
  for (;;) {
    const now = await sealBatch(db, signer, whole);
    sealed += now;
    if (now < batch) return sealed;
  }
}

/** Seals the access log every few seconds for as long as the server runs, and once more when it stops. */
export function startSealing({ db, env, log }: Pick<Context, 'db' | 'env' | 'log'>): { close: () => Promise<void> } {
  const signer = new HeadSigner(env.AUDIT_KEY);
  let wholeAt = Number.NEGATIVE_INFINITY;
  const seal = async (): Promise<void> => {
    const whole = performance.now() - wholeAt > wholeEveryMs;
    await sealAll(db, signer, whole);
    if (whole) wholeAt = performance.now();
  };
  let last: Promise<void> = Promise.resolve();
  const next = (): Promise<void> => {
    last = last.then(seal).catch((error: unknown) => log.error({ err: error }, 'sealing the access log failed'));
    return last;
  };
  const timer = setInterval(() => void next(), everyMs);
  return {
    close: () => {
      clearInterval(timer);
      return next();
    },
  };
}
