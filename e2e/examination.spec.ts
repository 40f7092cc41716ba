import type { Locator } from '@playwright/test';
import sharp from 'sharp';
import type { ConsentView } from '../contract/consent.ts';
import type { Reply } from '../contract/wire.ts';
import { bars, cameraFile } from '../testing/fakeMedia.ts';
import { expect, test } from './fixtures.ts';
import { inspect } from './inspect.ts';
import { doctorSignature, nurseSignature, type Person } from './people.ts';

const camera = { width: 1920, height: 1080 };
const formerCode = 0b111000;

/** Bars as a fake camera shows them, as a photograph. */
function pictureOf(code: number): Promise<Buffer> {
  const [width, height] = [640, 360];
  const bits = [1, ...Array.from({ length: bars - 2 }, (_, bar) => (code >> (bars - 3 - bar)) & 1), 0];
  const line = Array.from({ length: width }, (_, x) => ((bits[Math.floor((x * bars) / width)] ?? 0) === 1 ? 225 : 25));
  const raw = Buffer.from(Array.from({ length: height }, () => line).flat());
  return sharp(raw, { raw: { width, height, channels: 1 } })
    .jpeg()
    .toBuffer();
}

/** The code that a still shows, and its size. */
async function codeOf(picture: Buffer): Promise<{ code: number; width: number; height: number }> {
  const { width, height } = await sharp(picture).metadata();
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const level = (bar: number): number => {
    const x = Math.floor(((bar + 0.5) * info.width) / bars);
    return data[(Math.floor(info.height / 4) * info.width + x) * info.channels] ?? 0;
  };
  const code = Array.from({ length: bars - 2 }, (_, bar) => level(bar + 1)).reduce((sum, one) => sum * 2 + (one > 125 ? 1 : 0), 0);
  return { code, width, height };
}

/** What the browser has fetched for this picture. */
async function fetched({ page }: Person, image: Locator): Promise<Buffer> {
  await expect(image).toHaveJSProperty('complete', true);
  const source = (await image.getAttribute('src')) ?? '';
  return (await page.request.get(new URL(source, page.url()).href)).body();
}

const linesAt = (within: Locator): Promise<string[]> =>
  within.locator('path[data-own]').evaluateAll((paths) => paths.map((path) => path.getAttribute('d') ?? ''));

/** A picture of a week ago, taken by the nurse; the patient has taken their yes back since. */
async function takeEarlier({ page }: Person, visit: { id: string; patientId: string }): Promise<void> {
  const picture = await pictureOf(formerCode);
  const now = new Date();
  const body = {
    id: crypto.randomUUID(),
    patientId: visit.patientId,
    kind: 'record',
    site: 'left_heel',
    words: '',
    scaled: false,
    takenAt: new Date(now.getTime() - 7 * 86_400_000).toISOString(),
    sentAt: now.toISOString(),
    camera: 'Förra kameran',
    size: picture.length,
    consent: { capacity: 'own', capacityNote: '', guardianId: null },
  };
  const address = (path: string): string => new URL(path, page.url()).href;
  const { request } = page;
  expect((await request.post(address(`/api/visits/${visit.id}/stills`), { data: body })).ok()).toBe(true);
  const jpeg = { data: picture, headers: { 'content-type': 'image/jpeg' } };
  expect((await request.put(address(`/api/stills/${body.id}/picture`), jpeg)).ok()).toBe(true);
  const ledger = (await (await request.get(address(`/api/patients/${visit.patientId}/consents`))).json()) as Reply<{
    consents: ConsentView[];
  }>;
  const given = ledger.ok ? ledger.data.consents.find(({ type }) => type === 'recording') : undefined;
  expect((await request.post(address(`/api/consents/${given?.id}/withdraw`), { data: {} })).ok()).toBe(true);
}

