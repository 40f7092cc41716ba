/** Files readings: each once, however often it is sent, and none that cannot be. */
import { and, desc, eq, gte, inArray, isNull, lt } from 'drizzle-orm';
import type { NewObservation, NewReading } from '../../contract/measurements.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import { openStates } from '../../contract/visits.ts';
import { consciousnessLevels, doubtOf, plausible, pressuresFit, sampledKinds, type Values, weightJump_kg } from '../../contract/vitals.ts';
import type { Tx } from '../../drizzle/client.ts';
import { baselines, careRelations, measurements, observations } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import { requireDelegation } from '../delegations/delegations.ts';
import type { Actor } from '../identity/sessions.ts';
import { may } from '../policies.ts';
import { changeVisit, noSuchVisit } from '../visits/changeVisit.ts';
import { byOurClock } from '../visits/clocks.ts';
import type { VisitState } from '../visits/visitState.ts';

const day = 24 * 60 * 60_000;

/**
 * Files what was measured in a visit; everybody who may see it sees it.
 *
 * @throws {Refusal} `conflict`, naming `patientId`, if whoever measured had another patient before them; `ended`; as `fileReadings`.
 */
export async function fileInVisit(ctx: Context, actor: Actor, visitId: string, given: NewObservation, now: Date): Promise<void> {
  await changeVisit(ctx, visitId, actor.userId, async ({ tx, before, set, audit }) => {
    requireWriting(actor, before);
    if (before.patientId !== given.patientId) throw new Refusal('conflict', 'These are readings of another patient.', 'patientId');
    const { unitId, patientId } = before;
    const count = await fileReadings(tx, { unitId, patientId, visitId, actor }, given, now);
    if (count === 0) return false;
    await set({ measuredAt: now });
    await audit('measurement.record', given.id, { count });
    return true;
  });
}

/** @throws {Refusal} `not_found` for a visit out of reach, `forbidden`, `ended` when nothing is written about it any more. */
export function requireWriting(actor: Actor, visit: VisitState): void {
  if (!may(actor, 'visit.read', visit)) throw noSuchVisit();
  require_(may(actor, 'visit.document', visit));
  const open = openStates.some((stage) => stage === visit.stage) || visit.stage === 'documenting';
  if (!open) throw new Refusal('ended', 'The visit is over.');
}

/** The same beside no visit, for a patient of one of the actor's units. */
export async function fileForPatient(ctx: Context, actor: Actor, given: NewObservation & { unitId: string }, now: Date): Promise<void> {
  const { unitId, patientId } = given;
  await ctx.db.transaction(async (tx) => {
    await requirePatientOf(tx, actor, patientId, unitId);
    const count = await fileReadings(tx, { unitId, patientId, visitId: null, actor }, given, now);
    if (count > 0)
      await writeAudit(tx, {
        actorId: actor.userId,
        action: 'measurement.record',
        subjectId: given.id,
        unitId,
        patientId,
        detail: { count },
      });
  });
}

/** @throws {Refusal} `not_found` for a patient whom the unit does not have, and for a unit where the actor records nothing. */
export async function requirePatientOf(tx: Tx, actor: Actor, patientId: string, unitId: string): Promise<void> {
  const [known] = await tx
    .select({ unitId: careRelations.unitId })
    .from(careRelations)
    .where(and(eq(careRelations.patientId, patientId), eq(careRelations.unitId, unitId)));
  if (!known || !may(actor, 'measurement.record', { unitId })) throw new Refusal('not_found', 'There is no such patient at this unit.');
}

type Where = { unitId: string; patientId: string; visitId: string | null; actor: Actor };

