/** The physician whom a patient is to meet, if they meet one. */
import { and, asc, desc, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import type { continuityRoutes, FixedPhysician } from '../../contract/continuity.ts';
import { Refusal } from '../../contract/refusal.ts';
import type { Tx } from '../../drizzle/client.ts';
import { assignments, patients, units, users } from '../../drizzle/schema/index.ts';
import { coveredBy } from '../access/agreements.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { physicianRoles } from '../policies.ts';
import { careDateOf } from '../visits/today.ts';
import { overtaken } from './overtaken.ts';
import { patientFor } from './patients.ts';

type Route = (typeof continuityRoutes)['PUT /api/patients/:patientId/fixed-physician'];

/** Somebody, and where they work as a physician for an organisation's patients, its own units first; null: there is nobody. */
export async function physicianFor(tx: Tx, userId: string, organisationId: string, now: Date): Promise<FixedPhysician | null> {
  const worksAs = and(eq(assignments.userId, users.id), isNull(assignments.endedAt), inArray(assignments.role, [...physicianRoles]));
  const forThem = and(eq(units.id, assignments.unitId), coveredBy([organisationId], units.organisationId, careDateOf(now)));
  const [row] = await tx
    .select({ userId: users.id, name: users.name, place: users.place, role: assignments.role, unitName: units.name })
    .from(users)
    .leftJoin(assignments, worksAs)
    .leftJoin(units, forThem)
    .where(eq(users.id, userId))
    .orderBy(desc(isNotNull(units.id)), desc(eq(units.organisationId, organisationId)), asc(units.name))
    .limit(1);
  return row ? { ...row, role: row.unitName === null ? null : row.role } : null;
}

/**
 * Says whom the patient is to meet; null: nobody in particular. Twice is once.
 *
 * @throws {Refusal} `invalid`, naming `userId`, for one who is no physician of the organisation and of none that works for it.
 */
export async function setFixedPhysician(
  ctx: Context,
  actor: Actor,
  patientId: string,
  { userId, basedOn }: z.output<Route['body']>,
  now: Date,
): Promise<z.output<Route['reply']>> {
  return ctx.db.transaction(async (tx) => {
    const { row } = await patientFor(tx, actor, patientId, true);
    const fixedPhysician = userId === null ? null : await physicianFor(tx, userId, row.organisationId, now);
    if (row.fixedPhysicianId === userId) return { fixedPhysician, version: row.version };
    if (row.version !== basedOn) throw overtaken();
    if (userId !== null && !fixedPhysician?.unitName)
      throw new Refusal('invalid', 'userId: is no physician of this care provider’s patients', 'userId');
    const version = basedOn + 1;
    await tx.update(patients).set({ fixedPhysicianId: userId, version }).where(eq(patients.id, patientId));
    await writeAudit(tx, {
      actorId: actor.userId,
      action: 'patient.fixed_physician',
      patientId,
      ...(userId === null ? {} : { subjectId: userId }),
    });
    return { fixedPhysician, version };
  });
}
