import type { IncomingMessage } from 'node:http';
import type { Request, RequestHandler } from 'express';
import { Refusal } from '../../contract/refusal.ts';

const reads = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refuses writes that a page of another site makes with a visitor's cookies. */
export const sameOriginWrites: RequestHandler = (req: Request, _res, next) => {
  if (reads.has(req.method) || isSameOrigin(req, req.host)) return next();
  throw new Refusal('cross_origin', 'This has to be done from the page itself.');
};

/**
 * By `Origin`, which every browser sends with a write and with a WebSocket; else by `Sec-Fetch-Site`. A request with
 * neither is not a browser's and carries nobody's cookies unasked.
 *
 * @param host - as the browser addressed us, port included.
 */
export function isSameOrigin({ headers }: IncomingMessage, host: string | undefined): boolean {
  const { origin } = headers;
  if (origin !== undefined) return URL.canParse(origin) && new URL(origin).host === host;
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}
