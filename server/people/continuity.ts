/** Whom a patient has met, whom they are to meet, and what is planned. */
import { and, asc, desc, eq, gt, inArray, lte, type SQL, sql } from 'drizzle-orm';
import type { Continuity } from '../../contract/continuity.ts';
import { require_ } from '../../contract/refusal.ts';
import { staffRoles } from '../../contract/units.ts';
import type { Tx } from '../../drizzle/client.ts';
import { participants, units, users, visits } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import { reachOf } from '../access/openings.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { may } from '../policies.ts';
import { alternates, alternationAt, inPerson } from '../scheduling/alternation.ts';
import { physicianFor } from './fixedPhysician.ts';
import { isStaffRole, meetingsSince, metOf, physicianContactsOf } from './meetings.ts';
import { patientFor } from './patients.ts';

const mostAhead = 6;
const awaited = inArray(visits.state, ['booked', 'checked_in', 'waiting']);

function yearBefore(now: Date): Date {
  const then = new Date(now);
  then.setUTCFullYear(then.getUTCFullYear() - 1);
  return then;
}

/**
 * Of the visits that the actor sees, as in the list of them: what another unit has blocked is not counted either. As many
 * statements however many visits there are.
 */
export async function continuityOf(ctx: Context, actor: Actor, patientId: string, now: Date): Promise<Continuity> {
  return ctx.db.transaction(async (tx) => {
    const { row, unitIds, opened } = await patientFor(tx, actor, patientId);
    const { organisationId, fixedPhysicianId, version } = row;
    require_(may(actor, 'patient.visits', { unitIds, organisationId, opened }));
    const inReach = await reachOf(tx, actor, patientId);
    const theirs = and(eq(visits.patientId, patientId), inReach(visits.unitId));
    const meetings = await meetingsSince(tx, theirs, yearBefore(now));
    await writeAudit(tx, { actorId: actor.userId, action: 'patient.visits', patientId, detail: { continuity: true } });
    return {
      fixedPhysician: fixedPhysicianId === null ? null : await physicianFor(tx, fixedPhysicianId, organisationId, now),
      version,
      mayChange: may(actor, 'patient.change', { unitIds, organisationId }),
      met: metOf(meetings),
      physicianContacts: physicianContactsOf(meetings, fixedPhysicianId),
      ...(await physicalAround(tx, theirs, now)),
      alternations: await alternationsAt(tx, patientId, and(inArray(units.id, unitIds), inReach(units.id))),
      ahead: await aheadOf(tx, theirs, now),
    };
  });
}

/** The visits in person before and after now. */
async function physicalAround(tx: Tx, theirs: SQL | undefined, now: Date): Promise<Pick<Continuity, 'lastPhysicalAt' | 'nextPhysicalAt'>> {
  const { startsAt } = visits;
  const been = and(alternates, lte(startsAt, now));
  const planned = and(awaited, gt(startsAt, now));
  const [row] = await tx
    .select({
      last: sql<Date | null>`max(${startsAt}) filter (where ${been})`.mapWith(startsAt),
      next: sql<Date | null>`min(${startsAt}) filter (where ${planned})`.mapWith(startsAt),
    })
    .from(visits)
    .where(and(theirs, inPerson));
  return { lastPhysicalAt: row?.last?.toISOString() ?? null, nextPhysicalAt: row?.next?.toISOString() ?? null };
}

/** Each unit has a rule and a count of its own; a patient has few units. */
async function alternationsAt(tx: Tx, patientId: string, which: SQL | undefined): Promise<Continuity['alternations']> {
  const at = await tx
    .select({ unitId: units.id, unitName: units.name, every: units.physicalEvery })
    .from(units)
    .where(which)
    .orderBy(asc(units.name));
  const found: Continuity['alternations'] = [];
  for (const { unitName, ...unit } of at) found.push({ unitId: unit.unitId, unitName, ...(await alternationAt(tx, unit, patientId)) });
  return found;
}

/** The next visits, with whom: one statement. */
async function aheadOf(tx: Tx, theirs: SQL | undefined, now: Date): Promise<Continuity['ahead']> {
  const next = tx
    .select({ id: visits.id, startsAt: visits.startsAt, modality: visits.modality, state: visits.state })
    .from(visits)
    .where(and(theirs, awaited, gt(visits.startsAt, now)))
    .orderBy(asc(visits.startsAt), asc(visits.id))
    .limit(mostAhead)
    .as('next');
  const asked = and(eq(participants.visitId, next.id), eq(participants.seat, 'own'), eq(participants.status, 'admitted'));
  const rows = await tx
    .select({
      ...{ id: next.id, startsAt: next.startsAt, modality: next.modality, state: next.state },
      seat: { userId: participants.userId, role: participants.role, place: participants.place, name: participants.name },
      account: users.name,
    })
    .from(next)
    .leftJoin(participants, and(asked, inArray(participants.role, [...staffRoles])))
    .leftJoin(users, eq(users.id, participants.userId))
    .orderBy(asc(next.startsAt), asc(next.id), desc(participants.host), asc(participants.id));
  return [...Map.groupBy(rows, ({ id }) => id).values()].flatMap((seats) => {
    const [first] = seats;
    if (!first) return [];
    const { id, startsAt, modality, state } = first;
    const staff = seats.flatMap(({ seat, account }) =>
      seat && isStaffRole(seat.role) ? [{ ...seat, role: seat.role, name: seat.name ?? account }] : [],
    );
    return [{ id, startsAt: startsAt.toISOString(), modality, state, staff }];
  });
}
