/** Whom and what a visit takes up: never two at once, unless somebody wants it so and says why. */
import { and, eq, gt, inArray, isNull, ne, or, sql } from 'drizzle-orm';
import { Refusal } from '../../contract/refusal.ts';
import type { Db, Tx } from '../../drizzle/client.ts';
import type { Span } from '../../drizzle/range.ts';
import { bookings, resources, units } from '../../drizzle/schema/index.ts';

type Timed = { startsAt: Date; durationMinutes: number; minutesBefore: number; minutesAfter: number };

const minute = 60_000;

/** With what is kept free around it. */
export const spanOf = ({ startsAt, durationMinutes, minutesBefore, minutesAfter }: Timed): Span => ({
  from: new Date(startsAt.getTime() - minutesBefore * minute),
  until: new Date(startsAt.getTime() + (durationMinutes + minutesAfter) * minute),
});

/** What is taken: `user` or `resource`, by id. */
/** For what it is taken. */
export type For = { visitId: string } | { roundId: string };

export type Taken = { kind: 'user' | 'resource'; id: string };

/**
 * Books people and things for a visit or a round. In one order, so that two who book the same do not wait for each other in a ring.
 *
 * @param doubled - why those that are taken are booked all the same; null refuses.
 * @throws {Refusal} `conflict`, naming `taken.ID` for the first that is.
 */
export async function take(tx: Tx, purpose: For, during: Span, wanted: Taken[], doubled: string | null): Promise<void> {
  if (wanted.length === 0) return;
  const sorted = wanted.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  await waitForTurn(
    tx,
    sorted.map(({ id }) => id),
  );
  const lanes = await lanesTaken(tx, sorted, during, 'visitId' in purpose ? purpose.visitId : null);
  const first = sorted.find(({ id }) => lanes.has(id));
  if (first && doubled === null) throw new Refusal('conflict', 'Somebody or something is taken at that time.', `taken.${first.id}`);
  const rows = sorted.map(({ kind, id }) => {
    const lane = (lanes.get(id) ?? -1) + 1;
    const whose = kind === 'user' ? { userId: id } : { resourceId: id };
    return { ...purpose, during, lane, reason: lane > 0 ? (doubled ?? '') : '', ...whose };
  });
  await tx.insert(bookings).values(rows);
}

/**
 * One at a time for each person and thing, in the order of their ids, until the transaction ends. Two who insert what
 * excludes the other at the same instant would else each wait for the other until PostgreSQL ends one of them, a second later.
 */
async function waitForTurn(tx: Tx, sortedIds: string[]): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(id, 0)) from unnest(${sql.param(sortedIds)}::text[]) as id`);
}

/** Moves all that a visit takes up. @throws {Refusal} `conflict`, as `take`: also what was booked double needs its reason anew. */
export async function shift(tx: Tx, visitId: string, during: Span, doubled: string | null): Promise<void> {
  const held = await tx.delete(bookings).where(eq(bookings.visitId, visitId)).returning();
  await take(tx, { visitId }, during, held.map(takenOf), doubled);
}

/** Whether anything overlaps is asked when the transaction ends: for those who change places. */
export const later = async (tx: Tx): Promise<void> => {
  await tx.execute(sql`set constraints nobody_twice, nothing_twice deferred`);
};

/** Moves all that a visit takes up, each in its lane; what overlaps is found at the end. */
export const shiftTogether = async (tx: Tx, visitId: string, during: Span): Promise<void> => {
  await tx.update(bookings).set({ during }).where(eq(bookings.visitId, visitId));
};

export const takenOf = ({ userId, resourceId }: { userId: string | null; resourceId: string | null }): Taken =>
  userId === null ? { kind: 'resource', id: resourceId ?? '' } : { kind: 'user', id: userId };

export const release = async (tx: Tx, visitId: string, { id }: Taken): Promise<void> => {
  await tx.delete(bookings).where(and(eq(bookings.visitId, visitId), or(eq(bookings.userId, id), eq(bookings.resourceId, id))));
};

/** A visit that is not held takes up nothing; one that ended early leaves the rest of its time. */
export async function releaseFrom(tx: Tx, purpose: For, now: Date | null): Promise<void> {
  const ofVisit = 'visitId' in purpose ? eq(bookings.visitId, purpose.visitId) : eq(bookings.roundId, purpose.roundId);
  if (now === null) {
    await tx.delete(bookings).where(ofVisit);
    return;
  }
  const at = sql`${now.toISOString()}::timestamptz`;
  await tx.delete(bookings).where(and(ofVisit, sql`lower(${bookings.during}) >= ${at}`));
  await tx
    .update(bookings)
    .set({ during: sql`tstzrange(lower(${bookings.during}), ${at})` })
    .where(and(ofVisit, sql`upper(${bookings.during}) > ${at}`));
}

/** The highest lane in which each is taken then; those that are free are not in it. */
export async function lanesTaken(tx: Tx | Db, wanted: Taken[], during: Span, butVisitId: string | null): Promise<Map<string, number>> {
  const of = (kind: Taken['kind']): string[] => wanted.filter((one) => one.kind === kind).map(({ id }) => id);
  const rows = await tx
    .select({ userId: bookings.userId, resourceId: bookings.resourceId, lane: bookings.lane })
    .from(bookings)
    .where(
      and(
        or(inArray(bookings.userId, of('user')), inArray(bookings.resourceId, of('resource'))),
        sql`${bookings.during} && tstzrange(${during.from.toISOString()}, ${during.until.toISOString()})`,
        butVisitId === null ? undefined : or(isNull(bookings.visitId), ne(bookings.visitId, butVisitId)),
      ),
    );
  const lanes = new Map<string, number>();
  for (const row of rows) {
    const { id } = takenOf(row);
    lanes.set(id, Math.max(lanes.get(id) ?? 0, row.lane));
  }
  return lanes;
}

/** @throws {Refusal} `invalid`, naming `resourceIds`, for what is not there, or of another care provider. */
export async function resourcesOf(tx: Tx, unitId: string, resourceIds: string[]): Promise<Taken[]> {
  if (resourceIds.length === 0) return [];
  const own = tx.select({ id: units.organisationId }).from(units).where(eq(units.id, unitId));
  const rows = await tx
    .select({ id: resources.id })
    .from(resources)
    .innerJoin(units, eq(units.id, resources.unitId))
    .where(and(inArray(resources.id, resourceIds), sql`${resources.endedAt} is null`, inArray(units.organisationId, own)));
  if (rows.length !== new Set(resourceIds).size) throw new Refusal('invalid', 'resourceIds: names what is not there', 'resourceIds');
  return rows.map(({ id }) => ({ kind: 'resource', id }));
}

/** Whether anything coming has it. */
export async function isBookedAfter(tx: Tx, resourceId: string, now: Date): Promise<boolean> {
  const after = gt(sql`upper(${bookings.during})`, sql`${now.toISOString()}::timestamptz`);
  const rows = await tx
    .select({ id: bookings.id })
    .from(bookings)
    .where(and(eq(bookings.resourceId, resourceId), after))
    .limit(1);
  return rows.length > 0;
}
