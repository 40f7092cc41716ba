import { and, asc, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Colleague } from '../../contract/booking.ts';
import { require_ } from '../../contract/refusal.ts';
import { assignments, units, users } from '../../drizzle/schema/index.ts';
import { coveredBy } from '../access/agreements.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { careRoles, careUnitsOf, may, physicianRoles } from '../policies.ts';

const mostFound = 60;

/** Staff who can be asked to a visit, the actor's own units first. Their work is no secret; whom they care for is. */
export async function findColleagues(ctx: Context, actor: Actor, search: string, physicians = false): Promise<Colleague[]> {
  require_(may(actor, 'colleagues.read', null));
  const pattern = `%${search.toLowerCase().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const organisationIds = [...new Set(actor.assignments.map(({ organisationId }) => organisationId))];
  const own = inArray(assignments.unitId, careUnitsOf(actor));
  return ctx.db
    .select({
      userId: users.id,
      unitId: units.id,
      unitName: units.name,
      name: users.name,
      role: assignments.role,
      place: users.place,
      covered: coveredBy(organisationIds, units.organisationId, new Date().toISOString().slice(0, 10)),
    })
    .from(assignments)
    .innerJoin(users, eq(users.id, assignments.userId))
    .innerJoin(units, eq(units.id, assignments.unitId))
    .where(
      and(
        isNull(assignments.endedAt),
        inArray(assignments.role, physicians ? [...physicianRoles] : [...careRoles, 'needsAssessor']),
        or(
          sql`lower(${users.name}) like ${pattern}`,
          sql`lower(${users.place}) like ${pattern}`,
          sql`lower(${units.name}) like ${pattern}`,
        ),
      ),
    )
    .orderBy(sql`${own} desc`, asc(units.name), asc(users.place), asc(assignments.role))
    .limit(mostFound);
}
