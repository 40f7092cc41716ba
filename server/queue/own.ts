/** The patient's part: which queues there are, standing in one, and leaving it. */
import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm';
import type { z } from 'zod';
import type { Answer } from '../../contract/forms.ts';
import type { OwnPlace, OwnQueue, queueRoutes } from '../../contract/queue.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import type { Tx } from '../../drizzle/client.ts';
import { careRelations, patients, queueQuestions, units, visits } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { may } from '../policies.ts';
import { changeVisit, noSuchVisit } from '../visits/changeVisit.ts';
import { expectedAt, lineOf, openUntil } from './line.ts';
import { queueUnits } from './settings.ts';

/** Of the units that have a queue. */
export async function ownQueues(ctx: Context, actor: Actor, now: Date): Promise<OwnQueue[]> {
  require_(may(actor, 'visits.own', null));
  return ctx.db.transaction(async (tx) => {
    const own = await tx
      .select({ patientId: patients.id, unitId: units.id, unitName: units.name, questions: queueQuestions.questions })
      .from(patients)
      .innerJoin(careRelations, eq(careRelations.patientId, patients.id))
      .innerJoin(units, eq(units.id, careRelations.unitId))
      .leftJoin(queueQuestions, eq(queueQuestions.unitId, units.id))
      .where(and(eq(patients.userId, actor.userId), inArray(units.id, queueUnits(tx))))
      .orderBy(asc(units.name));
    const found: OwnQueue[] = [];
    for (const { questions, ...unit } of own) {
      const { length: waiting } = await lineOf(tx, unit.unitId);
      const until = await openUntil(tx, unit.unitId, now);
      const expected = await expectedAt(tx, unit.unitId, waiting + 1, now);
      found.push({ ...unit, questions: questions ?? [], waiting, expected, openUntil: until?.toISOString() ?? null });
    }
    return found;
  });
}

/** Those that wait, and those that have been called up and whose visit is not over. */
export async function ownPlaces(ctx: Context, actor: Actor, now: Date): Promise<OwnPlace[]> {
  require_(may(actor, 'visits.own', null));
  return ctx.db.transaction((tx) => placesOf(tx, actor.userId, now));
}

async function placesOf(tx: Tx, userId: string, now: Date): Promise<OwnPlace[]> {
  const rows = await tx
    .select({ visit: visits, unitName: units.name })
    .from(visits)
    .innerJoin(patients, eq(patients.id, visits.patientId))
    .innerJoin(units, eq(units.id, visits.unitId))
    .where(
      and(
        eq(patients.userId, userId),
        isNotNull(visits.queuedAt),
        inArray(visits.state, ['requested', 'triaged', 'booked', 'checked_in', 'waiting', 'in_progress']),
      ),
    )
    .orderBy(asc(visits.queuedAt));
  const places: OwnPlace[] = [];
  for (const { visit, unitName } of rows) {
    const index = (await lineOf(tx, visit.unitId)).findIndex(({ id }) => id === visit.id);
    const place = index < 0 ? null : index + 1;
    const expected = place === null ? null : await expectedAt(tx, visit.unitId, place, now);
    places.push({ visitId: visit.id, unitId: visit.unitId, unitName, since: (visit.queuedAt ?? now).toISOString(), place, expected });
  }
  return places;
}

type Standing = z.output<(typeof queueRoutes)['POST /api/my/queue']['body']>;

/**
 * Twice is once, and one place a unit.
 *
 * @throws {Refusal} `not_found` for a unit that they are no patient of; `conflict` while it is closed, or for a second place.
 */
export async function standInLine(
  ctx: Context,
  actor: Actor,
  { visitId, patientId, unitId, answers }: Standing,
  now: Date,
): Promise<OwnPlace> {
  require_(may(actor, 'visits.own', null));
  const place = await ctx.db.transaction(async (tx) => {
    const [own] = await tx
      .select({ patient: patients })
      .from(patients)
      .innerJoin(careRelations, and(eq(careRelations.patientId, patients.id), eq(careRelations.unitId, unitId)))
      .where(and(eq(patients.id, patientId), eq(patients.userId, actor.userId)))
      .for('update', { of: patients }); // twice at once is once
    if (!own) throw new Refusal('not_found', 'There is no such unit.', 'unitId');
    const there = (await placesOf(tx, actor.userId, now)).find((one) => one.visitId === visitId);
    if (there) return there;
    if (!(await openUntil(tx, unitId, now))) throw new Refusal('conflict', 'The queue is closed now.', 'closed');
    const line = (await lineOf(tx, unitId)).map(({ id }) => id);
    const [second] = line.length
      ? await tx
          .select({ id: visits.id })
          .from(visits)
          .where(and(inArray(visits.id, line), eq(visits.patientId, patientId)))
      : [];
    if (second) throw new Refusal('conflict', 'They stand in this line already.', 'visitId');
    const { language, address, entrance, phone, synthetic } = own.patient;
    const row = { id: visitId, unitId, patientId, startsAt: now, queuedAt: now, place: '', address, entrance, callbackPhone: phone };
    await tx.insert(visits).values({
      ...row,
      language,
      synthetic,
      state: 'requested',
      bookedBy: actor.userId,
      answers: JSON.stringify(answers satisfies Answer[]),
    });
    await writeAudit(tx, { actorId: actor.userId, action: 'visit.queue', subjectId: visitId, visitId, unitId, patientId });
    const [made] = (await placesOf(tx, actor.userId, now)).filter((one) => one.visitId === visitId);
    if (!made) throw new Error('no place was made');
    return made;
  });
  ctx.hub.listChanged(unitId, [actor.userId]);
  return place;
}

/** Twice is once. @throws {Refusal} `not_found` for another's place; `ended` once they are called up. */
export async function leaveLine(ctx: Context, actor: Actor, visitId: string, now: Date): Promise<void> {
  require_(may(actor, 'visits.own', null));
  const state = await changeVisit(ctx, visitId, actor.userId, async ({ before, stage, audit }) => {
    if (before.patient.userId !== actor.userId || !before.queuedAt) throw noSuchVisit();
    if (before.stage === 'cancelled') return false;
    if (before.calledAt) throw new Refusal('ended', 'They have been called up.');
    await stage('cancelled', { endedAt: now, closingReason: null });
    await audit('visit.leaveQueue');
    return true;
  });
  ctx.hub.listChanged(state.unitId, [actor.userId]);
}
