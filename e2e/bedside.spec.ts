import type { Locator, Page } from '@playwright/test';
import { eq } from 'drizzle-orm';
import { measurements, organisations } from '../drizzle/schema/index.ts';
import { makeAccount, makePatient, testNumber } from '../testing/care.ts';
import { expect, test } from './fixtures.ts';
import { inspect } from './inspect.ts';
import { doctorSignature, nurseSignature } from './people.ts';
import { SimulatedMeter } from './SimulatedMeter.ts';

/** Figures pressed one by one, as with gloves on. */
async function press(dialog: Locator, figures: string): Promise<void> {
  for (const figure of figures) await dialog.getByRole('button', { name: figure, exact: true }).click();
  await dialog.getByRole('button', { name: 'Nästa' }).click();
}

const strip = (page: Page): Locator => page.getByRole('button', { name: /^Mätvärden:/ });

test('vitals by hand: what cannot be is refused, what is unusual is asked about, NEWS2 is right and says when it is incomplete; the doctor sees it beside the picture', async ({
  visit,
  person,
  database: { db },
}) => {
  test.setTimeout(180_000);
  await db.update(organisations).set({ medicalDeviceDecision: 'Prov' }).where(eq(organisations.id, visit.organisationId));
  const doctor = await person(doctorSignature);
  const nurse = await person(nurseSignature);
  await doctor.goIn(visit, visit.doctor);
  await nurse.goIn(visit, visit.nurse);
  await doctor.sees(visit.nurse.participantId, nurseSignature);
  const loaded = await doctor.loadedAt();

  await nurse.control('Värden').click();
  await expect(nurse.page.getByText('Inget är uppmätt ännu.')).toBeVisible();
  await nurse.page.getByRole('button', { name: 'Mät', exact: true }).click();
  const dialog = nurse.page.getByRole('dialog', { name: 'Mät' });
  await expect(dialog.getByText(/^Test Testsson · född/)).toBeVisible();
  for (const box of await dialog.getByRole('button').all())
    expect((await box.boundingBox())?.height, (await box.textContent()) ?? '').toBeGreaterThanOrEqual(64);
  await press(dialog, '22');
  await press(dialog, '94');
  await dialog.getByRole('button', { name: 'Luft' }).click();
  await dialog.getByRole('button', { name: 'Nästa' }).click();
  await press(dialog, '105');
  await press(dialog, '110');
  await expect(dialog.getByText('Undertrycket ska vara lägre än övertrycket.')).toBeVisible();
  for (let figure = 0; figure < 3; figure++) await dialog.getByRole('button', { name: 'Sudda' }).click();
  await press(dialog, '60');
  await press(dialog, '172');
  await expect(dialog.getByText('172 är ovanligt. Stämmer det?')).toBeVisible();
  await inspect(nurse.page, 'measure-unusual');
  for (let figure = 0; figure < 3; figure++) await dialog.getByRole('button', { name: 'Sudda' }).click();
  await press(dialog, '95');
  await inspect(nurse.page, 'measure-consciousness');
  await expect(dialog.getByText('NEWS2 minst 5')).toBeVisible();
  await expect(dialog.getByText('Saknas: medvetande, temperatur.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Spara 6 värden' }).click();
  await expect(dialog).toBeHidden();

  await expect(strip(doctor.page)).toContainText('NEWS2 minst 5');
  await expect(strip(doctor.page)).toContainText('105/60');

  await nurse.page.getByRole('button', { name: 'Mät', exact: true }).click();
  await dialog.getByRole('button', { name: 'Medvetande –' }).click();
  await dialog.getByRole('button', { name: 'Vaken och klar (A)' }).click();
  await dialog.getByRole('button', { name: 'Nästa' }).click();
  await press(dialog, '98,6');
  await expect(dialog.getByText('Det kan inte stämma: skriv 25–45 °C. Är det rätt enhet?')).toBeVisible();
  for (let figure = 0; figure < 4; figure++) await dialog.getByRole('button', { name: 'Sudda' }).click();
  await nurse.page.keyboard.type('38,4');
  await expect(dialog.getByText('NEWS2 6', { exact: true })).toBeVisible();
  await inspect(nurse.page, 'measure');
  await dialog.getByRole('button', { name: 'Spara 2 värden' }).click();
  await expect(strip(doctor.page)).toContainText('NEWS2 6');
  await expect(strip(doctor.page)).toContainText('medelhög risk');

  await strip(doctor.page).click();
  await expect(doctor.page.getByRole('complementary', { name: 'Mätvärden' })).toBeVisible();
  await inspect(doctor.page, 'vitals-panel');
  await doctor.page.setViewportSize({ width: 1000, height: 700 });

  await nurse.page.getByRole('button', { name: /^Rätta 95 \/min/ }).click();
  const correction = nurse.page.getByRole('dialog', { name: 'Rätta: Puls' });
  await correction.getByLabel('Puls (/min)').fill('19');
  await correction.getByRole('button', { name: 'Spara' }).click();
  await expect(correction.getByText('Det kan inte stämma: skriv 20–300 /min. Är det rätt enhet?')).toBeVisible();
  await correction.getByLabel('Puls (/min)').fill('75');
  await inspect(nurse.page, 'correct');
  await correction.getByRole('button', { name: 'Spara' }).click();
  await expect(strip(doctor.page)).toContainText('NEWS2 5');
  expect(await doctor.loadedAt(), 'the page was not loaded anew').toBe(loaded);
  await doctor.sees(visit.nurse.participantId, nurseSignature);

  await doctor.page.getByText('Som vanligt: okänt hur klar').click();
  await doctor.page.getByRole('checkbox', { name: 'Läkarordination: syremättnad efter skala 2' }).check();
  await doctor.page.getByRole('button', { name: 'Spara', exact: true }).click();
  await expect(nurse.page.getByText(/skala 2, ordinerad av/)).toBeVisible();
  await doctor.goto(`/visits/${visit.id}/record`);
  await expect(doctor.page.getByRole('region', { name: 'Mätvärden' })).toContainText('NEWS2 5');
  await inspect(doctor.page, 'record-vitals');
});

