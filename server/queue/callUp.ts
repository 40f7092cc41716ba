/** The staff's part: who waits, calling somebody up, sending somebody on. */
import { and, asc, eq, inArray, ne } from 'drizzle-orm';
import type { z } from 'zod';
import { answer } from '../../contract/forms.ts';
import type { Queued, QueueSettings, queueRoutes } from '../../contract/queue.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import { careRelations, participants, patients, units, visits } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { listedPatient } from '../people/patients.ts';
import { may } from '../policies.ts';
import { spanOf, take } from '../scheduling/bookings.ts';
import { racing } from '../scheduling/racing.ts';
import { patientSeat, staffSeats } from '../scheduling/seatsOf.ts';
import { type Change, changeVisit, noSuchVisit } from '../visits/changeVisit.ts';
import { lineOf, nextInLine } from './line.ts';
import { plans, queueUnits, settingsOf } from './settings.ts';

/** @throws {Refusal} `forbidden` for one who does not care for the unit's patients. */
export async function queueOf(
  ctx: Context,
  actor: Actor,
  unitId: string,
): Promise<{ waiting: Queued[]; settings: QueueSettings; mayChange: boolean }> {
  return ctx.db.transaction(async (tx) => {
    const cares = may(actor, 'visit.book', { unitId });
    const mayChange = await plans(tx, actor, unitId);
    require_(cares || mayChange);
    const line = cares ? (await lineOf(tx, unitId)).map(({ id }) => id) : [];
    const rows = line.length
      ? await tx
          .select({ visit: visits, patient: patients, from: units.name })
          .from(visits)
          .innerJoin(patients, eq(patients.id, visits.patientId))
          .leftJoin(units, eq(units.id, visits.handedFrom))
          .where(inArray(visits.id, line))
      : [];
    await writeAudit(tx, { actorId: actor.userId, action: 'queue.list', unitId, detail: { listed: rows.length } });
    const waiting = line.flatMap((id) => {
      const row = rows.find(({ visit }) => visit.id === id);
      if (!row) return [];
      const { visit, patient, from } = row;
      const answers = answer.array().parse(JSON.parse(visit.answers ?? '[]'));
      const { priority } = visit;
      return [
        {
          visitId: id,
          patient: listedPatient(patient),
          answers,
          priority,
          since: (visit.queuedAt ?? visit.startsAt).toISOString(),
          handedFrom: from,
          handedReason: visit.handedReason,
        },
      ];
    });
    return { waiting, settings: await settingsOf(tx, unitId), mayChange };
  });
}

/** @returns null if nobody waits. Two who press at once get one each. */
export async function callNext(
  ctx: Context,
  actor: Actor,
  unitId: string,
  minutes: number,
  now: Date,
): Promise<{ visitId: string } | null> {
  require_(may(actor, 'visit.book', { unitId }));
  for (;;) {
    // The row is let go of before it is called up: whoever is faster has it, and the slower takes the next.
    const visitId = await ctx.db.transaction((tx) => nextInLine(tx, unitId));
    if (visitId === null) return null;
    try {
      await callUp(ctx, actor, visitId, minutes, now);
      return { visitId };
    } catch (error) {
      if (!(error instanceof Refusal && error.field === 'called')) throw error;
    }
  }
}

/**
 * Becomes a visit that begins now, led by the actor; the patient's page opens the door.
 *
 * @throws {Refusal} `conflict`, naming `called` if somebody else was first, or `taken.ID` if the actor is booked now.
 */
export async function callUp(ctx: Context, actor: Actor, visitId: string, minutes: number, now: Date): Promise<void> {
  const call = async (change: Change): Promise<boolean> => {
    const { tx, before, stage, audit } = change;
    const held = requireWaiting(actor, change);
    const visit = { visitId, startsAt: now };
    await stage('booked', { startsAt: now, durationMinutes: minutes, calledAt: now, place: before.place || '–', bookedBy: actor.userId });
    const led = [{ userId: actor.userId, unitId: held, host: true, atBedside: false }];
    await tx.insert(participants).values([...(await staffSeats(tx, visit, led)), patientSeat(visit, before.patient)]);
    const span = spanOf({ startsAt: now, durationMinutes: minutes, minutesBefore: 0, minutesAfter: 0 });
    await take(tx, { visitId }, span, [{ kind: 'user', id: actor.userId }], null);
    await audit('visit.call');
    return true;
  };
  const state = await racing(() => changeVisit(ctx, visitId, actor.userId, call));
  ctx.hub.listChanged(state.unitId, [state.patient.userId]);
}

/** Where one who waits may be sent on: units that have a queue. */
export async function siblingsOf(ctx: Context, actor: Actor, unitId: string): Promise<{ id: string; name: string }[]> {
  require_(may(actor, 'visit.book', { unitId }));
  const own = ctx.db.select({ id: units.organisationId }).from(units).where(eq(units.id, unitId));
  return ctx.db
    .select({ id: units.id, name: units.name })
    .from(units)
    .where(and(inArray(units.organisationId, own), ne(units.id, unitId), inArray(units.id, queueUnits(ctx.db))))
    .orderBy(asc(units.name));
}

type SendOn = z.output<(typeof queueRoutes)['POST /api/visits/:visitId/send-on']['body']>;

/** They keep the time since which they wait; the other unit gets a care relation, as it is to care for them. */
export async function sendOn(ctx: Context, actor: Actor, visitId: string, { unitId, reason }: SendOn, now: Date): Promise<void> {
  let former = '';
  const state = await changeVisit(ctx, visitId, actor.userId, async (change) => {
    const { tx, before, set, audit } = change;
    former = requireWaiting(actor, change);
    const [own] = await tx.select({ id: units.organisationId }).from(units).where(eq(units.id, before.unitId));
    const [other] = await tx
      .select({ id: units.id })
      .from(units)
      .where(and(eq(units.id, unitId), eq(units.organisationId, own?.id ?? ''), inArray(units.id, queueUnits(tx))));
    if (!other || unitId === before.unitId)
      throw new Refusal('invalid', 'unitId: is no other unit of the organisation with a queue', 'unitId');
    await tx.insert(careRelations).values({ patientId: before.patientId, unitId, startedAt: now }).onConflictDoNothing();
    await tx.update(visits).set({ unitId }).where(eq(visits.id, visitId));
    await set({ handedFrom: before.unitId, handedReason: reason });
    await audit('visit.sendOn', visitId, { to: unitId });
    return true;
  });
  for (const at of [former, unitId]) ctx.hub.listChanged(at, [state.patient.userId]);
}

/** @returns the unit that the actor acts at. @throws {Refusal} */
function requireWaiting(actor: Actor, { before }: Change): string {
  if (!may(actor, 'visit.read', before)) throw noSuchVisit();
  require_(may(actor, 'visit.book', before));
  if (!before.queuedAt) throw new Refusal('conflict', 'They stand in no line.', 'visitId');
  if (before.calledAt || (before.stage !== 'requested' && before.stage !== 'triaged'))
    throw new Refusal('conflict', 'They have been called up already, or have left.', 'called');
  return before.unitId;
}
