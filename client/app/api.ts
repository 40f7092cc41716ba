import type { z } from 'zod';
import type { Routes } from '../../contract/routes.ts';
import type { Reply, WireErrorCode } from '../../contract/wire.ts';

/** A "no" from the server, or `offline` when there was no answer. */
export class ApiError extends Error {
  readonly code: WireErrorCode | 'offline';
  readonly field: string | undefined;

  constructor(code: WireErrorCode | 'offline', field?: string) {
    super(code);
    this.code = code;
    this.field = field;
  }
}

type ShutOut = 'locked' | 'unauthenticated';
let onShutOut: (how: ShutOut) => void = () => undefined;

/** Called when the server says that the session has locked or ended. */
export function whenShutOut(tell: typeof onShutOut): void {
  onShutOut = tell;
}

/** A line that has been cut says nothing: after so long without an answer there is none, ms. */
const patienceMs = 30_000;

/** What came before anybody kept anything. */
const early: [path: string, data: unknown][] = [];
const mostEarly = 20;
let onAnswered = (path: string | null, data: unknown): void => {
  if (path !== null && data !== undefined && early.length < mostEarly) early.push([path, data]);
};
let isAway = (): boolean => false;
let onNoAnswer: (path: string | null) => Promise<unknown> = async () => undefined;

/** What came before; it is not kept here any longer. */
export const takeEarly = (): [path: string, data: unknown][] => early.splice(0);

/** Called with every answer. @param hear - `path` is null of what was written. */
export function whenAnswered(hear: typeof onAnswered): void {
  onAnswered = hear;
}

/**
 * Called when there was no answer.
 *
 * @param answer - may have one from before; undefined: none.
 * @param away - whether there was none a moment ago: then one from before is given without waiting.
 */
export function whenNoAnswer(answer: typeof onNoAnswer, away: typeof isAway): void {
  onNoAnswer = answer;
  isAway = away;
}

type InputOf<R, K extends string> = R extends { [key in K]: infer S extends z.ZodType } ? z.input<S> : undefined;
type Asked<R> = { params?: InputOf<R, 'params'>; query?: InputOf<R, 'query'>; body?: InputOf<R, 'body'> };

/** Calls a route of the contract. @throws {ApiError} */
export async function api<K extends keyof Routes & string>(
  key: K,
  asked: Asked<Routes[K]> = {},
  timeoutMs = patienceMs,
): Promise<z.output<Routes[K]['reply']>> {
  const [method = '', template = ''] = key.split(' ');
  const params: Record<string, string> = asked.params ?? {};
  const path = template.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const query: Record<string, string | undefined> = asked.query ?? {};
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const search = given.length > 0 ? `?${new URLSearchParams(given)}` : '';
  const read = method === 'GET' ? path + search : null;
  const known = read !== null && isAway() ? await onNoAnswer(read) : undefined;
  if (known !== undefined) return known as z.output<Routes[K]['reply']>;
  let reply: Reply<unknown>;
  try {
    reply = await send(method, path + search, asked.body, timeoutMs);
  } catch (error) {
    const kept = await onNoAnswer(read);
    if (kept === undefined) throw error;
    return kept as z.output<Routes[K]['reply']>;
  }
  onAnswered(read, reply.ok ? reply.data : undefined);
  if (!reply.ok) {
    if (reply.code === 'locked' || reply.code === 'unauthenticated') onShutOut(reply.code);
    throw new ApiError(reply.code, reply.field);
  }
  return reply.data as z.output<Routes[K]['reply']>;
}

async function send(method: string, path: string, body: unknown, timeoutMs: number): Promise<Reply<unknown>> {
  try {
    const response = await fetch(path, {
      method,
      signal: AbortSignal.timeout(timeoutMs),
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return (await response.json()) as Reply<unknown>;
  } catch {
    throw new ApiError('offline');
  }
}

/** Sends a JPEG. @param onProgress - how much of it has gone, percent. @throws {ApiError} */
export function sendPicture(path: string, picture: Blob, onProgress: (percent: number) => void = () => undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(); // `fetch` says nothing of how far it has come
    request.open('PUT', path);
    request.setRequestHeader('content-type', 'image/jpeg');
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onProgress(Math.floor((100 * loaded) / total));
    request.onerror = () => reject(new ApiError('offline'));
    request.onload = () => {
      const reply = request.response as Reply<unknown> | null;
      if (!reply) return reject(new ApiError('offline'));
      if (reply.ok) return resolve();
      if (reply.code === 'locked' || reply.code === 'unauthenticated') onShutOut(reply.code);
      reject(new ApiError(reply.code, reply.field));
    };
    request.send(picture);
  });
}

export const codeOf = (error: unknown): WireErrorCode | 'offline' => (error instanceof ApiError ? error.code : 'internal');
