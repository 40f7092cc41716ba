import type { TestVisit } from '../testing/care.ts';
import { expect, test } from './fixtures.ts';
import { doctorSignature, nurseSignature, type Person, relativeSignature } from './people.ts';
import { eachSeesAndHearsBothOthers, threeInTheRoom } from './threeInTheRoom.ts';

test('doctor, nurse and relative see and hear each other, share a screen and mute', async ({ visit, person }) => {
  const three = await threeInTheRoom(visit, person);
  const { doctor, nurse, relative } = three;
  await eachSeesAndHearsBothOthers(three, visit);

  await test.step('both others see the shared screen, until it is taken back', async () => {
    await doctor.control('Dela skärm').click();
    for (const at of [nurse, relative])
      await expect.poll(() => at.framesOf(visit.doctor.participantId, 'screen'), { timeout: 20_000 }).toBeGreaterThan(3);
    await expect(doctor.page.getByText('Du delar din skärm.')).toBeVisible();
    await doctor.control('Sluta dela').click();
    for (const at of [nurse, relative]) await expect(at.video(visit.doctor.participantId, 'screen')).toHaveCount(0);
    await relative.sees(visit.doctor.participantId, doctorSignature);
    await doctor.page.waitForTimeout(1_100); // a second press at once is taken as the half of a double one
    await doctor.control('Dela skärm').click();
    await doctor.control('Sluta dela').click(); // regretted at once
    await expect(doctor.control('Dela skärm')).toBeVisible();
    for (const at of [nurse, relative]) await expect(at.video(visit.doctor.participantId, 'screen')).toHaveCount(0);
  });

  await test.step('a muted microphone is silence for the others, and its owner is told when they speak', async () => {
    await doctor.control('Mikrofon på').click();
    await expect(doctor.page.getByRole('alert')).toContainText('de hör dig inte');
    for (const at of [nurse, relative]) await at.hearsNothing(visit.doctor.participantId);
    await doctor.page.getByRole('button', { name: 'Slå på mikrofonen' }).click();
    for (const at of [nurse, relative]) await at.hears(visit.doctor.participantId, doctorSignature);
  });

  await test.step('the host mutes; only the muted one unmutes', async () => {
    await doctor.control('Personer').click();
    await doctor.page.getByRole('button', { name: 'Stäng av mikrofonen för Sjuksköterska, Dorotea' }).click();
    await relative.hearsNothing(visit.nurse.participantId);
    await expect(nurse.page.getByText('Värden stängde av din mikrofon.').or(nurse.page.getByText('de hör dig inte'))).toBeVisible();
    await expect(doctor.page.getByRole('button', { name: 'Stäng av mikrofonen för Sjuksköterska, Dorotea' })).toHaveCount(0);
    await nurse.control('Mikrofon av').click();
    await relative.hears(visit.nurse.participantId, nurseSignature);
  });

  await test.step('a camera that is turned off is no picture for the others', async () => {
    await nurse.control('Kamera på').click();
    await expect(relative.video(visit.nurse.participantId)).toHaveCount(0);
    await nurse.control('Kamera av').click();
    await relative.sees(visit.nurse.participantId, nurseSignature);
  });

  await test.step('end for all', async () => {
    await doctor.control('Lämna').click();
    await doctor.page.getByRole('alertdialog').getByRole('button', { name: 'Avsluta för alla' }).click();
    for (const { page } of [doctor, nurse, relative])
      await expect(page.getByRole('heading', { name: 'Besöket är avslutat' })).toBeVisible();
  });
});

test('the host whose tab is killed comes back as host, and the others never left', async ({ visit, person, product }) => {
  const { doctor, nurse, relative } = await threeInTheRoom(visit, person);
  const loaded = await Promise.all([nurse.loadedAt(), relative.loadedAt()]);
  await doctor.page.close();
  await expect(nurse.page.getByText('Kommer strax tillbaka')).toBeVisible();
  await nurse.sees(visit.relative.participantId, relativeSignature);

  const again = await doctor.openAnotherTab();
  await again.page.goto(`${product.address}/visits/${visit.id}`);
  await again.pressJoin();
  for (const at of [nurse, relative]) await at.sees(visit.doctor.participantId, doctorSignature);
  await again.sees(visit.relative.participantId, relativeSignature);
  await again.control('Personer').click();
  await expect(again.page.getByRole('button', { name: 'Ta bort Test Anhörig från besöket' })).toBeVisible();
  expect(await Promise.all([nurse.loadedAt(), relative.loadedAt()])).toEqual(loaded);
});

test('sent back to the lobby: no media until let in again, and then by itself', async ({ visit, person, atSfu }) => {
  const { doctor, relative } = await threeInTheRoom(visit, person);
  await relative.sees(visit.doctor.participantId, doctorSignature);
  await doctor.control('Personer').click();
  await doctor.page.getByRole('button', { name: 'Skicka Test Anhörig till väntrummet' }).click();
  await expect(relative.page.getByRole('heading', { name: 'Du är anmäld' })).toBeVisible();
  expect(await atSfu(visit.relative.participantId)).toBeNull();
  await doctor.page.getByRole('complementary').getByRole('button', { name: 'Släpp in Test Anhörig' }).click();
  await relative.sees(visit.doctor.participantId, doctorSignature);
  await doctor.sees(visit.relative.participantId, relativeSignature);
});

