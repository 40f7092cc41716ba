import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { type CheckReport, type Verdict, verdictOf } from '../../contract/check.ts';
import { openStates } from '../../contract/visits.ts';
import type { Tx } from '../../drizzle/client.ts';
import { invitations, networkChecks, participants } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { can, seatOf } from '../policies.ts';
import { loadVisit, type Person, type VisitState } from './visitState.ts';

export type CheckOf = { reference: string | null; visitId: string | null };

/**
 * Keeps a report beside the booking that it is for: that of the invitation, or of the actor's own seat. Whether there was
 * one is not told, so that nobody learns which references exist.
 */
export async function keepCheck(ctx: Context, actor: Actor | null, report: CheckReport, of: CheckOf, now: Date): Promise<Verdict> {
  const verdict = verdictOf(report);
  const unitId = await ctx.db.transaction(async (tx) => {
    const found = await seatFor(tx, actor, of);
    if (!found || !can(found.seat, 'visit.lobby', found.visit)) return null;
    const { visitId, unitId, patientId } = found.visit;
    const participantId = found.seat.id;
    await tx.insert(networkChecks).values({ id: randomUUID(), visitId, participantId, at: now, verdict, report });
    const detail = { verdict };
    await writeAudit(tx, {
      actorId: actor?.userId ?? null,
      action: 'visit.check',
      subjectId: participantId,
      visitId,
      unitId,
      patientId,
      detail,
    });
    return unitId;
  });
  if (unitId) ctx.hub.listChanged(unitId, []);
  return verdict;
}

async function seatFor(tx: Tx, actor: Actor | null, { reference, visitId }: CheckOf): Promise<{ visit: VisitState; seat: Person } | null> {
  if (reference) {
    const [invited] = await tx
      .select({ participantId: participants.id, visitId: participants.visitId })
      .from(invitations)
      .innerJoin(participants, eq(participants.id, invitations.participantId))
      .where(eq(invitations.reference, reference));
    const visit = invited && (await loadVisit(tx, invited.visitId));
    const seat = visit?.people.find(({ id }) => id === invited?.participantId);
    return visit && seat && isOpen(visit) ? { visit, seat } : null;
  }
  const visit = actor && visitId ? await loadVisit(tx, visitId) : null;
  const seat = actor && visit ? seatOf(actor, visit) : undefined;
  return visit && seat ? { visit, seat } : null;
}

const isOpen = ({ stage }: VisitState): boolean => openStates.some((open) => open === stage);
