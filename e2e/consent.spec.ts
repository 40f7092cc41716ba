import { addUserPassword, patientName, relativeName } from '../testing/care.ts';
import { lastDecoded, noteWhatIsDecoded } from './decoded.ts';
import { expect, test } from './fixtures.ts';
import { doctorSignature, nurseSignature, type Person, relativeSignature } from './people.ts';
import { threeInTheRoom } from './threeInTheRoom.ts';

/** @returns when it was pressed, ms since the epoch. */
async function withdraw(nurse: Person): Promise<number> {
  const panel = nurse.page.getByRole('complementary', { name: 'Personer' });
  if (!(await panel.isVisible())) await nurse.control(/^Personer/).click();
  await panel.getByRole('button', { name: `Patienten säger nej till att ${relativeName} är med` }).click();
  const confirm = nurse.page.getByRole('alertdialog').getByRole('button', { name: `Nej, ${relativeName} ska inte vara med` });
  await expect(confirm).toBeVisible();
  const pressedAt = Date.now();
  await confirm.click();
  return pressedAt;
}

async function decodesBoth(who: Person): Promise<void> {
  const since = Date.now();
  await expect.poll(async () => Math.min(...Object.values(await lastDecoded(who))) > since).toBe(true);
}

test('consent is withdrawn: within the same second the relative neither sees nor hears, the room goes on; given again, they are let in', async ({
  visit,
  person,
  atSfu,
}) => {
  const { doctor, nurse, relative } = await threeInTheRoom(visit, person);
  await relative.hears(visit.doctor.participantId, doctorSignature);
  await relative.sees(visit.doctor.participantId, doctorSignature);
  await noteWhatIsDecoded(relative);
  await decodesBoth(relative);
  const loaded = await relative.loadedAt();

  const pressedAt = await withdraw(nurse);
  await expect.poll(() => atSfu(visit.relative.participantId)).toBeNull();
  await expect(relative.page.getByRole('heading', { name: 'Du är inte med i besöket just nu' })).toBeVisible();
  await relative.page.waitForTimeout(2_000); // what came later would show
  const { audioAt, videoAt } = await lastDecoded(relative);
  test.info().annotations.push({ type: 'press to end', description: `sound ${audioAt - pressedAt} ms, picture ${videoAt - pressedAt} ms` });
  expect(audioAt - pressedAt, 'sound').toBeLessThan(1_000);
  expect(videoAt - pressedAt, 'picture').toBeLessThan(1_000);
  await expect(relative.page.getByText(patientName)).toHaveCount(0);
  expect(await relative.loadedAt(), 'by itself').toBe(loaded);

  await expect(doctor.video(visit.relative.participantId)).toHaveCount(0);
  await doctor.sees(visit.nurse.participantId, nurseSignature);
  await nurse.hears(visit.doctor.participantId, doctorSignature);

  await relative.page.reload();
  await expect(relative.page.getByRole('heading', { name: 'Du är inte med i besöket just nu' })).toBeVisible();
  await expect(relative.page.getByRole('button', { name: /Jag är redo|Gå in/ })).toHaveCount(0);

  const panel = nurse.page.getByRole('complementary', { name: 'Personer' });
  await panel.getByRole('button', { name: `Patienten säger ja till att ${relativeName} är med` }).click();
  await nurse.page.getByRole('dialog').getByRole('button', { name: 'Ja', exact: true }).click();
  await expect(relative.page.getByRole('heading', { name: 'Du är anmäld' })).toBeVisible();
  await panel.getByRole('button', { name: `Släpp in ${relativeName}` }).click();
  await relative.inRoom();
  await doctor.sees(visit.relative.participantId, relativeSignature);
  await relative.hears(visit.nurse.participantId, nurseSignature);
});

