import { expect, test } from './fixtures.ts';
import { inspect } from './inspect.ts';
import { doctorSignature, nurseSignature, type Person, relativeSignature } from './people.ts';
import { threeInTheRoom } from './threeInTheRoom.ts';

test('a check days ahead: real sound and picture come back, and staff see the report beside the booking', async ({
  visit,
  person,
  line,
}) => {
  test.setTimeout(180_000);
  const guest = await person(relativeSignature);
  await guest.goto(`/check/${visit.relative.reference}`);
  await expect(guest.page.getByRole('meter')).toBeVisible();
  await inspect(guest.page, 'check');
  await guest.page.getByRole('radio', { name: 'Nej, jag hörde inget' }).check();
  await guest.page.getByRole('button', { name: 'Starta testet' }).click();
  await expect(guest.page.getByText('Skickar ljud och bild')).toBeVisible({ timeout: 15_000 });
  await expect(guest.page.getByText('men du hörde inte tonerna')).toBeVisible({ timeout: 30_000 });
  await guest.page.getByRole('radio', { name: 'Ja, jag hörde tonerna' }).check(); // with the volume up
  await expect(guest.page.getByText('Allt fungerar.')).toBeVisible();
  await guest.page.getByText('Siffror för den som hjälper till').click();
  await expect(guest.page.getByText(/^\d\.\d Mbit\/s$/).first()).toBeVisible();
  await inspect(guest.page, 'check-done');

  const strict = await line();
  strict.block({ udp: true });
  const nurse = await person(nurseSignature, { line: strict });
  await nurse.logIn(visit.nurse);
  await nurse.openVisit(visit);
  await nurse.page.getByRole('button', { name: 'Testa uppkopplingen' }).click();
  await expect(nurse.page.getByText(/Det som har provats fungerar|enklare bild/)).toBeVisible({ timeout: 40_000 });
  await nurse.page.getByRole('radio', { name: 'Ja, jag hörde tonerna' }).check();
  await expect(nurse.page.getByText(/Allt fungerar|enklare bild/)).toBeVisible();
  await inspect(nurse.page, 'lobby-check');

  const doctor = await person(doctorSignature);
  await doctor.logIn(visit.doctor);
  await doctor.goto(`/visits/${visit.id}/record`);
  await expect(doctor.page.getByText('Test före besöket: Test Anhörig').locator('..')).toContainText('Allt fungerar.');
  await expect(doctor.page.getByText('Test före besöket: Sjuksköterska, Dorotea')).toBeVisible();
  const figures = doctor.page.getByText('Siffror för den som hjälper till');
  for (let index = 0; index < (await figures.count()); index++) await figures.nth(index).click();
  await expect(doctor.page.getByText('nej', { exact: true })).toHaveCount(1); // UDP, at the nurse
  await inspect(doctor.page, 'record-check');
});

test('one picture off, sound only, and on by telephone: each is done at once and said to those it concerns', async ({
  visit,
  person,
  atSfu,
}) => {
  test.setTimeout(180_000);
  const { doctor, nurse, relative } = await threeInTheRoom(visit, person);
  await doctor.sees(visit.nurse.participantId, nurseSignature);
  await doctor.page.getByRole('button', { name: 'Stäng av bilden av Sjuksköterska, Dorotea för mig' }).click();
  await expect(doctor.video(visit.nurse.participantId)).toHaveCount(0);
  await expect(doctor.page.getByText('Du har stängt av bilden av Sjuksköterska, Dorotea')).toBeVisible();
  await doctor.hears(visit.nurse.participantId, nurseSignature);
  await doctor.page.getByRole('button', { name: 'Visa bilden igen' }).click();
  await doctor.sees(visit.nurse.participantId, nurseSignature);

  await relative.control('Ljud och bild').click();
  await expect(relative.page.getByRole('heading', { name: 'Läkare på distans, Lissabon', level: 4 })).toBeVisible();
  await inspect(relative.page, 'room-line');
  await relative.page.getByRole('button', { name: 'Bara ljud' }).click();
  await expect(relative.page.getByText('Bara ljud: du ser inga bilder')).toBeVisible();
  await expect(relative.page.locator('video[data-participant]')).toHaveCount(0);
  await expect(doctor.video(visit.relative.participantId)).toHaveCount(0);
  await relative.hears(visit.doctor.participantId, doctorSignature);
  await doctor.hears(visit.relative.participantId, relativeSignature);
  expect((await atSfu(visit.relative.participantId))?.tracks).toContain('microphone');
  await relative.page.getByRole('button', { name: 'Visa bilder igen' }).click();
  await relative.sees(visit.doctor.participantId, doctorSignature);
  await doctor.sees(visit.relative.participantId, relativeSignature);

  await doctor.control('Ljud och bild').click();
  await doctor.page.getByRole('button', { name: 'Ring patienten i stället' }).click();
  await inspect(doctor.page, 'room-phone-ask');
  await doctor.page.getByRole('alertdialog').getByRole('button', { name: 'Fortsätt på telefon' }).click();
  await expect(doctor.page.getByRole('link', { name: /^\+46/ }).first()).toBeVisible();
  await expect(nurse.page.getByText('Ha telefonen nära: patienten blir uppringd')).toBeVisible(); // beside the patient
  await expect(relative.page.getByText('Patienten blir uppringd')).toBeVisible();
  await inspect(doctor.page, 'room-phone');
  await doctor.control('Lämna').click();
  await doctor.page.getByRole('alertdialog').getByRole('button', { name: 'Avsluta för alla' }).click();
  await doctor.page.getByRole('button', { name: 'Dokumentera' }).click();
  await expect(doctor.page.getByLabel('Kontakttyp')).toHaveValue('phone');
  await expect(doctor.page.getByText('Var bilden bra nog')).toHaveCount(0);
  await expect(doctor.page.getByText(/av tiden$/).first()).toBeVisible(); // what was measured
  await inspect(doctor.page, 'documentation-line');
});

test('a narrow line: speech goes on, pictures are left out and it is said on both sides; a wider one brings them back', async ({
  visit,
  person,
  line,
}) => {
  test.setTimeout(180_000);
  const narrow = await line();
  const three = await threeInTheRoom(visit, person, { nurse: narrow });
  await three.doctor.sees(visit.nurse.participantId, nurseSignature);
  narrow.set({ rateBps: 64_000, delayMs: 20 });
  await expect(three.nurse.page.getByText(/Din uppkoppling är svag/).first()).toBeVisible({ timeout: 30_000 });
  await expect(three.doctor.page.getByText(/har svag uppkoppling/).first()).toBeVisible({ timeout: 30_000 });
  await three.nurse.getsSoundAlone();
  await inspect(three.nurse.page, 'room-narrow');
  await expect.poll(() => standsStill(three.doctor, visit.nurse.participantId), { timeout: 30_000 }).toBe(true);
  await three.doctor.hears(visit.nurse.participantId, nurseSignature, 30_000);
  await three.nurse.hears(visit.doctor.participantId, doctorSignature, 30_000);
  narrow.set({});
  await three.doctor.sees(visit.nurse.participantId, nurseSignature, 70_000);
  await three.nurse.sees(visit.doctor.participantId, doctorSignature, 70_000);
});

/** Whether for two seconds no new picture of that person has come. */
async function standsStill(at: Person, participantId: string): Promise<boolean> {
  if ((await at.video(participantId).count()) === 0) return true;
  const before = await at.framesOf(participantId);
  await at.page.waitForTimeout(2_000);
  return (await at.framesOf(participantId)) === before;
}
