/** A page that has a plan open, as a script uses it: it has what it is told of, and writes. */
import { io, type Socket } from 'socket.io-client';
import * as Y from 'yjs';
import type { TextField } from '../contract/planParts.ts';
import type { Reply } from '../contract/wire.ts';
import type { Caller } from './TestApp.ts';

type Written = { partId: string; field: TextField; change: string };
type Whole = { partId: string; field: TextField; whole: string };

export class PlanPage implements Disposable {
  readonly socket: Socket;
  /** Everything that came over the socket, for looking through it. */
  readonly heard: unknown[] = [];
  readonly #documents = new Map<string, Y.Doc>();
  changed = 0;
  writers: unknown[] = [];

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.onAny((event, data) => this.heard.push([event, data]));
    socket.on('plan:changed', () => {
      this.changed += 1;
    });
    socket.on('plan:writers', (writers: unknown[]) => {
      this.writers = writers;
    });
    socket.on('plan:written', ({ partId, field, change }: Written) => this.#take(partId, field, change));
  }

  /** @throws if the plan is not theirs to see. */
  static async open(caller: Caller, address: string, planId: string): Promise<PlanPage> {
    const socket = io(`${address}/plan`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: { plan: { planId } },
      extraHeaders: { cookie: caller.cookie },
    });
    const page = new PlanPage(socket);
    // Before it connects: that it is shut out may be said in the same breath.
    const shut = new Promise<never>((_, reject) => socket.once('disconnect', () => reject(new Error('shut out'))));
    shut.catch(() => undefined);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', () => resolve());
      socket.once('connect_error', reject);
    });
    const reply = (await Promise.race([page.ask('plan:texts', {}), shut])) as Reply<Whole[]>;
    if (!reply.ok) throw new Error(reply.code);
    page.heard.push(['plan:texts', reply.data]);
    for (const { partId, field, whole } of reply.data) page.#take(partId, field, whole);
    return page;
  }

  ask(event: string, request: unknown): Promise<Reply<unknown>> {
    return this.socket.timeout(5_000).emitWithAck(event, request) as Promise<Reply<unknown>>;
  }

  text(partId: string, field: TextField): string {
    return this.#document(partId, field).getText('text').toString();
  }

  /** Writes words at a place. @returns the server's answer, when it is kept. */
  async write(partId: string, field: TextField, words: string, at = 0): Promise<Reply<unknown>> {
    const document = this.#document(partId, field);
    const changes: Uint8Array[] = [];
    const note = (change: Uint8Array): void => void changes.push(change);
    document.on('update', note);
    document.getText('text').insert(at, words);
    document.off('update', note);
    const change = Buffer.from(changes[0] ?? new Uint8Array()).toString('base64');
    return this.ask('plan:write', { partId, field, change });
  }

  [Symbol.dispose](): void {
    this.socket.disconnect();
  }

  #document(partId: string, field: TextField): Y.Doc {
    const key = `${partId} ${field}`;
    const document = this.#documents.get(key) ?? new Y.Doc();
    this.#documents.set(key, document);
    return document;
  }

  #take(partId: string, field: TextField, change: string): void {
    Y.applyUpdate(this.#document(partId, field), Buffer.from(change, 'base64'));
  }
}
