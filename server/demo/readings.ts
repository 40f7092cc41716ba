/** What has been measured of two residents in the last month: one well, one getting worse. */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { consciousnessLevels, plausible, type Values, type VitalKind } from '../../contract/vitals.ts';
import type { Tx } from '../../drizzle/client.ts';
import { baselines, measurements, observations, organisations, patients, users } from '../../drizzle/schema/index.ts';
import { idOf } from './idOf.ts';

const dayMs = 24 * 3_600_000;
const daysBack = 30;

type Demo = { patient: string; mark: string; by: string; at: (daysAgo: number) => Values };

const alert = consciousnessLevels.indexOf('alert');
/** Goes up and down by itself, the same each time. */
const wave = (day: number, size: number): number => Math.sin(day * 2.3) * size + Math.sin(day * 0.7) * size * 0.5;

const demos: Demo[] = [
  {
    patient: 'tallmo',
    mark: 'DR',
    by: 'sjukskoterska.dorotea',
    at: (day) => {
      const worse = Math.max(0, 6 - day);
      return {
        respirations_per_minute: 17 + wave(day, 1) + worse,
        spo2_percent: 96 + wave(day, 0.6) - worse * 0.6,
        oxygen_litres_per_minute: 0,
        systolic_mmhg: 132 + wave(day, 7),
        diastolic_mmhg: 76 + wave(day, 4),
        pulse_per_minute: 74 + wave(day, 5) + worse * 4,
        consciousness: alert,
        temperature_celsius: 36.8 + wave(day, 0.2) + worse * 0.25,
        weight_kg: 61.5 + day * 0.06,
      };
    },
  },
  {
    patient: 'granstrom',
    mark: 'AS',
    by: 'sjukskoterska.asele',
    at: (day) => ({
      systolic_mmhg: 146 + wave(day, 9),
      diastolic_mmhg: 82 + wave(day, 5),
      pulse_per_minute: 68 + wave(day, 4),
      glucose_mmol_per_litre: 8.2 + wave(day, 1.6),
    }),
  },
];

/** What is there stays as it is. */
export async function layReadings(tx: Tx, now: Date): Promise<void> {
  await tx
    .update(organisations)
    .set({ medicalDeviceDecision: 'Påhittat beslut 2026-1 (demo)' })
    .where(and(eq(organisations.synthetic, true), isNull(organisations.medicalDeviceDecision)));
  for (const { patient, mark, by, at } of demos) {
    const [patientId, unitId] = [idOf('patient', patient), idOf('unit', mark)];
    const [nurse] = await tx.select({ id: users.id }).from(users).where(eq(users.username, by));
    if (!nurse) continue; // whoever runs the demo has taken them away
    await tx.insert(baselines).values({ patientId, cognition: 'clear' }).onConflictDoNothing();
    for (let day = daysBack; day >= 1; day--) {
      const measuredAt = new Date(now.getTime() - day * dayMs);
      const date = measuredAt.toISOString().slice(0, 10);
      const id = idOf('observation', `${patient} ${date}`);
      await tx.insert(observations).values({ id, patientId, unitId, observedAt: measuredAt, spo2Scale: 1 }).onConflictDoNothing();
      const rows = Object.entries(at(day)).map(([kind, value]) => {
        const { decimals } = plausible[kind as VitalKind];
        return {
          id: idOf('reading', `${patient} ${date} ${kind}`),
          observationId: id,
          patientId,
          kind: kind as VitalKind,
          value: Math.round(value * 10 ** decimals) / 10 ** decimals,
          measuredAt,
          recordedAt: measuredAt,
          method: 'manual' as const,
          recordedBy: nurse.id,
        };
      });
      await tx.insert(measurements).values(rows).onConflictDoNothing();
    }
  }
}

/** Readings are kept when anything else goes; those of the demo go with it. */
export async function takeReadingsAway(tx: Tx): Promise<void> {
  const theirs = tx.select({ id: patients.id }).from(patients).where(eq(patients.synthetic, true));
  await tx.delete(measurements).where(inArray(measurements.patientId, theirs));
  await tx.delete(observations).where(inArray(observations.patientId, theirs));
}