test('removed: the SFU sends and takes no packet any more, also when the client ignores the server', async ({ visit, person, atSfu }) => {
  const { doctor, nurse, relative } = await threeInTheRoom(visit, person);
  await relative.sees(visit.doctor.participantId, doctorSignature);
  await nurse.sees(visit.relative.participantId, relativeSignature);
  await relative.becomeDeaf();
  await removeTheRelative(doctor);
  await expect.poll(() => atSfu(visit.relative.participantId)).toBeNull();
  await expect(nurse.video(visit.relative.participantId)).toHaveCount(0);
  expect(await relative.page.getByRole('navigation', { name: 'Besöket' }).count(), 'the deaf page still believes it is in').toBe(1);

  const received = await relative.rtpReceived();
  await relative.page.waitForTimeout(3_000); // time in which a leak would show
  expect(await relative.rtpReceived()).toBe(received);
  expect(await atSfu(visit.relative.participantId)).toBeNull();
  await nurse.sees(visit.doctor.participantId, doctorSignature);
});

test('removed: the page says so, and the code opens no way back', async ({ visit, person, product }) => {
  const { doctor, relative } = await threeInTheRoom(visit, person);
  await removeTheRelative(doctor);
  await expect(relative.page.getByRole('heading', { name: 'Du är inte längre med i besöket' })).toBeVisible();
  await relative.page.goto(`${product.address}/visits/${visit.id}`);
  await expect(relative.page.getByRole('heading', { name: 'Du är inte längre med i besöket' })).toBeVisible();
  await relative.page.goto(`${product.address}/join/${visit.relative.reference}`);
  await relative.page.getByRole('textbox', { name: 'Kod' }).fill(visit.relative.code);
  await relative.page.getByRole('button', { name: 'Gå till besöket' }).click();
  await expect(relative.page.getByRole('alert')).toContainText('stämmer inte');
});

test('who leaves goes in again with one press, and meanwhile the camera is off', async ({ visit, person }) => {
  const { doctor, nurse } = await threeInTheRoom(visit, person);
  expect(await nurse.staysAwake(), 'the screen does not dim').toBe(true);
  await nurse.control('Lämna').click();
  await nurse.page.getByRole('alertdialog').getByRole('button', { name: 'Lämna, de andra är kvar' }).click();
  await expect(nurse.page.getByRole('heading', { name: 'Du har lämnat besöket' })).toBeVisible();
  await expect(doctor.video(visit.nurse.participantId)).toHaveCount(0);
  expect(await nurse.staysAwake(), 'the screen may dim again').toBe(false);
  await nurse.page.getByRole('button', { name: 'Gå in igen' }).click();
  await doctor.sees(visit.nurse.participantId, nurseSignature);
  await doctor.hears(visit.nurse.participantId, nurseSignature);
  await nurse.sees(visit.relative.participantId, relativeSignature);
});

test('tapping twice, or loading the page anew, loses no place in the queue', async ({ visit, person }) => {
  const nurse = await person(nurseSignature);
  await nurse.goIn(visit, visit.nurse);
  const relative = await person(relativeSignature);
  await relative.knock(visit.relative, 2);
  await relative.page.waitForTimeout(1_000); // a second tap that counted would show by now
  await expect(relative.page.getByRole('heading', { name: 'Du är anmäld' })).toBeVisible();
  await relative.page.reload();
  await expect(relative.page.getByRole('heading', { name: 'Du är anmäld' })).toBeVisible();
  await nurse.page.getByRole('button', { name: 'Släpp in Test Anhörig' }).click();
  await relative.inRoom();
  await nurse.sees(visit.relative.participantId, relativeSignature);
});

test('who turned the microphone off is still silent after loading the page anew', async ({ visit, person }) => {
  const { doctor, relative } = await threeInTheRoom(visit, person);
  await relative.control('Mikrofon på').click();
  await doctor.hearsNothing(visit.relative.participantId);
  await relative.page.reload();
  await relative.page.getByRole('button', { name: 'Gå in i besöket' }).click();
  await relative.inRoom();
  await doctor.sees(visit.relative.participantId, relativeSignature);
  await doctor.hearsNothing(visit.relative.participantId);
  await expect(relative.control('Mikrofon av')).toBeVisible();
});

test('who goes in before the camera is ready is seen and heard as soon as it is', async ({ visit, person }) => {
  const doctor = await person(doctorSignature);
  await doctor.goIn(visit, visit.doctor);
  const nurse = await person(nurseSignature);
  await nurse.page.addInitScript(() => {
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      await new Promise((resolve) => setTimeout(resolve, 6_000));
      return ask(constraints);
    };
  });
  await nurse.logIn(visit.nurse);
  await nurse.openVisit(visit);
  await nurse.page.getByRole('button', { name: 'Gå in utan kamera och mikrofon' }).click();
  await nurse.inRoom();
  await doctor.sees(visit.nurse.participantId, nurseSignature);
  await doctor.hears(visit.nurse.participantId, nurseSignature);
});

