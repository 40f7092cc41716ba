import { EventEmitter, once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import * as mediasoup from 'mediasoup';
import type { Router, TransportListenInfo, WebRtcServer, Worker } from 'mediasoup/types';
import { mediaCodecs } from './codecs.ts';

export type WorkersOptions = {
  count: number;
  firstPort: number;
  listenIp: string | undefined;
  announcedAddress: string | undefined;
  workerBin: string | undefined;
  onDied: (index: number) => void;
};

/** A worker that answers nothing for so long hangs, ms: no media go through it, and by itself it would never die. */
const hungAfterMs = 5_000;
const askEveryMs = 1_000;

/** Whoever wants a room while no worker runs waits for so long, ms. */
const replacedWithinMs = 3_000;

/** One mediasoup worker with its port; its router count is how new rooms are spread. */
type Seated = { worker: Worker; webRtcServer: WebRtcServer; rooms: number };
export type RouterSeat = { router: Router; webRtcServer: WebRtcServer; workerPid: number };

/** A worker a core, each behind one port for UDP and TCP. One that dies is replaced on the same port. */
export class Workers {
  readonly #options: WorkersOptions;
  readonly #seated: (Seated | undefined)[] = [];
  readonly #changes = new EventEmitter();
  #closed = false;

  private constructor(options: WorkersOptions) {
    this.#options = options;
  }

  /** @throws if a port is taken or the worker binary cannot run. */
  static async create(options: WorkersOptions): Promise<Workers> {
    const workers = new Workers(options);
    await Promise.all(Array.from({ length: options.count }, (_, index) => workers.#seat(index)));
    return workers;
  }

  /** A router on the worker that has fewest; if none is running, on the first that has been replaced. */
  async createRouter(): Promise<RouterSeat> {
    const least = this.#leastLoaded() ?? (await this.#replaced());
    least.rooms += 1;
    try {
      const router = await least.worker.createRouter({ mediaCodecs });
      router.observer.once('close', () => {
        least.rooms -= 1;
      });
      return { router, webRtcServer: least.webRtcServer, workerPid: least.worker.pid };
    } catch (error) {
      least.rooms -= 1;
      throw error;
    }
  }

  #leastLoaded(): Seated | undefined {
    return this.#seated.filter((seated) => seated !== undefined).sort((a, b) => a.rooms - b.rooms)[0];
  }

  async #replaced(): Promise<Seated> {
    const [seated] = (await once(this.#changes, 'seated', { signal: AbortSignal.timeout(replacedWithinMs) })) as [Seated];
    return seated;
  }

  close(): void {
    this.#closed = true;
    for (const seated of this.#seated) seated?.worker.close();
    this.#seated.length = 0;
  }

  async #seat(index: number): Promise<void> {
    const { firstPort, listenIp, announcedAddress, workerBin } = this.#options;
    const worker = await mediasoup.createWorker({ logLevel: 'warn', ...(workerBin ? { workerBin } : {}) });
    if (this.#closed) return worker.close();
    const listenInfos = listenOn(listenIp, announcedAddress, firstPort + index);
    try {
      const webRtcServer = await worker.createWebRtcServer({ listenInfos });
      const seated = { worker, webRtcServer, rooms: 0 };
      this.#seated[index] = seated;
      this.#changes.emit('seated', seated);
    } catch (error) {
      worker.close();
      throw error;
    }
    worker.once('died', () => {
      this.#seated[index] = undefined;
      this.#options.onDied(index);
      this.#replace(index, 0);
    });
    void killIfItHangs(worker);
  }

  /** The kernel may hold the dead worker's port for a moment, so it is tried again. */
  #replace(index: number, attempt: number): void {
    if (this.#closed) return;
    this.#seat(index).catch(() => setTimeout(() => this.#replace(index, attempt + 1), Math.min(100 * 2 ** attempt, 5_000)));
  }
}

async function killIfItHangs(worker: Worker): Promise<void> {
  while (!worker.closed) {
    const late = setTimeout(() => process.kill(worker.pid, 'SIGKILL'), hungAfterMs);
    await worker.getResourceUsage().catch(() => undefined); // it has died: its seat is taken anew
    clearTimeout(late);
    await sleep(askEveryMs, undefined, { ref: false });
  }
}

/**
 * Without configuration: loopback and every address of this machine, so that a first start is reached from wherever the
 * page is. With an announced address: that one alone.
 */
function listenOn(listenIp: string | undefined, announcedAddress: string | undefined, port: number): TransportListenInfo[] {
  const ips = listenIp ? [listenIp] : announcedAddress ? ['0.0.0.0'] : ['127.0.0.1', ...ownAddresses()];
  return ips.flatMap((ip) =>
    (['udp', 'tcp'] as const).map((protocol) => ({ protocol, ip, port, ...(announcedAddress ? { announcedAddress } : {}) })),
  );
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((addresses) =>
    (addresses ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address),
  );
}