test('a view is asked for and shown; a still in the camera’s full size with where it comes from, beside an earlier one; frozen, drawn on, pointed at', async ({
  visit,
  person,
}) => {
  test.setTimeout(240_000);
  const doctor = await person(doctorSignature);
  const nurse = await person(nurseSignature, { camera: cameraFile(nurseSignature.code, camera) });
  await doctor.goIn(visit, visit.doctor);
  await nurse.goIn(visit, visit.nurse);
  await doctor.sees(visit.nurse.participantId, nurseSignature);
  await takeEarlier(nurse, visit);
  const loaded = [await doctor.loadedAt(), await nurse.loadedAt()];

  await test.step('the doctor asks for a view and a picture; the bedside gets one instruction', async () => {
    await doctor.control('Undersök').click();
    await doctor.page.getByRole('button', { name: 'Annat' }).click();
    await expect(doctor.page.getByText('Skriv vad som ska visas.')).toBeVisible();
    await doctor.page.getByRole('checkbox', { name: 'Be också om en bild' }).check();
    await doctor.page.getByRole('button', { name: 'Sår', exact: true }).click();
    await expect(nurse.page.getByRole('region', { name: 'Läkaren vill se' })).toContainText('Visa såret.');
    await inspect(nurse.page, 'examine-asked');
    await inspect(doctor.page, 'examine-panel');
    await doctor.page.setViewportSize({ width: 1000, height: 700 });
    await nurse.page.setViewportSize({ width: 1000, height: 700 });
  });

  await test.step('the nurse takes a still: nothing goes without a place and the patient’s yes', async () => {
    await nurse.page.getByRole('region', { name: 'Läkaren vill se' }).getByRole('button', { name: 'Ta bild' }).click();
    const dialog = nurse.page.getByRole('dialog', { name: 'Ta bild' });
    await expect(dialog.getByAltText('Bilden som du har tagit')).toHaveJSProperty('naturalWidth', camera.width);
    await dialog.getByRole('button', { name: 'Använd bilden' }).click();
    await expect(dialog.getByText('Välj var på kroppen bilden är tagen.')).toBeVisible();
    await dialog.locator('[data-site="left_heel"]').click();
    await expect(dialog.getByLabel('Var på kroppen?')).toHaveValue('left_heel');
    await dialog.getByRole('checkbox', { name: /^En linjal/ }).check();
    await dialog.getByLabel(/^Vad syns på bilden/).fill('Påhittat sår');
    await dialog.getByRole('button', { name: 'Använd bilden' }).click();
    await expect(dialog.getByText('Fråga patienten och kryssa i svaret.')).toBeVisible();
    await inspect(nurse.page, 'examine-still');
    await nurse.page.setViewportSize({ width: 1000, height: 700 });
    await dialog.getByRole('checkbox', { name: /^Patienten säger ja/ }).check();
    await dialog.getByRole('button', { name: 'Använd bilden' }).click();
    await expect(dialog).toBeHidden();
    await expect(nurse.page.getByRole('region', { name: 'Läkaren vill se' })).toBeHidden();
  });

  await test.step('the doctor sees it by itself, in full size, with where it comes from, and beside the earlier one', async () => {
    await expect(doctor.page.getByRole('button', { name: /^Öppna bilden: Vänster häl/ })).toHaveCount(2);
    await doctor.page
      .getByRole('button', { name: /^Öppna bilden: Vänster häl/ })
      .first()
      .click();
    const dialog = doctor.page.getByRole('dialog', { name: 'Vänster häl' });
    const still = await fetched(doctor, dialog.getByRole('img'));
    expect(await codeOf(still)).toEqual({ code: nurseSignature.code, ...camera });
    for (const words of ['Sjuksköterska, Dorotea', `${camera.width} × ${camera.height}`, 'i bilden', 'Påhittat sår', 'fake'])
      await expect(dialog).toContainText(words);
    await inspect(doctor.page, 'examine-one-still');
    await dialog.getByLabel('Jämför med').selectOption({ index: 1 });
    await expect(dialog.getByRole('img')).toHaveCount(2);
    const [later, earlier] = await dialog.getByRole('img').all();
    for (const image of [later, earlier]) if (image) await fetched(doctor, image);
    await inspect(doctor.page, 'examine-compare');
    await doctor.page.setViewportSize({ width: 1000, height: 700 });
    const slider = dialog.getByRole('slider');
    for (const [edge, code] of [
      ['100', formerCode],
      ['0', nurseSignature.code],
    ] as const) {
      await slider.fill(edge);
      await expect.poll(async () => (await codeOf((await later?.screenshot()) ?? Buffer.of())).code).toBe(code);
    }
    await dialog.getByRole('button', { name: 'Stäng' }).click();
  });

  await test.step('frozen for both alike, drawn on by one and seen by the other at the same spot; thawed it moves again', async () => {
    await doctor.page.getByRole('button', { name: 'Frys bilden av Sjuksköterska, Dorotea' }).click();
    const [theirs, ours] = [doctor, nurse].map(({ page }) => page.locator('img[data-frozen]'));
    if (!theirs || !ours) throw new Error('there are two');
    for (const [who, image] of [
      [doctor, theirs],
      [nurse, ours],
    ] as const)
      expect((await codeOf(await fetched(who, image))).code).toBe(nurseSignature.code);
    expect(await theirs.getAttribute('data-frozen')).toBe(await ours.getAttribute('data-frozen'));
    const sheet = doctor.page.getByRole('application');
    const { x, y, width, height } = (await sheet.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    await doctor.page.mouse.move(x + width * 0.25, y + height * 0.5);
    await doctor.page.mouse.down();
    await doctor.page.mouse.move(x + width * 0.5, y + height * 0.75, { steps: 6 });
    await doctor.page.mouse.up();
    const frozen = (of: Person): Locator => of.page.getByRole('region', { name: 'Fryst bild av Sjuksköterska, Dorotea' });
    await expect.poll(() => linesAt(frozen(nurse))).toHaveLength(1);
    const [drawn] = await linesAt(frozen(nurse));
    expect(await linesAt(frozen(doctor))).toEqual([drawn]);
    expect(drawn).toMatch(/^M2(49|50|51) (499|500|501) .*L(499|500|501) 7(49|50|51)$/);
    await sheet.focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'Space']) await doctor.page.keyboard.press(key);
    await expect.poll(() => linesAt(frozen(nurse))).toHaveLength(2);
    await inspect(nurse.page, 'examine-frozen');
    await inspect(doctor.page, 'examine-frozen-doctor');
    await doctor.page.setViewportSize({ width: 1000, height: 700 });
    await nurse.page.setViewportSize({ width: 1000, height: 700 });
    await nurse.page.getByRole('button', { name: 'Sudda allt ritat' }).click();
    await expect.poll(() => linesAt(frozen(nurse)), 'with whoever wiped').toEqual([]);
    await expect.poll(() => linesAt(frozen(doctor))).toEqual([]);
    await nurse.page.getByRole('button', { name: 'Tillbaka till rörlig bild' }).click();
    await expect(frozen(doctor)).toHaveCount(0);
    await doctor.sees(visit.nurse.participantId, nurseSignature);
  });

  await test.step('the doctor points at the moving picture; the nurse sees where, on their own camera in large', async () => {
    await doctor.page.getByRole('button', { name: 'Peka och rita på bilden av Sjuksköterska, Dorotea' }).click();
    const sheet = doctor.page.getByRole('application');
    const { x, y, width, height } = (await sheet.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const own = nurse.page.getByRole('region', { name: 'Din kamera' });
    await expect
      .poll(async () => {
        await doctor.page.mouse.move(x + width * 0.3, y + height * (0.2 + Math.random() / 1_000));
        return own.locator('[data-spot]').evaluateAll((spots) => spots.map((spot) => (spot as HTMLElement).style.left));
      })
      .toEqual(['30%']);
    await inspect(nurse.page, 'examine-pointed');
    await nurse.page.setViewportSize({ width: 1000, height: 700 });
  });

  await test.step('heart and lungs: unprocessed, in stereo, and the doctor is told to wear headphones', async () => {
    await nurse.control('Undersök').click();
    await nurse.page.getByRole('button', { name: 'Lyssna på hjärta och lungor' }).click();
    await expect(doctor.page.getByText(/^Sjuksköterska, Dorotea sänder hjärt- och lungljud: använd hörlurar\.$/)).toBeVisible();
    await expect.poll(() => nurse.soundIsMadeForSpeech()).toBe(false);
    await doctor.hears(visit.nurse.participantId, nurseSignature);
    await expect.poll(() => stereoComesIn(doctor)).toBe(true);
    await inspect(nurse.page, 'examine-bedside');
    await nurse.page.setViewportSize({ width: 1000, height: 700 });
    await nurse.page.getByRole('button', { name: 'Lyssna på hjärta och lungor' }).click();
    await expect.poll(() => nurse.soundIsMadeForSpeech()).toBe(true);
    await doctor.hears(visit.nurse.participantId, nurseSignature);
  });
  expect([await doctor.loadedAt(), await nurse.loadedAt()], 'no page was loaded anew').toEqual(loaded);

  await test.step('the record shows the pictures to whoever asks for them', async () => {
    await doctor.goto(`/visits/${visit.id}/record`);
    await doctor.page.getByRole('button', { name: 'Visa bilder' }).click();
    await expect(doctor.page.getByRole('button', { name: /^Öppna bilden: Vänster häl/ }).first()).toBeVisible();
    await inspect(doctor.page, 'record-stills');
  });
});

