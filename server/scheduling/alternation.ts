/** Visits at a distance alternate with visits in person. */
import { and, desc, eq, inArray, notInArray, or, sql } from 'drizzle-orm';
import { Refusal } from '../../contract/refusal.ts';
import type { Alternation } from '../../contract/suitability.ts';
import type { Tx } from '../../drizzle/client.ts';
import { units, visits } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { may } from '../policies.ts';

const farthestBack = 50;

/** What counts: what is booked as what has been, for whoever books the next looks at both. */
export const alternates = and(
  notInArray(visits.state, ['requested', 'triaged', 'cancelled', 'no_show', 'tech_failed']),
  inArray(visits.modality, ['video', 'physical', 'phone']),
);
/** A visit that became one in person is one. */
export const inPerson = or(eq(visits.modality, 'physical'), eq(visits.state, 'converted_to_physical'));

/** @throws {Refusal} `not_found` for a unit out of reach. */
export async function alternationOf(ctx: Context, actor: Actor, unitId: string, patientId: string): Promise<Alternation> {
  if (!may(actor, 'visit.book', { unitId })) throw new Refusal('not_found', 'There is no such unit.', 'unitId');
  return ctx.db.transaction(async (tx) => {
    const [unit] = await tx.select({ every: units.physicalEvery }).from(units).where(eq(units.id, unitId));
    await writeAudit(tx, { actorId: actor.userId, action: 'patient.visits', unitId, patientId });
    return alternationAt(tx, { unitId, every: unit?.every ?? null }, patientId);
  });
}

/** How it stands at one unit: one statement. */
export async function alternationAt(
  tx: Tx,
  { unitId, every }: { unitId: string; every: number | null },
  patientId: string,
): Promise<Alternation> {
  const rows = await tx
    .select({ startsAt: visits.startsAt, inPerson: sql<boolean>`${inPerson}` })
    .from(visits)
    .where(and(eq(visits.unitId, unitId), eq(visits.patientId, patientId), alternates))
    .orderBy(desc(visits.startsAt))
    .limit(farthestBack);
  const last = rows.findIndex((row) => row.inPerson);
  const remoteSince = last === -1 ? rows.length : last;
  return {
    every,
    remoteSince,
    lastPhysicalAt: rows[last]?.startsAt.toISOString() ?? null,
    due: every !== null && remoteSince >= every - 1,
  };
}
