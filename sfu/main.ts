/** An SFU node: mediasoup workers behind a control socket. It knows rooms and tracks, and nobody's name. */
import { begin, whenToldToStop } from '../contract/process.ts';
import { readSfuEnv } from './env.ts';
import { startSfu } from './startSfu.ts';

await begin(async () => {
  const { stop } = await startSfu(readSfuEnv(process.env));
  process.send?.('ready');
  whenToldToStop(stop);
});
