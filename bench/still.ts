/**
 * A picture of 12 megapixels from the bedside, over a line of 1 Mbit/s that carries the visit too: how long until the
 * doctor sees it, and how often both sides hear how far it has come.
 *   node bench/still.ts
 */
import { randomUUID } from 'node:crypto';
import { openDatabase } from '../drizzle/client.ts';
import { doctorSignature, nurseSignature, Person } from '../e2e/people.ts';
import { makeVisit, type TestVisit } from '../testing/care.ts';
import { startTestPostgres } from '../testing/database.ts';
import { jpegOf } from '../testing/jpeg.ts';
import { Line } from '../testing/line/Line.ts';
import { Product } from '../testing/Product.ts';
import { quantile, writeResult } from './result.ts';

const pictures = Number(process.env.PICTURES ?? 5);
const rateBps = 1_000_000;

const postgres = await startTestPostgres();
const product = await Product.start();
const { db, pool } = openDatabase(product.databaseUrl, () => undefined, 2);
const line = await Line.open({ signalling: Number(new URL(product.address).port), media: [...product.mediaPorts] });
const visit = await makeVisit(db);
const doctor = await Person.launch(product.address, doctorSignature);
const nurse = await Person.launch(product.address, nurseSignature, { line });
await doctor.goIn(visit, visit.doctor);
await nurse.goIn(visit, visit.nurse);
await doctor.sees(visit.nurse.participantId, nurseSignature);
await doctor.control('Undersök').click();

const picture = Buffer.from(await jpegOf(4_000, 3_000)).toString('base64');
line.set({ rateBps });
await new Promise((resolve) => setTimeout(resolve, 10_000)); // the visit finds what is left for it

const own = { capacity: 'own', capacityNote: '', guardianId: null };
const still = { kind: 'record', site: 'left_heel', words: '', scaled: false, camera: 'Prov', consent: own };

const seen: number[] = [];
const steps: number[] = [];
for (let nr = 1; nr <= pictures; nr++) {
  const from = Date.now();
  const told = send(nurse, visit);
  await doctor.page
    .getByRole('button', { name: /^Öppna bilden/ })
    .nth(nr - 1)
    .waitFor({ timeout: 300_000 });
  await doctor.page
    .getByRole('button', { name: /^Öppna bilden/ })
    .first()
    .click();
  const image = doctor.page.getByRole('dialog').getByRole('img');
  await image.evaluate((element: HTMLImageElement) => element.decode());
  seen.push(Date.now() - from);
  steps.push(await told);
  await doctor.page.getByRole('dialog').getByRole('button', { name: 'Stäng' }).click();
}

/** As the page does it. @returns how often it heard how far it has come. */
function send({ page }: Person, { id, patientId }: TestVisit): Promise<number> {
  return page.evaluate(
    async ([visitId, still, base64]) => {
      const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
      const body = { ...still, size: bytes.length, takenAt: new Date().toISOString(), sentAt: new Date().toISOString() };
      const headers = { 'content-type': 'application/json' };
      await fetch(`/api/visits/${visitId}/stills`, { method: 'POST', headers, body: JSON.stringify(body) });
      let told = 0;
      await new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open('PUT', `/api/stills/${still.id}/picture`);
        request.setRequestHeader('content-type', 'image/jpeg');
        request.upload.onprogress = () => {
          told += 1;
        };
        request.onload = resolve;
        request.onerror = reject;
        request.send(new Blob([bytes]));
      });
      return told;
    },
    [id, { ...still, id: randomUUID(), patientId }, picture] as const,
  );
}

const megabytes = Buffer.from(picture, 'base64').length / 1e6;
writeResult(
  'still',
  {
    'seen by the doctor, s': { p50: quantile(seen, 0.5) / 1_000, most: Math.max(...seen) / 1_000 },
    'the line alone would take, s': { p50: (megabytes * 8e6) / rateBps, most: (megabytes * 8e6) / rateBps },
    'progress told, times': { p50: quantile(steps, 0.5), most: Math.max(...steps) },
  },
  { goal: 'reported, with progress', megabytes, rateBps, pictures, beside: 'a visit of two with sound and picture' },
);
await nurse[Symbol.asyncDispose]();
await doctor[Symbol.asyncDispose]();
await line[Symbol.asyncDispose]();
await pool.end();
await product[Symbol.asyncDispose]();
await postgres.stop();
