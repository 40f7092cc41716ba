/** Patient and unit write to each other about a visit, before it and after. */
import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import type { Conversation, Unanswered } from '../../contract/conversation.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import { patients, sayings, units, users, visits } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { tell } from '../notifications/tell.ts';
import { careUnitsOf } from '../policies.ts';
import { changeVisit, noSuchVisit } from '../visits/changeVisit.ts';
import { ownSideOf } from '../visits/side.ts';
import { loadVisit, type VisitState } from '../visits/visitState.ts';

const most = 100;
/** So long after a visit one may still ask about it. */
const daysAfter = 60;

const isOpen = ({ startsAt, preliminary }: VisitState, now: Date): boolean =>
  !preliminary && now.getTime() - startsAt.getTime() < daysAfter * 24 * 3_600_000;

export async function readConversation(ctx: Context, actor: Actor, visitId: string, now: Date): Promise<Conversation> {
  return ctx.db.transaction(async (tx) => {
    const visit = await loadVisit(tx, visitId);
    if (!visit || !ownSideOf(actor, visit)) throw noSuchVisit();
    const { unitId, patientId } = visit;
    const rows = await tx
      .select({ saying: sayings, name: users.name })
      .from(sayings)
      .innerJoin(users, eq(users.id, sayings.authorId))
      .where(eq(sayings.visitId, visitId))
      .orderBy(asc(sayings.at), asc(sayings.id))
      .limit(most);
    if (rows.length > 0)
      await writeAudit(tx, { actorId: actor.userId, action: 'conversation.read', subjectId: visitId, visitId, unitId, patientId });
    return {
      sayings: rows.map(({ saying: { id, fromPatient, text, at }, name }) => ({
        id,
        from: fromPatient ? ('patient' as const) : ('care' as const),
        name: fromPatient ? null : name,
        text,
        at: at.toISOString(),
      })),
      maySay: isOpen(visit, now) && rows.length < most,
    };
  });
}

/** The patient is told that there is something to read, not what. @throws {Refusal} `ended` long after the visit. */
export async function say(
  ctx: Context,
  actor: Actor,
  visitId: string,
  { id, text }: { id: string; text: string },
  now: Date,
): Promise<void> {
  await changeVisit(ctx, visitId, actor.userId, async ({ tx, before, audit }) => {
    const side = ownSideOf(actor, before);
    if (!side) throw noSuchVisit();
    if (!isOpen(before, now)) throw new Refusal('ended', 'The visit was too long ago.');
    const { length: sofar } = await tx.select({ id: sayings.id }).from(sayings).where(eq(sayings.visitId, visitId));
    if (sofar >= most) throw new Refusal('conflict', 'No more can be written here.');
    const row = { id, visitId, fromPatient: side === 'patient', authorId: actor.userId, text, at: now };
    const made = await tx.insert(sayings).values(row).onConflictDoNothing().returning({ id: sayings.id });
    if (made.length === 0) return false;
    if (side === 'care')
      await tell(ctx, tx, visitId, { purpose: 'saying', only: ({ personId }) => personId === before.patient.userId }, now);
    await audit('conversation.say', visitId, { side });
    return true;
  });
}

/** What the patient wrote last needs no answer. Twice is once. */
export async function settle(ctx: Context, actor: Actor, visitId: string, now: Date): Promise<void> {
  await changeVisit(ctx, visitId, actor.userId, async ({ tx, before, audit }) => {
    if (ownSideOf(actor, before) !== 'care') throw noSuchVisit();
    const open = and(eq(sayings.visitId, visitId), eq(sayings.fromPatient, true), isNull(sayings.settledAt));
    const settled = await tx.update(sayings).set({ settledAt: now }).where(open).returning({ id: sayings.id });
    if (settled.length === 0) return false;
    await audit('conversation.settle');
    return true;
  });
}

/** Of whose visits the patient has written last. */
export async function unansweredOf(ctx: Context, actor: Actor, now: Date): Promise<Unanswered[]> {
  const unitIds = careUnitsOf(actor);
  require_(unitIds.length > 0);
  const oldest = new Date(now.getTime() - daysAfter * 24 * 3_600_000);
  return ctx.db.transaction(async (tx) => {
    const last = tx
      .selectDistinctOn([sayings.visitId], {
        visitId: sayings.visitId,
        fromPatient: sayings.fromPatient,
        at: sayings.at,
        settledAt: sayings.settledAt,
      })
      .from(sayings)
      .orderBy(sayings.visitId, sql`${sayings.at} desc`)
      .as('last');
    const rows = await tx
      .select({ visitId: visits.id, unitName: units.name, patientName: patients.name, startsAt: visits.startsAt, since: last.at })
      .from(last)
      .innerJoin(visits, eq(visits.id, last.visitId))
      .innerJoin(patients, eq(patients.id, visits.patientId))
      .innerJoin(units, eq(units.id, visits.unitId))
      .where(and(eq(last.fromPatient, true), isNull(last.settledAt), inArray(visits.unitId, unitIds), gt(visits.startsAt, oldest)))
      .orderBy(asc(last.at));
    if (rows.length > 0)
      await writeAudit(tx, {
        actorId: actor.userId,
        action: 'conversations.list',
        unitId: unitIds[0] ?? null,
        detail: { listed: rows.length },
      });
    return rows.map(({ startsAt, since, ...row }) => ({ ...row, startsAt: startsAt.toISOString(), since: since.toISOString() }));
  });
}
