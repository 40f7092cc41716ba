import { randomUUID } from 'node:crypto';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import type { bookingRoutes, VisitDetails } from '../../contract/booking.ts';
import type { IssuedCode } from '../../contract/codes.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import type { Modality } from '../../contract/scheduling.ts';
import type { Tx } from '../../drizzle/client.ts';
import { careRelations, participants, patients, units, visits, visitTypes } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import { inviteWithConsent } from '../consent/invitation.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { placeOrder } from '../interpreting/orders.ts';
import { tell } from '../notifications/tell.ts';
import { livesHere } from '../people/patients.ts';
import { phoneOrNull } from '../people/phones.ts';
import { may } from '../policies.ts';
import { resourcesOf, spanOf, take } from './bookings.ts';
import { codeExpiry, invite } from './invite.ts';
import { racing } from './racing.ts';
import { patientSeat, relativeSeats, staffSeats } from './seatsOf.ts';

type Booking = z.output<(typeof bookingRoutes)['POST /api/visits']['body']>;

const minute = 60_000;
/** A visit "now" may have been filled in for a while. */
const lateMs = 30 * minute;
/** How far ahead anything is booked. */
export const furthestMs = 2 * 365 * 24 * 60 * minute;

/** @throws {Refusal} `invalid`, naming `startsAt`, for what is past or too far ahead; `callbackPhone`. */
export function checkedDetails({ startsAt, callbackPhone, ...rest }: VisitDetails, now: Date) {
  const begins = new Date(startsAt);
  const fromNow = begins.getTime() - now.getTime();
  if (fromNow < -lateMs) throw new Refusal('invalid', 'startsAt: is past', 'startsAt');
  if (fromNow > furthestMs) throw new Refusal('invalid', 'startsAt: is more than two years ahead', 'startsAt');
  return { ...rest, startsAt: begins, callbackPhone: phoneOrNull(callbackPhone, 'callbackPhone') };
}

/**
 * Books a visit for a patient of one of the actor's units. The number of statements does not grow with who comes.
 *
 * @returns the codes of those who come by link, in clear this once; none if the same booking came before.
 * @throws {Refusal} `not_found` for a unit or patient out of reach; `invalid`, naming the field; `conflict` if the id is another visit's.
 */
export async function bookVisit(
  ctx: Context,
  actor: Actor,
  booking: Booking,
  now: Date,
): Promise<{ visitId: string; codes: IssuedCode[] }> {
  const {
    visitId,
    unitId,
    patientId,
    patientComes: _,
    staff,
    relativeIds: __,
    consented: ___,
    outsideRegion,
    resourceIds: ____,
    typeId,
    doubled,
    interpreter: _____,
    suitability: ______,
    alsoAt,
    ...given
  } = booking;
  if (!may(actor, 'visit.book', { unitId })) throw new Refusal('not_found', 'There is no such unit.', 'unitId');
  require_(doubled === null || may(actor, 'booking.double', { unitId }));
  const details = checkedDetails(given, now);
  const later = alsoAt.map((startsAt) => checkedDetails({ ...given, startsAt }, now).startsAt);
  if (staff.filter(({ host }) => host).length !== 1) throw new Refusal('invalid', 'staff: one of them leads the visit', 'staff');
  if (new Set(staff.map(({ userId }) => userId)).size < staff.length) throw new Refusal('invalid', 'staff: names somebody twice', 'staff');
  const booked = await racing(() =>
    ctx.db.transaction(async (tx) => {
      const { patient, mark } = await patientAt(tx, patientId, unitId);
      const stranger = !patient.protectedIdentity && !livesHere(patient.municipality, ctx.demands.current());
      if (stranger && outsideRegion === null)
        throw new Refusal('conflict', 'outsideRegion: the patient does not live in the region', 'outsideRegion');
      const shared = { patient, mark, outsideRegion: stranger ? outsideRegion : null, typeId: await typeOf(tx, unitId, typeId) };
      const first = await bookOne(ctx, tx, actor, booking, { ...shared, visitId, startsAt: details.startsAt }, details, now);
      if (!first) return bookedBefore(tx, actor, booking);
      const userIds = new Set([patient.userId, ...first.userIds]);
      const codes = [...first.codes];
      for (const at of later) {
        const made = await bookOne(ctx, tx, actor, booking, { ...shared, visitId: randomUUID(), startsAt: at }, details, now);
        for (const userId of made?.userIds ?? []) userIds.add(userId);
        codes.push(...(made?.codes ?? []));
      }
      return { codes, userIds: [...userIds] };
    }),
  );
  ctx.hub.listChanged(unitId, booked.userIds);
  return { visitId, codes: booked.codes };
}

type One = {
  visitId: string;
  startsAt: Date;
  patient: typeof patients.$inferSelect;
  mark: string;
  outsideRegion: string | null;
  typeId: string | null;
};

