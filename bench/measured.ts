/** A program of ours that collects its heap when asked, and says how large it is then. */
import { readServerEnv } from '../server/env.ts';
import { startServer } from '../server/startServer.ts';
import { readSfuEnv } from '../sfu/env.ts';
import { startSfu } from '../sfu/startSfu.ts';

const { stop } = process.argv[2] === 'sfu' ? await startSfu(readSfuEnv(process.env)) : await startServer(readServerEnv(process.env));
process.on('message', () => {
  // The thorough way, which also gives pages back: what remains is held by something.
  for (let look = 0; look < 3; look++) globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  process.send?.(process.memoryUsage().heapUsed);
});
process.on('SIGTERM', () => void stop().then(() => process.exit()));
process.send?.('ready');
