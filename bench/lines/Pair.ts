import { openDatabase } from '../../drizzle/client.ts';
import { doctorSignature, nurseSignature, Person } from '../../e2e/people.ts';
import { makeVisit, type TestVisit } from '../../testing/care.ts';
import { Line } from '../../testing/line/Line.ts';
import { Product } from '../../testing/Product.ts';

/** Whatever does not come back by itself within this did not come back, ms. */
export const patienceMs = 90_000;

declare global {
  interface Window {
    /** When frames were shown, ms since 1970. */
    frameLog?: number[];
  }
}

/** The clock of all pages and of this process is the machine's. */
function logFrames(): void {
  const log: number[] = [];
  const counts = new WeakMap<HTMLVideoElement, number>();
  window.frameLog = log;
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
export class Pair implements AsyncDisposable {
  readonly product: Product;
  readonly line: Line;
  readonly doctor: Person;
  readonly nurse: Person;
  readonly visit: TestVisit;
  #loaded: number[] = [];
  reloads = 0;

  private constructor(product: Product, line: Line, doctor: Person, nurse: Person, visit: TestVisit) {
    this.visit = visit;
    this.product = product;
    this.line = line;
    this.doctor = doctor;
    this.nurse = nurse;
  }

  static async open(env: NodeJS.ProcessEnv, sound?: string): Promise<Pair> {
    const product = await Product.start({ ...env, SFU_WORKERS: '1' });
    const { db, pool } = openDatabase(product.databaseUrl, () => undefined, 1);
    const visit = await makeVisit(db);
    await pool.end();
    const line = await Line.open({ signalling: Number(new URL(product.address).port), media: [...product.mediaPorts] });
    line.set({ delayMs: 20 });
    const doctor = await Person.launch(product.address, doctorSignature, sound ? { sound } : {});
    const nurse = await Person.launch(product.address, nurseSignature, { line, ...(sound ? { sound } : {}) });
    await doctor.goIn(visit, visit.doctor);
    await nurse.goIn(visit, visit.nurse);
    await doctor.sees(visit.nurse.participantId, nurseSignature);
    await nurse.sees(visit.doctor.participantId, doctorSignature);
    const pair = new Pair(product, line, doctor, nurse, visit);
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
          .waitForFunction((since) => window.frameLog?.find((at) => at > since), sinceMs, {
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

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
