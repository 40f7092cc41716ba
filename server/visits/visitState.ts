import { asc, eq } from 'drizzle-orm';
import type { VisitState as Stage } from '../../contract/visits.ts';
import type { Db, Tx } from '../../drizzle/client.ts';
import { participants, placements, units, users, visits } from '../../drizzle/schema/index.ts';

export type Person = typeof participants.$inferSelect & {
  user: Pick<typeof users.$inferSelect, 'kind' | 'name' | 'role' | 'place'>;
};
export type Placement = Pick<typeof placements.$inferSelect, 'nodeId' | 'instanceId' | 'epoch'>;

/** A visit with everybody on it and the place of its media room, at one revision. */
export type VisitState = {
  visitId: string;
  revision: number;
  stage: Stage;
  startsAt: Date;
  patientName: string;
  place: string;
  unit: { name: string; phone: string };
  placement: Placement | null;
  people: Person[];
};

/** Null if there is no such visit. `lock` keeps others from changing it until the transaction ends. */
export async function loadVisit(tx: Db | Tx, visitId: string, lock = false): Promise<VisitState | null> {
  const query = tx
    .select({ visit: visits, unit: units, placement: placements })
    .from(visits)
    .innerJoin(units, eq(units.id, visits.unitId))
    .leftJoin(placements, eq(placements.visitId, visits.id))
    .where(eq(visits.id, visitId));
  const [row] = lock ? await query.for('update', { of: visits }) : await query;
  if (!row) return null;
  const { revision, state: stage, startsAt, patientName, place } = row.visit;
  return {
    visitId,
    revision,
    stage,
    startsAt,
    patientName,
    place,
    unit: row.unit,
    placement: row.placement,
    people: await loadPeople(tx, visitId),
  };
}

async function loadPeople(tx: Db | Tx, visitId: string): Promise<Person[]> {
  const rows = await tx
    .select({ person: participants, user: { kind: users.kind, name: users.name, role: users.role, place: users.place } })
    .from(participants)
    .innerJoin(users, eq(users.id, participants.userId))
    .where(eq(participants.visitId, visitId))
    .orderBy(asc(participants.id));
  return rows.map(({ person, user }) => ({ ...person, user }));
}
