/** Readings as they are read: a trend, with the score of what was measured together. */
import { and, asc, eq, gte, type SQL } from 'drizzle-orm';
import type { Baseline, Measured, News2View, ReadingView } from '../../contract/measurements.ts';
import { news2, whyNoNews2 } from '../../contract/news2.ts';
import { require_ } from '../../contract/refusal.ts';
import { openStates } from '../../contract/visits.ts';
import type { Values } from '../../contract/vitals.ts';
import type { Tx } from '../../drizzle/client.ts';
import { baselines, measurements, observations, organisations, patients, users } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import { opensUnit, writtenInReach } from '../access/openings.ts';
import type { Context } from '../context.ts';
import { delegationFor } from '../delegations/delegations.ts';
import type { Actor } from '../identity/sessions.ts';
import { patientFor } from '../people/patients.ts';
import { isDelegate, may } from '../policies.ts';
import { noSuchVisit } from '../visits/changeVisit.ts';
import { careDateOf } from '../visits/today.ts';
import { loadVisit } from '../visits/visitState.ts';

const dayMs = 24 * 3_600_000;
const most = 5_000;

/** What the visit's unit has measured of its patient. */
export async function measuredBesideVisit(ctx: Context, actor: Actor, visitId: string, days: number, now: Date): Promise<Measured> {
  return ctx.db.transaction(async (tx) => {
    const visit = await loadVisit(tx, visitId);
    if (!visit) throw noSuchVisit();
    const { unitId, patientId, stage } = visit;
    if (!may(actor, 'visit.read', visit) && !(await opensUnit(tx, actor, patientId, unitId))) throw noSuchVisit();
    await writeAudit(tx, { actorId: actor.userId, action: 'measurement.read', subjectId: visitId, visitId, unitId, patientId });
    const open = openStates.some((one) => one === stage) || stage === 'documenting';
    return measuredOf(
      tx,
      actor,
      patientId,
      eq(observations.unitId, unitId),
      days,
      open && may(actor, 'visit.document', visit),
      now,
      unitId,
    );
  });
}

/** What the actor's units have measured of a patient, and what they have opened. */
export async function measuredOfPatient(ctx: Context, actor: Actor, patientId: string, days: number, now: Date): Promise<Measured> {
  return ctx.db.transaction(async (tx) => {
    const { unitIds, row, opened } = await patientFor(tx, actor, patientId);
    require_(may(actor, 'patient.visits', { unitIds, organisationId: row.organisationId, opened }));
    const reach = await writtenInReach(tx, actor, patientId, observations.unitId);
    await writeAudit(tx, { actorId: actor.userId, action: 'measurement.read', patientId });
    const records = unitIds.some((unitId) => may(actor, 'measurement.record', { unitId }));
    return measuredOf(tx, actor, patientId, reach, days, records, now, actor.assignments[0]?.unitId ?? null);
  });
}

async function measuredOf(
  tx: Tx,
  actor: Actor,
  patientId: string,
  reach: SQL | undefined,
  days: number,
  record: boolean,
  now: Date,
  unitId: string | null, // where it would be measured
): Promise<Measured> {
  const rows = await tx
    .select({ reading: measurements, observation: observations, name: users.name, place: users.place })
    .from(measurements)
    .innerJoin(observations, eq(observations.id, measurements.observationId))
    .innerJoin(users, eq(users.id, measurements.recordedBy))
    .where(and(eq(measurements.patientId, patientId), reach, gte(measurements.measuredAt, new Date(now.getTime() - days * dayMs))))
    .orderBy(asc(measurements.measuredAt), asc(measurements.recordedAt), asc(measurements.id))
    .limit(most);
  const corrected = new Set(rows.map(({ reading }) => reading.corrects));
  const [about] = await tx
    .select({ birthDate: patients.birthDate, decision: organisations.medicalDeviceDecision, baseline: baselines, by: users })
    .from(patients)
    .innerJoin(organisations, eq(organisations.id, patients.organisationId))
    .leftJoin(baselines, eq(baselines.patientId, patients.id))
    .leftJoin(users, eq(users.id, baselines.spo2Scale2By))
    .where(eq(patients.id, patientId));
  if (!about) throw new Error('the patient vanished');
  const pregnant = about.baseline?.pregnant ?? null;
  const off = whyNoNews2({ birthDate: about.birthDate, pregnant }, about.decision !== null, careDateOf(now));
  return {
    patientId,
    readings: rows.map(({ reading, name, place }) => readingView(reading, { name, place }, corrected.has(reading.id))),
    lastVisitId: rows.at(-1)?.observation.visitId ?? null,
    news2: off ? [] : scoresOf(rows.filter(({ reading }) => !corrected.has(reading.id))),
    news2Off: off,
    baseline: baselineView(about.baseline, about.by),
    may: {
      record,
      order: record && may(actor, 'measurement.order', null),
      sample: record && (await maySample(tx, actor, patientId, unitId, now)),
    },
  };
}

async function maySample(tx: Tx, actor: Actor, patientId: string, unitId: string | null, now: Date): Promise<boolean> {
  if (!isDelegate(actor)) return true;
  return unitId !== null && (await delegationFor(tx, actor, { unitId, patientId, task: 'capillarySample' }, now)) !== null;
}

type Row = { reading: typeof measurements.$inferSelect; observation: typeof observations.$inferSelect };

/** Of each kind what was measured last counts. What has no part in the score alone makes none. */
function scoresOf(rows: Row[]): News2View[] {
  return [...Map.groupBy(rows, ({ observation }) => observation.id).values()].flatMap((together) => {
    const [first] = together;
    if (!first) return [];
    const values: Values = {};
    for (const { reading } of together) if (reading.value !== null) values[reading.kind] = reading.value;
    const scale = first.observation.spo2Scale === 2 ? 2 : 1;
    const score = news2(values, scale);
    if (Object.keys(score.points).length === 0) return [];
    return [{ observationId: first.observation.id, at: first.observation.observedAt.toISOString(), scale, ...score }];
  });
}

function readingView(row: typeof measurements.$inferSelect, by: ReadingView['by'], corrected: boolean): ReadingView {
  const { id, observationId, kind, value, measuredAt, deviceAt, recordedAt, method, device, corrects } = row;
  return {
    id,
    observationId,
    kind,
    value,
    measuredAt: measuredAt.toISOString(),
    deviceAt: deviceAt?.toISOString() ?? null,
    recordedAt: recordedAt.toISOString(),
    method,
    device,
    by,
    corrects,
    corrected,
  };
}

function baselineView(row: typeof baselines.$inferSelect | null, by: typeof users.$inferSelect | null): Baseline {
  return {
    cognition: row?.cognition ?? null,
    pregnant: row?.pregnant ?? null,
    spo2Scale2: row?.spo2Scale2At && by ? { by: { name: by.name, place: by.place }, at: row.spo2Scale2At.toISOString() } : null,
    version: row?.version ?? null,
  };
}
