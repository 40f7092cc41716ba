/** A real server and a real SFU in this process, over a database of their own, and people who call them. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import type { Me } from '../contract/identity.ts';
import type { JoinOffer, RtpCapabilities } from '../contract/media.ts';
import type { SeatKind, VisitSnapshot } from '../contract/visits.ts';
import type { Failure, Reply } from '../contract/wire.ts';
import type { Context } from '../server/context.ts';
import { readServerEnv } from '../server/env.ts';
import { startServer } from '../server/startServer.ts';
import { readSfuEnv } from '../sfu/env.ts';
import { startSfu } from '../sfu/startSfu.ts';
import { type Account, type Guest, testSecret } from './care.ts';
import { createTestDatabase } from './database.ts';
import { testKeys } from './keys.ts';
import { logFolder } from './logs.ts';
import { freePorts } from './ports.ts';

type Options = { sfu?: boolean; env?: NodeJS.ProcessEnv };

export class TestApp implements AsyncDisposable {
  readonly ctx: Context;
  readonly address: string;
  readonly controlUrl: string;
  readonly nodeToken: string;
  readonly #variables: NodeJS.ProcessEnv;
  readonly #stops: (() => Promise<void>)[];
  readonly #callers: Caller[] = [];

  private constructor(ctx: Context, port: number, variables: NodeJS.ProcessEnv, stops: (() => Promise<void>)[]) {
    this.ctx = ctx;
    this.address = `http://127.0.0.1:${port}`;
    this.controlUrl = `http://127.0.0.1:${port + 1}`;
    this.nodeToken = variables.SFU_NODE_TOKEN ?? '';
    this.#variables = variables;
    this.#stops = stops;
  }

  static async start({ sfu = false, env = {} }: Options = {}): Promise<TestApp> {
    const database = await createTestDatabase();
    const port = await freePorts(4);
    const variables: NodeJS.ProcessEnv = {
      DATABASE_URL: database.url,
      PORT: String(port),
      ...logsOf(),
      SFU_NODE_TOKEN: `test-${randomUUID()}`,
      SECRET: testSecret,
      AUDIT_KEY: testSecret,
      DATA_KEYS: JSON.stringify(testKeys),
      SFU_LISTEN_IP: '127.0.0.1',
      SFU_PORT: String(port + 2),
      SFU_WORKERS: '1',
      SFU_CONTROL_PORT: String(port + 1),
      SFU_SERVER_URL: `http://127.0.0.1:${port}`,
      MEDIASOUP_WORKER_BIN: process.env.MEDIASOUP_WORKER_BIN,
      ...env,
    };
    const server = await startServer(readServerEnv(variables));
    const stops = [server.stop, async () => await database[Symbol.asyncDispose]()];
    const app = new TestApp(server.ctx, port, variables, stops);
    if (sfu) await app.startSfu();
    return app;
  }

  /** Starts the SFU and waits until the server has it. */
  async startSfu(): Promise<void> {
    this.#stops.unshift((await startSfu(readSfuEnv(this.#variables))).stop);
    await until(async () => (await fetch(`${this.address}/readyz`)).status === 200);
  }

  /** Somebody who is not logged in. */
  stranger(): Caller {
    const caller = new Caller(this.address);
    this.#callers.push(caller);
    return caller;
  }

  async signedInAs(person: Account | Guest): Promise<Caller> {
    const caller = this.stranger();
    const reply =
      'username' in person
        ? await caller.post('/api/login', { username: person.username, password: person.password })
        : await caller.post('/api/guest', { reference: person.reference, code: person.code });
    if (!reply.ok) throw new Error(`not signed in: ${reply.code}`);
    await declareCountry(caller, reply.data as Me);
    return caller;
  }

  /** A counter's value, summed over what matches the labels. */
  async metric(name: string, labels: string): Promise<number> {
    const text = await (await fetch(`${this.address}/metrics`)).text();
    const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) && line.includes(labels));
    return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const caller of this.#callers) caller.close();
    for (const stop of this.#stops) await stop();
  }
}

/** Everything is logged where somebody looks through it, else nothing. */
function logsOf(): NodeJS.ProcessEnv {
  const folder = logFolder();
  return folder ? { LOG_LEVEL: 'trace', LOG_FILE: join(folder, `${randomUUID()}.log`) } : { LOG_LEVEL: 'silent' };
}

