import { openDatabase } from '../drizzle/client.ts';
import type { TestVisit } from '../testing/care.ts';
import { makeVisit } from '../testing/care.ts';
import { Line } from '../testing/line/Line.ts';
import { Relay } from '../testing/line/Relay.ts';
import { Product } from '../testing/Product.ts';
import { expect, test } from './fixtures.ts';
import { doctorSignature, nurseSignature, Person } from './people.ts';
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

/** Whether the page says something, looked for in each picture that it draws: it may be over within half a second. */
const isTold = ({ page }: Person, text: string, withinMs: number): Promise<unknown> =>
  page.waitForFunction((text) => document.body.textContent?.includes(text), text, { polling: 'raf', timeout: withinMs });

/** Until others run in place of the processes that went. */
async function replaced(product: Product, program: Parameters<Product['pidOf']>[0], before: number[]): Promise<void> {
  const others = (): number => product.pidOf(program).filter((pid) => !before.includes(pid)).length;
  await expect.poll(others, { timeout: 20_000 }).toBe(before.length);
}

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
    const loaded = await loadedAt(three);
    const before = product.pidOf(program);
    for (const pid of before) process.kill(pid, 'SIGKILL');
    await replaced(product, program, before);
    await eachSeesAndHearsBothOthers(three, visit);
    await signallingWorks(three, visit);
    await nothingWasLost(three, loaded);
  });
}

test("the SFU's worker hangs: it is said within three seconds, and the visit goes on by itself on another", async ({
  visit,
  person,
  product,
}) => {
  const three = await threeInTheRoom(visit, person);
  await eachSeesAndHearsBothOthers(three, visit);
  const loaded = await loadedAt(three);
  const before = product.pidOf('mediasoup-worker');
  for (const pid of before) process.kill(pid, 'SIGSTOP');
  await Promise.all(Object.values(three).map(({ page }) => expect(page.getByText('Vi försöker igen')).toBeVisible({ timeout: 3_000 })));
  await expect(three.doctor.page.getByText('Bilden står still').first()).toBeVisible();
  await replaced(product, 'mediasoup-worker', before);
  await eachSeesAndHearsBothOthers(three, visit);
  await signallingWorks(three, visit);
  await nothingWasLost(three, loaded);
});

test('a network that stops letting UDP through: media go over TCP, seat and role stay', async ({ visit, person, line }) => {
  const strict = await line();
  const three = await threeInTheRoom(visit, person, { nurse: strict });
  await eachSeesAndHearsBothOthers(three, visit);
  const loaded = await loadedAt(three);
  await expect.poll(() => three.nurse.waysOfMedia()).toEqual(['udp']);
  strict.block({ udp: true });
  await expect.poll(() => three.nurse.waysOfMedia(), { timeout: 20_000 }).toEqual(['tcp']);
  await eachSeesAndHearsBothOthers(three, visit);
  await nothingWasLost(three, loaded);
});

/** A product of its own, with what this one test needs of it, and the nurse behind a line. */
async function behindLine(
  env: NodeJS.ProcessEnv,
  relayPorts: Relay['relayPorts'] | null,
  run: (three: Three, visit: TestVisit, line: Line) => Promise<void>,
): Promise<void> {
  await using product = await Product.start(env);
  const { db, pool } = openDatabase(product.databaseUrl, () => undefined, 2);
  const visit = await makeVisit(db);
  await pool.end();
  await using line = await Line.open({ signalling: Number(new URL(product.address).port), media: [...product.mediaPorts] }, relayPorts);
  const people: Person[] = [];
  const launch = async (...[signature, options]: Parameters<Parameters<typeof threeInTheRoom>[1]>): Promise<Person> => {
    const person = await Person.launch(product.address, signature, options);
    people.push(person);
    return person;
  };
  try {
    const three = await threeInTheRoom(visit, launch, { nurse: line });
    await eachSeesAndHearsBothOthers(three, visit);
    await run(three, visit, line);
  } finally {
    await Promise.all(people.map((person) => person[Symbol.asyncDispose]()));
  }
}

test('a network that lets only the relay through, over TLS', async () => {
  await using relay = await Relay.start();
  await behindLine({ TURN_URLS: relay.url, TURN_SECRET: relay.secret }, relay.relayPorts, async (three, visit, line) => {
    const loaded = await loadedAt(three);
    line.block({ udp: true, tcp: true });
    await expect.poll(() => three.nurse.waysOfMedia(), { timeout: 20_000 }).toEqual(['relay']);
    await eachSeesAndHearsBothOthers(three, visit);
    await nothingWasLost(three, loaded);
  });
});

test('who is away for longer than the seat is kept goes in again with one press', async () => {
  const kept = 4_000;
  await behindLine({ SEAT_KEPT_MS: String(kept), SOCKET_PING_MS: '1000', SOCKET_GONE_MS: '2000' }, null, async (three, visit, line) => {
    const loaded = await loadedAt(three);
    line.cut();
    await expect(three.nurse.page.getByRole('heading', { name: 'Anslutningen bröts' })).toBeVisible({ timeout: 20_000 });
    await expect(three.doctor.page.getByRole('region', { name: 'Sjuksköterska, Dorotea' })).toHaveCount(0, { timeout: 20_000 });
    line.restore();
    await three.nurse.page.getByRole('button', { name: 'Gå in igen' }).click();
    await three.nurse.inRoom();
    await eachSeesAndHearsBothOthers(three, visit);
    await nothingWasLost(three, loaded);
  });
});

test('the nurse moves to another network: what was open is dead, and the visit goes on there by itself', async ({
  visit,
  person,
  line,
}) => {
  const moving = await line();
  const three = await threeInTheRoom(visit, person, { nurse: moving });
  await eachSeesAndHearsBothOthers(three, visit);
  const loaded = await loadedAt(three);
  const told = isTold(three.nurse, 'Vi försöker igen', 4_000);
  moving.changeAddress();
  await told;
  await eachSeesAndHearsBothOthers(three, visit);
  await nothingWasLost(three, loaded);
});

/** Media alone could live on for a while: what one does must reach the others again too. */
async function signallingWorks({ doctor, nurse, relative }: Three, visit: TestVisit): Promise<void> {
  await doctor.control('Mikrofon på').click();
  for (const at of [nurse, relative]) await at.hearsNothing(visit.doctor.participantId);
  await doctor.control('Mikrofon av').click();
  for (const at of [nurse, relative]) await at.hears(visit.doctor.participantId, doctorSignature);
}
