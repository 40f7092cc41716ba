import {
  addPatientByLink,
  addUserPassword,
  makeAccount,
  makeCareHome,
  makeNextVisit,
  makePatient,
  makeRelative,
  makeVisit,
} from '../testing/care.ts';
import { expect, test } from './fixtures.ts';
import { inspect } from './inspect.ts';
import { doctorSignature, nurseSignature, type Person, relativeSignature } from './people.ts';
import { threeInTheRoom } from './threeInTheRoom.ts';

const languages = ['sv', 'en', 'es', 'fi'] as const;

/** Looks at the same screen in every language; it stays in Swedish afterwards. */
async function inspectInAll({ page }: Person, name: string): Promise<void> {
  for (const language of [...languages.slice(1), 'sv'] as const) {
    await page.getByRole('banner').getByRole('combobox').selectOption(language);
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await inspect(page, language === 'sv' ? name : `${name}-${language}`);
  }
}

test('the day, booking, and what follows it', async ({ person, database: { db } }) => {
  test.setTimeout(300_000);
  const home = await makeCareHome(db, 'Testboendet Granen');
  const patientId = await makePatient(db, home, { name: 'Test Tallberg', birthDate: '1938-04-12' });
  await makeRelative(db, patientId, 'Test Dotter');
  await makePatient(db, home, { name: 'Test Skyddsson', protectedIdentity: true });
  await makeVisit(db, new Date(), home, { name: 'Test Ekdal' });
  const nurse = await person(nurseSignature);
  await nurse.logIn(await makeAccount(db, home.unitId, 'nurse'));
  await inspectInAll(nurse, 'day');
  await nurse.goto('/book');
  await expect(nurse.page.getByText('Test Skyddsson')).toBeVisible();
  await inspectInAll(nurse, 'book-patient');
  await nurse.page.getByRole('button', { name: 'Välj Test Tallberg' }).click();
  await expect(nurse.page.getByLabel('Var är patienten?')).toBeVisible();
  await inspectInAll(nurse, 'book');
  await nurse.page.getByRole('radio', { name: 'En annan tid' }).check();
  await nurse.page.getByRole('button', { name: 'Boka besöket' }).click();
  await expect(nurse.page.getByText('Skriv platsen.')).toBeVisible();
  await inspect(nurse.page, 'book-errors');
  await nurse.page.getByLabel('Var är patienten?').fill('Granen, rum 4');
  await nurse.page.getByRole('checkbox', { name: /^Test Dotter/ }).check();
  await nurse.page.getByRole('checkbox', { name: 'Patienten har sagt ja till att Test Dotter är med' }).check();
  await nurse.page.getByRole('button', { name: 'Boka besöket' }).click();
  await expect(nurse.page.getByRole('region', { name: 'Länkar och koder' })).toBeVisible();
  await inspectInAll(nurse, 'booked');
});