/** A physician abroad who has one assignment says from where they work. */
export async function declareCountry(caller: Caller, data: Me | { me: Me }): Promise<void> {
  const { choices } = 'me' in data ? data.me : data;
  const [only] = choices;
  if (choices.length === 1 && only?.declares) await caller.post('/api/assignment', { assignmentId: only.id, country: 'PT' });
}

/** A browser's part: cookies, REST and sockets. */
export class Caller {
  readonly #address: string;
  readonly #sockets: Socket[] = [];
  cookie = '';

  constructor(address: string) {
    this.#address = address;
  }

  async send(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(`${this.#address}${path}`, { ...init, headers: { cookie: this.cookie, ...init.headers } });
    for (const set of response.headers.getSetCookie()) this.#keep(set.split(';')[0] ?? '');
    return response;
  }

  #keep(pair: string): void {
    const name = pair.slice(0, pair.indexOf('=') + 1);
    this.cookie = [...this.cookie.split('; ').filter((other) => other && !other.startsWith(name)), pair].join('; ');
  }

  async get(path: string): Promise<Reply<unknown>> {
    return (await (await this.send(path)).json()) as Reply<unknown>;
  }

  post(path: string, body: unknown = {}): Promise<Reply<unknown>> {
    return this.write('POST', path, body);
  }

  put(path: string, body: unknown): Promise<Reply<unknown>> {
    return this.write('PUT', path, body);
  }

  async write(method: string, path: string, body: unknown): Promise<Reply<unknown>> {
    const init = { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    return (await (await this.send(path, init)).json()) as Reply<unknown>;
  }

  /** Comes to the door of a visit. Rejects with the code if refused. */
  async visit(visitId: string, { tabId = randomUUID(), seat = 'own' as SeatKind } = {}): Promise<VisitCaller> {
    const socket = io(`${this.#address}/visit`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: { visitId, tabId, seat },
      extraHeaders: { cookie: this.cookie },
    });
    this.#sockets.push(socket);
    const caller = new VisitCaller(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('visit:snapshot', () => resolve());
      socket.once('connect_error', (error) => reject(error));
    });
    return caller;
  }

  close(): void {
    for (const socket of this.#sockets) socket.disconnect();
  }
}

/** A visit's socket as a script uses it: any event, any body. */
export class VisitCaller {
  readonly socket: Socket;
  snapshot: VisitSnapshot | null = null;
  superseded = false;
  capabilities: RtpCapabilities | null = null;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('visit:snapshot', (snapshot: VisitSnapshot) => {
      this.snapshot = snapshot;
    });
    socket.on('visit:superseded', () => {
      this.superseded = true;
    });
    socket.on('media:capabilities', (capabilities: RtpCapabilities) => {
      this.capabilities = capabilities;
    });
  }

  ask(event: string, ...args: unknown[]): Promise<Reply<unknown>> {
    return this.socket.timeout(5_000).emitWithAck(event, ...args) as Promise<Reply<unknown>>;
  }

  join(takeOver = true): Promise<Reply<unknown>> {
    return this.ask('visit:join', { ...this.offer(), takeOver });
  }

  /** What a browser would offer; the certificate is nobody's, so DTLS will not come up. */
  offer(): JoinOffer {
    const value = Array.from({ length: 32 }, () => 'AB').join(':');
    return { rtpCapabilities: this.capabilities ?? { codecs: [], headerExtensions: [] }, fingerprints: [{ algorithm: 'sha-256', value }] };
  }
}

/** RTP parameters of an Opus track as a browser sends it. */
export const opusTrack = (ssrc = 1_111) => ({
  mid: '0',
  codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2, parameters: { useinbandfec: 1 }, rtcpFeedback: [] }],
  encodings: [{ ssrc }],
  rtcp: { cname: 'test' },
});

export const codeOf = (reply: Reply<unknown>): Failure['code'] | null => (reply.ok ? null : reply.code);

/** Which field a refusal names. */
export const fieldOf = (reply: Reply<unknown>): string | undefined => (reply.ok ? undefined : reply.field);

/** Waits for something that happens by itself. @throws after `withinMs`. */
export async function until(condition: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited ${withinMs} ms in vain`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
