import { asc, eq } from 'drizzle-orm';
import { auditEntries, participants } from '../drizzle/schema/index.ts';
import {
  addPatientByLink,
  addUserPassword,
  makeAccount,
  makeCareHome,
  makePatient,
  makeRelative,
  makeUnit,
  whereabouts,
} from '../testing/care.ts';
import { expect, test } from './fixtures.ts';
import { doctorSignature, nurseSignature, type Person, relativeSignature } from './people.ts';

test('a nurse books for a resident with doctor and relative; the visit is held, made safe, documented, and read by its patient', async ({
  database: { db },
  person,
}) => {
  test.setTimeout(240_000);
  const home = await makeCareHome(db, 'Testboendet Granen');
  const region = await makeCareHome(db, 'Testregionens mottagning');
  const patientId = await makePatient(db, home, { name: 'Test Tallberg', birthDate: '1938-04-12' });
  await makeRelative(db, patientId, 'Test Dotter');
  const patientAccount = await addUserPassword(db, patientId);
  const nurseAccount = await makeAccount(db, home.unitId, 'nurse', 'Dorotea');
  const doctorAccount = await makeAccount(db, region.unitId, 'remotePhysician', 'Lissabon');
  await makeUnit(db, home.organisationId, 'En annan enhet');

  const nurse = await person(nurseSignature);
  const visit = await test.step('the nurse books, now', async () => {
    await nurse.logIn(nurseAccount);
    await nurse.page.getByRole('link', { name: 'Boka besök' }).click();
    await nurse.page.getByRole('searchbox', { name: 'Sök' }).fill('tallb');
    await nurse.page.getByRole('button', { name: 'Välj Test Tallberg' }).click();
    await nurse.page.getByLabel('Var är patienten?').fill('Granen, rum 4');
    await nurse.page.getByLabel('Lägg till personal').fill('Testregionens');
    await nurse.page.getByRole('button', { name: /Lägg till Läkare på distans, Lissabon/ }).click();
    await nurse.page.getByRole('checkbox', { name: /^Test Dotter/ }).check();
    await nurse.page.getByRole('checkbox', { name: 'Patienten har sagt ja till att Test Dotter är med' }).check();
    await nurse.page.getByLabel('Telefon att ringa upp').fill('12');
    await nurse.page.getByRole('button', { name: 'Boka besöket' }).click();
    await expect(nurse.page.getByText('Det är inget giltigt telefonnummer.')).toBeVisible();
    await expect(nurse.page.getByLabel('Var är patienten?'), 'nothing typed is lost').toHaveValue('Granen, rum 4');
    await nurse.page.getByLabel('Telefon att ringa upp').fill('0980-319 202');
    await nurse.page.getByRole('button', { name: 'Boka besöket' }).click();
    await expect(nurse.page.getByText('Besöket med Test Tallberg är bokat.')).toBeVisible();
    const shown = await nurse.page.getByRole('region', { name: 'Länkar och koder' }).textContent();
    const [, reference = ''] = /join\/([2-9A-Z]{8})/.exec(shown ?? '') ?? [];
    const [, code = ''] = /Kod: (\d{3} \d{3})/.exec(shown ?? '') ?? [];
    await nurse.page.getByRole('button', { name: 'Visa bokningen' }).click();
    await expect(nurse.page).toHaveURL(/\/visits\/[0-9a-f-]{36}\/record/);
    const id = nurse.page.url().split('/')[4] ?? '';
    const seats = await db.select().from(participants).where(eq(participants.visitId, id));
    const seatOf = (role: string): string => seats.find((seat) => seat.role === role)?.id ?? '';
    return { id, reference, code, doctor: seatOf('remotePhysician'), nurse: seatOf('nurse'), relative: seatOf('relative') };
  });

  await test.step('check-in', async () => {
    await nurse.page.getByRole('button', { name: 'Checka in' }).click();
    await expect(nurse.page.getByText('Incheckad')).toBeVisible();
  });

  const doctor = await person(doctorSignature, { timezoneId: 'Europe/Lisbon' });
  const relative = await person(relativeSignature);
  await test.step('the bedside waits, and the doctor sees who and for how long', async () => {
    await nurse.page.getByRole('button', { name: 'Gå till besöket' }).click();
    await nurse.pressJoin();
    await doctor.logIn(doctorAccount);
    const card = doctor.page.getByRole('article', { name: 'Test Tallberg' });
    await expect(card).toContainText('född 1938');
    await expect(card).toContainText('Granen, rum 4');
    await expect(card).toContainText('Väntar');
    await expect(doctor.page.getByRole('region', { name: 'Väntar nu' })).toContainText('Test Tallberg');
    await expect(card).toContainText('hos dig');
    await card.getByRole('button', { name: /Gå till besöket/ }).click();
    await doctor.pressJoin();
    await relative.knock(visit);
    await doctor.page.getByRole('button', { name: 'Släpp in Test Dotter' }).click();
    await relative.inRoom();
  });

  const everyone: { at: Person; id: string; signature: typeof doctorSignature }[] = [
    { at: doctor, id: visit.doctor, signature: doctorSignature },
    { at: nurse, id: visit.nurse, signature: nurseSignature },
    { at: relative, id: visit.relative, signature: relativeSignature },
  ];
  const allSeeAndHear = async (): Promise<void> => {
    for (const { at, id } of everyone)
      for (const other of everyone.filter((one) => one.id !== id)) {
        await at.sees(other.id, other.signature);
        await at.hears(other.id, other.signature);
      }
  };
  await test.step('each sees and hears both others; name, birth year and place stand on both sides', async () => {
    await allSeeAndHear();
    for (const { at } of everyone)
      await expect(at.page.getByRole('heading', { level: 1 })).toHaveText(/Test Tallberg · född 1938 · Granen, rum 4/);
  });

  await test.step('identity, roster, and then it starts', async () => {
    await openPatientPanel(doctor);
    const panel = doctor.page.getByRole('complementary', { name: 'Patienten' });
    await expect(panel.getByRole('button', { name: 'Starta besöket' })).toBeDisabled();
    await panel.getByRole('button', { name: 'Känd av personalen' }).click();
    await doctor.control('Personer').click();
    await doctor.page.getByLabel('Namn').fill('Test Elev');
    await doctor.page.getByLabel('Vem är det?').selectOption('observer');
    await doctor.page.getByRole('checkbox', { name: /^Patienten har sagt ja till att Test Elev är med/ }).check();
    await doctor.page.getByRole('button', { name: 'Skriv upp' }).click();
    await expect(doctor.page.getByRole('button', { name: 'Test Elev har gått' })).toBeVisible();
    await doctor.control('Patienten').click();
    await expect(panel).toContainText('Test Elev');
    await panel.getByRole('button', { name: 'Patienten vet vilka som är här' }).click();
    await expect(panel).toContainText(whereabouts.address);
    await panel.getByRole('button', { name: 'Starta besöket' }).click();
    await expect(doctor.page.getByRole('heading', { name: 'Patienten', level: 2 })).toBeVisible();
  });

  await test.step('the curtain: nothing is sent meanwhile, measured at each receiver; only the bedside lifts it', async () => {
    await expect(doctor.control('Dra för')).toHaveCount(0);
    await nurse.control('Dra för').click();
    for (const { at } of everyone) await expect(at.page.getByRole('heading', { name: 'Draperiet är för' })).toBeVisible();
    await expect(doctor.page.getByRole('button', { name: 'Dra ifrån' })).toHaveCount(0);
    for (const { at } of everyone) await at.receivesNothing();
    await nurse.control('Dra ifrån').click();
    await allSeeAndHear();
  });

  await test.step('the emergency card shows where help comes, who calls 112, and holds the call open', async () => {
    await doctor.page.getByRole('button', { name: 'Akut' }).click();
    for (const { at } of [everyone[0], everyone[1]].filter((one) => one !== undefined)) {
      const card = at.page.getByRole('region', { name: 'Akut:' });
      for (const text of [whereabouts.address, whereabouts.entrance, '+46980319202']) await expect(card).toContainText(text);
    }
    await expect(nurse.page.getByRole('region', { name: 'Akut:' })).toContainText('du ringer 112');
    await expect(doctor.page.getByRole('region', { name: 'Akut:' })).toContainText('Sjuksköterska, Dorotea ringer 112');
    await expect(doctor.page.getByRole('region', { name: 'Akut:' })).toContainText('Ring inte 112 från utlandet');
    await expect(relative.page.getByRole('region', { name: 'Akut:' })).not.toContainText(whereabouts.address);
    await doctor.control('Lämna').click();
    await expect(doctor.page.getByRole('alertdialog')).toContainText('hålls samtalet öppet');
    await expect(doctor.page.getByRole('alertdialog').getByRole('button', { name: 'Avsluta för alla' })).toHaveCount(0);
    await doctor.page.keyboard.press('Escape');
    await doctor.sees(visit.relative, relativeSignature);
    await doctor.page.getByRole('region', { name: 'Akut:' }).getByRole('button', { name: 'Hjälpen har tagit över' }).click();
    for (const { at } of everyone) await expect(at.page.getByRole('region', { name: 'Akut:' })).toHaveCount(0);
  });

  await test.step('the outcome', async () => {
    await openPatientPanel(doctor);
    await doctor.page.getByLabel('Anteckning om Test Tallberg').fill('Påhittad egen anteckning');
    await expect(doctor.page.getByText('Sparad', { exact: true })).toBeVisible();
    await endForAll(doctor);
    await doctor.page.getByRole('button', { name: 'Dokumentera' }).click();
    await expect(doctor.page.getByLabel('Anteckning om Test Tallberg')).toHaveValue('Påhittad egen anteckning');
    await doctor.page.getByRole('radio', { name: 'Klart' }).check();
    await doctor.page.getByRole('button', { name: 'Klar', exact: true }).click();
    await expect(doctor.page.getByText('Skriv vad besöket kom fram till.')).toBeVisible();
    await doctor.page.getByLabel('Bedömning och resultat').fill('Påhittad bedömning');
    await doctor.page.getByLabel('Det vi kom överens om').fill('Du fortsätter som förut.');
    await doctor.page.getByRole('button', { name: 'Klar', exact: true }).click();
    await expect(doctor.page.getByText('Skriv vem som ansvarar för uppföljningen.')).toBeVisible();
    await doctor.page.getByRole('button', { name: 'Sjuksköterska, Dorotea' }).click();
    await doctor.page.getByRole('button', { name: 'Klar', exact: true }).click();
    await expect(doctor.page.getByText('Svara om ljudet räckte för bedömningen.')).toBeVisible();
    await doctor.page.getByRole('group', { name: 'Var ljudet bra nog' }).getByRole('radio', { name: 'Ja' }).check();
    await doctor.page.getByRole('group', { name: 'Var bilden bra nog' }).getByRole('radio', { name: 'Delvis' }).check();
    await doctor.page.getByRole('button', { name: 'Klar', exact: true }).click();
    const text = doctor.page.getByRole('textbox', { name: 'Text till journalen' });
    await expect(text).toHaveValue(/Påhittad bedömning/);
    await expect(text).toHaveValue(/Video, ZV051/);
    await expect(text).toHaveValue(/Känd av personalen/);
    await expect(text).toHaveValue(/Test Dotter/);
  });

  await test.step('the patient reads what was agreed, and by whom it is followed up; the assessment is not theirs to read', async () => {
    const patient = await person(relativeSignature);
    await patient.logIn(patientAccount, 'Mina besök');
    const past = patient.page.getByRole('region', { name: 'Tidigare' });
    await expect(past).toContainText('Du fortsätter som förut.');
    await expect(past).toContainText('Ansvarig: Sjuksköterska, Dorotea');
    await expect(past).not.toContainText('Påhittad bedömning');
  });

  await test.step('the audit has each step', async () => {
    const rows = await db.select().from(auditEntries).where(eq(auditEntries.visitId, visit.id)).orderBy(asc(auditEntries.id));
    const steps = rows.map(({ action }) => action);
    const expected = [
      'visit.book',
      'visit.read',
      'visit.check_in',
      'visit.join',
      'guest.enter',
      'visit.knock',
      'people.admit',
      'visit.identity',
      'visit.bystander',
      'visit.acknowledge',
      'visit.begin',
      'curtain.draw',
      'curtain.lift',
      'emergency.raise',
      'emergency.over',
      'note.keep',
      'visit.end',
      'visit.document',
      'visit.complete',
    ];
    const places = expected.map((action) => steps.indexOf(action));
    expect(places, steps.join(' ')).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    for (const row of rows) expect(row).toMatchObject({ unitId: home.unitId, patientId });
    await doctor.page.getByText('Vem har gjort vad').click();
    await expect(doctor.page.getByText('Sjuksköterska, Dorotea: bokade besöket')).toBeVisible();
    await expect(doctor.page.getByText('Sjuksköterska, Dorotea: drog för draperiet')).toBeVisible();
  });
});