test('patients: the list, a new one, one, and those close to them', async ({ person, database: { db }, visit }) => {
  test.setTimeout(300_000);
  const nurse = await person(nurseSignature);
  await nurse.logIn(visit.nurse);
  await nurse.goto('/patients');
  await expect(nurse.page.getByRole('button', { name: 'Öppna Test Testsson' })).toBeVisible();
  await inspectInAll(nurse, 'patients');
  await nurse.page.getByRole('searchbox', { name: 'Sök' }).fill('finns inte');
  await expect(nurse.page.getByText('Ingen patient hittades.')).toBeVisible();
  await inspect(nurse.page, 'patients-none');
  await nurse.page.getByRole('button', { name: 'Registrera en patient' }).click();
  await nurse.page.getByRole('textbox', { name: 'Personnummer' }).fill('640823-3235');
  await nurse.page.getByRole('textbox', { name: 'Namn' }).fill('Test Nyman');
  await nurse.page.getByRole('button', { name: 'Registrera', exact: true }).click();
  await expect(nurse.page.getByText('Det är inget giltigt personnummer')).toBeVisible();
  await inspectInAll(nurse, 'patient-new');
  await nurse.goto(`/patients/${visit.patientId}`);
  await expect(nurse.page.getByRole('link', { name: /kl\./ })).toBeVisible();
  await inspectInAll(nurse, 'patient');
  const continuity = nurse.page.getByRole('region', { name: 'Kontinuitet' });
  await expect(continuity.getByText('Ingen fast läkarkontakt är vald.')).toBeVisible();
  await continuity.getByRole('button', { name: 'Välj fast läkarkontakt' }).click();
  await continuity.getByLabel('Sök läkare').fill('Lissabon');
  await continuity.getByRole('button', { name: /^Välj Läkare på distans, Lissabon/ }).click();
  await expect(continuity.getByRole('button', { name: 'Byt fast läkarkontakt' })).toBeVisible();
  await expect(continuity.getByText('Läkare på distans, Lissabon').first()).toBeVisible();
  await continuity.scrollIntoViewIfNeeded();
  await inspect(nurse.page, 'patient-continuity');
  await nurse.page.getByRole('button', { name: 'Ändra', exact: true }).first().click();
  await inspect(nurse.page, 'patient-change');
  await nurse.page.getByRole('button', { name: 'Avbryt' }).click();
  await nurse.page.getByRole('button', { name: 'Lägg till en person' }).click();
  await inspect(nurse.page, 'relative-new');
  await nurse.page.getByRole('button', { name: 'Ge en inloggning' }).click();
  await expect(nurse.page.getByText('Lösenordet visas bara nu.')).toBeVisible();
  await inspect(nurse.page, 'patient-login');
  const stranger = await person(doctorSignature);
  const elsewhere = await makeCareHome(db);
  await stranger.logIn(await makeAccount(db, elsewhere.unitId, 'nurse'));
  await stranger.goto(`/patients/${visit.patientId}`);
  await expect(stranger.page.getByRole('alert')).toBeVisible();
  await inspect(stranger.page, 'patient-refused');
});

test('the record: before, while it is documented, done; and the page of the patient', async ({ person, database: { db }, visit }) => {
  test.setTimeout(300_000);
  const account = await addUserPassword(db, visit.patientId);
  const doctor = await person(doctorSignature, { timezoneId: 'Europe/Lisbon' });
  await doctor.logIn(visit.doctor);
  await doctor.goto(`/visits/${visit.id}/record`);
  await expect(doctor.page.getByRole('button', { name: 'Checka in' })).toBeVisible();
  await inspectInAll(doctor, 'record');
  await doctor.page.getByRole('button', { name: 'Besöket blir inte av' }).click();
  await inspect(doctor.page, 'record-close');
  await doctor.page.keyboard.press('Escape');
  await doctor.page.getByRole('button', { name: 'Bjud in fler' }).click();
  await doctor.page.getByRole('button', { name: 'Ny kod till Test Anhörig' }).click();
  await inspect(doctor.page, 'record-people');
  await doctor.page.getByRole('button', { name: 'Ändra tid eller plats' }).click();
  await inspect(doctor.page, 'record-details');
  await doctor.goto(`/visits/${visit.id}`);
  await doctor.pressJoin();
  await doctor.control('Lämna').click();
  await doctor.page.getByRole('alertdialog').getByRole('button', { name: 'Avsluta för alla' }).click();
  await doctor.page.getByRole('button', { name: 'Dokumentera' }).click();
  await doctor.page.getByRole('button', { name: 'Klar', exact: true }).click();
  await expect(doctor.page.getByText('Skriv vad besöket kom fram till.')).toBeVisible();
  await inspectInAll(doctor, 'documentation');
  await doctor.page.getByLabel('Bedömning och resultat').fill('Påhittad bedömning');
  await doctor.page.getByLabel('Det vi kom överens om').fill('Vi ses igen om två veckor.');
  await doctor.page.getByRole('button', { name: 'Sjuksköterska, Dorotea' }).click();
  await doctor.page.getByRole('radio', { name: 'Känd av personalen' }).check();
  for (const question of ['Var ljudet bra nog', 'Var bilden bra nog'])
    await doctor.page.getByRole('group', { name: question }).getByRole('radio', { name: 'Ja' }).check();
  await doctor.page.getByRole('button', { name: 'Klar', exact: true }).click();
  await expect(doctor.page.getByRole('textbox', { name: 'Text till journalen' })).toBeVisible();
  await doctor.page.getByText('Vem har gjort vad').click();
  await inspectInAll(doctor, 'record-done');

  await makeNextVisit(db, visit, new Date(Date.now() + 86_400_000));
  const patient = await person(relativeSignature);
  await patient.logIn(account, 'Mina besök');
  await expect(patient.page.getByText('Vi ses igen om två veckor.')).toBeVisible();
  await inspectInAll(patient, 'own');
});

