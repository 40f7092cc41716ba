import { eq } from 'drizzle-orm';
import { users } from '../drizzle/schema/index.ts';
import { addUserPassword, makeAccount, makeCareHome, makeUnit, makeVisit, patientName, testNumber } from '../testing/care.ts';
import { expect, test } from './fixtures.ts';
import { inspect } from './inspect.ts';
import { doctorSignature } from './people.ts';

test('what is not one’s own is opened with a reason, what is blocked in stages, and the unit head sees both', async ({
  person,
  database: { db },
}) => {
  const home = await makeCareHome(db, 'Boendet');
  const number = testNumber('1944-07-08');
  const visit = await makeVisit(db, new Date(), home, { number, birthDate: '1944-07-08' });
  const clinic = await makeUnit(db, home.organisationId, 'Hemsjukvården');

  const patient = await person(doctorSignature);
  await patient.logIn(await addUserPassword(db, visit.patientId), 'Mina besök');
  await patient.page.getByRole('link', { name: 'Mina samtycken' }).click();
  await patient.page.getByRole('button', { name: 'Spärra Boendet' }).click();
  await expect(patient.page.getByRole('alertdialog')).toContainText('Andra enheter ser då inte');
  await inspect(patient.page, 'my-block-sure');
  await patient.page.getByRole('button', { name: 'Spärra', exact: true }).click();
  await expect(patient.page.getByRole('button', { name: 'Häv spärren för Boendet' })).toBeVisible();
  await inspect(patient.page, 'my-consents-blocked');

  const nurse = await person(doctorSignature);
  const { page } = nurse;
  await nurse.logIn(await makeAccount(db, clinic.unitId, 'nurse', 'Dorotea', 'Test Kollega'));
  await page.getByRole('link', { name: 'Patienter' }).click();
  await page.getByRole('button', { name: 'Öppna en patient som inte är hos er' }).click();
  await page.getByRole('button', { name: 'Öppna i ett dygn' }).click();
  await page.getByRole('textbox', { name: 'Personnummer' }).fill(number);
  await page.getByRole('button', { name: 'Öppna i ett dygn' }).click();
  await expect(page.getByText('Välj varför.')).toBeVisible();
  await page.getByRole('radio', { name: 'Besök i dag' }).check();
  await inspect(page, 'opening');
  await page.getByRole('button', { name: 'Öppna i ett dygn' }).click();
  await expect(page.getByRole('heading', { name: patientName })).toBeVisible();
  await expect(page.getByText('Inga besök ännu.')).toBeVisible();
  await page.getByRole('button', { name: 'Nödöppna' }).click();
  await page.getByRole('radio', { name: 'Fara för liv' }).check();
  await page.getByRole('button', { name: 'Visa var något är spärrat' }).click();
  await page.getByRole('textbox', { name: 'Vad har hänt?' }).fill('Påhittad händelse');
  await inspect(page, 'emergency-access');
  await page.getByRole('button', { name: 'Öppna Boendet i fyra timmar' }).click();
  await expect(page.getByText(/^Öppet till/)).toBeVisible();
  await expect(page.getByRole('link', { name: /kl\./ })).toBeVisible();

  const head = await person(doctorSignature);
  await head.logIn(await makeAccount(db, home.unitId, 'unitHead'));
  await head.page.getByRole('link', { name: 'Loggkontroll' }).click();
  await expect(head.page.getByText('nödöppning').first()).toBeVisible();
  await head.page
    .getByRole('button', { name: /^Granska Test Kollega/ })
    .first()
    .click();
  await inspect(head.page, 'reviews');
  await head.page.getByRole('radio', { name: 'Frågat medarbetaren' }).check();
  await head.page.getByRole('button', { name: 'Spara' }).click();
  await expect(head.page.getByText('Skriv vad som gäller.')).toBeVisible();
  await head.page.getByRole('textbox', { name: 'Anteckning' }).fill('Pratat med kollegan');
  await head.page.getByRole('button', { name: 'Spara' }).click();
  await expect(head.page.getByRole('heading', { name: /^Granskade \(1\)/ })).toBeVisible();
});

