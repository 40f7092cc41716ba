import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Logger } from 'pino';
import type { NodeReport } from '../contract/sfu.ts';

const intervalMs = 1_000;
const retryMs = 200;
const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Reports to the servers every second, whatever they answer: one that starts later finds the node by itself. */
export function startReporting(serverUrl: string, token: string, report: () => Promise<NodeReport>, log: Logger): { close: () => void } {
  const stopped = new AbortController();
  let heard = true;
  const tryOnce = async (): Promise<boolean> => {
    try {
      const status = await post(new URL('/api/nodes/report', serverUrl), token, await report(), stopped.signal);
      if (status !== 200) throw new Error(`the server answered ${status}`);
      if (!heard) log.info('a server takes the report again');
      return true;
    } catch (error) {
      if (heard && !stopped.signal.aborted) log.warn({ reason: (error as Error).message }, 'no server takes the report');
      return false;
    }
  };
  const loop = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      heard = await tryOnce();
      await new Promise((resolve) => setTimeout(resolve, heard ? intervalMs : retryMs).unref());
    }
  };
  void loop();
  return { close: () => stopped.abort() };
}

/** Posts JSON and resolves to the status. Over loopback the certificate, made for the public name, is not compared. */
function post(url: URL, token: string, body: object, stopped: AbortSignal): Promise<number> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        rejectUnauthorized: !loopback.has(url.hostname),
        signal: AbortSignal.any([stopped, AbortSignal.timeout(5_000)]),
      },
      (response) => {
        response.resume();
        response.once('end', () => resolve(response.statusCode ?? 0));
      },
    );
    asked.once('error', reject);
    asked.end(JSON.stringify(body));
  });
}
