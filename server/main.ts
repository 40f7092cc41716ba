/** The server: REST, sessions and signalling. All that must survive is in PostgreSQL. */
import { begin, whenToldToStop } from '../contract/process.ts';
import { readServerEnv } from './env.ts';
import { startServer } from './startServer.ts';

await begin(async () => {
  const { stop } = await startServer(readServerEnv(process.env));
  process.send?.('ready');
  whenToldToStop(stop);
});
