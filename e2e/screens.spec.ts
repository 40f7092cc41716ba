import { makeVisit } from '../testing/care.ts';
import { expect, test } from './fixtures.ts';
import { inspect } from './inspect.ts';
import { doctorSignature, nurseSignature, relativeSignature } from './people.ts';
import { threeInTheRoom } from './threeInTheRoom.ts';

test('start: empty, with errors, in each language, and with an invitation', async ({ person, product, visit }) => {
  const { page } = await person(relativeSignature);
  await page.goto(product.address);
  await expect(page.getByRole('heading', { name: 'Välkommen' })).toBeVisible();
  await inspect(page, 'start');
  await page.getByRole('button', { name: 'Logga in' }).click();
  await expect(page.getByText('Skriv ditt användarnamn.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Inbjudans nummer' }).fill('ABCD 2345');
  await page.getByRole('textbox', { name: 'Kod' }).fill('000000');
  await page.getByRole('button', { name: 'Gå till besöket' }).click();
  await expect(page.getByRole('alert')).toContainText('stämmer inte');
  await expect(page.getByRole('textbox', { name: 'Kod' })).toHaveValue('000000');
  await inspect(page, 'start-errors');
  for (const [language, heading] of [
    ['en', 'Welcome'],
    ['es', 'Le damos la bienvenida'],
    ['fi', 'Tervetuloa'],
  ] as const) {
    await page.getByRole('combobox').selectOption(language);
    await expect(page.getByRole('heading', { name: heading })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await inspect(page, `start-${language}`);
  }
  await page.getByRole('combobox').selectOption('sv');
  await page.goto(`${product.address}/join/${visit.relative.reference}`);
  await expect(page.getByRole('textbox', { name: 'Inbjudans nummer' })).toHaveValue(visit.relative.reference);
  await inspect(page, 'join');
});

test('today: visits, who waits, both clocks; and none', async ({ person, product, database, visit }) => {
  const doctor = await person(doctorSignature, { timezoneId: 'Europe/Lisbon' });
  await doctor.logIn(visit.doctor);
  await expect(doctor.page.getByText('hos dig')).toBeVisible();
  await inspect(doctor.page, 'today');
  const relative = await person(relativeSignature);
  await relative.knock(visit.relative);
  await expect(doctor.page.getByText('Test Anhörig väntar')).toBeVisible();
  await inspect(doctor.page, 'today-waiting');
  await doctor.page.getByRole('button', { name: 'Släpp in Test Anhörig' }).click();
  await relative.inRoom();
  await expect(doctor.page.getByText('I rummet: Test Anhörig')).toBeVisible();

  const { nurse } = await makeVisit(database.db, new Date(Date.now() + 3 * 86_400_000));
  const idle = await person(nurseSignature);
  await idle.logIn(nurse);
  await expect(idle.page.getByRole('heading', { name: 'Inga besök i dag' })).toBeVisible();
  await inspect(idle.page, 'today-none');
  await idle.page.goto(`${product.address}/visits/${visit.id}`);
  await expect(idle.page.getByRole('heading', { name: 'Besöket finns inte här' })).toBeVisible();
  await inspect(idle.page, 'not-found');
});

test('lobby and room: every state of them', async ({ person, product, visit }) => {
  const { doctor, nurse, relative } = await threeInTheRoom(visit, person);
  await doctor.sees(visit.nurse.participantId, nurseSignature);
  await doctor.sees(visit.relative.participantId, relativeSignature);
  await inspect(doctor.page, 'room');
  await doctor.control('Visa talaren').click();
  await inspect(doctor.page, 'room-spotlight');
  await doctor.control('Personer').click();
  await inspect(doctor.page, 'room-people');
  await doctor.page.getByRole('button', { name: 'Ta bort Test Anhörig från besöket' }).click();
  await inspect(doctor.page, 'room-remove');
  await doctor.page.keyboard.press('Escape');
  await nurse.control('Dela skärm').click();
  await expect.poll(() => doctor.framesOf(visit.nurse.participantId, 'screen')).toBeGreaterThan(0);
  await inspect(doctor.page, 'room-screen');
  await inspect(nurse.page, 'room-sharing');
  await relative.control('Mikrofon på').click();
  await expect(relative.page.getByRole('alert')).toContainText('de hör dig inte');
  await inspect(relative.page, 'room-muted');
  const beside = await nurse.openAnotherTab();
  await beside.page.goto(`${product.address}/visits/${visit.id}`);
  await expect(beside.page.getByRole('button', { name: 'Flytta besöket hit' })).toBeVisible();
  await inspect(beside.page, 'lobby-elsewhere');
  await beside.page.getByRole('button', { name: 'Flytta besöket hit' }).click();
  await inspect(nurse.page, 'superseded');
  await beside.control('Lämna').click();
  await inspect(beside.page, 'room-leave-bedside');
  await beside.page.getByRole('alertdialog').getByRole('button', { name: 'Lämna, de andra är kvar' }).click();
  await inspect(beside.page, 'left');
  await beside.page.reload();
  await expect(beside.page.getByRole('combobox', { name: /samma rum/ })).toBeVisible();
  await inspect(beside.page, 'lobby-staff');
  await doctor.page.getByRole('button', { name: 'Skicka Test Anhörig till väntrummet' }).click();
  await expect(relative.page.getByRole('heading', { name: 'Du är anmäld' })).toBeVisible();
  await inspect(relative.page, 'waiting');
  await inspect(doctor.page, 'room-someone-waits');
  await relative.page.getByRole('button', { name: 'Sluta vänta' }).click();
  await inspect(relative.page, 'lobby-guest');
  await doctor.control('Lämna').click();
  await inspect(doctor.page, 'room-leave');
  await doctor.page.getByRole('alertdialog').getByRole('button', { name: 'Avsluta för alla' }).click();
  await expect(doctor.page.getByRole('heading', { name: 'Besöket är avslutat' })).toBeVisible();
  await inspect(doctor.page, 'ended');
});

test('lobby without camera and microphone says why, and lets one in all the same', async ({ person, visit }) => {
  const relative = await person(relativeSignature, { devices: 'denied' });
  await relative.logIn(visit.nurse);
  await relative.openVisit(visit);
  await expect(relative.page.getByText('Webbläsaren släpper inte fram kameran.')).toBeVisible();
  await expect(relative.page.getByText('Webbläsaren släpper inte fram mikrofonen.')).toBeVisible();
  await inspect(relative.page, 'lobby-denied');
  const doctor = await person(doctorSignature);
  await doctor.goIn(visit, visit.doctor);
  await relative.page.getByRole('button', { name: 'Gå in utan kamera och mikrofon' }).click();
  await relative.inRoom();
  await relative.sees(visit.doctor.participantId, doctorSignature);
  await relative.hears(visit.doctor.participantId, doctorSignature);
});

test('lobby on a machine without devices says so', async ({ person, visit }) => {
  const nurse = await person(nurseSignature, { devices: 'missing' });
  await nurse.logIn(visit.nurse);
  await nurse.openVisit(visit);
  await expect(nurse.page.getByText('Ingen kamera hittades.')).toBeVisible();
  await expect(nurse.page.getByText('Ingen mikrofon hittades.')).toBeVisible();
  await inspect(nurse.page, 'lobby-missing');
});

test('on an insecure address the page says in words why there is no camera', async ({ person, product, visit }) => {
  const nurse = await person(nurseSignature, { host: 'samrum.test' });
  await nurse.logIn(visit.nurse);
  await nurse.openVisit(visit);
  await expect(nurse.page.getByText('adressen är inte säker (https)')).toBeVisible();
  expect(new URL(nurse.page.url()).host).toBe(`samrum.test:${new URL(product.address).port}`);
  await inspect(nurse.page, 'lobby-insecure');
});
