/**
 * A round: from the bedside's confirmation of the next resident to the first frame of that partition at the doctor; beside
 * leaving one visit and joining the next, in the same run and with the same people.
 *   node bench/round.ts
 */
import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { type Db, openDatabase } from '../drizzle/client.ts';
import { participants } from '../drizzle/schema/index.ts';
import { asks } from '../e2e/asks.ts';
import { doctorSignature, nurseSignature, Person } from '../e2e/people.ts';
import { makeVisit } from '../testing/care.ts';
import { startTestPostgres } from '../testing/database.ts';
import { Product } from '../testing/Product.ts';
import { makeRoundPeople, opening, planRound, type Resident } from '../testing/round.ts';
import { quantile, round as rounded, writeResult } from './result.ts';

const residents = Number(process.env.RESIDENTS ?? 10);
const rounds = Number(process.env.ROUNDS ?? 3);
const settledMs = 1_500; // whoever walks to the next room takes longer

/** When the first frame of that person is shown, by the machine's clock. */
const firstFrame = ({ page }: Person, participantId: string): Promise<number> =>
  page.evaluate(
    (id) =>
      new Promise<number>((resolve) => {
        const look = (): void => {
          const video = document.querySelector<HTMLVideoElement>(`video[data-participant="${id}"][data-source="camera"]`);
          if (video) video.requestVideoFrameCallback(() => resolve(Date.now()));
          else requestAnimationFrame(look);
        };
        look();
      }),
    participantId,
  );

async function seatOf(db: Db, visitId: string, userId: string): Promise<{ id: string; presence: string }> {
  const [row] = await db
    .select({ id: participants.id, presence: participants.presence })
    .from(participants)
    .where(and(eq(participants.visitId, visitId), eq(participants.userId, userId)));
  if (!row) throw new Error('there is no such seat');
  return row;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const postgres = await startTestPostgres();
const product = await Product.start();
const { db, pool } = openDatabase(product.databaseUrl, () => undefined, 4);
const opened: number[] = [];

for (let nr = 0; nr < rounds; nr++) {
  const plan = await makeRoundPeople(db, residents);
  const nurse = await Person.launch(product.address, nurseSignature);
  const doctor = await Person.launch(product.address, doctorSignature);
  await nurse.logIn(plan.nurse);
  await doctor.logIn(plan.doctor);
  const [atBed, away] = [asks(nurse), asks(doctor)];
  await planRound(atBed, plan);
  await atBed.post(`/api/rounds/${plan.id}/lock`);
  await atBed.post(`/api/rounds/${plan.id}/start`);
  await nurse.goto(`/rounds/${plan.id}/live`);
  await doctor.goto(`/rounds/${plan.id}/live`);
  for (const [index, resident] of plan.residents.entries()) {
    await bothThere(resident, plan.nurse.userId, plan.doctor.userId);
    const frame = firstFrame(doctor, (await seatOf(db, resident.visitId, plan.nurse.userId)).id);
    const pressed = Date.now();
    await atBed.post(`/api/rounds/${plan.id}/items/${resident.itemId}/open`, opening(resident));
    opened.push((await frame) - pressed);
    const next = plan.residents[index + 1];
    if (next) await away.post(`/api/rounds/${plan.id}/items/${next.itemId}/next`);
  }
  await nurse[Symbol.asyncDispose]();
  await doctor[Symbol.asyncDispose]();
}

/** Both are on the staff line of this resident, as they are while one walks to the door. */
async function bothThere({ visitId }: Resident, ...userIds: string[]): Promise<void> {
  for (const userId of userIds) while ((await seatOf(db, visitId, userId)).presence !== 'room') await pause(50);
  await pause(settledMs);
}

/** Ordinary visits, one after the other: the nurse is in the next one and waits. */
const rejoined: number[] = [];
const first = await makeVisit(db);
const nurse = await Person.launch(product.address, nurseSignature);
const doctor = await Person.launch(product.address, doctorSignature);
await nurse.logIn(first.nurse);
await doctor.logIn(first.doctor);
for (let nr = 0; nr < residents; nr++) {
  const visit = await makeVisit(db, new Date(), first);
  const shared = { visitId: visit.id, startsAt: visit.startsAt, unitId: first.unitId, status: 'admitted' as const };
  await db.insert(participants).values([
    { ...shared, id: randomUUID(), userId: first.doctor.userId, role: 'remotePhysician', place: 'Lissabon', host: true },
    { ...shared, id: randomUUID(), userId: first.nurse.userId, role: 'nurse', place: 'Dorotea', atBedside: true },
  ]);
  await nurse.openVisit(visit);
  await nurse.pressJoin();
  await pause(settledMs);
  const seat = await seatOf(db, visit.id, first.nurse.userId);
  const pressed = Date.now();
  await doctor.openVisit(visit); // leaves the one before
  await doctor.page.getByRole('button', { name: 'Gå in i besöket' }).click();
  rejoined.push((await firstFrame(doctor, seat.id)) - pressed);
}
await nurse[Symbol.asyncDispose]();
await doctor[Symbol.asyncDispose]();

const row = (all: number[]) => ({ p50_ms: quantile(all, 0.5), p95_ms: quantile(all, 0.95) });
const ratioOf = (share: number): number => rounded(quantile(opened, share) / quantile(rejoined, share), 2);
writeResult(
  'round',
  { 'opening a partition': row(opened), 'leaving and joining': row(rejoined), ratio: { p50_ms: ratioOf(0.5), p95_ms: ratioOf(0.95) } },
  { goal: 'p95 ≤ 1 s and ≤ 0.3 of leaving and joining', openings: opened.length, joins: rejoined.length },
);
await pool.end();
await product[Symbol.asyncDispose]();
await postgres.stop();
