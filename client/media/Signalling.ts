/**
 * The signalling of one seat, whatever becomes of the line. A connection that ends is followed by another; one that is
 * doubtful is kept until another stands. Attempts overlap, since the kernel tries ever more seldom on each of them.
 */
import type { z } from 'zod';
import type { VisitHandshake } from '../../contract/visitSocket.ts';
import { type WireErrorCode, wireErrorCodes } from '../../contract/wire.ts';
import { ApiError } from '../app/api.ts';
import { type Event, type Requests, SeatConnection, type TypedSocket } from './SeatConnection.ts';
import { timers } from './timers.ts';

export type SignallingListener = {
  /** A connection is about to stand: says what to listen to on it. */
  attach: (socket: TypedSocket) => void;
  connected: () => void;
  lost: () => void;
  /** The server does not let this seat in. */
  refused: (code: WireErrorCode) => void;
};

/** Refused for now, not for good. */
const passing: readonly WireErrorCode[] = ['internal', 'rate_limited', 'media_unavailable', 'conflict'];

export class Signalling {
  readonly #handshake: VisitHandshake;
  readonly #listener: SignallingListener;
  readonly #attempts = new Set<SeatConnection>();
  #standing: SeatConnection | null = null;
  #trying: ReturnType<typeof setInterval> | undefined;
  #heard: (() => void) | undefined;
  #closed = false;

  constructor(handshake: VisitHandshake, listener: SignallingListener) {
    this.#handshake = handshake;
    this.#listener = listener;
  }

  get connected(): boolean {
    return this.#standing?.socket.connected === true;
  }

  /** Connects, and from then on sees to it that a connection stands. */
  open(): void {
    this.#closed = false;
    if (!this.connected) this.#begin();
  }

  /** The line is doubtful: another connection is tried beside the one that stands, unless that shows life. */
  doubt(): void {
    if (this.#closed || this.#trying !== undefined || !this.connected) return;
    this.#heard = this.#standing?.onceHeard(() => this.#settle());
    this.#begin();
  }

  /** @throws {ApiError} `offline` when not connected. */
  request<E extends Event>(event: E, request: z.input<Requests[E]['request']>): Promise<z.output<Requests[E]['reply']>> {
    return this.#standing ? this.#standing.request(event, request) : Promise.reject(new ApiError('offline'));
  }

  close(): void {
    this.#closed = true;
    this.#settle();
    this.#standing?.socket.disconnect();
    this.#standing = null;
  }

  #begin(): void {
    if (this.#trying !== undefined) return;
    this.#trying = setInterval(() => this.#try(), timers.tryEvery);
    this.#try();
  }

  /** No more attempts. */
  #settle(): void {
    clearInterval(this.#trying);
    this.#trying = undefined;
    this.#heard?.();
    this.#heard = undefined;
    for (const attempt of this.#attempts) attempt.socket.disconnect();
    this.#attempts.clear();
  }

  #try(): void {
    if (this.#attempts.size >= timers.tryAtOnce) return;
    const attempt = new SeatConnection(this.#handshake);
    const { socket } = attempt;
    this.#attempts.add(attempt);
    this.#listener.attach(socket); // what the server says at once must not be missed
    socket.on('connect', () => this.#attempts.delete(attempt) && this.#stand(attempt));
    socket.on('connect_error', ({ message }) => {
      if (!this.#attempts.delete(attempt)) return;
      socket.disconnect();
      const code = wireErrorCodes.find((known) => known === message);
      if (!code || passing.includes(code)) return;
      this.#settle();
      this.#listener.refused(code);
    });
  }

  #stand(attempt: SeatConnection): void {
    const former = this.#standing;
    this.#standing = attempt;
    former?.socket.disconnect();
    this.#settle();
    attempt.socket.on('disconnect', () => {
      if (this.#standing !== attempt) return;
      this.#standing = null;
      if (this.#closed) return;
      this.#listener.lost();
      this.#begin();
    });
    this.#listener.connected();
  }

  /** Whether this socket is the one that stands, so that what a former one says does not count. */
  isCurrent(socket: TypedSocket): boolean {
    return this.#standing?.socket === socket;
  }
}
