/** A unit's days, as its calendar draws them. */
import { and, asc, eq, gte, isNull, lt, ne, notInArray, sql } from 'drizzle-orm';
import { Temporal } from 'temporal-polyfill';
import type { CalendarEntry, UnitCalendar } from '../../contract/calendar.ts';
import { Refusal } from '../../contract/refusal.ts';
import type { VisitState } from '../../contract/visits.ts';
import type { Tx } from '../../drizzle/client.ts';
import { assignments, bookings, patients, visits, visitTypes } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { may } from '../policies.ts';
import { careZone } from './careZone.ts';

/** What has no time yet, and what is not held, takes up no place. */
const absent: VisitState[] = ['requested', 'triaged', 'cancelled', 'converted_to_physical', 'tech_failed'];

/** So many days are drawn by the hour, with what staff do elsewhere. */
const mostByTheHour = 7;

const ofVisit = {
  visitId: visits.id,
  startsAt: visits.startsAt,
  minutes: visits.durationMinutes,
  state: visits.state,
  preliminary: visits.preliminary,
  modality: visits.modality,
  type: visitTypes.name,
  place: visits.place,
  inSeries: sql<boolean>`${visits.seriesId} is not null and exists (
    select from visits later where later.series_id = ${visits.seriesId} and later.starts_at > ${visits.startsAt})`,
  version: visits.detailsVersion,
  patient: { name: patients.name, birthDate: patients.birthDate, protectedIdentity: patients.protectedIdentity },
  staff: sql<CalendarEntry['staff']>`(
    select coalesce(json_agg(json_build_object('userId', user_id, 'name', name, 'role', role, 'place', place) order by host desc, id), '[]')
    from participants where visit_id = ${visits.id} and seat = 'own' and status <> 'removed' and unit_id is not null)`,
  resources: sql<CalendarEntry['resources']>`(
    select coalesce(json_agg(json_build_object('id', resources.id, 'name', resources.name, 'kind', kind) order by kind, resources.name), '[]')
    from bookings join resources on resources.id = bookings.resource_id where bookings.visit_id = ${visits.id})`,
};

/**
 * One statement and the audit row, however many days and visits; for a week at most one more, for what staff do elsewhere.
 *
 * @throws {Refusal} `not_found` for a unit out of reach.
 */
export async function readCalendar(
  ctx: Context,
  actor: Actor,
  unitId: string,
  { from, days }: { from: string; days: number },
): Promise<UnitCalendar> {
  if (!may(actor, 'visit.book', { unitId })) throw new Refusal('not_found', 'There is no such unit.', 'unitId');
  const first = Temporal.PlainDate.from(from).toZonedDateTime(careZone);
  const begins = new Date(first.epochMilliseconds);
  const ends = new Date(first.add({ days }).epochMilliseconds);
  return ctx.db.transaction(async (tx) => {
    const rows = await tx
      .select(ofVisit)
      .from(visits)
      .innerJoin(patients, eq(patients.id, visits.patientId))
      .leftJoin(visitTypes, eq(visitTypes.id, visits.typeId))
      .where(and(eq(visits.unitId, unitId), gte(visits.startsAt, begins), lt(visits.startsAt, ends), notInArray(visits.state, absent)))
      .orderBy(asc(visits.startsAt), asc(visits.id));
    const busy = days > mostByTheHour ? [] : await busyElsewhere(tx, unitId, begins, ends);
    await writeAudit(tx, { actorId: actor.userId, action: 'visits.list', unitId, detail: { listed: rows.length } });
    const entries = rows.map(({ startsAt, patient: { name, birthDate, protectedIdentity }, place, ...row }) => ({
      ...row,
      startsAt: startsAt.toISOString(),
      place: protectedIdentity ? null : place,
      patient: { name, birthYear: Number(birthDate.slice(0, 4)) },
    }));
    return { entries, busy };
  });
}

/** When, not for whom or what. */
async function busyElsewhere(tx: Tx, unitId: string, begins: Date, ends: Date): Promise<UnitCalendar['busy']> {
  const rows = await tx
    .selectDistinct({ userId: assignments.userId, during: bookings.during })
    .from(assignments)
    .innerJoin(bookings, eq(bookings.userId, assignments.userId))
    .innerJoin(visits, and(eq(visits.id, bookings.visitId), ne(visits.unitId, unitId)))
    .where(
      and(
        eq(assignments.unitId, unitId),
        isNull(assignments.endedAt),
        sql`${bookings.during} && tstzrange(${begins.toISOString()}, ${ends.toISOString()})`,
      ),
    );
  return rows.map(({ userId, during }) => ({ userId, from: during.from.toISOString(), until: during.until.toISOString() }));
}
