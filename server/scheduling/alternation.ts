/** Visits at a distance alternate with visits in person. */
import { and, desc, eq, inArray, notInArray } from 'drizzle-orm';
import { Refusal } from '../../contract/refusal.ts';
import type { Alternation } from '../../contract/suitability.ts';
import { units, visits } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { may } from '../policies.ts';

const farthestBack = 50;

/**
 * What is booked counts as what has been: whoever books the next looks at both.
 *
 * @throws {Refusal} `not_found` for a unit out of reach.
 */
export async function alternationOf(ctx: Context, actor: Actor, unitId: string, patientId: string): Promise<Alternation> {
  if (!may(actor, 'visit.book', { unitId })) throw new Refusal('not_found', 'There is no such unit.', 'unitId');
  return ctx.db.transaction(async (tx) => {
    const [unit] = await tx.select({ every: units.physicalEvery }).from(units).where(eq(units.id, unitId));
    const rows = await tx
      .select({ modality: visits.modality, state: visits.state, startsAt: visits.startsAt })
      .from(visits)
      .where(
        and(
          eq(visits.unitId, unitId),
          eq(visits.patientId, patientId),
          notInArray(visits.state, ['requested', 'triaged', 'cancelled', 'no_show', 'tech_failed']),
          inArray(visits.modality, ['video', 'physical', 'phone']),
        ),
      )
      .orderBy(desc(visits.startsAt))
      .limit(farthestBack);
    await writeAudit(tx, { actorId: actor.userId, action: 'patient.visits', unitId, patientId });
    const inPerson = rows.findIndex(({ modality, state }) => modality === 'physical' || state === 'converted_to_physical');
    const remoteSince = inPerson === -1 ? rows.length : inPerson;
    const every = unit?.every ?? null;
    const lastPhysicalAt = rows[inPerson]?.startsAt.toISOString() ?? null;
    return { every, remoteSince, lastPhysicalAt, due: every !== null && remoteSince >= every - 1 };
  });
}
