/** Answering typed socket requests: parse, act, reply; the same at the server and at an SFU node. */
import type { z } from 'zod';
import { Refusal } from './refusal.ts';
import type { HandlersOf, Reply, RequestMap, WireErrorCode } from './wire.ts';

/** As much of a socket as is needed here. */
export type Answerable = {
  on(event: string, listener: (...args: unknown[]) => void): unknown;
  off(event: string, listener: (...args: unknown[]) => void): unknown;
  onAny(listener: (event: string, ...args: unknown[]) => void): unknown;
  listenerCount(event: string): number;
};

export type AnswerOptions = {
  /** Hears of everything that is not a Refusal. The asker gets a bland `internal`. */
  onBug: (event: string, error: unknown) => void;
  /** Hears of each refusal, for counting. */
  onRefused?: (event: string, code: WireErrorCode) => void;
  /** Runs one request; by default at once. A queue here keeps a socket's requests in their order. */
  run?: (task: () => Promise<void>, event: string) => void;
};

/** Largest request in characters of JSON; SDP-like capabilities are about 10,000. */
const maxRequestLength = 64_000;

/**
 * Attaches handlers for every request of the map.
 *
 * @returns a function that takes them off again, so that authority ends with it.
 */
export function answer<M extends RequestMap>(socket: Answerable, requests: M, handlers: HandlersOf<M>, options: AnswerOptions): () => void {
  const run = options.run ?? ((task) => void task());
  const attached = Object.keys(requests).map((event) => {
    const schema = (requests[event] as M[string]).request;
    const handle = handlers[event] as (request: unknown) => Promise<unknown>;
    const listener = (...args: unknown[]): void => {
      const ack = args.at(-1);
      if (typeof ack !== 'function') return; // whoever does not listen for the answer has not asked
      run(async () => ack(await replyTo(event, schema, handle, args, options)), event);
    };
    socket.on(event, listener);
    return () => socket.off(event, listener);
  });
  return () => {
    for (const detach of attached) detach();
  };
}

/** Answers every event that nothing else listens to, so that no asker waits in vain. */
export function answerUnknown(socket: Answerable, onRefused: AnswerOptions['onRefused']): void {
  socket.onAny((event, ...args) => {
    const ack = args.at(-1);
    if (socket.listenerCount(event) > 0 || typeof ack !== 'function') return;
    onRefused?.(event.slice(0, 40), 'unknown_event');
    ack(new Refusal('unknown_event', 'This is not open to you at the moment.').toReply());
  });
}

async function replyTo(
  event: string,
  schema: z.ZodType,
  handle: (request: unknown) => Promise<unknown>,
  args: unknown[],
  options: AnswerOptions,
): Promise<Reply<unknown>> {
  try {
    return { ok: true, data: await handle(parseRequest(schema, args)) };
  } catch (error) {
    if (!(error instanceof Refusal)) {
      options.onBug(event, error);
      return new Refusal('internal', 'Something went wrong here. It has been noted.').toReply();
    }
    options.onRefused?.(event, error.code);
    return error.toReply();
  }
}

function parseRequest(schema: z.ZodType, args: unknown[]): unknown {
  if (args.length !== 2) throw new Refusal('invalid', 'Send one object and an acknowledgement.');
  if (JSON.stringify(args[0] ?? null).length > maxRequestLength) throw new Refusal('too_large', 'The request is too large.');
  return parse(schema, args[0]);
}

/** Parses what came from outside. @throws {Refusal} `invalid`, naming the first field that is wrong. */
export function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  throw new Refusal('invalid', `${field || 'The request'}: ${issue?.message ?? 'malformed'}`, field || undefined);
}
