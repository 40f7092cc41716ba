import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../launch/env.ts';
import { run } from '../../launch/run.ts';

/** The pages built in another way, to compare with; see `vite.config.ts`. Removed when it is let go of. */
export async function buildClient(how: { LIBRARY_TIMERS?: '1'; SPEECH_AIDS?: '0' }): Promise<{ folder: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'samrum-pages-'));
  const built = await run(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], {
    cwd: root,
    env: { ...process.env, CLIENT_OUT: folder, ...how },
  });
  if (built.status !== 0) throw new Error(built.output);
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}
