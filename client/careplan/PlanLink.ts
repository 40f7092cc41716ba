/** A plan that is open on this page: its texts as everybody writes them, and who writes where. */
import { io, type Socket } from 'socket.io-client';
import type { z } from 'zod';
import type { TextField } from '../../contract/planParts.ts';
import type { planEvents, planRequests } from '../../contract/planSocket.ts';
import type { EventsOf, Reply, ToldBy } from '../../contract/wire.ts';
import { Store } from '../app/Store.ts';
import { SharedText } from './SharedText.ts';

type PlanSocket = Socket<ToldBy<typeof planEvents>, EventsOf<typeof planRequests>>;
export type TextOf = { partId: string; field: TextField };
export type Writer = TextOf & { name: string };
export type LinkState = {
  connected: boolean; // what is written meanwhile is kept on the page, and goes when it is back
  unsent: boolean;
  refused: boolean; // what was written last was not taken: the plan is not theirs to write any more
  writers: readonly Writer[];
};

const answerWithinMs = 10_000;
const retryMs = 1_000;

export class PlanLink {
  readonly state = new Store<LinkState>({ connected: false, unsent: false, refused: false, writers: [] });
  readonly #socket: PlanSocket;
  readonly #texts = new Map<string, SharedText>();
  readonly #onChanged: () => void;
  #at: TextOf | null = null;
  #closed = false;

  constructor(planId: string, onChanged: () => void) {
    this.#onChanged = onChanged;
    this.#socket = io('/plan', { transports: ['websocket'], forceNew: true, reconnectionDelayMax: 3_000, auth: { plan: { planId } } });
    this.#socket.on('connect', () => void this.#begin());
    this.#socket.on('plan:changed', onChanged);
    this.#socket.on('plan:written', ({ partId, field, change }) => this.text({ partId, field }).take(bytes(change)));
    this.#socket.on('plan:writers', (writers) => this.state.patch({ writers }));
    this.#socket.on('disconnect', (reason) => {
      this.state.patch({ connected: false, writers: [] });
      onChanged(); // what one is told of may be another
      if (reason === 'io server disconnect') setTimeout(() => !this.#closed && this.#socket.connect(), retryMs);
    });
  }

  /** The one text of that field, the same for everybody on this page who asks. */
  text(of: TextOf): SharedText {
    const key = `${of.partId} ${of.field}`;
    const there = this.#texts.get(key);
    if (there) return there;
    const made = new SharedText(() => void this.#send(of, made));
    this.#texts.set(key, made);
    return made;
  }

  /** Says where one writes just now, for the others to see. */
  at(at: TextOf | null): void {
    this.#at = at;
    if (this.#socket.connected) this.#socket.emit('plan:at', { at }, () => undefined);
  }

  close(): void {
    this.#closed = true;
    this.#socket.disconnect();
  }

  /** After every break: what the others wrote comes in, and what was written here meanwhile goes out. */
  async #begin(): Promise<void> {
    const reply = await this.#ask('plan:texts', {});
    if (!reply?.ok) return;
    const whole = new Map(reply.data.map(({ partId, field, whole }) => [`${partId} ${field}`, { partId, field, whole: bytes(whole) }]));
    for (const { partId, field, whole: theirs } of whole.values()) this.text({ partId, field }).take(theirs);
    this.state.patch({ connected: true, refused: false });
    for (const [key, text] of this.#texts) {
      const missing = text.missingFrom(whole.get(key)?.whole ?? null);
      if (!missing) continue;
      const [partId = '', field] = key.split(' ');
      text.queue(missing);
      void this.#send({ partId, field: field as TextField }, text);
    }
    if (this.#at) this.at(this.#at);
    this.#onChanged();
  }

  /** One change of a text is on its way at a time; what is written meanwhile goes with the next. */
  async #send(of: TextOf, text: SharedText): Promise<void> {
    this.state.patch({ unsent: true });
    if (text.sending || !this.state.get().connected) return;
    const change = text.next();
    if (!change) return this.#settle();
    text.sending = true;
    const reply = await this.#ask('plan:write', { ...of, change: btoa(String.fromCharCode(...change)) });
    text.sending = false;
    if (reply && !reply.ok) {
      this.state.patch({ refused: true });
      text.drop();
      return this.#settle();
    }
    if (!reply) return; // the line is gone: it goes when that is back
    await this.#send(of, text);
  }

  #settle(): void {
    const unsent = [...this.#texts.values()].some(({ waits }) => waits);
    this.state.patch({ unsent });
  }

  /** Null when no answer came. */
  async #ask<E extends keyof typeof planRequests>(
    event: E,
    request: z.input<(typeof planRequests)[E]['request']>,
  ): Promise<AnswerTo<E> | null> {
    const socket: { emitWithAck: (event: E, request: unknown) => Promise<unknown> } = this.#socket.timeout(answerWithinMs) as never;
    try {
      return (await socket.emitWithAck(event, request)) as AnswerTo<E>;
    } catch {
      return null;
    }
  }
}

type AnswerTo<E extends keyof typeof planRequests> = Reply<z.output<(typeof planRequests)[E]['reply']>>;

const bytes = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
