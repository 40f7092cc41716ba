/**
 * A thousand readings of one person: how many frames pass from the moment that they have arrived until the trend is drawn,
 * in Chromium on the patient's own page. A frame is a turn of requestAnimationFrame.
 *   node bench/trend.ts
 */
import { randomUUID } from 'node:crypto';
import { openDatabase } from '../drizzle/client.ts';
import { measurements, observations } from '../drizzle/schema/index.ts';
import { nurseSignature, Person } from '../e2e/people.ts';
import { makeAccount, makeCareHome, makePatient } from '../testing/care.ts';
import { startTestPostgres } from '../testing/database.ts';
import { Product } from '../testing/Product.ts';
import { quantile, round, writeResult } from './result.ts';

const times = Number(process.env.TIMES ?? 30);
const readings = 1_000;
const dayMs = 24 * 3_600_000;

declare global {
  interface Window {
    trend?: { frames: number; ms: number };
  }
}

/** Runs in the page: counts frames from when the readings have been read until pixels of the line are on the canvas. */
function watchTrend(): void {
  const read = Response.prototype.json;
  Response.prototype.json = async function (this: Response) {
    const data: unknown = await read.call(this);
    if (!/\/measurements\?/.test(this.url)) return data;
    const arrived = performance.now();
    let frames = 0;
    const look = (): void => {
      frames += 1;
      const canvas = document.querySelector<HTMLCanvasElement>('figure canvas');
      const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
      const drawn = pixels?.some((value, index) => index % 4 === 3 && value === 255) ?? false;
      if (drawn) window.trend = { frames, ms: performance.now() - arrived };
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    return data;
  };
}

const postgres = await startTestPostgres();
const product = await Product.start();
const { db, pool } = openDatabase(product.databaseUrl, () => undefined, 2);
const home = await makeCareHome(db);
const patientId = await makePatient(db, home);
const nurse = await makeAccount(db, home.unitId, 'nurse');
const start = Date.now() - 380 * dayMs;
for (let nr = 0; nr < readings; nr++) {
  const [id, measuredAt] = [randomUUID(), new Date(start + nr * 0.38 * dayMs)];
  await db.insert(observations).values({ id, patientId, unitId: home.unitId, observedAt: measuredAt, spo2Scale: 1 });
  await db.insert(measurements).values({
    id: randomUUID(),
    observationId: id,
    patientId,
    kind: 'pulse_per_minute',
    value: 70 + Math.round(12 * Math.sin(nr / 9)),
    measuredAt,
    recordedAt: measuredAt,
    method: 'manual',
    recordedBy: nurse.userId,
  });
}
const who = await Person.launch(product.address, nurseSignature);
await who.logIn(nurse);
await who.page.addInitScript(watchTrend);
const taken: { frames: number; ms: number }[] = [];
for (let nr = 0; nr < times; nr++) {
  await who.goto(`/patients/${patientId}`);
  const found = await who.page.waitForFunction(() => window.trend, undefined, { polling: 200 });
  taken.push((await found.jsonValue()) ?? { frames: 0, ms: 0 });
}
const frames = taken.map((one) => one.frames);
const ms = taken.map((one) => one.ms);
writeResult(
  'trend',
  {
    trend: {
      frames_p50: quantile(frames, 0.5),
      frames_max: Math.max(...frames),
      ms_p50: round(quantile(ms, 0.5)),
      ms_p95: round(quantile(ms, 0.95)),
    },
  },
  { goal: '≤ 2 frames', readings, times },
);
await who[Symbol.asyncDispose]();
await pool.end();
await product[Symbol.asyncDispose]();
await postgres.stop();
