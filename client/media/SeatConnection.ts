import { io, type Socket } from 'socket.io-client';
import type { z } from 'zod';
import type { VisitHandshake, visitEvents, visitRequests } from '../../contract/visitSocket.ts';
import type { EventsOf, Reply, ToldBy } from '../../contract/wire.ts';
import { ApiError } from '../app/api.ts';
import { timers } from './timers.ts';

export type Requests = typeof visitRequests;
export type Event = keyof Requests & string;
export type TypedSocket = Socket<ToldBy<typeof visitEvents>, EventsOf<Requests>>;

/** One connection of one seat: typed requests with an answer or an ApiError, and nothing buffered. It is never made anew. */
export class SeatConnection {
  readonly socket: TypedSocket;
  readonly #answered = new Set<() => void>();

  /** @param withinMs - it stands by then or not at all. */
  constructor(handshake: VisitHandshake, withinMs: number) {
    this.socket = io('/visit', {
      transports: ['websocket'],
      auth: handshake,
      reconnection: false,
      timeout: withinMs,
      forceNew: true,
    });
  }

  /** @throws {ApiError} `offline` at once when not connected, when the connection ends, or when no answer comes. */
  request<E extends Event>(event: E, request: z.input<Requests[E]['request']>): Promise<z.output<Requests[E]['reply']>> {
    if (!this.socket.connected) return Promise.reject(new ApiError('offline'));
    return new Promise((resolve, reject) => {
      const lost = (): void => reject(new ApiError('offline'));
      this.socket.once('disconnect', lost);
      const emitter = this.socket.timeout(timers.answerWithin) as {
        emit(event: string, request: unknown, ack: (error: Error | null, reply: Reply<never>) => void): void;
      };
      emitter.emit(event, request, (error, reply) => {
        this.socket.off('disconnect', lost);
        if (error) return reject(new ApiError('offline'));
        for (const callback of this.#answered) callback();
        if (reply.ok) resolve(reply.data);
        else reject(new ApiError(reply.code, reply.field));
      });
    });
  }

  /**
   * Calls back when the server answers something: the connection lives, both ways. What only comes in does not say that,
   * since after a break what goes out may still wait for TCP to send it again. Returns how to stop listening.
   */
  onAnswer(callback: () => void): () => void {
    this.#answered.add(callback);
    return () => this.#answered.delete(callback);
  }
}
