import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hindrance } from '../contract/process.ts';
import { root } from './env.ts';
import { run, tail, withProgress } from './run.ts';

const stamp = join(root, 'client/dist/.built-from');

/** Builds the client unless what is built was made of just these sources. */
export async function buildClientIfStale(): Promise<void> {
  const sources = digest(['client', 'contract', 'package-lock.json', 'vite.config.ts']);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return;
  await withProgress('Building the pages', async () => {
    const built = await run(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], { cwd: root });
    if (built.status !== 0) throw new Hindrance(`The pages could not be built: ${tail(built.output, 12)}`);
    writeFileSync(stamp, sources);
  });
}

function digest(names: string[]): string {
  const hash = createHash('sha256');
  const take = (path: string): void => {
    if (path.endsWith('client/dist')) return;
    if (!statSync(path).isDirectory()) return void hash.update(path.slice(root.length)).update(readFileSync(path));
    for (const name of readdirSync(path).sort()) take(join(path, name));
  };
  for (const name of names) take(join(root, name));
  return hash.digest('hex');
}
