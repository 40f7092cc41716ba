/** A line between one browser and the product, as bad as is wanted: an ordinary process that forwards UDP and TCP. */
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, connect as openTcp, type Server, type Socket as TcpSocket } from 'node:net';
import { freePorts } from '../ports.ts';
import { type LineQuality, Link, perfectLine } from './Link.ts';

const loopback = '127.0.0.1';
/** A sender of a stream tries anew after this long, and then after twice as long each time, ms (RFC 6298, as in Linux). */
const firstRetryMs = { data: 200, connect: 1_000 };

type Blocked = { udp?: boolean; tcp?: boolean };
/** What stands at the product for one socket of the browser; null: the browser has left the network that it was on. */
type Peer = { upstream: UdpSocket | null };
type Client = { address: string; port: number };

export class Line implements AsyncDisposable {
  /** From the browser to the product, and back. */
  readonly up = new Link();
  readonly down = new Link();
  /** By port of the product: where this line listens for it. */
  readonly ports = new Map<number, number>();
  readonly #closers: (() => void)[] = [];
  readonly #mediaStreams = new Set<TcpSocket>();
  readonly #peers = new Set<Map<string, Peer>>(); // one map a media port, by the browser's address and port
  readonly #relayPorts: { first: number; last: number } | null;
  readonly #held = new Set<() => void>(); // what waits for the cut to end
  #blocked: Blocked = {};
  #network = 0;

  private constructor(relayPorts: { first: number; last: number } | null) {
    this.#relayPorts = relayPorts;
  }

  /**
   * @param to.signalling - port of the server, TCP.
   * @param to.media - ports of the SFU, UDP and TCP.
   * @param relayPorts - where a relay sends from; its packets pass even when others are blocked.
   */
  static async open(to: { signalling: number; media: number[] }, relayPorts: { first: number; last: number } | null = null): Promise<Line> {
    const line = new Line(relayPorts);
    const targets = [to.signalling, ...to.media];
    const first = await freePorts(targets.length);
    targets.forEach((target, index) => line.ports.set(target, first + index));
    await line.#listenTcp(to.signalling, false, () => false);
    for (const port of to.media) {
      await line.#listenUdp(port);
      await line.#listenTcp(port, true, () => line.#blocked.tcp === true);
    }
    return line;
  }

  /** The same page over this line. */
  addressOf(productAddress: string): string {
    const url = new URL(productAddress);
    url.port = String(this.ports.get(Number(url.port)));
    return url.origin;
  }

  /** The same both ways, from now on. What is not named is perfect. */
  set(quality: Partial<LineQuality>): void {
    for (const link of [this.up, this.down]) link.quality = { ...perfectLine, ...quality };
  }

  /** Nothing passes any more; what streams send waits, as the kernel would have it wait. */
  cut(): void {
    for (const link of [this.up, this.down]) link.cut = true;
  }

  restore(): void {
    for (const link of [this.up, this.down]) link.cut = false;
    for (const release of this.#held) release();
    this.#held.clear();
  }

  /** Media take another way or none; signalling goes on. Streams that stood are broken off. */
  block(blocked: Blocked): void {
    this.#blocked = blocked;
    if (blocked.tcp) for (const socket of this.#mediaStreams) socket.destroy();
  }

  /** The browser has moved to another network: what it had opened before is dead without a word; what it opens now works. */
  changeAddress(): void {
    for (const peers of this.#peers) {
      for (const peer of peers.values()) {
        peer.upstream?.close();
        peer.upstream = null;
      }
    }
    this.#network += 1;
  }

  async #listenUdp(target: number): Promise<void> {
    const front = createSocket('udp4');
    front.bind(this.ports.get(target), loopback); // an own interface's address may call here as well
    await once(front, 'listening');
    const peers = new Map<string, Peer>();
    this.#peers.add(peers);
    front.on('message', (packet, { address, port }) => {
      if (this.#blocked.udp && !this.#isRelay(port)) return;
      const key = `${address} ${port}`;
      let peer = peers.get(key);
      if (!peer) {
        peer = { upstream: this.#upstream(front, { address, port }) };
        peers.set(key, peer);
      }
      const { upstream } = peer;
      if (!upstream) return;
      this.up.datagram(packet, (out) => sendQuietly(upstream, out, { address: loopback, port: target }));
    });
    this.#closers.push(() => {
      front.close();
      for (const { upstream } of peers.values()) upstream?.close();
    });
  }

  #upstream(front: UdpSocket, client: Client): UdpSocket {
    const upstream = createSocket('udp4');
    upstream.on('message', (packet) => {
      if (this.#blocked.udp && !this.#isRelay(client.port)) return;
      this.down.datagram(packet, (out) => sendQuietly(front, out, client));
    });
    return upstream;
  }

  #isRelay(port: number): boolean {
    return this.#relayPorts !== null && port >= this.#relayPorts.first && port <= this.#relayPorts.last;
  }

  async #listenTcp(target: number, media: boolean, refused: () => boolean): Promise<void> {
    const server: Server = createServer({ allowHalfOpen: true }, (client) => {
      if (refused()) return void client.destroy();
      void this.#whenOpen('connect', performance.now()).then(() => this.#join(client, target, media));
    });
    server.listen(this.ports.get(target), loopback);
    await once(server, 'listening');
    this.#closers.push(() => server.close());
  }

  #join(client: TcpSocket, target: number, media: boolean): void {
    if (client.destroyed) return;
    const upstream = openTcp({ port: target, host: loopback, allowHalfOpen: true });
    for (const socket of [client, upstream]) {
      socket.setNoDelay(true);
      this.#closers.push(() => socket.destroy());
      if (media) this.#mediaStreams.add(socket);
      socket.on('error', () => undefined); // told by 'close'
    }
    this.#pump(client, upstream, this.up);
    this.#pump(upstream, client, this.down);
  }

  #pump(from: TcpSocket, to: TcpSocket, link: Link): void {
    const network = this.#network;
    const pass = (bytes: Buffer): void => {
      if (network !== this.#network) return;
      const waitMs = link.stream(bytes, (out) => !to.destroyed && to.write(out));
      if (waitMs <= 0) return;
      from.pause();
      setTimeout(() => from.resume(), waitMs);
    };
    from.on('data', (bytes: Buffer) => {
      if (!link.cut) return pass(bytes);
      from.pause();
      void this.#whenOpen('data', performance.now()).then(() => {
        pass(bytes);
        from.resume();
      });
    });
    from.on('end', () => network === this.#network && void this.#whenOpen('data', performance.now()).then(() => to.end()));
    from.on('close', () => network === this.#network && void this.#whenOpen('data', performance.now()).then(() => to.destroy()));
  }

  /** At once, or when a sender that has tried since `sinceMs` would next try after the cut. */
  async #whenOpen(what: keyof typeof firstRetryMs, sinceMs: number): Promise<void> {
    if (!this.up.cut) return;
    await new Promise<void>((resolve) => this.#held.add(resolve));
    let interval = firstRetryMs[what];
    let at = sinceMs + interval;
    while (at < performance.now()) at += interval *= 2;
    await new Promise((resolve) => setTimeout(resolve, at - performance.now()));
    if (this.up.cut) await this.#whenOpen(what, sinceMs);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.restore();
    for (const close of this.#closers) close();
  }
}

function sendQuietly(socket: UdpSocket, packet: Buffer, { address, port }: Client): void {
  try {
    socket.send(packet, port, address);
  } catch {
    // closed meanwhile
  }
}
