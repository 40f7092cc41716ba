import type { Reply } from '../contract/wire.ts';
import type { Person } from './people.ts';

export type Asks = { get: (path: string) => Promise<Reply<unknown>>; post: (path: string, body?: unknown) => Promise<Reply<unknown>> };

/** Asks the product's own routes as the person in this browser. */
export function asks({ page }: Person): Asks {
  const ask = (method: string, path: string, body?: unknown): Promise<Reply<unknown>> =>
    page.evaluate(
      async ([how, where, what]) => {
        const write = how === 'GET' ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(what ?? {}) };
        return (await fetch(where as string, { method: how as string, ...write })).json() as Promise<Reply<unknown>>;
      },
      [method, path, body] as const,
    );
  return { get: (path) => ask('GET', path), post: (path, body) => ask('POST', path, body) };
}