/** One visit of a booking: the only one, or one of a series. Null if there is one with this id already. */
async function bookOne(
  ctx: Context,
  tx: Tx,
  actor: Actor,
  booking: Booking,
  { visitId, startsAt, patient, mark, outsideRegion, typeId }: One,
  details: ReturnType<typeof checkedDetails>,
  now: Date,
): Promise<{ codes: IssuedCode[]; userIds: string[] } | null> {
  const { unitId, patientId, patientComes, staff, relativeIds, consented, resourceIds, doubled, interpreter, suitability, alsoAt } =
    booking;
  const { synthetic } = patient;
  const row = {
    ...details,
    startsAt,
    id: visitId,
    seriesId: alsoAt.length > 0 ? booking.visitId : null,
    unitId,
    patientId,
    typeId,
    bookedBy: actor.userId,
    synthetic,
    preliminary: interpreter !== null,
    ...judged(suitability, details.modality),
    ...(outsideRegion === null ? {} : { outsideRegion }),
  };
  const made = await tx.insert(visits).values(row).onConflictDoNothing().returning({ id: visits.id });
  if (made.length === 0 && !(await tookRequest(tx, row))) return null;
  const visit = { visitId, startsAt };
  const guests = [
    ...(patientComes === 'ownDevice' ? [patientSeat(visit, patient)] : []),
    ...(await relativeSeats(tx, visit, patientId, relativeIds, synthetic)),
  ];
  const seats = [...(await staffSeats(tx, visit, staff)), ...guests];
  await tx.insert(participants).values(seats);
  const people = staff.map(({ userId }) => ({ kind: 'user' as const, id: userId }));
  await take(tx, { visitId }, spanOf({ ...details, startsAt }), [...people, ...(await resourcesOf(tx, unitId, resourceIds))], doubled);
  const asked = guests.map((seat) => ({ ...seat, consented: consented.includes(seat.relativeId ?? '') }));
  await inviteWithConsent(tx, { visitId, unitId, patient, invited: asked, actorId: actor.userId }, now);
  const invited = guests.map(({ id, name }) => ({ participantId: id, name: name ?? null }));
  if (interpreter) await placeOrder(ctx, tx, { visitId, unitId, patientId, actorId: actor.userId }, interpreter, now);
  const expiry = codeExpiry(startsAt, details.durationMinutes, now);
  const codes = interpreter ? [] : await invite(tx, ctx.env.SECRET, mark, invited, expiry);
  await tell(ctx, tx, visitId, { purpose: 'invitation', codes, isNew: true }, now);
  const detail = {
    ...(interpreter ? { preliminary: true } : {}),
    ...(outsideRegion === null ? {} : { outsideRegion: true }),
    ...(doubled === null ? {} : { doubled: true }),
  };
  await writeAudit(tx, { actorId: actor.userId, action: 'visit.book', subjectId: visitId, visitId, unitId, patientId, detail });
  return { codes, userIds: seats.map(({ userId }) => userId) };
}

/** @throws {Refusal} `invalid`, naming `suitabilityReason`, for video against what was answered without saying why. */
function judged(suitability: Booking['suitability'], modality: Modality) {
  if (!suitability) return {};
  const { reason, ...answers } = suitability;
  if (modality === 'video' && Object.values(answers).includes(false) && reason === null)
    throw new Refusal('invalid', 'suitabilityReason: is wanted where something speaks against video', 'suitabilityReason');
  return { suitability: answers, suitabilityReason: reason };
}

/** @throws {Refusal} `invalid`, naming `typeId`, for one of another unit, or one that is offered no more. */
async function typeOf(tx: Tx, unitId: string, typeId: string | null): Promise<string | null> {
  if (typeId === null) return null;
  const offered = and(eq(visitTypes.id, typeId), eq(visitTypes.unitId, unitId), isNull(visitTypes.endedAt));
  const [row] = await tx.select({ id: visitTypes.id }).from(visitTypes).where(offered);
  if (!row) throw new Refusal('invalid', 'typeId: is not offered by the unit', 'typeId');
  return row.id;
}

async function patientAt(tx: Tx, patientId: string, unitId: string) {
  const [row] = await tx
    .select({ patient: patients, mark: units.mark })
    .from(careRelations)
    .innerJoin(patients, eq(patients.id, careRelations.patientId))
    .innerJoin(units, eq(units.id, careRelations.unitId))
    .where(and(eq(careRelations.patientId, patientId), eq(careRelations.unitId, unitId)));
  if (!row) throw new Refusal('not_found', 'There is no such patient at this unit.', 'patientId');
  return row;
}

/** A request of this patient becomes the booking. */
async function tookRequest(tx: Tx, { id, ...row }: typeof visits.$inferInsert): Promise<boolean> {
  const taken = await tx
    .update(visits)
    .set({ ...row, state: 'booked' })
    .where(
      and(
        eq(visits.id, id),
        eq(visits.unitId, row.unitId),
        eq(visits.patientId, row.patientId),
        inArray(visits.state, ['requested', 'triaged']),
      ),
    )
    .returning({ id: visits.id });
  return taken.length > 0;
}

async function bookedBefore(
  tx: Tx,
  actor: Actor,
  { visitId, unitId, patientId }: Booking,
): Promise<{ codes: IssuedCode[]; userIds: string[] }> {
  const [row] = await tx.select().from(visits).where(eq(visits.id, visitId));
  const same = row?.bookedBy === actor.userId && row.unitId === unitId && row.patientId === patientId;
  if (!same) throw new Refusal('conflict', 'This number is taken by another visit.', 'visitId');
  return { codes: [], userIds: [] };
}
