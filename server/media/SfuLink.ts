import { io, type Socket } from 'socket.io-client';
import type { z } from 'zod';
import { Refusal } from '../../contract/refusal.ts';
import { type sfuEvents, sfuRequests } from '../../contract/sfu.ts';
import { type EventsOf, failureSchema, type ToldBy } from '../../contract/wire.ts';

type Requests = typeof sfuRequests;
type Command = keyof Requests & string;
type Body<C extends Command> = Omit<z.input<Requests[C]['request']>, 'deadlineAtMs'>;
type ControlSocket = Socket<ToldBy<typeof sfuEvents>, EventsOf<Requests>>;

/** A command not answered by then is of no use any more, ms. */
const deadlineMs = 4_000;

export type LinkEvents = {
  [E in keyof typeof sfuEvents]: (event: z.output<(typeof sfuEvents)[E]>) => void;
} & { up: (link: SfuLink) => void; down: (link: SfuLink) => void };

/** The control connection to one start of one SFU node. Nothing is buffered: a command that cannot go now is refused now. */
export class SfuLink {
  readonly nodeId: string;
  readonly instanceId: string;
  readonly #socket: ControlSocket;
  readonly #onRefused: (command: string, code: string) => void;

  constructor(
    { nodeId, instanceId, controlUrl }: { nodeId: string; instanceId: string; controlUrl: string },
    token: string,
    events: LinkEvents,
    onRefused: (command: string, code: string) => void,
  ) {
    this.nodeId = nodeId;
    this.instanceId = instanceId;
    this.#onRefused = onRefused;
    this.#socket = io(controlUrl, {
      auth: { token },
      transports: ['websocket'],
      reconnectionDelay: 100,
      reconnectionDelayMax: 500,
      retries: 0,
      forceNew: true,
    });
    this.#socket.on('connect', () => events.up(this));
    this.#socket.on('disconnect', () => events.down(this));
    this.#socket.on('seat:added', events['seat:added']);
    this.#socket.on('seat:closed', events['seat:closed']);
    this.#socket.on('seat:line', events['seat:line']);
    this.#socket.on('room:speaker', events['room:speaker']);
    this.#socket.on('room:lost', events['room:lost']);
  }

  get connected(): boolean {
    return this.#socket.connected;
  }

  /** @throws {Refusal} whatever the node refuses; `media_unavailable` if it cannot be reached in time. */
  async request<C extends Command>(command: C, body: Body<C>): Promise<z.output<Requests[C]['reply']>> {
    if (!this.connected) throw this.#refused(command, unavailable());
    const withDeadline = { ...body, deadlineAtMs: Date.now() + deadlineMs };
    const reply: unknown = await this.#emit(command, withDeadline).catch(() => unavailable().toReply());
    const failure = failureSchema.safeParse(reply);
    if (failure.success) throw this.#refused(command, new Refusal(failure.data.code, failure.data.message, failure.data.field));
    return sfuRequests[command].reply.parse((reply as { data?: unknown }).data) as z.output<Requests[C]['reply']>;
  }

  close(): void {
    this.#socket.disconnect();
  }

  #emit(command: string, body: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const socket: {
        timeout(ms: number): { emit(event: string, body: unknown, ack: (error: Error | null, reply: unknown) => void): void };
      } = this.#socket as never;
      socket.timeout(deadlineMs).emit(command, body, (error, reply) => (error ? reject(error) : resolve(reply)));
    });
  }

  #refused(command: string, refusal: Refusal): Refusal {
    this.#onRefused(command, refusal.code);
    return refusal;
  }
}

const unavailable = (): Refusal =>
  new Refusal('media_unavailable', 'Sound and picture cannot be reached at the moment. It is tried again.');
