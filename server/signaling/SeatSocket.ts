import type { Socket } from 'socket.io';
import type { z } from 'zod';
import { type Answerable, answer } from '../../contract/answer.ts';
import {
  attendingRequests,
  bedsideRequests,
  hostRequests,
  lobbyRequests,
  seatRequests,
  staffRequests,
  type visitEvents,
  type visitRequests,
} from '../../contract/visitSocket.ts';
import type { EventsOf, ToldBy } from '../../contract/wire.ts';
import type { Context } from '../context.ts';
import { maySee } from '../examining/frozen.ts';
import { can } from '../policies.ts';
import type { Holder } from '../visits/seats.ts';
import { snapshotFor } from '../visits/views.ts';
import type { Person, VisitState } from '../visits/visitState.ts';
import { attendingHandlers, bedsideHandlers, hostHandlers, lobbyHandlers, seatHandlers, staffHandlers } from './visit.ts';

export type VisitSocket = Socket<EventsOf<typeof visitRequests>, ToldBy<typeof visitEvents>>;

/** What a socket may ask besides the lobby's requests. Each is attached while its policy holds, and taken off when it ends. */
type Power = 'seat' | 'staff' | 'attending' | 'bedside' | 'host';

/** The tab that gives its seat away has to have its new session first. */
const givenAwayMs = 1_000;

/** One browser tab on one seat of a visit. */
export class SeatSocket {
  readonly holder: Holder;
  readonly #ctx: Context;
  readonly #socket: VisitSocket;
  readonly #powers = new Map<Power, () => void>();
  #state: VisitState | null = null;
  #joined = false;
  #last: Promise<void> = Promise.resolve();

  constructor(ctx: Context, socket: VisitSocket, holder: Holder) {
    this.#ctx = ctx;
    this.#socket = socket;
    this.holder = holder;
    this.#answer(lobbyRequests, lobbyHandlers(ctx, holder));
  }

  /** Media events go to the tab that is in the room, not to one before the door. */
  get joined(): boolean {
    return this.#joined;
  }

  /** The visit as this socket knows it: the newest that was published, or that its own joining made. */
  get state(): VisitState {
    if (!this.#state) throw new Error('the seat has not been shown the visit yet');
    return this.#state;
  }

  close(): void {
    this.#socket.disconnect(true);
  }

  markJoined(): void {
    this.#joined = true;
    const { visitId, participantId } = this.holder;
    const { hub } = this.#ctx;
    this.emit('visit:lines', { lines: hub.lines(visitId) });
    this.emit('devices:known', { devices: hub.gestures.devices(visitId) });
    const self = this.state.people.find(({ id }) => id === participantId);
    const seen = self ? hub.gestures.strokes(visitId).filter((stroke) => maySee(this.state, stroke, self)) : [];
    this.emit('mark:strokes', { strokes: seen });
  }

  /** Shows the visit as it now stands, and gives and takes powers accordingly. */
  update(state: VisitState): void {
    if (state.revision < (this.#state?.revision ?? 0)) return; // overtaken by a newer one
    this.#state = state;
    const person = state.people.find(({ id }) => id === this.holder.participantId);
    if (!person) return void this.#socket.disconnect(true);
    // Somebody else has the seat now. The tab that gave it away comes again by itself, as theirs; any other is shut out.
    if (person.userId !== this.holder.userId) return void setTimeout(() => this.close(), givenAwayMs);
    if (this.#joined && person.heldBy !== null && person.heldBy !== this.holder.tabId) return this.#supersede();
    this.#grant(state, person);
    this.#socket.emit('visit:snapshot', snapshotFor(state, person, this.holder.tabId));
  }

  emit<E extends keyof typeof visitEvents>(event: E, ...data: Parameters<ToldBy<typeof visitEvents>[E]>): void {
    this.#socket.emit(event, ...data);
  }

  /** The same, of an event that is known by its type alone. */
  tell<E extends keyof typeof visitEvents>(event: E, data: z.output<(typeof visitEvents)[E]>): void {
    this.#socket.emit(event, ...([data] as Parameters<ToldBy<typeof visitEvents>[E]>));
  }

  #supersede(): void {
    this.#socket.emit('visit:superseded', null);
    this.#socket.disconnect(true);
  }

  #grant(state: VisitState, person: Person): void {
    const inside = can(person, 'visit.room', state);
    if (!inside) this.#joined = false;
    this.#set('seat', inside, () => this.#answer(seatRequests, seatHandlers(this.#ctx, this)));
    const { holder } = this;
    this.#set('staff', can(person, 'visit.staff', state), () => this.#answer(staffRequests, staffHandlers(this.#ctx, this)));
    this.#set('attending', can(person, 'visit.attend', state), () => this.#answer(attendingRequests, attendingHandlers(this.#ctx, this)));
    this.#set('bedside', can(person, 'visit.bedside', state), () => this.#answer(bedsideRequests, bedsideHandlers(this.#ctx, holder)));
    this.#set('host', can(person, 'visit.host', state), () => this.#answer(hostRequests, hostHandlers(this.#ctx, holder)));
  }

  #set(power: Power, wanted: boolean, attach: () => () => void): void {
    const detach = this.#powers.get(power);
    if (wanted && !detach) this.#powers.set(power, attach());
    if (wanted || !detach) return;
    detach();
    this.#powers.delete(power);
  }

  /** One request at a time, in the order they came: a pause never overtakes the resume before it. */
  #answer<M extends Parameters<typeof answer>[1]>(requests: M, handlers: Parameters<typeof answer<M>>[2]): () => void {
    return answer(this.#socket as Answerable, requests, handlers, {
      onBug: (event, error) => this.#ctx.log.error({ event, err: error }, 'a visit request failed'),
      onRefused: (event, code) => this.#ctx.metrics.refused.inc({ event, code }),
      run: (task, event) => {
        if (event === 'media:show' || event === 'line:ping' || event === 'mark:point')
          void task(); // changes nothing but what this seat is sent: no need to wait in line
        else this.#last = this.#last.then(task);
      },
    });
  }
}
