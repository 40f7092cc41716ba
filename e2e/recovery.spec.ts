import type { TestVisit } from '../testing/care.ts';
import { expect, test } from './fixtures.ts';
import { doctorSignature } from './people.ts';
import { eachSeesAndHearsBothOthers, type Three, threeInTheRoom } from './threeInTheRoom.ts';

for (const { program, what } of [
  { program: 'mediasoup-worker', what: "the SFU's worker" },
  { program: 'sfu/main.ts', what: 'the whole SFU' },
  { program: 'server/main.ts', what: 'the server' },
] as const) {
  test(`${what} is killed during a visit: all three see and hear each other again, nobody touching anything`, async ({
    visit,
    person,
    product,
  }) => {
    const three = await threeInTheRoom(visit, person);
    await eachSeesAndHearsBothOthers(three, visit);
    const people = Object.values(three);
    const loaded = await Promise.all(people.map((one) => one.loadedAt()));
    const before = product.pidOf(program);
    for (const pid of before) process.kill(pid, 'SIGKILL');
    await expect.poll(() => product.pidOf(program).filter((pid) => !before.includes(pid)).length, { timeout: 20_000 }).toBe(before.length);
    await eachSeesAndHearsBothOthers(three, visit);
    await signallingWorks(three, visit);
    expect(await Promise.all(people.map((one) => one.loadedAt()))).toEqual(loaded);
  });
}

/** Media alone could live on for a while: what one does must reach the others again too. */
async function signallingWorks({ doctor, nurse, relative }: Three, visit: TestVisit): Promise<void> {
  for (const { page } of [doctor, nurse, relative]) await expect(page.getByText('Vi försöker igen')).toHaveCount(0);
  await doctor.control('Mikrofon på').click();
  for (const at of [nurse, relative]) await at.hearsNothing(visit.doctor.participantId);
  await doctor.control('Mikrofon av').click();
  for (const at of [nurse, relative]) await at.hears(visit.doctor.participantId, doctorSignature);
}
