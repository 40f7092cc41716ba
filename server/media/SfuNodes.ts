import { gte, sql } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { RtpCapabilities } from '../../contract/media.ts';
import type { NodeReport } from '../../contract/sfu.ts';
import type { Db } from '../../drizzle/client.ts';
import { sfuNodes } from '../../drizzle/schema/index.ts';
import { type LinkEvents, SfuLink } from './SfuLink.ts';

/** A node that has not reported for so long is not given rooms. */
export const liveMs = 4_000;
const lookEveryMs = 1_000;

type Options = { db: Db; token: string; log: Logger; onRefused: (command: string, code: string) => void };

/** The registry of SFU nodes in PostgreSQL, and this server's link to each that lives. */
export class SfuNodes {
  readonly #options: Options;
  readonly #events: LinkEvents;
  readonly #links = new Map<string, SfuLink>(); // by instance
  #rtpCapabilities: RtpCapabilities | null = null;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: Options, events: LinkEvents) {
    this.#options = options;
    this.#events = events;
  }

  /** Links to the nodes that the registry knows, and to those that other servers hear of. */
  async start(): Promise<void> {
    await this.#look();
    this.#timer = setInterval(() => {
      this.#look().catch((error: unknown) => this.#options.log.warn({ err: error }, 'the node registry could not be read'));
    }, lookEveryMs);
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
    for (const link of this.#links.values()) link.close();
    this.#links.clear();
  }

  /** Writes a report into the registry and links to a node that is new. */
  async report(report: NodeReport, now: Date): Promise<void> {
    const row = { ...report, reportedAt: now };
    await this.#options.db.insert(sfuNodes).values(row).onConflictDoUpdate({ target: sfuNodes.nodeId, set: row });
    this.#link(report);
  }

  /** The link to that start of a node, connected or not. */
  get(instanceId: string): SfuLink | undefined {
    return this.#links.get(instanceId);
  }

  /** In the same order for every server. */
  get connected(): SfuLink[] {
    return [...this.#links.values()].filter(({ connected }) => connected).sort((a, b) => a.nodeId.localeCompare(b.nodeId));
  }

  get anyConnected(): boolean {
    return [...this.#links.values()].some(({ connected }) => connected);
  }

  /** The routers' capabilities, the same on every node; null until the first node was reached. */
  get rtpCapabilities(): RtpCapabilities | null {
    return this.#rtpCapabilities;
  }

  async #look(): Promise<void> {
    const recent = sql`now() - ${liveMs} * interval '1 millisecond'`;
    for (const node of await this.#options.db.select().from(sfuNodes).where(gte(sfuNodes.reportedAt, recent))) this.#link(node);
  }

  #link(node: { nodeId: string; instanceId: string; controlUrl: string }): void {
    if (this.#closed || this.#links.has(node.instanceId)) return;
    for (const older of [...this.#links.values()].filter(({ nodeId }) => nodeId === node.nodeId)) this.#drop(older);
    const { token, log, onRefused } = this.#options;
    const up = (link: SfuLink): void => {
      link.request('node:describe', {}).then(
        ({ rtpCapabilities }) => {
          this.#rtpCapabilities = rtpCapabilities;
          log.info({ nodeId: link.nodeId }, 'linked to an SFU node');
          this.#events.up(link);
        },
        (error: unknown) => log.warn({ err: error, nodeId: link.nodeId }, 'an SFU node did not describe itself'),
      );
    };
    this.#links.set(node.instanceId, new SfuLink(node, token, { ...this.#events, up }, onRefused));
  }

  /** A node started anew has nothing of what its former process had. */
  #drop(link: SfuLink): void {
    this.#links.delete(link.instanceId);
    link.close();
  }
}
