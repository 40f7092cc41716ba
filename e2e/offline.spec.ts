import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { asc, eq } from 'drizzle-orm';
import { auditEntries, measurements, notes, observations, stills } from '../drizzle/schema/index.ts';
import { expect, test } from './fixtures.ts';
import { inspect } from './inspect.ts';
import { doctorSignature, nurseSignature, type Person } from './people.ts';

const cutMs = 60_000;

async function press(dialog: Locator, figures: string): Promise<void> {
  for (const figure of figures) await dialog.getByRole('button', { name: figure, exact: true }).click();
}

/** One value, typed on the keys and saved. */
async function measure({ page }: Person, kind: RegExp, figures: string): Promise<void> {
  await page.getByRole('button', { name: 'Mät', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Mät' });
  await dialog.getByRole('button', { name: kind }).click();
  await press(dialog, figures);
  await dialog.getByRole('button', { name: /^Spara 1 värde/ }).click();
  await expect(dialog).toBeHidden({ timeout: 15_000 });
}

const waiting = ({ page }: Person, count: number): Locator => page.getByText(`${count} saker väntar på att sändas.`);

test('the line is cut for a minute: three readings, a picture and a note are made; the browser is closed and opened; all is filed once and in order', async ({
  visit,
  person,
  line,
  database: { db },
}) => {
  test.setTimeout(300_000);
  const profile = await mkdtemp(join(tmpdir(), 'samrum-profile-'));
  const browsers: Person[] = [];
  try {
    const poor = await line();
    const doctor = await person(doctorSignature);
    await doctor.goIn(visit, visit.doctor);
    const nurse = await person(nurseSignature, { line: poor, profile });
    browsers.push(nurse);
    await nurse.goIn(visit, visit.nurse);
    await doctor.sees(visit.nurse.participantId, nurseSignature);
    await nurse.page.getByRole('textbox', { name: /^Anteckning om/ }).waitFor(); // the panel opens by itself
    await nurse.control('Värden').click();
    await expect(nurse.page.getByText('Inget är uppmätt ännu.')).toBeVisible();
    await nurse.control('Undersök').click();
    await expect(nurse.page.getByText('Inga bilder ännu.')).toBeVisible();
    await nurse.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));

    poor.cut();
    const cutAt = Date.now();
    await test.step('everything that is made is kept here', async () => {
      await nurse.control('Värden').click();
      await measure(nurse, /^Puls/, '95');
      await measure(nurse, /^Temp/, '38');
      await measure(nurse, /^SpO/, '94');
      await expect(waiting(nurse, 3)).toBeVisible();
      await nurse.control('Undersök').click();
      await nurse.page.getByRole('button', { name: 'Ta bild' }).click();
      const dialog = nurse.page.getByRole('dialog', { name: 'Ta bild' });
      await dialog.getByLabel('Var på kroppen?').selectOption('left_heel');
      await dialog.getByRole('checkbox', { name: /^Patienten säger ja/ }).check();
      await dialog.getByRole('button', { name: 'Använd bilden' }).click();
      await expect(dialog).toBeHidden();
      await nurse.control('Patienten').click();
      await nurse.page.getByRole('textbox', { name: /^Anteckning om/ }).fill('Påhittad anteckning utan linje');
      await expect(nurse.page.getByText('Sparad på den här enheten. Sänds när anslutningen är tillbaka.')).toBeVisible({ timeout: 15_000 });
      await expect(waiting(nurse, 5)).toBeVisible();
      await inspect(nurse.page, 'offline-room');
    });
    expect(await db.select().from(measurements).where(eq(measurements.patientId, visit.patientId)), 'nothing has come yet').toEqual([]);
    const stored = await nurse.page.evaluate(keptOnDevice);
    expect(stored.rows).toBe(5);
    expect(stored.text, 'nothing can be read on the device').not.toMatch(/Påhittad|left_heel|pulse|Test/);

    await nurse[Symbol.asyncDispose]();
    const again = await person(nurseSignature, { line: poor, profile });
    browsers.push(again);
    await test.step('opened again without a line: the pages are there, and say what waits', async () => {
      await again.goto('/today');
      await expect(waiting(again, 5)).toBeVisible({ timeout: 40_000 });
      await expect(again.page.getByText(/^Ingen anslutning\./)).toBeVisible();
      await inspect(again.page, 'offline-opened');
      await again.page.setViewportSize({ width: 1000, height: 700 });
      await again.page.waitForTimeout(Math.max(0, cutAt + cutMs - Date.now()));
    });
    expect(await db.select().from(stills).where(eq(stills.visitId, visit.id))).toEqual([]);

    poor.restore();
    await expect(again.page.getByText('saker väntar på att sändas')).toHaveCount(0, { timeout: 60_000 });
    await test.step('all of it is there, once and in order, and nothing is left on the device', async () => {
      const rows = await db
        .select({ kind: measurements.kind, value: measurements.value })
        .from(measurements)
        .where(eq(measurements.patientId, visit.patientId))
        .orderBy(asc(measurements.measuredAt));
      expect(rows).toEqual([
        { kind: 'pulse_per_minute', value: 95 },
        { kind: 'temperature_celsius', value: 38 },
        { kind: 'spo2_percent', value: 94 },
      ]);
      const [still, ...others] = await db.select().from(stills).where(eq(stills.visitId, visit.id));
      expect([still?.width !== null, others]).toEqual([true, []]);
      expect(await db.select().from(observations).where(eq(observations.patientId, visit.patientId)), 'measured together').toHaveLength(1);
      const written = await db.select({ version: notes.version }).from(notes).where(eq(notes.visitId, visit.id));
      expect(written).toEqual([{ version: 1 }]);
      const log = await db
        .select({ action: auditEntries.action })
        .from(auditEntries)
        .where(eq(auditEntries.visitId, visit.id))
        .orderBy(asc(auditEntries.id));
      const made = log
        .map(({ action }) => action)
        .filter((action) => /^(measurement\.record|still\.(take|bring)|note\.keep)$/.test(action));
      expect(made).toEqual(['measurement.record', 'measurement.record', 'measurement.record', 'still.take', 'still.bring', 'note.keep']);
      await expect.poll(async () => (await again.page.evaluate(keptOnDevice)).rows).toBe(0);
    });
    await again.page.getByRole('button', { name: 'Logga ut' }).click();
    await expect(again.page.getByLabel('Användarnamn')).toBeVisible();
    expect(await again.page.evaluate(keptOnDevice)).toEqual({ rows: 0, kept: 0, keys: 0, text: '' });
  } finally {
    for (const browser of browsers) await browser[Symbol.asyncDispose](); // else it writes what is being taken away
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }); // its last processes may be ending yet
  }
});

/** All that this browser keeps of the product, as whoever has the device could read it. */
async function keptOnDevice(): Promise<{ rows: number; kept: number; keys: number; text: string }> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('samrum');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const all = (name: string): Promise<unknown[]> =>
    new Promise((resolve, reject) => {
      const asking = db.transaction(name).objectStore(name).getAll();
      asking.onsuccess = () => resolve(asking.result);
      asking.onerror = () => reject(asking.error);
    });
  const [entries, kept, keys] = [await all('entries'), await all('kept'), await all('keys')];
  db.close();
  const bytes = (value: unknown): string =>
    value instanceof ArrayBuffer || value instanceof Uint8Array
      ? new TextDecoder('latin1').decode(value)
      : value && typeof value === 'object'
        ? Object.values(value).map(bytes).join(' ')
        : typeof value === 'string'
          ? value
          : '';
  return { rows: entries.length, kept: kept.length, keys: keys.length, text: [...entries, ...kept].map(bytes).join(' ').trim() };
}