test('staff keep a consent that they have heard; a child’s guardian and an unable patient each by their own basis', async ({
  visit,
  person,
  database: { db },
}) => {
  await makeCareHome(db); // another organisation, to be told something
  const nurse = await person(doctorSignature);
  const { page } = nurse;
  await nurse.logIn(visit.nurse);
  await nurse.goto(`/patients/${visit.patientId}`);
  await page.getByRole('button', { name: 'Skriv in ett samtycke' }).click();
  await page.getByRole('combobox', { name: 'Vad gäller det?' }).selectOption({ label: 'Att en annan organisation får veta' });
  await page.getByRole('button', { name: 'Spara samtycket' }).click();
  await expect(page.getByText('Skriv vad som får delas.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Vad får delas?' }).fill('Hjälp i hemmet');
  await page.getByRole('radio', { name: /^Undantag i lag/ }).check();
  await page.getByRole('textbox', { name: 'Vilket undantag i lag?' }).fill('Påhittat undantag');
  await inspect(page, 'consent-form');
  await page.getByRole('button', { name: 'Spara samtycket' }).click();
  await expect(page.getByText('Det gäller: Hjälp i hemmet')).toBeVisible();
  await inspect(page, 'patient-consents');
  expect(await db.query.consents.findMany({ where: (row, { eq: is }) => is(row.patientId, visit.patientId) })).toHaveLength(2);
});

test('an administrator keeps agreements and what staff may do; of two who change the same person the second sees both', async ({
  visit,
  person,
  database: { db },
}) => {
  const account = await makeAccount(db, visit.unitId, 'administrator');
  const other = await makeCareHome(db);
  const administrator = await person(doctorSignature);
  const { page } = administrator;
  await administrator.logIn(account, 'Enheter och personal');
  await page.getByRole('link', { name: 'Avtal' }).click();
  await page.getByRole('button', { name: 'Lägg till avtal' }).click();
  await page.getByRole('combobox', { name: 'Vem vårdar' }).selectOption(other.organisationId);
  await page.getByRole('textbox', { name: 'Vad det täcker' }).fill('Läkarmedverkan i särskilt boende');
  await inspect(page, 'agreement-form');
  await page.getByRole('button', { name: 'Spara' }).click();
  await expect(page.getByRole('listitem').getByText('Läkarmedverkan i särskilt boende')).toBeVisible();
  await inspect(page, 'agreements');

  const second = await administrator.openAnotherTab();
  for (const one of [administrator, second]) {
    await one.goto(`/units/${visit.unitId}`);
    await one.page.getByRole('button', { name: `Ändra ${visit.nurse.username}` }).click();
  }
  await page.getByRole('textbox', { name: 'HSA-id' }).fill('nonsens');
  await page.getByRole('button', { name: 'Spara' }).click();
  await expect(page.getByText('Ett HSA-id skrivs som')).toBeVisible();
  await page.getByRole('textbox', { name: 'HSA-id' }).fill('TSTNMT2321000156-A11');
  await inspect(page, 'staff-form');
  await page.getByRole('button', { name: 'Spara' }).click();
  await expect(page.getByRole('textbox', { name: 'HSA-id' })).toHaveCount(0);
  await second.page.getByRole('textbox', { name: 'HSA-id' }).fill('TSTNMT2321000156-B22');
  await second.page.getByRole('button', { name: 'Spara' }).click();
  await expect(second.page.getByText('TSTNMT2321000156-A11')).toBeVisible();
  await inspect(second.page, 'staff-overtaken');
});

test('the operator says what is demanded at login, and connects an e-ID', async ({ person, database: { db }, visit }) => {
  const account = await makeAccount(db, visit.unitId, 'administrator');
  await db.update(users).set({ operator: true }).where(eq(users.id, account.userId));
  const operator = await person(doctorSignature);
  const { page } = operator;
  await operator.logIn(account, 'Enheter och personal');
  await page.getByRole('link', { name: 'Installation' }).click();
  await page.getByRole('button', { name: 'Anslut en legitimering' }).click();
  await page.getByRole('textbox', { name: 'Namn på knappen' }).fill('Prov');
  await page.getByRole('textbox', { name: 'Utfärdare (issuer)' }).fill('http://example.com');
  await page.getByRole('textbox', { name: 'Klient-id' }).fill('samrum');
  await inspect(page, 'installation');
  const form = page.getByRole('form', { name: 'Anslut en legitimering' });
  await form.getByRole('button', { name: 'Spara' }).click();
  await expect(page.getByText('Skriv adressen med https')).toBeVisible();
  await page.getByRole('textbox', { name: 'Utfärdare (issuer)' }).fill('http://localhost:9/nobody');
  await page.getByRole('checkbox', { name: 'Används' }).uncheck();
  await form.getByRole('button', { name: 'Spara' }).click();
  await page.getByRole('button', { name: 'Prova Prov' }).click();
  await expect(page.getByText('Ingen svarar där som den utfärdaren.')).toBeVisible();
});
