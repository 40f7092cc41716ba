import { and, asc, eq, gte, inArray, isNotNull, isNull, lt, ne, notInArray, or } from 'drizzle-orm';
import { Temporal } from 'temporal-polyfill';
import { require_ } from '../../contract/refusal.ts';
import type { VisitListed } from '../../contract/visits.ts';
import type { Tx } from '../../drizzle/client.ts';
import { interpretations, invitations, participants, patients, placements, units, visits } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import { runningConsents } from '../consent/running.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { careUnitsOf } from '../policies.ts';
import { careZone } from '../scheduling/careZone.ts';
import { listed } from './views.ts';
import { type Person, patientColumns, stateOf, unitColumns } from './visitState.ts';

/** Start and end of the day that `now` falls in, in Sweden. */
export function careDay(now: Date): { from: Date; to: Date } {
  return dayFrom(Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(careZone).startOfDay());
}

/** The hour of the day in Sweden, 0 to 23. */
export const hourIn = (at: Date): number => Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(careZone).hour;

/** Start and end of a date, in Sweden. */
export const careDate = (date: string): { from: Date; to: Date } => dayFrom(Temporal.PlainDate.from(date).toZonedDateTime(careZone));

/** The date in Sweden, YYYY-MM-DD. */
export const careDateOf = (at: Date): string =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(careZone).toPlainDate().toString();

const dayFrom = (start: Temporal.ZonedDateTime): { from: Date; to: Date } => ({
  from: new Date(start.epochMilliseconds),
  to: new Date(start.add({ days: 1 }).epochMilliseconds),
});

/**
 * A day's visits of the actor's care units, and those elsewhere that they have a seat in by an assignment that holds, in
 * order of time: four statements, however many there are.
 */
export async function visitsOf(ctx: Context, actor: Actor, { from, to }: { from: Date; to: Date }): Promise<VisitListed[]> {
  require_(actor.kind === 'staff');
  const unitIds = careUnitsOf(actor);
  const held = actor.assignments.map(({ unitId }) => unitId);
  return ctx.db.transaction(async (tx) => {
    const seated = tx
      .select({ visitId: participants.visitId })
      .from(participants)
      .where(
        and(
          eq(participants.userId, actor.userId),
          gte(participants.startsAt, from),
          lt(participants.startsAt, to),
          eq(participants.seat, 'own'),
          ne(participants.status, 'removed'),
          inArray(participants.unitId, held),
        ),
      );
    const asked = tx
      .select({ visitId: participants.visitId })
      .from(participants)
      .where(and(eq(participants.userId, actor.userId), isNotNull(participants.answers)));
    const ofUnits = tx
      .select({ visitId: visits.id })
      .from(visits)
      .where(
        and(
          inArray(visits.unitId, unitIds),
          gte(visits.startsAt, from),
          lt(visits.startsAt, to),
          notInArray(visits.state, ['requested', 'triaged']), // they have no time yet
        ),
      );
    const rows = await tx
      .select({ visit: visits, unit: unitColumns, patient: patientColumns, placement: placements, interpretation: interpretations })
      .from(visits)
      .innerJoin(units, eq(units.id, visits.unitId))
      .innerJoin(patients, eq(patients.id, visits.patientId))
      .leftJoin(placements, eq(placements.visitId, visits.id))
      .leftJoin(interpretations, eq(interpretations.visitId, visits.id))
      // Those of a round stand in it; but whoever is asked into one of them with a question knows of no round.
      .where(and(inArray(visits.id, seated.union(ofUnits)), or(isNull(visits.roundId), inArray(visits.id, asked))))
      .orderBy(asc(visits.startsAt), asc(visits.id));
    const people = await peopleOf(
      tx,
      rows.map(({ visit }) => visit.id),
    );
    await writeAudit(tx, { actorId: actor.userId, action: 'visits.list', unitId: unitIds[0] ?? null, detail: { listed: rows.length } });
    const consents = await runningConsents(tx, [...new Set(rows.map(({ patient }) => patient.id))]);
    return rows.map((row) => listed(stateOf(row, people.get(row.visit.id) ?? [], consents.get(row.patient.id) ?? []), actor.userId));
  });
}

async function peopleOf(tx: Tx, visitIds: string[]): Promise<Map<string, Person[]>> {
  if (visitIds.length === 0) return new Map();
  const rows = await tx
    .select({ person: participants, failedCodes: invitations.failures })
    .from(participants)
    .leftJoin(invitations, eq(invitations.participantId, participants.id))
    .where(inArray(participants.visitId, visitIds))
    .orderBy(asc(participants.id));
  return Map.groupBy(
    rows.map(({ person, failedCodes }) => ({ ...person, failedCodes: failedCodes ?? 0 })),
    ({ visitId }) => visitId,
  );
}
