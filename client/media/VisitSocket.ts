import { io, type Socket } from 'socket.io-client';
import type { z } from 'zod';
import type { visitEvents, visitRequests } from '../../contract/visitSocket.ts';
import type { SeatKind } from '../../contract/visits.ts';
import type { EventsOf, Reply, ToldBy } from '../../contract/wire.ts';
import { ApiError } from '../app/api.ts';

type Requests = typeof visitRequests;
type Event = keyof Requests & string;
export type TypedSocket = Socket<ToldBy<typeof visitEvents>, EventsOf<Requests>>;

/** An answer that has not come by then will not, ms. */
const answerWithinMs = 6_000;

/** The signalling connection of one seat: typed requests with an answer or an ApiError, and nothing buffered. */
export class VisitSocket {
  readonly socket: TypedSocket;

  constructor(visitId: string, tabId: string, seat: SeatKind) {
    this.socket = io('/visit', {
      transports: ['websocket'],
      auth: { visitId, tabId, seat },
      autoConnect: false,
      reconnectionDelay: 150,
      reconnectionDelayMax: 1_500,
      timeout: 5_000,
      forceNew: true,
    });
  }

  /** @throws {ApiError} `offline` at once when not connected, or when no answer comes. */
  request<E extends Event>(event: E, request: z.input<Requests[E]['request']>): Promise<z.output<Requests[E]['reply']>> {
    if (!this.socket.connected) return Promise.reject(new ApiError('offline'));
    return new Promise((resolve, reject) => {
      const emitter = this.socket.timeout(answerWithinMs) as {
        emit(event: string, request: unknown, ack: (error: Error | null, reply: Reply<never>) => void): void;
      };
      emitter.emit(event, request, (error, reply) => {
        if (error) reject(new ApiError('offline'));
        else if (reply.ok) resolve(reply.data);
        else reject(new ApiError(reply.code, reply.field));
      });
    });
  }
}