/** What is most of the colour of the newest frame; null while there is none. */
async function colourOf(viewer: Person, participantId: string, source: 'camera' | 'examination'): Promise<'green' | null> {
  const video = viewer.video(participantId, source);
  // All there are, which may be none: one that goes meanwhile would be waited for.
  const [red = 0, green = 0, blue = 0, alpha = 0] = await video.evaluateAll(([element]) => {
    if (!element) return [];
    const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
    const context = canvas.getContext('2d');
    context?.drawImage(element as HTMLVideoElement, 0, 0, 1, 1);
    return [...(context?.getImageData(0, 0, 1, 1).data ?? [])];
  });
  if (alpha === 0) return null;
  if (green > red + 60 && green > blue + 60) return 'green';
  return null;
}

/** The camera whose picture goes out as the first. */
const sentCamera = ({ page }: Person): Promise<string | undefined> =>
  page.evaluate(() => {
    const senders = window.underTest.connections.flatMap((connection) => connection.getSenders());
    return senders.find((sender) => sender.track?.kind === 'video' && sender.getParameters().encodings.length === 3)?.track?.label;
  });

test('two cameras at once, one in place of the other, and nearer: from both sides; the curtain stops them all', async ({
  visit,
  person,
  atSfu,
}) => {
  test.setTimeout(150_000);
  const { participantId } = visit.nurse;
  const doctor = await person(doctorSignature);
  const nurse = await person(nurseSignature, { devices: 'four' });
  await nurse.allowZoom();
  await doctor.goIn(visit, visit.doctor);
  await nurse.goIn(visit, visit.nurse);
  const shows = (source: 'camera' | 'examination', colour: 'green' | null): Promise<void> =>
    expect.poll(() => colourOf(doctor, participantId, source), { timeout: 20_000 }).toBe(colour);
  await shows('camera', 'green');
  await nurse.control('Ljud och bild').click();
  await nurse.page.getByRole('combobox', { name: 'Kamera' }).selectOption({ label: 'fake_device_3' });
  await expect.poll(() => sentCamera(nurse)).toBe('fake_device_3');

  await nurse.control('Undersök').click();
  await nurse.page.getByLabel('Vilken kamera är den andra?').selectOption({ label: 'fake_device_2' });
  await nurse.page.getByRole('button', { name: 'Visa andra kameran också' }).click();
  await shows('examination', 'green');
  await shows('camera', 'green');
  await expect(doctor.page.getByRole('region', { name: 'Andra kameran hos Sjuksköterska, Dorotea' })).toBeVisible();
  await inspect(doctor.page, 'examine-two-cameras');
  await doctor.page.setViewportSize({ width: 1000, height: 700 });
  expect((await atSfu(participantId))?.tracks.toSorted()).toEqual(['camera', 'examination', 'microphone']);
  await nurse.page.getByRole('button', { name: 'Sluta visa andra kameran' }).click();
  await shows('examination', null);
  await expect.poll(async () => (await atSfu(participantId))?.tracks.toSorted()).toEqual(['camera', 'microphone']);

  await doctor.control('Undersök').click();
  const beside = doctor.page.getByRole('region', { name: 'Kameran hos Sjuksköterska, Dorotea' });
  await beside.getByRole('button', { name: 'Byt kamera' }).click();
  await expect.poll(() => sentCamera(nurse)).toBe('fake_device_0');
  const before = await doctor.framesOf(participantId);
  await expect.poll(() => doctor.framesOf(participantId), { timeout: 20_000 }).toBeGreaterThan(before + 10);
  await beside.getByRole('slider', { name: 'Närmare' }).fill('300');
  await expect(nurse.page.getByRole('slider', { name: 'Närmare' }), 'what the camera says that it is at').toHaveValue('300');
  await nurse.page.getByRole('slider', { name: 'Närmare' }).fill('150');
  await expect(beside.getByRole('slider', { name: 'Närmare' })).toHaveValue('150');

  await nurse.page.getByRole('button', { name: 'Visa andra kameran också' }).click();
  await shows('examination', 'green');
  await nurse.control('Dra för').click();
  await doctor.receivesNothing();
  await nurse.control('Dra ifrån').click();
  await shows('examination', 'green');
});

/** Whether sound in both channels is agreed on, and comes. */
const stereoComesIn = ({ page }: Person): Promise<boolean> =>
  page.evaluate(async () => {
    const reports = await Promise.all(window.underTest.connections.map((connection) => connection.getStats()));
    return reports.some((report) =>
      [...report.values()].some(
        ({ type, kind, codecId, packetsReceived }) =>
          type === 'inbound-rtp' && kind === 'audio' && packetsReceived > 0 && /stereo=1/.test(report.get(codecId)?.sdpFmtpLine ?? ''),
      ),
    );
  });
