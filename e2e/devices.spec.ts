import type { TestVisit } from '../testing/care.ts';
import { expect, test } from './fixtures.ts';
import { doctorSignature, nurseSignature, type Person } from './people.ts';

/** The nurse's devices are the ones that suffer; the doctor is the one who must see and hear again. */
async function twoInTheRoom(
  visit: TestVisit,
  person: (signature: typeof nurseSignature, options?: { devices: 'two' | 'denied' }) => Promise<Person>,
): Promise<{ doctor: Person; nurse: Person }> {
  const [doctor, nurse] = await Promise.all([person(doctorSignature), person(nurseSignature, { devices: 'two' })]);
  await doctor.goIn(visit, visit.doctor);
  await nurse.goIn(visit, visit.nurse);
  await doctor.sees(visit.nurse.participantId, nurseSignature);
  await doctor.hears(visit.nurse.participantId, nurseSignature);
  return { doctor, nurse };
}

test('the camera is lost: the others hear on, it is said, and the picture comes back by itself', async ({ visit, person }) => {
  const { doctor, nurse } = await twoInTheRoom(visit, person);
  const loaded = await nurse.loadedAt();
  nurse.unplug('camera');
  await expect(nurse.page.getByText('Kameran försvann')).toBeVisible();
  await doctor.hears(visit.nurse.participantId, nurseSignature);
  await doctor.sees(visit.nurse.participantId, nurseSignature);
  await expect(nurse.page.getByText('Kameran försvann')).toHaveCount(0);
  expect(await nurse.loadedAt()).toBe(loaded);
});

test('the microphone is lost and comes back by itself', async ({ visit, person }) => {
  const { doctor, nurse } = await twoInTheRoom(visit, person);
  nurse.unplug('microphone');
  await expect(nurse.page.getByText('Mikrofonen försvann')).toBeVisible();
  await doctor.sees(visit.nurse.participantId, nurseSignature);
  await doctor.hears(visit.nurse.participantId, nurseSignature);
  await expect(nurse.page.getByText('Mikrofonen försvann')).toHaveCount(0);
});

test('permission denied, given, withdrawn and given again: each is said, and what is given is sent at once', async ({ visit, person }) => {
  const [doctor, nurse] = await Promise.all([person(doctorSignature), person(nurseSignature, { devices: 'denied' })]);
  await doctor.goIn(visit, visit.doctor);
  await nurse.logIn(visit.nurse);
  await nurse.openVisit(visit);
  await expect(nurse.page.getByText('Webbläsaren släpper inte fram kameran')).toBeVisible();
  await nurse.page.getByRole('button', { name: 'Gå in utan kamera och mikrofon' }).click();
  await nurse.inRoom();
  await nurse.sees(visit.doctor.participantId, doctorSignature);
  await expect(doctor.video(visit.nurse.participantId)).toHaveCount(0);

  await nurse.allowDevices();
  await doctor.sees(visit.nurse.participantId, nurseSignature);
  await doctor.hears(visit.nurse.participantId, nurseSignature);
  await expect(nurse.page.getByText('Webbläsaren släpper inte')).toHaveCount(0);

  await nurse.withdrawDevices();
  await expect(nurse.page.getByText('Webbläsaren släpper inte fram mikrofonen')).toBeVisible();
  await expect(doctor.video(visit.nurse.participantId)).toHaveCount(0);
  await doctor.hearsNothing(visit.nurse.participantId);
  await nurse.hears(visit.doctor.participantId, doctorSignature);

  await nurse.allowDevices();
  await doctor.sees(visit.nurse.participantId, nurseSignature);
  await doctor.hears(visit.nurse.participantId, nurseSignature);
});

test('another microphone is chosen during the visit: it is the one that is heard', async ({ visit, person }) => {
  const { doctor, nurse } = await twoInTheRoom(visit, person);
  await nurse.control('Ljud och bild').click();
  const choice = nurse.page.getByRole('combobox', { name: 'Mikrofon' });
  await choice.selectOption({ label: 'Fake Audio Input 2' });
  await expect.poll(() => nurse.sentMicrophone()).toBe('Fake Audio Input 2');
  await doctor.hears(visit.nurse.participantId, nurseSignature);
  await nurse.control('Undersök').click();
  await nurse.page.getByRole('button', { name: 'Lyssna på hjärta och lungor' }).click();
  await expect.poll(() => nurse.soundIsMadeForSpeech()).toBe(false);
  await doctor.hears(visit.nurse.participantId, nurseSignature);
});
