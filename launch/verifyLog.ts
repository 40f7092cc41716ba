/**
 * `npm run verify-log [-- POSITION:HASH]`: whether the access log is what was written. With a head that was printed before,
 * also that nothing has been cut off since. Ends with 1 if something does not hold.
 */
import { begin, Hindrance } from '../contract/process.ts';
import { openDatabase } from '../drizzle/client.ts';
import { HeadSigner } from '../server/access/chain.ts';
import { type Finding, verifyLog } from '../server/access/verify.ts';
import { whereDatabaseMayLie } from './dataFolder.ts';
import { readLaunchEnv, secretsIn } from './env.ts';
import { startPostgres } from './postgres.ts';

const words: Record<Finding['kind'], string> = {
  changed: 'is not what was sealed: it has been changed, put in or moved',
  removed: 'has been removed',
  unsealed: 'was put in behind the chain, or never sealed',
  late: 'was sealed long after the time that it gives: written while no server ran, or put in later',
  gap: 'is missing in the chain',
  head: 'does not carry the hash or the signature of this installation',
  tail: 'is where the chain and its signed heads part: something has been cut off or added',
};

const describe = (finding: Finding): string =>
  `${'entryId' in finding ? `Entry ${finding.entryId}` : `Position ${finding.position}`} ${words[finding.kind]}.`;

await begin(async () => {
  const anchor = anchorOf(process.argv[2]);
  const { databaseUrl, dataDir } = await whereDatabaseMayLie(readLaunchEnv(process.env));
  const secrets = await secretsIn(dataDir);
  const embedded = databaseUrl === undefined ? await startPostgres(dataDir, secrets.postgresPassword) : null;
  const url = databaseUrl ?? embedded?.url ?? '';
  const { db, pool } = openDatabase(url, () => undefined, 1);
  try {
    const { sealed, head, unsealed, findings } = await verifyLog(db, new HeadSigner(process.env.AUDIT_KEY ?? secrets.auditKey), anchor);
    const lines = [
      `Sealed:   ${sealed} entries`,
      head ? `Head:     ${head.position}:${head.hash} of ${head.at.toISOString()}` : 'Head:     none yet',
      `Unsealed: ${unsealed.entries}${unsealed.oldest ? `, the oldest of ${unsealed.oldest.toISOString()}` : ''}`,
      ...findings.map(describe),
      findings.length === 0 ? 'The access log is whole.' : `${findings.length} findings.`,
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
    if (findings.some(({ kind }) => kind !== 'late')) process.exitCode = 1;
  } finally {
    await pool.end();
    if (embedded && !embedded.found) await embedded.stop();
  }
});

function anchorOf(text: string | undefined): { position: number; hash: string } | undefined {
  if (text === undefined) return undefined;
  const [, position, hash] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? [];
  if (!position || !hash) throw new Hindrance('Give a head as it was printed: npm run verify-log -- POSITION:HASH.');
  return { position: Number(position), hash };
}