test('a patient asks for a visit; the unit assesses it and books it', async ({ person, database: { db }, visit }) => {
  test.setTimeout(240_000);
  const patient = await person(relativeSignature);
  await patient.logIn(await addUserPassword(db, visit.patientId), 'Mina besök');
  await patient.page.getByRole('button', { name: 'Be om ett besök' }).click();
  await patient.page.getByRole('button', { name: 'Skicka' }).click();
  await expect(patient.page.getByText('Skriv vad det gäller.')).toBeVisible();
  await inspectInAll(patient, 'own-ask');
  await patient.page.getByLabel('Vad gäller det?').fill('Påhittat ärende');
  await patient.page.getByRole('button', { name: 'Skicka' }).click();
  await expect(patient.page.getByText('Tid är inte bokad än')).toBeVisible();

  const nurse = await person(nurseSignature);
  await nurse.logIn(visit.nurse);
  const requests = nurse.page.getByRole('region', { name: '1 förfrågan' });
  await expect(requests).toContainText('Påhittat ärende');
  await requests.getByRole('button', { name: 'Test Testsson: snart' }).click();
  await expect(requests.getByRole('button', { name: 'Test Testsson: snart', pressed: true })).toBeVisible();
  await inspectInAll(nurse, 'day-requests');
  await requests.getByRole('button', { name: 'Boka tid för Test Testsson' }).click();
  await nurse.page.getByLabel('Var är patienten?').fill('Rum 8');
  await nurse.page.getByRole('button', { name: 'Boka besöket' }).click();
  await expect(nurse.page.getByText('är bokat.')).toBeVisible();
  await expect(patient.page.getByText('Tid är inte bokad än'), 'the page of the patient follows by itself').toHaveCount(0);
});

test('units and staff', async ({ person, database: { db }, visit }) => {
  test.setTimeout(300_000);
  const administrator = await person(nurseSignature);
  await administrator.logIn(await makeAccount(db, visit.unitId, 'administrator'), 'Enheter och personal');
  await inspectInAll(administrator, 'units');
  await administrator.page.getByRole('button', { name: /^Lägg till en enhet i/ }).click();
  await administrator.page.getByRole('textbox', { name: 'Namn' }).fill('Nya enheten');
  await administrator.page.getByRole('textbox', { name: 'Telefon' }).fill('1');
  await administrator.page.getByRole('button', { name: 'Spara' }).click();
  await expect(administrator.page.getByText('Det är inget giltigt telefonnummer.')).toBeVisible();
  await inspect(administrator.page, 'unit-new');
  await administrator.page.getByRole('textbox', { name: 'Telefon' }).fill('0980-319 200');
  await administrator.page.getByRole('button', { name: 'Spara' }).click();
  await administrator.page.getByRole('button', { name: 'Personal: Nya enheten' }).click();
  await expect(administrator.page.getByText('Ingen har ett uppdrag här ännu.')).toBeVisible();
  await inspectInAll(administrator, 'staff-none');
  await administrator.page.getByRole('button', { name: 'Lägg till personal' }).click();
  await administrator.page.getByRole('textbox', { name: 'Användarnamn' }).fill(`ny.${visit.mark.toLowerCase()}.${Date.now()}`);
  await administrator.page.getByRole('textbox', { name: 'Ort' }).fill('Dorotea');
  await inspectInAll(administrator, 'staff-new');
  await administrator.page.getByRole('button', { name: 'Lägg till personal' }).click();
  await expect(administrator.page.getByText('Lösenordet visas bara nu.')).toBeVisible();
  await inspect(administrator.page, 'staff-added');
  await administrator.page.getByRole('button', { name: 'Stäng' }).click();
  await expect(administrator.page.getByRole('button', { name: /^Nytt lösenord till/ })).toBeVisible();
  await inspect(administrator.page, 'staff');
});

