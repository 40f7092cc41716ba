/** Fires requests at a server and says how they fared; a process of its own, told what to do by its parent. */
import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';

export type Shot = { url: string; method: 'GET' | 'POST'; connections: number; duration: number; cookie: string; booking?: object };
export type Load = { p99Ms: number; perSecond: number; failed: number };

const half = 30 * 60_000;
const firstAt = Math.ceil((Date.now() + 9 * 86_400_000) / half) * half;
let made = 0;

/** A booking of its own, at a time of its own; days ahead, so that the day's list stays as long as it is. */
export const bookingBody = (booking: object): string =>
  JSON.stringify({ ...booking, visitId: randomUUID(), startsAt: new Date(firstAt + (made++ % 34_000) * half).toISOString() });

async function fire({ url, method, connections, duration, cookie, booking }: Shot): Promise<Load> {
  const result = await autocannon({
    url,
    method,
    connections,
    duration,
    headers: { cookie, ...(booking ? { 'content-type': 'application/json' } : {}) },
    ...(booking ? { requests: [{ setupRequest: (request: autocannon.Request) => ({ ...request, body: bookingBody(booking) }) }] } : {}),
  });
  return { p99Ms: result.latency.p99, perSecond: result.requests.average, failed: result.non2xx + result.errors };
}

process.on('message', (shot: Shot) => void fire(shot).then((load) => process.send?.(load)));
