/** Who is asked to a visit becomes a seat. */
import { randomUUID } from 'node:crypto';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { StaffSeat } from '../../contract/booking.ts';
import { Refusal } from '../../contract/refusal.ts';
import type { Tx } from '../../drizzle/client.ts';
import { assignments, type participants, type patients, relatives, users } from '../../drizzle/schema/index.ts';

export type NewSeat = typeof participants.$inferInsert;
type OfVisit = Pick<NewSeat, 'visitId' | 'startsAt'>;

/**
 * Seats of staff, each by an assignment that holds: one statement.
 *
 * @throws {Refusal} `invalid` for one who has no such assignment.
 */
export async function staffSeats(tx: Tx, visit: OfVisit, staff: StaffSeat[]): Promise<NewSeat[]> {
  const wanted = inArray(
    assignments.userId,
    staff.map(({ userId }) => userId),
  );
  const rows = await tx
    .select({ userId: users.id, unitId: assignments.unitId, role: assignments.role, name: users.name, place: users.place })
    .from(assignments)
    .innerJoin(users, eq(users.id, assignments.userId))
    .where(and(wanted, isNull(assignments.endedAt)));
  return staff.map(({ userId, unitId, host, atBedside }) => {
    const row = rows.find((one) => one.userId === userId && one.unitId === unitId && one.role !== 'administrator');
    if (!row) throw new Refusal('invalid', 'staff: somebody does not work there', 'staff');
    return { ...visit, id: randomUUID(), ...row, host, atBedside, status: 'admitted' };
  });
}

/** Seats of relatives and representatives, each with an account of its own that opens nothing else: two statements. */
export async function relativeSeats(
  tx: Tx,
  visit: OfVisit,
  patientId: string,
  relativeIds: string[],
  synthetic: boolean,
): Promise<NewSeat[]> {
  if (relativeIds.length === 0) return [];
  const rows = await tx
    .select()
    .from(relatives)
    .where(and(inArray(relatives.id, relativeIds), eq(relatives.patientId, patientId), isNull(relatives.endedAt)));
  if (rows.length !== new Set(relativeIds).size)
    throw new Refusal('invalid', 'relativeIds: somebody is not close to this patient', 'relativeIds');
  const seats = rows.map(({ id: relativeId, name, role, relation }) => {
    const seat = { ...visit, id: randomUUID(), userId: randomUUID(), relativeId, name, role, place: relation ?? '' };
    return seat satisfies NewSeat;
  });
  await tx.insert(users).values(seats.map(({ userId: id, name }) => ({ id, kind: 'guest' as const, name, place: '', synthetic })));
  return seats;
}

/** An account that opens this visit and nothing else. */
async function guestSeat(
  tx: Tx,
  visit: OfVisit,
  { name, place, role }: { name: string | null; place: string; role: 'interpreter' | 'observer' | 'principal' },
  synthetic: boolean,
): Promise<NewSeat> {
  const userId = randomUUID();
  await tx.insert(users).values({ id: userId, kind: 'guest', name, place, synthetic });
  return { ...visit, id: randomUUID(), userId, name, role, place };
}

export const observerSeat = (tx: Tx, visit: OfVisit, name: string, synthetic: boolean): Promise<NewSeat> =>
  guestSeat(tx, visit, { name, place: '', role: 'observer' }, synthetic);

/** Somebody who comes for a party to a plan. */
export const principalSeat = async (
  tx: Tx,
  visit: OfVisit,
  { partyId, name }: { partyId: string; name: string },
  synthetic: boolean,
): Promise<NewSeat> => ({ ...(await guestSeat(tx, visit, { name, place: '', role: 'principal' }, synthetic)), partyId });

/** Interpreters stand by their number: who they are is the agency's to know. */
export const interpreterSeat = (tx: Tx, visit: OfVisit, number: string, synthetic: boolean): Promise<NewSeat> =>
  guestSeat(tx, visit, { name: null, place: number, role: 'interpreter' }, synthetic);

export const patientSeat = (visit: OfVisit, patient: Pick<typeof patients.$inferSelect, 'userId' | 'name'>): NewSeat => ({
  ...visit,
  id: randomUUID(),
  userId: patient.userId,
  name: patient.name,
  role: 'patient',
  place: '',
});