test('the curtain holds against a page that ignores it, and against one that comes back', async ({ visit, person, atSfu }) => {
  const nurse = await person(nurseSignature);
  const doctor = await person(doctorSignature);
  await nurse.goIn(visit, visit.nurse);
  await doctor.goIn(visit, visit.doctor);
  await doctor.sees(visit.nurse.participantId, nurseSignature);
  await nurse.sees(visit.doctor.participantId, doctorSignature);
  await doctor.becomeDeaf();
  await nurse.control('Dra för').click();
  await expect(nurse.page.getByRole('heading', { name: 'Draperiet är för' })).toBeVisible();
  await expect.poll(async () => (await atSfu(visit.doctor.participantId))?.consumers).toBe(0);
  await doctor.receivesNothing();
  await nurse.receivesNothing(); // what the deaf page goes on sending ends at the SFU

  await doctor.page.reload();
  await doctor.pressJoin();
  await expect(doctor.page.getByRole('heading', { name: 'Draperiet är för' })).toBeVisible();
  await doctor.receivesNothing();
  await nurse.receivesNothing();
  await nurse.page.getByRole('region', { name: 'Draperiet är för' }).getByRole('button', { name: 'Dra ifrån' }).click();
  await doctor.sees(visit.nurse.participantId, nurseSignature);
  await doctor.hears(visit.nurse.participantId, nurseSignature);
  await nurse.sees(visit.doctor.participantId, doctorSignature);
  await nurse.hears(visit.doctor.participantId, doctorSignature);
});

