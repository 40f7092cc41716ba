import { makeAccount, makeUnit } from '../testing/care.ts';
import { expect, test } from './fixtures.ts';
import { inspect } from './inspect.ts';
import { doctorSignature, nurseSignature, relativeSignature as specialistSignature } from './people.ts';

const question = 'Behöver förändringen på vänster underben tas bort?';

test('a specialist is asked into a running visit: sees the question before the door, is known to the patient, answers; the yes taken back puts them out', async ({
  visit,
  person,
  atSfu,
  database: { db },
}) => {
  test.setTimeout(240_000);
  const { unitId } = await makeUnit(db, visit.organisationId, 'Hudkliniken');
  const account = await makeAccount(db, unitId, 'physician', 'Umeå');
  const [doctor, nurse, specialist] = await Promise.all([person(doctorSignature), person(nurseSignature), person(specialistSignature)]);
  await doctor.goIn(visit, visit.doctor);
  await nurse.goIn(visit, visit.nurse);
  await doctor.sees(visit.nurse.participantId, nurseSignature);
  const loaded = await doctor.loadedAt();
  const before = doctor.page.getByRole('complementary', { name: 'Patienten' }); // opens by itself
  await before.getByRole('button', { name: 'Känd av personalen' }).click();
  await before.getByRole('button', { name: 'Patienten vet vilka som är här' }).click();
  await before.getByRole('button', { name: 'Starta besöket' }).click();
  await doctor.page.getByRole('complementary').getByRole('button', { name: 'Stäng' }).click();
  await specialist.logIn(account);

  await test.step('asked with a question and the patient’s yes', async () => {
    await nurse.control(/^Personer/).click();
    await nurse.page.getByRole('button', { name: 'Fråga en specialist' }).click();
    const dialog = nurse.page.getByRole('dialog', { name: 'Fråga en specialist' });
    await dialog.getByRole('button', { name: 'Bjud in med frågan' }).click();
    await expect(dialog.getByText('Välj vem som ska frågas.')).toBeVisible();
    await expect(dialog.getByText('Skriv vad specialisten ska svara på.')).toBeVisible();
    await dialog.getByLabel('Frågan').fill(question);
    await dialog.getByLabel('Lägg till personal').fill('Umeå');
    await dialog.getByRole('button', { name: /Lägg till.*Hudkliniken/ }).click();
    await dialog.getByRole('button', { name: 'Bjud in med frågan' }).click();
    await expect(dialog.getByText('Fråga patienten först')).toBeVisible();
    await inspect(nurse.page, 'specialist-ask');
    await dialog.getByRole('checkbox', { name: 'Patienten har sagt ja till att specialisten är med' }).check();
    await dialog.getByRole('button', { name: 'Bjud in med frågan' }).click();
    await expect(dialog).toBeHidden();
    await expect(nurse.page.getByText(/är inbjuden och har fått frågan/)).toBeVisible();
  });

  let participantId = '';
  await test.step('the specialist finds the visit by itself in the day’s list, and the question before the door', async () => {
    await specialist.page.getByRole('link', { name: /Test Testsson/ }).click();
    await expect(specialist.page.getByText(question)).toBeVisible();
    await specialist.page.getByRole('button', { name: 'Gå till besöket' }).click();
    await expect(specialist.page.getByRole('meter')).toBeVisible();
    await expect(specialist.page.getByText(question)).toBeVisible();
    await inspect(specialist.page, 'specialist-lobby');
    await specialist.pressJoin();
    await specialist.sees(visit.nurse.participantId, nurseSignature);
    const video = doctor.page
      .locator('video[data-source="camera"]')
      .and(doctor.page.locator(`:not([data-participant="${visit.nurse.participantId}"])`));
    participantId = (await video.first().getAttribute('data-participant')) ?? '';
    await doctor.sees(participantId, specialistSignature);
    await nurse.page.getByRole('button', { name: 'Patienten vet vilka som är här' }).click();
  });

  await test.step('the answer comes to the one who asked, without their pages being loaded anew', async () => {
    await specialist.control('Patienten').click();
    const answer = specialist.page.getByLabel('Ditt svar');
    await specialist.page.getByRole('button', { name: 'Svara', exact: true }).click();
    await expect(specialist.page.getByText('Skriv svaret.')).toBeVisible();
    await answer.fill('Nej, den är ofarlig. Ny bild om tre månader.');
    await specialist.page.getByRole('button', { name: 'Svara', exact: true }).click();
    await expect(specialist.page.getByText('Svaret är skickat.')).toBeVisible();
    await inspect(specialist.page, 'specialist-answer');
    await specialist.page.setViewportSize({ width: 1000, height: 700 });
    await doctor.control('Patienten').click();
    await expect(doctor.page.getByText('Nej, den är ofarlig. Ny bild om tre månader.')).toBeVisible();
    await inspect(doctor.page, 'specialist-answered');
    expect(await doctor.loadedAt()).toBe(loaded);
  });

  await test.step('a phrase is kept, and put in where the cursor is', async () => {
    const panel = specialist.page.getByRole('complementary', { name: 'Patienten' });
    const answer = panel.getByLabel('Ditt svar');
    await answer.fill('Ring vid feber.');
    await panel.getByRole('button', { name: 'Fraser' }).first().click();
    await expect(panel.getByText('Här samlar du det som du ofta skriver')).toBeVisible();
    await panel.getByRole('button', { name: 'Spara texten som fras' }).click();
    const dialog = specialist.page.getByRole('dialog', { name: 'Ny fras' });
    await dialog.getByRole('button', { name: 'Spara', exact: true }).click();
    await expect(dialog.getByText('Skriv en rubrik.')).toBeVisible();
    await dialog.getByLabel('Rubrik').fill('Feber');
    await inspect(specialist.page, 'phrase-new');
    await specialist.page.setViewportSize({ width: 1000, height: 700 });
    await dialog.getByRole('button', { name: 'Spara', exact: true }).click();
    await expect(dialog).toBeHidden();
    await answer.fill('Ofarlig. Slut.');
    await answer.evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(8, 8));
    await inspect(specialist.page, 'phrases');
    await specialist.page.setViewportSize({ width: 1000, height: 700 });
    await panel.getByRole('button', { name: /^Feber/ }).click();
    await expect(answer).toHaveValue('Ofarlig. Ring vid feber. Slut.');
    await expect(answer).toBeFocused();
    await specialist.page.keyboard.type('!');
    await expect(answer).toHaveValue('Ofarlig. Ring vid feber.! Slut.');
    await panel.getByRole('button', { name: 'Ändra svaret' }).click();
    await expect(doctor.page.getByText('Ofarlig. Ring vid feber.! Slut.')).toBeVisible();
  });

  await test.step('the patient says no: not a packet goes to them any more, and the others go on', async () => {
    const panel = nurse.page.getByRole('complementary', { name: 'Personer' });
    await panel.getByRole('button', { name: 'Patienten säger nej till att Läkare, Umeå är med' }).click();
    await nurse.page
      .getByRole('alertdialog')
      .getByRole('button', { name: /^Nej, .* ska inte vara med/ })
      .click();
    await expect.poll(() => atSfu(participantId)).toBeNull();
    await expect(specialist.page.getByRole('heading', { name: 'Du är inte med i besöket just nu' })).toBeVisible();
    await expect(specialist.page.getByText('Test Testsson')).toHaveCount(0);
    await expect(doctor.video(participantId)).toHaveCount(0);
    await doctor.sees(visit.nurse.participantId, nurseSignature);
  });

  await test.step('what was asked and answered stands in the record', async () => {
    await doctor.goto(`/visits/${visit.id}/record`);
    const card = doctor.page.getByRole('region', { name: 'Frågor till specialist' });
    await expect(card).toContainText(question);
    await expect(card).toContainText('Ofarlig. Ring vid feber.');
    await inspect(doctor.page, 'specialist-record');
  });
});

