/**
 * Link restored → first new frame, both ways, after cuts, a new address, a server started anew and a worker killed; beside
 * the same app on its libraries' timers, at the same moments.
 *   node bench/restore.ts [times]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../drizzle/client.ts';
import { doctorSignature, nurseSignature, Person } from '../e2e/people.ts';
import { root } from '../launch/env.ts';
import { run } from '../launch/run.ts';
import { makeVisit } from '../testing/care.ts';
import { Line } from '../testing/line/Line.ts';
import { Product } from '../testing/Product.ts';
import { quantile, round, writeResult } from './result.ts';

const times = Number(process.argv[2] ?? 10);
const patienceMs = 90_000;
const calmMs = 6_000; // between two events

/** The clock of all pages and of this process is the machine's. */
function logFrames(): void {
  const log: number[] = [];
  const counts = new WeakMap<HTMLVideoElement, number>();
  Object.assign(window, { frameLog: log });
  setInterval(() => {
    for (const video of document.querySelectorAll<HTMLVideoElement>('video[data-participant]')) {
      const { totalVideoFrames } = video.getVideoPlaybackQuality();
      if (counts.has(video) && totalVideoFrames > 0 && totalVideoFrames !== counts.get(video)) log.push(Date.now());
      counts.set(video, totalVideoFrames);
    }
    log.splice(0, log.length - 400);
  }, 20);
}

/** Two in a visit, the nurse behind a line. */
class Pair implements AsyncDisposable {
  readonly product: Product;
  readonly line: Line;
  readonly doctor: Person;
  readonly nurse: Person;
  #loaded: number[] = [];
  reloads = 0;

  private constructor(product: Product, line: Line, doctor: Person, nurse: Person) {
    this.product = product;
    this.line = line;
    this.doctor = doctor;
    this.nurse = nurse;
  }

  static async open(env: NodeJS.ProcessEnv): Promise<Pair> {
    const product = await Product.start({ ...env, SFU_WORKERS: '1' });
    const { db, pool } = openDatabase(product.databaseUrl, () => undefined, 1);
    const visit = await makeVisit(db);
    await pool.end();
    const line = await Line.open({ signalling: Number(new URL(product.address).port), media: [...product.mediaPorts] });
    line.set({ delayMs: 20 });
    const doctor = await Person.launch(product.address, doctorSignature);
    const nurse = await Person.launch(product.address, nurseSignature, { line });
    await doctor.goIn(visit, visit.doctor);
    await nurse.goIn(visit, visit.nurse);
    await doctor.sees(visit.nurse.participantId, nurseSignature);
    await nurse.sees(visit.doctor.participantId, doctorSignature);
    const pair = new Pair(product, line, doctor, nurse);
    for (const { page } of pair.both) await page.evaluate(logFrames);
    pair.#loaded = await Promise.all(pair.both.map((one) => one.loadedAt()));
    return pair;
  }

  get both(): Person[] {
    return [this.doctor, this.nurse];
  }

  /** Until both see new frames; `patienceMs` if that does not happen by itself. */
  async untilFrames(sinceMs: number): Promise<number> {
    const first = await Promise.all(
      this.both.map(({ page }) =>
        page
          .waitForFunction((since) => (window as unknown as { frameLog: number[] }).frameLog.find((at) => at > since), sinceMs, {
            timeout: patienceMs,
            polling: 50,
          })
          .then((handle) => handle.jsonValue())
          .catch(() => sinceMs + patienceMs),
      ),
    );
    const loaded = await Promise.all(this.both.map((one) => one.loadedAt()));
    if (String(loaded) !== String(this.#loaded)) this.reloads += 1;
    return Math.max(...first.map((at) => Number(at) - sinceMs));
  }

  /** Until nobody is told any more that it is tried again. */
  async untilConnected(sinceMs: number): Promise<number> {
    await Promise.all(
      this.both.map(({ page }) =>
        page
          .getByText('Vi försöker igen')
          .waitFor({ state: 'hidden', timeout: patienceMs })
          .catch(() => undefined),
      ),
    );
    return Date.now() - sinceMs;
  }

  async killServer(): Promise<void> {
    for (const pid of this.product.pidOf('server/main.ts')) process.kill(pid, 'SIGKILL');
    for (const { page } of this.both) await page.getByText('Vi försöker igen').waitFor({ timeout: patienceMs });
    await untilReady(this.product.address);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const one of this.both) await one[Symbol.asyncDispose]();
    await this.line[Symbol.asyncDispose]();
    await this.product[Symbol.asyncDispose]();
  }
}

async function untilReady(address: string): Promise<void> {
  for (;;) {
    const ready = await fetch(`${address}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return;
    await pause(10);
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const events: Record<string, (pair: Pair) => Promise<number>> = {
  ...Object.fromEntries(
    [3, 8, 20, 40].map((seconds) => [
      `cut of ${seconds} s`,
      async (pair: Pair) => {
        pair.line.cut();
        await pause(seconds * 1_000);
        pair.line.restore();
        return pair.untilFrames(Date.now());
      },
    ]),
  ),
  'new address': async (pair) => {
    pair.line.changeAddress();
    return pair.untilFrames(Date.now() + 100); // what was on its way still comes
  },
  'server started anew': async (pair) => {
    await pair.killServer();
    return pair.untilConnected(Date.now());
  },
  'worker killed': async (pair) => {
    const killedAt = Date.now();
    for (const pid of pair.product.pidOf('mediasoup-worker')) process.kill(pid, 'SIGKILL');
    return pair.untilFrames(killedAt + 100);
  },
};

const libraryBuild = await mkdtemp(join(tmpdir(), 'samrum-library-timers-'));
const built = await run(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], {
  cwd: root,
  env: { ...process.env, CLIENT_OUT: libraryBuild, LIBRARY_TIMERS: '1' },
});
if (built.status !== 0) throw new Error(built.output);

const results: Record<'ours' | 'library', Record<string, number[]>> = { ours: {}, library: {} };
{
  await using ours = await Pair.open({});
  await using library = await Pair.open({ CLIENT_DIR: libraryBuild, SOCKET_PING_MS: '25000', SOCKET_GONE_MS: '20000' });
  for (let round = 0; round < times; round++) {
    for (const [name, event] of Object.entries(events)) {
      const [a, b] = await Promise.all([event(ours), event(library)]);
      results.ours[name] = [...(results.ours[name] ?? []), a];
      results.library[name] = [...(results.library[name] ?? []), b];
      console.log(round + 1, name, a, b);
      await Promise.all([ours.untilFrames(Date.now()), library.untilFrames(Date.now())]);
      await pause(calmMs);
    }
  }
  for (const pair of [ours, library]) for (const one of pair.both) await one.inRoom();
  const rows = Object.fromEntries(
    Object.keys(events).map((name) => {
      const [a, b] = [results.ours[name] ?? [], results.library[name] ?? []];
      return [
        name,
        {
          times: a.length,
          'p50 ms': quantile(a, 0.5),
          'p95 ms': quantile(a, 0.95),
          'library p50 ms': quantile(b, 0.5),
          'library p95 ms': quantile(b, 0.95),
          'p95 ratio': round(quantile(a, 0.95) / quantile(b, 0.95), 2),
        },
      ];
    }),
  );
  writeResult('restore', rows, {
    goal: '≤ 1 s after 3 and 8 s; p95 ≤ 0.25 of the library’s timers for the others; no reload, no manual rejoin',
    pageReloads: { ours: ours.reloads, library: library.reloads },
    patienceMs,
    ...results,
  });
}
await rm(libraryBuild, { recursive: true, force: true });
