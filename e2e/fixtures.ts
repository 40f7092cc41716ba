import { type Browser, test as base } from '@playwright/test';
import type pg from 'pg';
import { Refusal } from '../contract/refusal.ts';
import type { nodeReport } from '../contract/sfu.ts';
import { type Db, openDatabase } from '../drizzle/client.ts';
import { placements } from '../drizzle/schema/index.ts';
import { SfuLink } from '../server/media/SfuLink.ts';
import { makeVisit, type TestVisit } from '../testing/care.ts';
import { Line } from '../testing/line/Line.ts';
import { Product } from '../testing/Product.ts';
import { type LaunchOptions, launchLight, Person, type Signature } from './people.ts';

type Worker = { product: Product; database: { db: Db; pool: pg.Pool } };
type Test = {
  visit: TestVisit;
  person: (signature: Signature, options?: LaunchOptions) => Promise<Person>;
  /** A line of one's own to the product, perfect until it is made worse. */
  line: (relayPorts?: { first: number; last: number }) => Promise<Line>;
  /** RTP of one participant as the SFU itself counts it; null if it holds nothing of them. */
  atSfu: (participantId: string) => Promise<{ packetsReceived: number; packetsSent: number; tracks: string[]; consumers: number } | null>;
};

export const test = base.extend<Test, Worker>({
  product: [
    async ({}, use) => {
      await using product = await Product.start();
      await use(product);
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  database: [
    async ({ product }, use) => {
      const database = openDatabase(product.databaseUrl, () => undefined, 2);
      await use(database);
      await database.pool.end();
    },
    { scope: 'worker' },
  ],
  visit: async ({ database }, use) => use(await makeVisit(database.db)),
  person: async ({ product }, use) => {
    const people: Person[] = [];
    let shared: Promise<Browser> | undefined;
    await use(async (signature, options) => {
      if (options?.light) shared ??= launchLight(); // many at once have one together
      const person = await Person.launch(product.address, signature, options, options?.light ? await shared : undefined);
      people.push(person);
      return person;
    });
    await Promise.all(people.map((person) => person[Symbol.asyncDispose]()));
    await (await shared)?.close();
  },
  line: async ({ product }, use) => {
    const lines: Line[] = [];
    await use(async (relayPorts) => {
      const signalling = Number(new URL(product.address).port);
      const line = await Line.open({ signalling, media: [...product.mediaPorts] }, relayPorts);
      lines.push(line);
      return line;
    });
    await Promise.all(lines.map((line) => line[Symbol.asyncDispose]()));
  },
  atSfu: async ({ product, database, visit }, use) => {
    const { promise: up, resolve } = Promise.withResolvers<void>();
    const none = (): void => undefined;
    const node = { nodeId: 'under-test', instanceId: visit.id, controlUrl: product.controlUrl } satisfies Partial<
      typeof nodeReport._output
    >;
    const link = new SfuLink(
      node,
      product.nodeToken,
      {
        up: () => resolve(),
        down: none,
        'seat:added': none,
        'seat:closed': none,
        'seat:line': none,
        'room:speaker': none,
        'room:lost': none,
      },
      none,
    );
    await up;
    await use(async (participantId) => {
      const [placement] = (await database.db.select().from(placements)).filter(({ visitId }) => visitId === visit.id);
      if (!placement) return null;
      const seats = await link.request('room:stats', { roomId: visit.id, epoch: placement.epoch }).catch((error: unknown) => {
        if (error instanceof Refusal && error.message.includes('not open')) return []; // closed since the placement was read
        throw error;
      });
      return seats.find((seat) => seat.participantId === participantId) ?? null;
    });
    link.close();
  },
});

export { expect } from '@playwright/test';
