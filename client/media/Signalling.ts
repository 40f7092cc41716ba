/**
 * The signalling of one seat, whatever becomes of the line. A connection that ends is followed by another; one that is
 * doubtful is kept until another stands. A browser makes one attempt at a time, and holds back one whose attempts often
 * fail; so they are few, and when the media show that the line is back, a fresh one is begun at once.
 */
import type { z } from 'zod';
import type { VisitHandshake } from '../../contract/visitSocket.ts';
import type { WireErrorCode } from '../../contract/wire.ts';
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

/** In a break that lasts, one attempt in so many is long: the network found at last may be a slow one. */
const longAfterMs = 12_000;
const longEvery = 5;
/** Refused for good; whatever else is in the way may pass. */
const refusals = ['unauthenticated', 'not_found', 'forbidden', 'locked'] as const satisfies WireErrorCode[];

export class Signalling {
  readonly #handshake: VisitHandshake;
  readonly #listener: SignallingListener;
  #standing: SeatConnection | null = null;
  #attempt: SeatConnection | null = null;
  #next: ReturnType<typeof setTimeout> | undefined;
  #tryingSince = 0;
  #attempts = 0;
  #stopListening: (() => void) | undefined;
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
    if (this.#closed || this.#trying || !this.connected) return;
    this.#stopListening = this.#standing?.onAnswer(() => this.#settle());
    this.#begin();
  }

  /** The line is back: what was begun in the break is stuck, so a fresh attempt takes its place. */
  nudge(): void {
    if (!this.#trying) return;
    clearTimeout(this.#next);
    const stuck = this.#attempt;
    this.#attempt = null;
    stuck?.socket.disconnect();
    this.#try();
  }

  /** @throws {ApiError} `offline` when not connected. */
  request<E extends Event>(event: E, request: z.input<Requests[E]['request']>): Promise<z.output<Requests[E]['reply']>> {
    return this.#standing ? this.#standing.request(event, request) : Promise.reject(new ApiError('offline'));
  }

  /** Whether this socket is the one that stands, so that what a former one says does not count. */
  isCurrent(socket: TypedSocket): boolean {
    return this.#standing?.socket === socket;
  }

  close(): void {
    this.#closed = true;
    this.#settle();
    this.#standing?.socket.disconnect();
    this.#standing = null;
  }

  get #trying(): boolean {
    return this.#attempt !== null || this.#next !== undefined;
  }

  #begin(): void {
    if (this.#trying) return;
    this.#tryingSince = performance.now();
    this.#attempts = 0;
    this.#try();
  }

  /** No more attempts. */
  #settle(): void {
    clearTimeout(this.#next);
    this.#next = undefined;
    this.#stopListening?.();
    this.#stopListening = undefined;
    this.#attempt?.socket.disconnect();
    this.#attempt = null;
  }

  #try(): void {
    this.#next = undefined;
    this.#attempts += 1;
    const withinMs = this.#withinMs();
    const attempt = new SeatConnection(this.#handshake, withinMs);
    const { socket } = attempt;
    this.#attempt = attempt;
    this.#listener.attach(socket); // what the server says at once must not be missed
    const givenUp = setTimeout(() => this.#again(attempt), withinMs);
    socket.on('connect', () => {
      clearTimeout(givenUp);
      if (this.#attempt === attempt) this.#stand(attempt);
    });
    socket.on('connect_error', ({ message }) => {
      clearTimeout(givenUp);
      const code = refusals.find((refusal) => refusal === message);
      if (!code) return this.#again(attempt);
      if (this.#attempt !== attempt) return;
      this.#settle();
      this.#listener.refused(code);
    });
  }

  #again(attempt: SeatConnection): void {
    attempt.socket.disconnect();
    if (this.#attempt !== attempt) return;
    this.#attempt = null;
    this.#next = setTimeout(() => this.#try(), timers.tryEvery);
  }

  #withinMs(): number {
    const long = performance.now() - this.#tryingSince > longAfterMs && this.#attempts % longEvery === 0;
    return long ? timers.tryLong : timers.tryFor;
  }

  #stand(attempt: SeatConnection): void {
    const former = this.#standing;
    this.#attempt = null;
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
}