test('somebody comes in beside the nurse: they are named in the picture, the patient knows of them; and they go again', async ({
  visit,
  person,
}) => {
  const [doctor, nurse] = await Promise.all([person(doctorSignature), person(nurseSignature)]);
  await doctor.goIn(visit, visit.doctor);
  await nurse.goIn(visit, visit.nurse);
  await doctor.sees(visit.nurse.participantId, nurseSignature);
  await nurse.control(/^Personer/).click();
  const panel = nurse.page.getByRole('complementary', { name: 'Personer' });
  await panel.getByLabel('Namn').fill('Eva Prov');
  await expect(panel.getByRole('button', { name: 'Skriv upp' })).toBeDisabled(); // without the patient's yes
  const named = doctor.page.getByText('Också där: Eva Prov (Närstående)');
  await panel.getByRole('checkbox', { name: 'Patienten har sagt ja till att Eva Prov är med' }).check();
  await panel.getByRole('button', { name: 'Skriv upp' }).click();
  await expect(named).toBeVisible();
  await expect(doctor.page.getByText('Eva Prov är här')).toBeAttached();
  await inspect(doctor.page, 'room-beside');
  await panel.getByRole('button', { name: 'Eva Prov har gått' }).click();
  await expect(named).toHaveCount(0);
  await expect(doctor.page.getByText('Eva Prov har lämnat')).toBeAttached();
});
