import { expect, test } from './fixtures.ts';
import { doctorSignature, nurseSignature, type Person } from './people.ts';
import { eachSeesAndHearsBothOthers, type Three, threeInTheRoom } from './threeInTheRoom.ts';

/** Nobody's page was loaded anew, and everyone still has their seat and the doctor the host's role. */
async function nothingWasLost(three: Three, loaded: number[]): Promise<void> {
  expect(await loadedAt(three)).toEqual(loaded);
  for (const { page } of Object.values(three)) {
    await expect(page.getByText('Vi försöker igen')).toHaveCount(0);
    await expect(page.getByRole('heading', { name: /^Patient:/ })).toBeVisible();
  }
  await three.doctor.control('Personer').click();
  await expect(three.doctor.page.getByRole('button', { name: /^Stäng av mikrofonen för/ })).toHaveCount(2); // the host's power
  await three.doctor.control('Personer').click();
}

const loadedAt = (three: Three): Promise<number[]> => Promise.all(Object.values(three).map((one: Person) => one.loadedAt()));

for (const seconds of [3, 20]) {
  test(`the nurse's line is cut for ${seconds} s: it is said on both sides, and everything comes back by itself`, async ({
    visit,
    person,
    line,
  }) => {
    const rural = await line();
    const three = await threeInTheRoom(visit, person, { nurse: rural });
    await eachSeesAndHearsBothOthers(three, visit);
    const loaded = await loadedAt(three);
    rural.cut();
    const cutAt = Date.now();
    await expect(three.nurse.page.getByText('Vi försöker igen')).toBeVisible({ timeout: 3_000 });
    await expect(three.doctor.page.getByText('Kommer strax tillbaka')).toBeVisible({ timeout: 3_000 });
    await three.nurse.page.waitForTimeout(Math.max(0, seconds * 1_000 - (Date.now() - cutAt)));
    rural.restore();
    await eachSeesAndHearsBothOthers(three, visit);
    await expect(three.doctor.page.getByText('Kommer strax tillbaka')).toHaveCount(0);
    await nothingWasLost(three, loaded);
    await three.nurse.control('Mikrofon på').click(); // and signalling carries what is done
    await three.doctor.hearsNothing(visit.nurse.participantId);
    await three.nurse.control('Mikrofon av').click();
    await three.doctor.hears(visit.nurse.participantId, nurseSignature);
    await three.nurse.sees(visit.doctor.participantId, doctorSignature);
  });
}