test('the room as care: before it starts, curtain, emergency, trouble with a code, the patient on their own screen', async ({
  person,
  database: { db },
  visit,
}) => {
  test.setTimeout(300_000);
  const guest = await addPatientByLink(db, visit);
  const { doctor, nurse } = await threeInTheRoom(visit, person);
  const patient = await person(relativeSignature);
  await patient.tryCode({ ...guest, code: '000000' });
  await inspect(patient.page, 'join-refused');
  await expect(doctor.page.getByText('kommer inte in')).toBeVisible();
  await doctor.page.getByRole('button', { name: /^Ny kod till/ }).click();
  await expect(doctor.page.getByText('Kod:')).toBeVisible();
  await inspect(doctor.page, 'room-code');
  const code = /Kod: (\d{3} \d{3})/.exec((await doctor.page.locator('body').textContent()) ?? '')?.[1] ?? '';
  await doctor.page.getByRole('button', { name: 'Stäng' }).first().click();
  await patient.knock({ ...guest, code });
  await doctor.page.getByRole('button', { name: /^Släpp in/ }).click();
  await patient.inRoom();
  await inspect(patient.page, 'room-patient');
  if ((await doctor.page.getByRole('complementary').count()) === 0) await doctor.control('Patienten').click();
  await doctor.page.getByRole('button', { name: 'Känd av personalen' }).click();
  await doctor.page.getByRole('button', { name: 'Patienten vet vilka som är här' }).click();
  await expect(doctor.page.getByRole('button', { name: 'Starta besöket' })).toBeEnabled();
  await inspect(doctor.page, 'room-begin');
  await doctor.page.getByRole('button', { name: 'Starta besöket' }).click();
  await expect(doctor.page.getByLabel(/^Anteckning om/)).toBeVisible();
  await inspect(doctor.page, 'room-note');
  await nurse.control('Dra för').click();
  await expect(doctor.page.getByRole('heading', { name: 'Draperiet är för' })).toBeVisible();
  await inspect(nurse.page, 'curtain-bedside');
  await inspect(doctor.page, 'curtain-doctor');
  await nurse.control('Dra ifrån').click();
  await doctor.page.getByRole('button', { name: 'Akut' }).click();
  await expect(nurse.page.getByRole('region', { name: 'Akut:' })).toBeVisible();
  await inspect(doctor.page, 'emergency-doctor');
  await inspect(nurse.page, 'emergency-bedside');
  await inspect(patient.page, 'emergency-patient');
  if ((await doctor.page.getByRole('complementary').count()) === 0) await doctor.control('Patienten').click();
  await doctor.page.setViewportSize({ width: 390, height: 844 });
  await expect(doctor.page.getByRole('complementary')).toBeVisible();
  await doctor.page.getByRole('region', { name: 'Akut:' }).getByRole('link').first().click({ trial: true }); // not covered
  await inspect(doctor.page, 'emergency-panel');
});

test('a booking and the documentation of a visit by keyboard', async ({ person, database: { db }, visit }) => {
  const nurse = await person(nurseSignature);
  await nurse.logIn(visit.nurse);
  const { page } = nurse;
  const tabTo = async (role: 'button' | 'textbox' | 'link' | 'searchbox' | 'radio', name: RegExp): Promise<void> => {
    const wanted = page.getByRole(role, { name }).first();
    await expect(wanted).toBeVisible();
    for (let press = 0; press < 90; press++) {
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not reach ${name}`);
  };
  const press = async (name: RegExp): Promise<void> => {
    await tabTo('button', name);
    await page.keyboard.press('Enter');
  };
  await tabTo('link', /^Boka besök$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Boka besök', level: 1 })).toBeFocused();
  await press(/^Välj Test Testsson$/);
  await tabTo('textbox', /Var är patienten/);
  await page.keyboard.type('Rum 7');
  await press(/^Boka besöket$/);
  await expect(page.getByText('är bokat.')).toBeVisible();
  await press(/^Visa bokningen$/);
  await press(/^Checka in$/);
  await expect(page.getByText('Incheckad')).toBeVisible();
  await press(/^Besöket blir inte av$/);
  await tabTo('textbox', /^Varför$/);
  await page.keyboard.type('Påhittat skäl');
  await press(/^Stäng besöket$/);
  await expect(page.getByText('Uteblev')).toBeVisible();
  expect((await db.query.visits.findMany({ where: (visits, { eq }) => eq(visits.place, 'Rum 7') }))[0]?.state).toBe('no_show');
});
