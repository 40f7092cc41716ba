import { eq } from 'drizzle-orm';
import { holidays, participants, queueHours } from '../drizzle/schema/index.ts';
import { addUserPassword, makeAccount, makeCareHome, makePatient, makeUnit } from '../testing/care.ts';
import { expect, test } from './fixtures.ts';
import { inspect } from './inspect.ts';
import { doctorSignature, nurseSignature, relativeSignature } from './people.ts';

test('three stand in line: each sees their place, the one who is called comes in and is seen, one is sent on', async ({
  person,
  database: { db },
}) => {
  test.setTimeout(240_000);
  const home = await makeCareHome(db, 'Digitala mottagningen');
  const other = await makeUnit(db, home.organisationId, 'Hälsocentralen');
  await db.delete(holidays); // whichever day it is today
  const week = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens: '00:00', closes: '24:00' }));
  await db.insert(queueHours).values([home, other].flatMap(({ unitId }) => week.map((row) => ({ ...row, unitId }))));

  const clinician = await person(doctorSignature);
  const { page } = clinician;
  await clinician.logIn(await makeAccount(db, home.unitId, 'careCoordinator', 'Umeå', 'Test Samordnare'));
  await test.step('what is asked', async () => {
    await page.getByRole('link', { name: 'Planering' }).click();
    await page.getByRole('button', { name: 'Lägg till en fråga' }).click();
    await page.getByLabel('Vad som frågas').fill('Har du feber?');
    const form = page.locator('form', { has: page.getByLabel('Vad som frågas') });
    await inspect(page, 'queue-settings');
    await form.getByRole('button', { name: 'Spara', exact: true }).click();
    await page.getByRole('link', { name: 'I dag', exact: true }).click();
    await expect(page.getByText('0 väntar.')).toBeVisible();
  });

  const patients = [];
  for (const [nr, name] of ['Test Ett', 'Test Två', 'Test Tre'].entries()) {
    const patient = await person(nr === 2 ? relativeSignature : nurseSignature);
    await patient.logIn(await addUserPassword(db, await makePatient(db, home, { name })), 'Mina besök');
    if (nr === 0) await inspect(patient.page, 'queue-open');
    await patient.page.getByRole('button', { name: 'Ställ mig i kö' }).click();
    if (nr === 0) {
      await patient.page.getByRole('button', { name: 'Ställ mig i kö' }).click();
      await expect(patient.page.getByText('Svara på alla frågor.')).toBeVisible();
      await inspect(patient.page, 'queue-questions');
    }
    await patient.page.getByRole('radio', { name: nr === 2 ? 'Ja' : 'Nej' }).check();
    await patient.page.getByRole('button', { name: 'Ställ mig i kö' }).click();
    await expect(patient.page.getByText(`Du är nummer ${nr + 1} i kön.`)).toBeVisible();
    patients.push({ patient, loaded: await patient.loadedAt() });
  }
  const [first, second, third] = patients;
  if (!first || !second || !third) throw new Error('three stand in line');
  await inspect(first.patient.page, 'queue-place');
  await expect(page.getByText('3 väntar.'), 'by itself').toBeVisible();

  await test.step('the one with a fever goes first: all see their new place', async () => {
    await page.getByRole('button', { name: 'Akut: Test Tre' }).click();
    await expect(page.getByRole('button', { name: 'Akut: Test Tre' })).toHaveAttribute('aria-pressed', 'true');
    await inspect(page, 'queue-line');
    await expect(third.patient.page.getByText('Du är nummer 1 i kön.')).toBeVisible({ timeout: 20_000 });
    await expect(first.patient.page.getByText('Du är nummer 2 i kön.')).toBeVisible({ timeout: 20_000 });
  });

  await test.step('one is sent on, with a reason', async () => {
    await page.getByRole('button', { name: 'Skicka Test Två vidare' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Skicka vidare' }).click();
    await expect(page.getByRole('dialog').getByText('Välj varför.')).toBeVisible();
    await inspect(page, 'queue-send-on');
    await page.getByRole('dialog').getByLabel('Varför').fill('Påhittad orsak');
    await page.getByRole('dialog').getByRole('button', { name: 'Skicka vidare' }).click();
    await expect(page.getByText('2 väntar.')).toBeVisible();
    await expect(second.patient.page.getByRole('region', { name: 'Hälsocentralen' })).toContainText('Du är nummer 1 i kön.', {
      timeout: 20_000,
    });
  });

  await test.step('called up: the page says so by itself, and the two meet', async () => {
    await page.getByRole('button', { name: 'Kalla nästa' }).click();
    await expect(third.patient.page.getByText('Det är din tur.')).toBeVisible({ timeout: 20_000 });
    expect(await third.patient.loadedAt(), 'the page was not loaded anew').toBe(third.loaded);
    await inspect(third.patient.page, 'queue-called');
    await third.patient.page.getByRole('button', { name: 'Gå till besöket' }).first().click();
    await expect(third.patient.page.getByRole('heading', { name: 'Innan du går in' })).toBeVisible();
    await clinician.pressJoin();
    await third.patient.page.getByRole('button', { name: /^Jag är redo/ }).click();
    await page
      .getByRole('button', { name: /^Släpp in/ })
      .first()
      .click();
    const visitId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    const seats = await db.select().from(participants).where(eq(participants.visitId, visitId));
    const seatOf = (role: string): string => seats.find((seat) => seat.role === role)?.id ?? '';
    await clinician.sees(seatOf('patient'), relativeSignature);
    await third.patient.sees(seatOf('careCoordinator'), doctorSignature);
    await expect(first.patient.page.getByText('Du är nummer 1 i kön.')).toBeVisible({ timeout: 20_000 });
  });

  await test.step('one leaves', async () => {
    await first.patient.page.getByRole('button', { name: 'Lämna kön' }).click();
    await first.patient.page.getByRole('alertdialog').getByRole('button', { name: 'Lämna kön' }).click();
    await expect(first.patient.page.getByRole('button', { name: 'Ställ mig i kö' })).toBeVisible();
  });
});