/** Blood pressure measurement (GATT 2A35) with the meter's own clock, in mmHg. */
const pressureOf = (systolic: number, diastolic: number, pulse: number): Uint8Array =>
  Uint8Array.from([0b110, systolic, 0, diastolic, 0, 90, 0, 0xea, 0x07, 11, 23, 9, 0, 0, pulse, 0]);

test('a meter over Bluetooth fills in what it measures; still on when another patient is measured, it is asked about by name', async ({
  visit,
  person,
  database: { db },
}) => {
  test.setTimeout(120_000);
  const other = await makePatient(db, visit, { name: 'Test Annan', number: testNumber('1944-05-06', 985) });
  const nurse = await person(nurseSignature, { bluetooth: true });
  const meter = await SimulatedMeter.near(nurse.page, 'Provmanschett', 0x1810, 0x2a35, pressureOf(128, 76, 64));
  await nurse.logIn(visit.nurse);
  await nurse.goto(`/patients/${visit.patientId}`);
  const { page } = nurse;
  const dialog = page.getByRole('dialog', { name: 'Mät' });
  await page.getByRole('button', { name: 'Mät', exact: true }).click();
  await dialog.getByRole('button', { name: 'Läs från mätare' }).click();
  await expect(dialog.getByText('Provmanschett mäter Test Testsson')).toBeVisible();
  await expect(dialog.getByRole('button', { name: /^Övertryck 128.*från Provmanschett/ })).toBeVisible();
  await inspect(page, 'measure-meter');
  await dialog.getByRole('button', { name: 'Spara 3 värden' }).click();
  await expect(dialog).toBeHidden();
  const rows = await db.select().from(measurements).where(eq(measurements.patientId, visit.patientId));
  expect(rows.map(({ kind, value, method, device, deviceAt }) => [kind, value, method, device, deviceAt !== null]).toSorted()).toEqual([
    ['diastolic_mmhg', 76, 'device', 'Provmanschett', true],
    ['pulse_per_minute', 64, 'device', 'Provmanschett', true],
    ['systolic_mmhg', 128, 'device', 'Provmanschett', true],
  ]);

  meter.value = pressureOf(151, 88, 72);
  await page.evaluate((path) => {
    history.pushState({}, '', path); // without loading the page anew, as between the residents of a round
    dispatchEvent(new PopStateEvent('popstate'));
  }, `/patients/${other}`);
  await expect(page.getByRole('region', { name: 'Test Annan' })).toBeVisible();
  await page.getByRole('button', { name: 'Mät', exact: true }).click();
  await expect(dialog.getByText('Provmanschett är ansluten sedan förra patienten. Sitter den på Test Annan nu?')).toBeVisible();
  await inspect(page, 'measure-meter-whose');
  await expect(dialog.getByRole('button', { name: /^Spara/ })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Ja, på Test Annan' }).click();
  await expect(dialog.getByRole('button', { name: /^Övertryck 151.*från Provmanschett/ })).toBeVisible();
  await meter.goAway();
  await expect(dialog.getByText('Provmanschett är frånkopplad. Skriv värdet, eller anslut igen.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Spara 3 värden' }).click();
  await expect(dialog).toBeHidden();
  const theirs = await db.select().from(measurements).where(eq(measurements.patientId, other));
  expect(theirs.map(({ value }) => value).toSorted()).toEqual([151, 72, 88]);
});

test('an assistant nurse without a delegation is told so before measuring what takes one; the nurse delegates it, and then it can be filed', async ({
  visit,
  person,
  database: { db },
}) => {
  test.setTimeout(120_000);
  const assistant = await makeAccount(db, visit.unitId, 'assistantNurse', 'Dorotea', 'Asta Prov');
  const helper = await person(doctorSignature);
  const nurse = await person(nurseSignature);
  await helper.logIn(assistant);
  await helper.goto(`/patients/${visit.patientId}`);
  const dialog = helper.page.getByRole('dialog', { name: 'Mät' });
  await helper.page.getByRole('button', { name: 'Mät', exact: true }).click();
  await expect(dialog.getByRole('button', { name: /^Socker.*Delegering saknas/ })).toBeDisabled();
  await inspect(helper.page, 'measure-undelegated');
  await helper.page.keyboard.press('Escape');

  await nurse.logIn(visit.nurse);
  await nurse.goto(`/units/${visit.unitId}/plan`);
  const card = nurse.page.getByRole('region', { name: 'Delegeringar' });
  await expect(card.getByText('Ingen uppgift är delegerad.')).toBeVisible();
  await card.getByRole('button', { name: 'Delegera', exact: true }).click();
  await expect(card.getByText(/^Asta Prov.*: Kapillär provtagning/)).toBeVisible();
  await expect(card.getByText('gäller', { exact: true })).toBeVisible();
  await inspect(nurse.page, 'delegations');

  await helper.page.reload();
  await helper.page.getByRole('button', { name: 'Mät', exact: true }).click();
  await dialog.getByRole('button', { name: /^Socker/ }).click();
  await press(dialog, '6,1');
  await dialog.getByRole('button', { name: 'Spara 1 värde' }).click();
  await expect(dialog).toBeHidden();

  await card.getByRole('button', { name: /^Ta tillbaka Kapillär provtagning/ }).click();
  await expect(card.getByText('återtagen')).toBeVisible();
  await helper.page.getByRole('button', { name: 'Mät', exact: true }).click();
  await dialog.getByRole('button', { name: /^Socker/ }).click(); // it could be measured a moment ago
  await press(dialog, '6,2');
  await dialog.getByRole('button', { name: 'Spara 1 värde' }).click();
  await expect(dialog.getByText('Det här kräver en delegering som gäller i dag.')).toBeVisible();
  const rows = await db.select().from(measurements).where(eq(measurements.patientId, visit.patientId));
  expect(rows.map(({ kind, value }) => [kind, value])).toEqual([['glucose_mmol_per_litre', 6.1]]);
});
