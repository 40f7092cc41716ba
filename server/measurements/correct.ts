import { eq } from 'drizzle-orm';
import { Refusal } from '../../contract/refusal.ts';
import type { Db, Tx } from '../../drizzle/client.ts';
import { measurements, observations } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { may } from '../policies.ts';
import { changeVisit } from '../visits/changeVisit.ts';
import { requirePatientOf, requireValue } from './file.ts';

type Correction = { id: string; value: number | null; confirmed: boolean };

const noSuchReading = (): Refusal => new Refusal('not_found', 'There is no such reading.');

/**
 * A new row in the place of a wrong one; null: it was no reading of this person. The same correction twice is once. Also
 * long after the visit: what is wrong may not stay.
 *
 * @throws {Refusal} `conflict` if it has been corrected already: then the correction is what is to be corrected.
 */
export async function correct(ctx: Context, actor: Actor, measurementId: string, given: Correction, now: Date): Promise<void> {
  const found = await find(ctx.db, measurementId);
  if (!found) throw noSuchReading();
  const { visitId, unitId, patientId } = found.observation;
  if (visitId === null) {
    await ctx.db.transaction(async (tx) => {
      await requirePatientOf(tx, actor, patientId, unitId);
      if (await replace(tx, actor.userId, measurementId, given, now))
        await writeAudit(tx, { actorId: actor.userId, action: 'measurement.correct', subjectId: measurementId, unitId, patientId });
    });
    return;
  }
  await changeVisit(ctx, visitId, actor.userId, async ({ tx, before, set, audit }) => {
    if (!may(actor, 'visit.read', before) || !may(actor, 'visit.document', before)) throw noSuchReading();
    if (!(await replace(tx, actor.userId, measurementId, given, now))) return false;
    await set({ measuredAt: now });
    await audit('measurement.correct', measurementId);
    return true;
  });
}

async function find(tx: Db | Tx, measurementId: string) {
  const [row] = await tx
    .select({ reading: measurements, observation: observations })
    .from(measurements)
    .innerJoin(observations, eq(observations.id, measurements.observationId))
    .where(eq(measurements.id, measurementId));
  return row;
}

async function replace(tx: Tx, userId: string, wrongId: string, { id, value, confirmed }: Correction, now: Date): Promise<boolean> {
  const [wrong] = await tx.select().from(measurements).where(eq(measurements.id, wrongId)).for('update');
  if (!wrong) throw noSuchReading();
  if (value !== null) requireValue(wrong.kind, value, confirmed, 'reading');
  const [former] = await tx.select().from(measurements).where(eq(measurements.corrects, wrongId));
  if (former?.id === id) return false;
  if (former) throw new Refusal('conflict', 'It has been corrected already.', 'measurementId');
  await tx.insert(measurements).values({
    ...wrong,
    id,
    value,
    confirmed,
    method: 'manual',
    device: null,
    deviceAt: null,
    recordedAt: now,
    recordedBy: userId,
    corrects: wrongId,
  });
  return true;
}