/** @returns how many were new. @throws {Refusal} naming `readings.N` and its part. */
async function fileReadings(tx: Tx, where: Where, { id, sentAt, readings }: NewObservation, now: Date): Promise<number> {
  const [baseline] = await tx.select().from(baselines).where(eq(baselines.patientId, where.patientId));
  const timed = readings.map((reading, index) => ({ ...reading, ...timesOf(reading, index, sentAt, now) }));
  const observedAt = new Date(Math.min(...timed.map(({ measuredAt }) => measuredAt.getTime())));
  const { unitId, patientId, visitId } = where;
  const spo2Scale = baseline?.spo2Scale2At ? 2 : 1;
  await tx.insert(observations).values({ id, unitId, patientId, visitId, observedAt, spo2Scale }).onConflictDoNothing();
  const [observation] = await tx.select().from(observations).where(eq(observations.id, id)).for('update');
  if (observation?.patientId !== patientId || observation.unitId !== unitId || observation.visitId !== visitId)
    throw new Refusal('conflict', 'This number is taken by other readings.', 'id');
  const filed = new Map(
    (
      await tx
        .select()
        .from(measurements)
        .where(
          inArray(
            measurements.id,
            readings.map((reading) => reading.id),
          ),
        )
    ).map((row) => [row.id, row]),
  );
  const isAnother = (reading: NewReading): boolean => {
    const row = filed.get(reading.id);
    return row !== undefined && (row.observationId !== id || row.kind !== reading.kind || row.value !== reading.value);
  };
  const taken = readings.findIndex(isAnother);
  if (taken >= 0) throw new Refusal('conflict', 'This number is taken by another reading.', `readings.${taken}.id`);
  const sampled = readings.some(({ id: readingId, kind }) => sampledKinds.includes(kind) && !filed.has(readingId));
  if (sampled) {
    const delegationId = await requireDelegation(tx, where.actor, { unitId, patientId, task: 'capillarySample' }, now);
    if (delegationId) await tx.update(observations).set({ delegationId }).where(eq(observations.id, id));
  }
  for (const [index, reading] of readings.entries())
    if (!filed.has(reading.id)) await requirePlausible(tx, where, reading, index, baseline?.cognition === 'confused', now);
  await requirePressures(tx, id, readings);
  const fresh = timed.filter((reading) => !filed.has(reading.id));
  if (fresh.length === 0) return 0;
  await tx.insert(measurements).values(
    fresh.map(({ id: readingId, kind, value, measuredAt, deviceAt, device, confirmed }) => ({
      id: readingId,
      observationId: id,
      patientId,
      kind,
      value,
      measuredAt,
      deviceAt,
      recordedAt: now,
      method: device === null ? ('manual' as const) : ('device' as const),
      device,
      confirmed,
      recordedBy: where.actor.userId,
    })),
  );
  return fresh.length;
}

function timesOf(
  { measuredAt, deviceAt }: NewReading,
  index: number,
  sentAt: string,
  now: Date,
): { measuredAt: Date; deviceAt: Date | null } {
  const at = byOurClock(measuredAt, sentAt, `readings.${index}.measuredAt`, now);
  return { measuredAt: at, deviceAt: deviceAt === null ? null : new Date(deviceAt) };
}

async function requirePlausible(
  tx: Tx,
  { patientId }: Where,
  reading: NewReading,
  index: number,
  confused: boolean,
  now: Date,
): Promise<void> {
  const { kind, value, confirmed } = reading;
  requireValue(kind, value, confirmed, `readings.${index}`);
  if (kind === 'consciousness' && consciousnessLevels[value] === 'usualConfusion' && !confused)
    throw new Refusal('invalid', 'value: nobody has said that the patient usually is confused', `readings.${index}.value`);
  if (kind !== 'weight_kg' || confirmed) return;
  const [last] = await tx
    .select({ value: measurements.value })
    .from(measurements)
    .where(
      and(
        eq(measurements.patientId, patientId),
        eq(measurements.kind, 'weight_kg'),
        gte(measurements.measuredAt, new Date(now.getTime() - 7 * day)),
        lt(measurements.measuredAt, new Date(reading.measuredAt)),
      ),
    )
    .orderBy(desc(measurements.measuredAt))
    .limit(1);
  if (last?.value != null && Math.abs(last.value - value) > weightJump_kg)
    throw new Refusal('conflict', `${kind}: differs much from a week ago: is it right?`, `readings.${index}.confirmed`);
}

/** @throws {Refusal} `invalid` for what cannot be; `conflict`, naming `confirmed`, for what is unusual and nobody said is right. */
export function requireValue(kind: NewReading['kind'], value: number, confirmed: boolean, field: string): void {
  const { possible, decimals } = plausible[kind];
  const doubt = doubtOf(kind, value);
  if (doubt === 'impossible') throw new Refusal('invalid', `${kind}: is not within ${possible.join('–')}`, `${field}.value`);
  if (doubt === 'tooExact') throw new Refusal('invalid', `${kind}: has more than ${decimals} decimals`, `${field}.value`);
  if (doubt === 'unusual' && !confirmed) throw new Refusal('conflict', `${kind}: is unusual: is it right?`, `${field}.confirmed`);
}

async function requirePressures(tx: Tx, observationId: string, readings: NewReading[]): Promise<void> {
  const index = readings.findIndex(({ kind }) => kind === 'diastolic_mmhg' || kind === 'systolic_mmhg');
  if (index < 0) return;
  const before = await tx
    .select({ kind: measurements.kind, value: measurements.value })
    .from(measurements)
    .where(and(eq(measurements.observationId, observationId), isNull(measurements.corrects)));
  const values: Values = Object.fromEntries([...before, ...readings].map(({ kind, value }) => [kind, value]));
  const field = `readings.${index}.value`;
  if (!pressuresFit(values)) throw new Refusal('invalid', `${field}: the lower pressure is not below the upper one`, field);
}