test('a client that ignores the server: no packet leaves the SFU for it, and its attempts to join are refused', async ({
  visit,
  person,
  atSfu,
}) => {
  const { doctor, nurse, relative } = await threeInTheRoom(visit, person);
  await relative.hears(visit.doctor.participantId, doctorSignature);
  await noteWhatIsDecoded(relative);
  await decodesBoth(relative);
  await relative.becomeDeaf();

  const pressedAt = await withdraw(nurse);
  await expect.poll(() => atSfu(visit.relative.participantId)).toBeNull();
  await relative.receivesNothing();
  expect(await relative.page.getByRole('navigation', { name: 'Besöket' }).count(), 'the deaf page still believes it is in').toBe(1);
  const { audioAt, videoAt } = await lastDecoded(relative);
  test.info().annotations.push({ type: 'press to end', description: `sound ${audioAt - pressedAt} ms, picture ${videoAt - pressedAt} ms` });
  expect(audioAt - pressedAt, 'sound').toBeLessThan(1_000);
  expect(videoAt - pressedAt, 'picture').toBeLessThan(1_000);
  expect(await atSfu(visit.relative.participantId)).toBeNull();
  await doctor.sees(visit.nurse.participantId, nurseSignature);
});

test('the patient takes it back on their own page, and is not asked why; the relative is out at once', async ({
  visit,
  person,
  database: { db },
  atSfu,
}) => {
  const { doctor, relative } = await threeInTheRoom(visit, person);
  await relative.sees(visit.doctor.participantId, doctorSignature);
  const patient = await person(nurseSignature);
  await patient.logIn(await addUserPassword(db, visit.patientId), 'Mina besök');
  await patient.page.getByRole('link', { name: 'Mina samtycken' }).click();
  await expect(patient.page.getByText(`${relativeName} får vara med vid besök`)).toBeVisible();
  await patient.page.getByRole('button', { name: /^Ta tillbaka/ }).click();
  await patient.page.getByRole('alertdialog').getByRole('button', { name: 'Ta tillbaka' }).click();
  await expect(patient.page.getByText('Inga samtycken gäller just nu.')).toBeVisible();
  await expect.poll(() => atSfu(visit.relative.participantId)).toBeNull();
  await expect(relative.page.getByRole('heading', { name: 'Du är inte med i besöket just nu' })).toBeVisible();
  await expect(doctor.video(visit.relative.participantId)).toHaveCount(0);
  await patient.page.getByRole('button', { name: /Får Test Anhörig vara med vid dina besök\? Jag säger ja/ }).click();
  await expect(patient.page.getByText(`${relativeName} får vara med vid besök`).first()).toBeVisible();
});

test('nobody close comes in before the patient has said yes: the one who lets them in asks first', async ({
  visit,
  person,
  database: { db, pool },
}) => {
  await pool.query('delete from consents where visit_id = $1', [visit.id]);
  const nurse = await person(nurseSignature);
  await nurse.goIn(visit, visit.nurse);
  const relative = await person(relativeSignature);
  await relative.knock(visit.relative);
  await nurse.page.getByRole('button', { name: `Släpp in ${relativeName}` }).click();
  const dialog = nurse.page.getByRole('dialog', { name: `Får ${relativeName} vara med?` });
  await dialog.getByRole('button', { name: 'Nej, inte nu' }).click();
  await expect(relative.page.getByRole('heading', { name: 'Du är anmäld' })).toBeVisible();
  await nurse.page.getByRole('button', { name: `Släpp in ${relativeName}` }).click();
  await dialog.getByRole('radio', { name: /Patientens inställning har utretts/ }).check();
  await dialog.getByRole('button', { name: 'Ja, släpp in' }).click();
  await expect(dialog.getByText('Skriv vem som frågade och hur')).toBeVisible();
  await dialog.getByRole('textbox').fill('Sjuksköterskan frågade dottern och såg på reaktionen');
  await dialog.getByRole('button', { name: 'Ja, släpp in' }).click();
  await relative.inRoom();
  await nurse.sees(visit.relative.participantId, relativeSignature);
  expect(await db.query.consents.findMany({ where: (row, { eq }) => eq(row.visitId, visit.id) })).toMatchObject([
    { capacity: 'attitude', form: 'oral', endedAt: null },
  ]);
});