test('two tabs: the newer takes over and the older says so', async ({ visit, person, product }) => {
  const { nurse, relative } = await threeInTheRoom(visit, person);
  const newer = await nurse.openAnotherTab();
  await newer.page.goto(`${product.address}/visits/${visit.id}`);
  await newer.page.getByRole('button', { name: 'Flytta besöket hit' }).click();
  await newer.inRoom();
  await expect(nurse.page.getByRole('heading', { name: 'Besöket är öppet på en annan enhet eller flik' })).toBeVisible();
  await newer.sees(visit.relative.participantId, relativeSignature);
  await relative.sees(visit.nurse.participantId, nurseSignature);
  await nurse.page.getByRole('button', { name: 'Flytta besöket hit' }).click();
  await expect(newer.page.getByRole('heading', { name: 'Besöket är öppet på en annan enhet eller flik' })).toBeVisible();
  await nurse.sees(visit.relative.participantId, relativeSignature);
  await relative.hears(visit.nurse.participantId, nurseSignature);
});

test('a second device in the same room comes along without sound', async ({ visit, person, product, atSfu }) => {
  const { doctor, nurse } = await threeInTheRoom(visit, person);
  const beside = await nurse.openAnotherTab();
  await beside.page.goto(`${product.address}/visits/${visit.id}`);
  await beside.page.getByRole('button', { name: 'Var med bredvid, utan ljud' }).click();
  await beside.page.getByRole('button', { name: 'Gå in i besöket' }).click();
  await beside.inRoom();
  await beside.sees(visit.doctor.participantId, doctorSignature);
  await expect(doctor.page.getByText('Utan ljud, i samma rum som Sjuksköterska, Dorotea')).toBeVisible();
  await expect(beside.page.locator('audio')).toHaveCount(0);
  await expect(beside.control(/Mikrofon/)).toHaveCount(0);
  const companionId = await companionIn(doctor, visit);
  expect((await atSfu(companionId))?.tracks).toEqual(['camera']);
  await doctor.sees(visit.nurse.participantId, nurseSignature);
  await beside.page.reload();
  await expect(beside.page.getByText('Du går in bredvid Sjuksköterska, Dorotea, utan ljud.')).toBeVisible();
});

test('the SFU sends what a tile needs: a smaller layer for a small one, and nothing for one out of sight', async ({ visit, person }) => {
  const { nurse, relative } = await threeInTheRoom(visit, person);
  const { participantId } = visit.relative;
  await relative.page.setViewportSize({ width: 1400, height: 900 });
  await nurse.page.setViewportSize({ width: 1400, height: 900 });
  await nurse.sees(participantId, relativeSignature);
  const width = (): Promise<number> => nurse.video(participantId).evaluate((video) => (video as HTMLVideoElement).videoWidth);
  // How large the largest is depends on what the sender's computer can encode; the smallest is a quarter of it.
  await expect.poll(width, { timeout: 30_000 }).toBeGreaterThan(160);
  const large = await width();
  await nurse.page.setViewportSize({ width: 320, height: 420 });
  await expect.poll(width, { timeout: 20_000 }).toBeLessThan(large);
  await nurse.sees(participantId, relativeSignature);

  await nurse.page.setViewportSize({ width: 1400, height: 900 });
  const move = (offset: string): Promise<void> =>
    nurse.page.getByRole('main').evaluate((main, top) => main.style.setProperty('transform', top), offset);
  await move('translateY(3000px)');
  const frames = (): Promise<number> => nurse.framesOf(participantId);
  let before = -1;
  await expect
    .poll(
      async () => {
        const now = await frames();
        const still = now === before;
        before = now;
        return still;
      },
      { intervals: [1_000] },
    )
    .toBe(true);
  await nurse.hears(participantId, relativeSignature);
  await move('none');
  await nurse.sees(participantId, relativeSignature);
});

async function removeTheRelative({ control, page }: Person): Promise<void> {
  await control('Personer').click();
  await page.getByRole('button', { name: 'Ta bort Test Anhörig från besöket' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Ta bort' }).click();
}

/** The participant on the doctor's screen who is none of the three. */
async function companionIn({ page }: Person, { doctor, nurse, relative }: TestVisit): Promise<string> {
  const known = [doctor, nurse, relative].map(({ participantId }) => participantId);
  const others = async (): Promise<string[]> =>
    (
      await page
        .locator('video[data-participant]')
        .evaluateAll((videos) => videos.map((video) => (video as HTMLElement).dataset.participant ?? ''))
    ).filter((id) => !known.includes(id));
  await expect.poll(others).toHaveLength(1);
  return (await others())[0] ?? '';
}
