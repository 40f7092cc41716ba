/**
 * A planning meeting: six of a party are out of one item, and come in for the next by the chair's press. How long until the
 * last of them has frames of the chair again, and until the last of them has none when the item before is taken up.
 *   node bench/planMoves.ts [moves]
 */
import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { IssuedCode } from '../contract/codes.ts';
import { openDatabase } from '../drizzle/client.ts';
import { carePlanItems, carePlanParties, carePlans, consents, participants, visits } from '../drizzle/schema/index.ts';
import { asks } from '../e2e/asks.ts';
import { nurseSignature, Person } from '../e2e/people.ts';
import { whereabouts } from '../testing/care.ts';
import { makePlanPeople } from '../testing/carePlanPeople.ts';
import { startTestPostgres } from '../testing/database.ts';
import { Product } from '../testing/Product.ts';
import { quantile, round, writeResult } from './result.ts';

const moves = Number(process.argv[2] ?? 10);
const six = 6;
const settledMs = 4_000;

const postgres = await startTestPostgres();
const product = await Product.start();
const { db, pool } = openDatabase(product.databaseUrl, () => undefined, 4);

const people = await makePlanPeople(db);
const { unitId } = people.clinic;
const [planId, partyId, visitId] = [randomUUID(), randomUUID(), randomUUID()];
const madeBy = people.coordinator.userId;
const items = [
  { title: 'Hemmet', areas: ['home' as const], partyIds: [] },
  { title: 'Skolan', areas: ['school' as const], partyIds: [partyId] },
];
const plan = { patientId: people.patientId, unitId, need: 'x', proposedBy: 'x', madeBy };
await db.insert(carePlans).values({ ...plan, id: planId, state: 'summoned' });
await db.insert(carePlanParties).values({ id: partyId, planId, kind: 'school', name: 'Skolan', channel: 'letter', sentAt: new Date() });
const yes = { patientId: people.patientId, carePlanId: planId, capacity: 'own' as const, form: 'oral' as const, keptBy: madeBy };
await db.insert(consents).values([
  { ...yes, type: 'carePlan' },
  { ...yes, type: 'planSharing', partyId, areas: ['school'] },
]);
await db.insert(carePlanItems).values(items.map((item, nr) => ({ ...item, id: randomUUID(), planId, position: nr + 1, minutes: 10 })));

const chair = await Person.launch(product.address, nurseSignature, { light: true, scale: 0.5 });
await chair.logIn(people.coordinator);
const told = asks(chair);
const must = async (path: string, body: object): Promise<unknown> => {
  const reply = await told.post(path, body);
  if (!reply.ok) throw new Error(`${path}: ${reply.code} ${reply.message}`);
  return reply.data;
};
await must('/api/visits', {
  ...{ visitId, unitId, patientId: people.patientId, startsAt: new Date().toISOString(), durationMinutes: 60, ...whereabouts },
  ...{ language: 'sv', patientComes: 'ownDevice', relativeIds: [] },
  staff: [{ userId: madeBy, unitId, host: true, atBedside: false }],
});
await db.update(visits).set({ carePlanId: planId }).where(eq(visits.id, visitId));
await chair.goto(`/visits/${visitId}`);
await chair.pressJoin();
const party: Person[] = [];
for (let nr = 0; nr < six; nr++) {
  const asked = { kind: 'principal', partyId, name: `Test Skola ${nr + 1}` };
  const { code } = (await must(`/api/visits/${visitId}/people`, asked)) as { code: IssuedCode };
  const one = await Person.launch(product.address, { code: 10 + nr, hertz: 600 + nr * 200 }, { light: true, scale: 0.5 });
  party.push(one);
  await one.knock(code);
  await chair.page
    .getByRole('button', { name: /^Släpp in/ })
    .first()
    .click();
  await one.inRoom();
  await one.control('Kamera på').click(); // seven browsers that all send pictures are more than two cores
}
const [seat] = await db
  .select({ id: participants.id })
  .from(participants)
  .where(and(eq(participants.visitId, visitId), eq(participants.userId, madeBy)));
const chairId = seat?.id ?? '';
for (const one of party) await one.sees(chairId, nurseSignature, 60_000);

const [out, back]: number[][] = [[], []];
for (let move = 0; move < moves; move++) {
  out?.push(await take('Hemmet', goneAt));
  await chair.page.waitForTimeout(settledMs);
  back?.push(await take('Skolan', shownAt));
  await chair.page.waitForTimeout(settledMs);
}
const row = (times: number[] = []) => ({ p50: quantile(times, 0.5), p95: quantile(times, 0.95), most: round(Math.max(...times), 0) });
writeResult(
  'plan-moves',
  { 'out: press → the last has no picture, ms': row(out), 'in: press → the last has a frame, ms': row(back) },
  { goal: 'reported', moves, people: six, browsers: six + 1, out, back },
);
for (const one of [chair, ...party]) await one[Symbol.asyncDispose]();
await pool.end();
await product[Symbol.asyncDispose]();
await postgres.stop();

/** @returns ms from the press until the last of the six is where they belong. */
async function take(title: string, when: (one: Person) => Promise<number>): Promise<number> {
  const there = Promise.all(party.map(when));
  await chair.page.getByRole('button', { name: 'Led mötet' }).click();
  const press = chair.page.getByRole('button', { name: `Ta upp: ${title}` });
  await press.waitFor();
  const pressedAt = Date.now();
  await press.click();
  return Math.max(...(await there)) - pressedAt;
}

/** When a frame of the chair is shown that is not of before, by the machine's clock. */
function shownAt({ page }: Person): Promise<number> {
  return page.evaluate(
    (id) =>
      new Promise<number>((resolve) => {
        const look = (): void => {
          const video = document.querySelector<HTMLVideoElement>(`video[data-participant="${id}"]`);
          if (video) video.requestVideoFrameCallback(() => resolve(Date.now()));
          else requestAnimationFrame(look);
        };
        look();
      }),
    chairId,
  );
}

function goneAt({ page }: Person): Promise<number> {
  return page.evaluate(
    (id) =>
      new Promise<number>((resolve) => {
        const look = (): void => {
          if (document.querySelector(`video[data-participant="${id}"]`)) requestAnimationFrame(look);
          else resolve(Date.now());
        };
        look();
      }),
    chairId,
  );
}
