import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { doctorSignature, nurseSignature } from './people.ts';

/** Presses Tab until this has the focus, as one without a mouse does. */
async function tabTo(page: Page, role: 'button' | 'textbox' | 'combobox', name: string | RegExp): Promise<void> {
  const wanted = page.getByRole(role, { name });
  await expect(wanted).toBeVisible();
  for (let press = 0; press < 40; press++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${name}`);
}

async function press(page: Page, name: string | RegExp, key = 'Enter'): Promise<void> {
  await tabTo(page, 'button', name);
  await page.keyboard.press(key);
}

test('a whole visit by keyboard', async ({ person, product, visit }) => {
  const nurse = await person(nurseSignature);
  await nurse.goIn(visit, visit.nurse);
  const { page, sees } = await person(doctorSignature).then((one) => ({ page: one.page, sees: one.sees.bind(one) }));
  await page.goto(product.address);
  await tabTo(page, 'textbox', 'Användarnamn');
  await page.keyboard.type(visit.doctor.username);
  await tabTo(page, 'textbox', 'Lösenord');
  await page.keyboard.type(visit.doctor.password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Var arbetar du i dag?' })).toBeFocused();
  await tabTo(page, 'combobox', 'Jag arbetar i dag från');
  await press(page, /^Läkare på distans/);
  await expect(page.getByRole('heading', { name: 'Dagens besök' })).toBeFocused();
  await press(page, 'Gå till besöket');
  await expect(page.getByRole('heading', { name: 'Innan du går in' })).toBeFocused();
  await press(page, 'Gå in i besöket');
  await expect(page.getByRole('heading', { name: /^Patient:/ })).toBeFocused();
  await sees(visit.nurse.participantId, nurseSignature);
  await press(page, 'Mikrofon på', 'Space');
  await expect(page.getByRole('button', { name: 'Mikrofon av' })).toBeFocused();
  await press(page, 'Visa Sjuksköterska, Dorotea stort');
  await press(page, 'Personer');
  await expect(page.getByRole('complementary').getByRole('heading', { name: 'Personer' })).toBeFocused();
  await press(page, 'Ta bort Sjuksköterska, Dorotea från besöket');
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await press(page, 'Lämna');
  await press(page, 'Avsluta för alla');
  await expect(page.getByRole('heading', { name: 'Besöket är avslutat' })).toBeFocused();
});
