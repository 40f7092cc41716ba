/**
 * Click on Join → first remote frame, beside a peer-to-peer page in the same run. In both, camera and microphone are open
 * and the other side is already there and sending.
 *   node bench/join.ts [joins]
 */
import type { Page } from '@playwright/test';
import { openDatabase } from '../drizzle/client.ts';
import { doctorSignature, nurseSignature, Person } from '../e2e/people.ts';
import { makeVisit } from '../testing/care.ts';
import { Product } from '../testing/Product.ts';
import { servePeerToPeer } from './peerToPeer.ts';
import { quantile, round, writeResult } from './result.ts';

const joins = Number(process.argv[2] ?? 40);

await using product = await Product.start();
await using peers = await servePeerToPeer();
const { db, pool } = openDatabase(product.databaseUrl, () => undefined, 1);
const visit = await makeVisit(db);

await using doctor = await Person.launch(product.address, doctorSignature);
await using nurse = await Person.launch(product.address, nurseSignature);
await doctor.goIn(visit, visit.doctor);
await nurse.logIn(visit.nurse);
const waiting = await doctor.openAnotherTab();
await waiting.page.goto(`${peers.address}/wait`);
await waiting.page.waitForFunction(() => document.title === 'ready');
const calling = await nurse.openAnotherTab();

const samrum: { firstFrameMs: number; requests: string[] }[] = [];
const peerToPeer: number[] = [];
for (let round = 0; round < joins; round++) {
  await nurse.page.bringToFront();
  await nurse.openVisit(visit);
  samrum.push(await joinSamrum(nurse.page));
  await nurse.control('Lämna').click();
  await nurse.page.getByRole('heading', { name: 'Du har lämnat besöket' }).waitFor();
  await calling.page.bringToFront();
  await calling.page.goto(`${peers.address}/call`);
  await calling.page.waitForFunction(() => document.title === 'ready');
  peerToPeer.push(await untilFirstFrame(calling.page, '#join', '#remote'));
}
await pool.end();

const times = samrum.map(({ firstFrameMs }) => firstFrameMs);
const row = (values: number[]) => ({ joins: values.length, p50_ms: round(quantile(values, 0.5)), p95_ms: round(quantile(values, 0.95)) });
const awaited = Math.max(...samrum.map(({ requests }) => requests.filter((event) => event === 'visit:join').length));
writeResult(
  'join',
  {
    Samrum: { ...row(times), signallingRoundTrips: awaited },
    'peer-to-peer page': { ...row(peerToPeer), signallingRoundTrips: 1 },
    ratio: {
      p50_ms: round(quantile(times, 0.5) / quantile(peerToPeer, 0.5), 2),
      p95_ms: round(quantile(times, 0.95) / quantile(peerToPeer, 0.95), 2),
    },
  },
  { goal: 'p95 ≤ 1.5 × peer-to-peer; one signalling round trip', samrum, peerToPeer },
);

async function joinSamrum(page: Page): Promise<{ firstFrameMs: number; requests: string[] }> {
  await page.getByRole('meter').waitFor();
  await page.getByRole('button', { name: 'Gå in i besöket' }).evaluate((button) => button.setAttribute('id', 'join'));
  await page.waitForTimeout(1_000); // a person looks at themselves before they press
  const requests: string[] = [];
  await page.exposeFunction(`sent${samrum.length}`, (event: string) => requests.push(event));
  await page.evaluate((name) => {
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (data) {
      const event = typeof data === 'string' ? /^42\/visit,\d*\["([^"]+)"/.exec(data)?.[1] : undefined;
      const report: unknown = Reflect.get(window, name);
      if (event && typeof report === 'function') report(event);
      send.call(this, data);
    };
  }, `sent${samrum.length}`);
  const firstFrameMs = await untilFirstFrame(page, '#join', 'video[data-participant]');
  return { firstFrameMs, requests };
}

/** Clicks, and measures in the page itself from the click to the first frame that is presented. */
function untilFirstFrame(page: Page, button: string, video: string): Promise<number> {
  return page.evaluate(
    ([buttonSelector = '', videoSelector = '']) =>
      new Promise<number>((resolve) => {
        const startedAt = performance.now();
        const look = (): void => {
          const element = document.querySelector<HTMLVideoElement>(videoSelector);
          if (element) element.requestVideoFrameCallback(() => resolve(performance.now() - startedAt));
          else requestAnimationFrame(look);
        };
        document.querySelector<HTMLButtonElement>(buttonSelector)?.click();
        look();
      }),
    [button, video],
  );
}
