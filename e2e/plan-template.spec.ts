import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { addUserPassword, makeAccount } from '../testing/care.ts';
import { makePlanPeople, personName } from '../testing/carePlanPeople.ts';
import { textOfPdf } from '../testing/pdf.ts';
import { expect, test } from './fixtures.ts';
import { inspect } from './inspect.ts';
import { doctorSignature, nurseSignature, relativeSignature } from './people.ts';

const letterUnit = 'Demensförbundet i Testkommunen';

async function pdfBy(page: Page, button: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button, exact: true }).click()]);
  return textOfPdf(await readFile(await download.path()));
}

test('a template is made from a ready one, changed, and gives a plan its agenda and its questions; who has no screen gets a letter', async ({
  person,
  database: { db },
}) => {
  const people = await makePlanPeople(db);
  const headAccount = await makeAccount(db, people.clinic.unitId, 'unitHead', 'Dorotea', 'Test Chef');
  const head = await person(doctorSignature, { light: true });
  await head.logIn(headAccount);

  await test.step('the head makes the ready one the unit’s own, and then changes it', async () => {
    const { page } = head;
    await page.getByRole('link', { name: 'Planer (SIP)' }).click();
    await page.getByRole('button', { name: 'Mallar för möten' }).click();
    await expect(page.getByText('Inga mallar ännu.')).toBeVisible();
    await inspect(page, 'plan-templates-none');
    await page.getByRole('button', { name: 'Demensteam' }).click();
    const form = page.getByRole('form', { name: 'Demensteam' });
    await form.getByLabel('Mallens namn').fill('');
    await form.getByRole('button', { name: 'Spara' }).click();
    await expect(form.getByText('Skriv namnet.')).toBeVisible();
    await form.getByLabel('Mallens namn').fill('Vårt demensteam');
    await form.getByLabel('Punkt 2: vad den handlar om').fill('');
    await form.getByRole('button', { name: 'Spara' }).click();
    await expect(form.getByLabel('Punkt 2: vad den handlar om'), 'one is brought to what is wrong').toBeFocused();
    await form.getByLabel('Punkt 2: vad den handlar om').fill('Minne och läkemedel');
    await form.getByLabel('Fråga 2: vad planen frågar').fill('');
    await form.getByRole('button', { name: 'Spara' }).click();
    await expect(form.getByLabel('Fråga 2: vad planen frågar')).toBeFocused();
    await form.getByLabel('Fråga 2: vad planen frågar').fill('Vad vill personen kunna fortsätta med?');
    await inspect(page, 'plan-template-form');
    await form.getByRole('button', { name: 'Spara' }).click();
    await expect(page.getByText('Version 1')).toBeVisible();
    await page.getByRole('button', { name: 'Ändra Vårt demensteam' }).click();
    const changed = page.getByRole('form', { name: 'Vårt demensteam' });
    await changed.getByLabel('Fråga 3: vad planen frågar').fill('Vem går igenom läkemedlen, och hur ofta?');
    await changed.getByRole('button', { name: 'Spara' }).click();
    await expect(page.getByText('Version 2')).toBeVisible();
    await inspect(page, 'plan-templates');
  });

  const nurse = await person(nurseSignature, { light: true });
  const { page } = nurse;
  await test.step('the coordinator uses it: it says who is missing, asks its questions and gives the agenda', async () => {
    await nurse.logIn(people.coordinator);
    await nurse.goto(`/patients/${people.patientId}`);
    await page.getByRole('button', { name: 'En plan behövs' }).click();
    await page.getByLabel('Varför en plan behövs').fill('Minnet sviktar');
    await page.getByLabel('Vem som såg behovet').fill('Dottern');
    await page.getByRole('button', { name: 'Spara behovet' }).click();
    await page.getByRole('button', { name: 'Planen är erbjuden' }).click();
    await page.getByRole('button', { name: 'Personen säger ja' }).click();
    await page.getByRole('button', { name: 'Spara samtycket' }).click();
    await page.getByLabel('Vad är viktigt för dig?').fill('Att bo hemma');
    await page.getByRole('button', { name: 'Spara', exact: true }).click();
    await expect(page.getByRole('form', { name: 'Inför mötet' })).toHaveCount(0);
    await page.getByRole('combobox', { name: 'Mall' }).selectOption({ label: 'Vårt demensteam' });
    await page.getByRole('button', { name: 'Använd mallen' }).click();
    await expect(page.getByText(/^Enligt mallen behövs också: .*närstående/)).toBeVisible();
    await expect(page.getByText('Vem går igenom läkemedlen, och hur ofta?')).toBeVisible();
    await expect(page.getByText('Vem följer upp läkemedlen?')).toHaveCount(0);
    await page.getByRole('button', { name: 'Lägg till någon som behövs' }).click();
    await page.getByRole('radio', { name: 'någon nära' }).check();
    await page.getByRole('button', { name: 'Lägg till Test Dotter' }).click();
    await page.getByRole('button', { name: 'Vad Test Dotter får veta' }).click();
    const share = page.getByRole('form', { name: 'Vad Test Dotter får veta' });
    for (const area of ['vardag', 'boende och hemtjänst']) await share.getByRole('checkbox', { name: area, exact: true }).check();
    await share.getByRole('button', { name: 'Spara vad de får veta' }).click();
    await expect(page.getByRole('article', { name: 'Test Dotter' })).toContainText('boende och hemtjänst');
    await page.getByRole('button', { name: 'Gå igenom dagordningen' }).click();
    const first = page.getByRole('region', { name: 'Punkt 1', exact: true });
    await expect(first.getByLabel('Punkt 1: vad den handlar om')).toHaveValue('Hur vardagen fungerar');
    await expect(first.getByRole('checkbox', { name: 'Test Dotter' })).toBeChecked();
    const second = page.getByRole('region', { name: 'Punkt 2', exact: true });
    await expect(
      second.getByText('Test Dotter får inte höra om hälsa, psykisk hälsa, läkemedel.'),
      'of health she may not be told',
    ).toBeVisible();
    await page.getByRole('form', { name: 'Dagordning' }).getByRole('button', { name: 'Spara' }).click();
    await expect(page.getByRole('region', { name: 'Dagordning' })).toContainText('Trygghet hemma och i trafiken');
    await inspect(page, 'plan-from-template');
  });

  await test.step('who is reached by letter gets the summons on paper', async () => {
    await page.getByRole('button', { name: 'Lägg till någon som behövs' }).click();
    await page.getByRole('radio', { name: 'någon annan' }).check();
    await page.getByLabel('Namn', { exact: true }).fill(letterUnit);
    await page.getByRole('button', { name: 'Lägg till', exact: true }).click();
    await page.getByRole('button', { name: new RegExp(`^(Kallelse|Inbjudan) till ${letterUnit}`) }).click();
    const form = page.getByRole('form', { name: new RegExp(letterUnit) });
    await form.getByLabel('Syftet med mötet').fill('Att planera stödet hemma');
    await form.getByRole('button', { name: 'Spara inbjudan' }).click();
    const text = await pdfBy(page, `Skriv ut brevet till ${letterUnit}`);
    for (const words of [letterUnit, personName, 'Att planera stödet hemma', 'Svara senast']) expect(text).toContain(words);
  });

  await test.step('the person finds the plan on their own page, and reads what they said themselves', async () => {
    const own = await person(relativeSignature, { light: true });
    await own.logIn(await addUserPassword(db, people.patientId), 'Mina besök');
    const mine = own.page.getByRole('region', { name: 'Mina planer (SIP)' });
    await expect(mine).toContainText('Din plan håller på att göras');
    await inspect(own.page, 'own-plans');
    await mine.getByRole('button', { name: 'Öppna planen' }).click();
    await expect(own.page.getByText('Att bo hemma')).toBeVisible();
    await expect(own.page.getByRole('button', { name: 'Lägg till någon som behövs' }), 'that is the coordinator’s').toHaveCount(0);
    await inspect(own.page, 'own-plan');
  });
});