test('the patient stops without a reason: it is over for all, at once', async ({ visit, database: { db }, person }) => {
  const patientGuest = await addPatientByLink(db, visit);
  const doctor = await person(doctorSignature);
  await doctor.goIn(visit, visit.doctor);
  const patient = await person(relativeSignature);
  await patient.knock(patientGuest);
  await doctor.page.getByRole('button', { name: /^Släpp in Test Testsson/ }).click();
  await patient.inRoom();
  await doctor.sees(patientGuest.participantId, relativeSignature);
  await patient.page.getByRole('button', { name: 'Jag vet vilka som är här' }).click();
  await patient.control('Lämna').click();
  await expect(patient.page.getByRole('alertdialog')).toContainText('Du behöver inte säga varför.');
  await patient.page.getByRole('alertdialog').getByRole('button', { name: 'Avsluta besöket' }).click();
  for (const { page } of [patient, doctor]) await expect(page.getByRole('heading', { name: 'Besöket är avslutat' })).toBeVisible();
});

test('of two who change the same visit, the second sees both', async ({ visit, person }) => {
  const doctor = await person(doctorSignature);
  const nurse = await person(nurseSignature);
  for (const [one, account] of [
    [doctor, visit.doctor],
    [nurse, visit.nurse],
  ] as const) {
    await one.logIn(account);
    await one.goto(`/visits/${visit.id}/record`);
    await one.page.getByRole('button', { name: 'Ändra tid eller plats' }).click();
  }
  await doctor.page.getByLabel('Var är patienten?').fill('Matsalen');
  await doctor.page.getByLabel('Ingång och portkod').fill('Baksidan');
  await doctor.page.getByRole('button', { name: 'Spara' }).click();
  await expect(doctor.page.getByText('Matsalen').first()).toBeVisible();

  await nurse.page.getByLabel('Var är patienten?').fill('Rum 2');
  await nurse.page.getByRole('button', { name: 'Spara' }).click();
  await expect(nurse.page.getByText('Någon annan har ändrat under tiden.')).toBeVisible();
  await expect(nurse.page.getByRole('alert')).toContainText('Matsalen');
  await expect(nurse.page.getByLabel('Var är patienten?')).toHaveValue('Rum 2');
  await expect(nurse.page.getByLabel('Ingång och portkod'), 'what only the other changed has come in').toHaveValue('Baksidan');
  await nurse.page.getByRole('button', { name: 'Använd den andras: Var är patienten?' }).click();
  await expect(nurse.page.getByLabel('Var är patienten?')).toHaveValue('Matsalen');
  await nurse.page.getByLabel('Var är patienten?').fill('Rum 2 efter matsalen');
  await nurse.page.getByRole('button', { name: 'Spara' }).click();
  await expect(nurse.page.getByText('Rum 2 efter matsalen').first()).toBeVisible();
});

async function openPatientPanel({ control, page }: Person): Promise<void> {
  if ((await page.getByRole('complementary', { name: 'Patienten' }).count()) === 0) await control('Patienten').click();
  await expect(page.getByRole('complementary', { name: 'Patienten' })).toBeVisible();
}

async function endForAll({ control, page }: Person): Promise<void> {
  await control('Lämna').click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Avsluta för alla' }).click();
}
