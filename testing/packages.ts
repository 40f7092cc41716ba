/** Programs that the tests run beside the browser, got from Debian's packages where they are missing and we may install. */
import { existsSync } from 'node:fs';
import { Hindrance } from '../contract/process.ts';
import { run, withProgress } from '../launch/run.ts';

/** @returns the first of the paths that is there. @throws {Hindrance} saying what to install, and what for. */
export async function ensureProgram(paths: string[], debianPackage: string, what: string): Promise<string> {
  const present = (): string | undefined => paths.find((path) => existsSync(path));
  if (!present()) await withProgress(`Getting ${debianPackage} for the tests`, () => installPackage(debianPackage));
  const found = present();
  if (!found) throw new Hindrance(`${what} (Debian: apt-get install ${debianPackage}).`);
  return found;
}

/** Does nothing for who may not install. */
export async function installPackage(debianPackage: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  await run('apt-get', ['update', '-q']);
  await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', debianPackage], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
