import { and, desc, eq, inArray, lt, or } from 'drizzle-orm';
import { type Access, toldAccesses } from '../../contract/access.ts';
import { require_ } from '../../contract/refusal.ts';
import { assignments, auditEntries, organisations, participants, patients, units, visits } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { may } from '../policies.ts';
import { writeAudit } from './audit.ts';

const page = 100;

/**
 * Who has opened what there is about the patient (2008:355 8 kap. 5 §): care unit and time, at every care provider where
 * they are a patient. Staff are told by role and unit, not by name.
 */
export async function ownAccesses(
  ctx: Context,
  actor: Actor,
  before: number | undefined,
): Promise<{ accesses: Access[]; next: number | null }> {
  require_(may(actor, 'visits.own', null), 'This page is the patient’s own.');
  return ctx.db.transaction(async (tx) => {
    const own = tx.select({ id: patients.id }).from(patients).where(eq(patients.userId, actor.userId));
    const theirs = tx.select({ id: visits.id }).from(visits).where(inArray(visits.patientId, own));
    const rows = await tx
      .select({
        id: auditEntries.id,
        at: auditEntries.at,
        action: auditEntries.action,
        actorId: auditEntries.actorId,
        held: assignments.role,
        seat: participants.role,
        unit: units.name,
        organisation: organisations.name,
      })
      .from(auditEntries)
      .leftJoin(assignments, eq(assignments.id, auditEntries.assignmentId))
      .leftJoin(units, eq(units.id, assignments.unitId))
      .leftJoin(organisations, eq(organisations.id, units.organisationId))
      .leftJoin(
        participants,
        and(eq(participants.visitId, auditEntries.visitId), eq(participants.userId, auditEntries.actorId), eq(participants.seat, 'own')),
      )
      .where(
        and(
          or(inArray(auditEntries.patientId, own), inArray(auditEntries.visitId, theirs)),
          inArray(auditEntries.action, [...toldAccesses]),
          before === undefined ? undefined : lt(auditEntries.id, before),
        ),
      )
      .orderBy(desc(auditEntries.id))
      .limit(page + 1);
    await writeAudit(tx, { actorId: actor.userId, action: 'access.own', detail: { listed: Math.min(rows.length, page) } });
    const accesses = rows.slice(0, page).map(({ at, action, actorId, held, seat, unit, organisation }) => ({
      at: at.toISOString(),
      action: action as Access['action'],
      own: actorId === actor.userId,
      role: held ?? seat,
      unit,
      organisation,
    }));
    return { accesses, next: rows.length > page ? (rows[page - 1]?.id ?? null) : null };
  });
}
