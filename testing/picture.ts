/**
 * Takes the README's pictures: the demo, with a real visit of three in three browsers and drawn people before the cameras.
 *   node testing/picture.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { openDatabase } from '../drizzle/client.ts';
import { doctorSignature, nurseSignature, Person, relativeSignature, type Signature } from '../e2e/people.ts';
import { root } from '../launch/env.ts';
import { demoDay } from '../server/demo/day.ts';
import { seedDemo } from '../server/demo/seed.ts';
import { demoPassword } from '../server/demo/staff.ts';
import { findBrowser } from './browser.ts';
import { testSecret } from './care.ts';
import { folder } from './fakeMedia.ts';
import { Product } from './Product.ts';

const [width, height] = [1280, 720];

type Look = { wall: string; window: string; clothes: string; skin: string; hair: string; long: boolean; glasses: boolean };

const looks: Record<'doctor' | 'nurse' | 'relative', Look> = {
  doctor: { wall: '#e9d8c4', window: '#8ec7e6', clothes: '#f4f6f7', skin: '#c98f6b', hair: '#3b2a22', long: false, glasses: true },
  nurse: { wall: '#cfdcd6', window: '#dfe9f2', clothes: '#3f7f8c', skin: '#f0c9a6', hair: '#b8793f', long: true, glasses: false },
  relative: { wall: '#d9cfe0', window: '#f2d9a8', clothes: '#8a4b5b', skin: '#e6b48f', hair: '#6d6a68', long: true, glasses: true },
};

const drawn = ({ wall, window, clothes, skin, hair, long, glasses }: Look): string => `
<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 1280 720">
  <rect width="1280" height="720" fill="${wall}"/><rect x="80" y="80" width="300" height="330" rx="8" fill="#fff"/>
  <rect x="98" y="98" width="264" height="294" fill="${window}"/><rect x="222" y="98" width="16" height="294" fill="#fff"/>
  <rect x="980" y="120" width="210" height="150" rx="6" fill="#ffffff" opacity=".55"/><rect x="0" y="640" width="1280" height="80" fill="#000" opacity=".06"/>
  ${long ? `<path d="M470 330 q0 -200 170 -200 q170 0 170 200 l20 210 h-380z" fill="${hair}"/>` : ''}
  <path d="M330 720 q10 -210 220 -230 h180 q210 20 220 230z" fill="${clothes}"/><rect x="585" y="420" width="110" height="110" rx="50" fill="${skin}"/>
  <ellipse cx="640" cy="330" rx="125" ry="155" fill="${skin}"/><path d="M510 300 q0 -160 130 -160 q130 0 130 160 q-60 -70 -130 -70 q-70 0 -130 70z" fill="${hair}"/>
  <circle cx="592" cy="325" r="11" fill="#2b2b2b"/><circle cx="688" cy="325" r="11" fill="#2b2b2b"/>
  <path d="M590 405 q50 42 100 0" stroke="#8c4a3a" stroke-width="9" fill="none" stroke-linecap="round"/>
  ${glasses ? '<g fill="none" stroke="#333" stroke-width="7"><circle cx="592" cy="325" r="38"/><circle cx="688" cy="325" r="38"/><path d="M630 325h20"/></g>' : ''}
</svg>`;

/** A Y4M of the drawing, made in the browser's own renderer. */
async function cameraOf(browser: Browser, name: string, look: Look): Promise<string> {
  const page = await browser.newPage();
  const planes = await page.evaluate(
    async ({ svg, w, h }) => {
      const image = new Image();
      image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
      await image.decode();
      const context = Object.assign(document.createElement('canvas'), { width: w, height: h }).getContext('2d');
      if (!context) throw new Error('no canvas');
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, w, h);
      const at = (x: number, y: number): [number, number, number] => [
        data[(y * w + x) * 4] ?? 0,
        data[(y * w + x) * 4 + 1] ?? 0,
        data[(y * w + x) * 4 + 2] ?? 0,
      ];
      const [luma, blue, red]: number[][] = [[], [], []];
      for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) luma?.push(0.299 * at(x, y)[0] + 0.587 * at(x, y)[1] + 0.114 * at(x, y)[2]);
      for (let y = 0; y < h; y += 2)
        for (let x = 0; x < w; x += 2) {
          const [r, g, b] = at(x, y);
          blue?.push(128 - 0.168736 * r - 0.331264 * g + 0.5 * b);
          red?.push(128 + 0.5 * r - 0.418688 * g - 0.081312 * b);
        }
      return [...(luma ?? []), ...(blue ?? []), ...(red ?? [])].map(Math.round);
    },
    { svg: drawn(look), w: width, h: height },
  );
  await page.close();
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `drawn-${name}.y4m`);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), Buffer.from(planes)]);
  writeFileSync(file, Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`), frame, frame]));
  return file;
}

const executablePath = findBrowser();
const browser = await chromium.launch({
  ...(executablePath ? { executablePath } : {}),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const cameras = {
  doctor: await cameraOf(browser, 'doctor', looks.doctor),
  nurse: await cameraOf(browser, 'nurse', looks.nurse),
  relative: await cameraOf(browser, 'relative', looks.relative),
};
await browser.close();

await using product = await Product.start();
const { db, pool } = openDatabase(product.databaseUrl, () => undefined, 1);
await seedDemo(db, testSecret, 3009, new Date());
const account = (username: string) => ({ userId: '', username, password: demoPassword });
const person = (signature: Signature, camera: string): Promise<Person> => Person.launch(product.address, signature, { camera });
await using doctor = await person(doctorSignature, cameras.doctor);
await using nurse = await person(nurseSignature, cameras.nurse);
await using relative = await person(relativeSignature, cameras.relative);
const [demo] = demoDay.flatMap(({ patient, relatives = [] }) => (patient === 'tallmo' ? relatives : []));
if (!demo) throw new Error('the demo has no relative of Tallmo');

const take = ({ page }: Person, name: string) => page.screenshot({ path: join(root, `docs/${name}.png`) });
for (const { page } of [doctor, nurse, relative]) await page.setViewportSize({ width: 1280, height: 760 });
await nurse.logIn(account('sjukskoterska.dorotea'));
const toVisit = nurse.page.getByRole('button', { name: 'Gå till besöket med Test Tallmo' });
await toVisit.click();
await nurse.pressJoin();
const visitId = nurse.page.url().split('/')[4] ?? '';
await doctor.logIn(account('lakare.lissabon'));
await relative.knock(demo);
const beside = await nurse.openAnotherTab();
await beside.page.setViewportSize({ width: 1280, height: 900 });
await beside.goto('/today');
await beside.page.getByRole('button', { name: /^Släpp in/ }).waitFor();
await take(beside, 'day');
await beside.page.close();
await doctor.goto(`/visits/${visitId}`);
await doctor.pressJoin();
await doctor.page.getByRole('button', { name: /^Släpp in/ }).click();
await relative.inRoom();
await doctor.page.waitForTimeout(6_000); // the pictures reach full size
await doctor.page.getByRole('button', { name: 'Känd av personalen' }).click();
await take(doctor, 'begin');
await doctor.page.getByRole('button', { name: 'Patienten vet vilka som är här' }).click();
await doctor.page.getByRole('button', { name: 'Starta besöket' }).click();
await doctor.page.getByRole('complementary').getByRole('button', { name: 'Stäng' }).click();
await doctor.page.waitForTimeout(3_000);
await take(doctor, 'visit');

const hedman = await db.query.visits.findFirst({
  where: (visits, { eq }) => eq(visits.state, 'completed'),
  orderBy: (visits, { desc }) => desc(visits.startsAt),
});
await doctor.goto(`/visits/${hedman?.id}/record`);
await doctor.page.getByRole('textbox', { name: 'Text till journalen' }).waitFor();
await take(doctor, 'record');
await relative.page.setViewportSize({ width: 820, height: 1000 });
await relative.goto('/');
await relative.page.getByRole('button', { name: 'Logga ut' }).click();
await relative.logIn(account('patient.tallmo'), 'Mina besök');
await relative.page.getByRole('region', { name: 'Tidigare' }).waitFor();
await take(relative, 'own');
await pool.end();
