import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Hindrance } from '../contract/process.ts';
import { root } from './env.ts';
import { run, tail } from './run.ts';

/** The operating system's user that PostgreSQL runs as; it refuses to run as root. */
export type Account = { uid: number; gid: number } | null;

/** Ourselves, or for root the user `postgres`, made if need be. */
export async function postgresAccount(): Promise<Account> {
  if (process.getuid?.() !== 0) return null;
  const find = async (): Promise<Account> => {
    const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
    return uid.status === 0 && gid.status === 0 ? { uid: Number(uid.output), gid: Number(gid.output) } : null;
  };
  const present = await find();
  if (present) return present;
  const made = await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres']);
  const account = await find();
  if (!account)
    throw new Hindrance(
      `PostgreSQL may not run as root and the user "postgres" could not be made (${tail(made.output)}): start as an ordinary user.`,
    );
  return account;
}

/** Whether that user can enter the folder. */
export async function canEnter(account: Account, folder: string): Promise<boolean> {
  return (await run('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], account ?? {})).status === 0;
}

/** Where things go that the database's user has to reach when the clone lies in a closed folder such as /root. */
export const openFolder = (): string => join('/var/lib/samrum', createHash('sha256').update(root).digest('hex').slice(0, 12));

/** The binaries' folder, copied to where the database's user can read it if need be. */
export async function readableBinaries(account: Account, postgresBinary: string, version: string): Promise<string> {
  const native = dirname(dirname(postgresBinary));
  if (await canEnter(account, join(native, 'bin'))) return join(native, 'bin');
  const copy = join('/var/lib/samrum', `postgres-${version}-${process.arch}`);
  if (!existsSync(join(copy, 'bin', 'postgres'))) {
    mkdirSync(dirname(copy), { recursive: true, mode: 0o755 });
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  }
  return join(copy, 'bin');
}
