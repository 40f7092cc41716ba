import type { Logger } from 'pino';
import type { NodeReport } from '../contract/sfu.ts';

const intervalMs = 1_000;

/** Reports to the servers every second, whatever they answer: one that starts later finds the node by itself. */
export function startReporting(serverUrl: string, token: string, report: () => Promise<NodeReport>, log: Logger): { close: () => void } {
  const stopped = new AbortController();
  let heard = true;
  const send = async (): Promise<void> => {
    const response = await fetch(new URL('/api/nodes/report', serverUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(await report()),
      signal: AbortSignal.any([stopped.signal, AbortSignal.timeout(5_000)]),
    });
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
  };
  const loop = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      const now = await send().then(
        () => true,
        (error: Error) => {
          if (heard && !stopped.signal.aborted) log.warn({ reason: error.message }, 'no server takes the report');
          return false;
        },
      );
      if (now && !heard) log.info('a server takes the report again');
      heard = now;
      await new Promise((resolve) => setTimeout(resolve, heard ? intervalMs : 200).unref());
    }
  };
  void loop();
  return { close: () => stopped.abort() };
}
