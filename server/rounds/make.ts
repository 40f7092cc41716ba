/** Planning a round: when, by whom, and who is on the list. */
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { IssuedCode } from '../../contract/codes.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import type { NewResident, roundRoutes } from '../../contract/rounds.ts';
import type { Tx } from '../../drizzle/client.ts';
import { careRelations, participants, patients, roundItems, rounds, units, visits } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import { inviteWithConsent } from '../consent/invitation.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { tell } from '../notifications/tell.ts';
import { may } from '../policies.ts';
import { furthestMs } from '../scheduling/book.ts';
import { take } from '../scheduling/bookings.ts';
import { codeExpiry, invite } from '../scheduling/invite.ts';
import { racing } from '../scheduling/racing.ts';
import { relativeSeats, staffSeats } from '../scheduling/seatsOf.ts';
import { changeRound, itemOf, noSuchRound, type RoundChange, type RoundRow } from './round.ts';

type NewRound = z.output<(typeof roundRoutes)['POST /api/rounds']['body']>;

const minute = 60_000;
/** A round that begins now may have been filled in for a while. */
const lateMs = 30 * minute;
const mostResidents = 40;
/** Until the list is made, a round takes up its people for so many residents. */
const plannedResidents = 6;

const spanOf = ({ startsAt, minutesEach }: Pick<RoundRow, 'startsAt' | 'minutesEach'>, residents: number) => ({
  from: startsAt,
  until: new Date(startsAt.getTime() + Math.max(residents, 1) * minutesEach * minute),
});

/**
 * Doctor and bedside are booked for all of it. The same round again is once.
 *
 * @throws {Refusal} `invalid`, naming `startsAt` or whoever does not work there; `conflict`, naming `taken.ID`.
 */
export async function makeRound(ctx: Context, actor: Actor, given: NewRound, now: Date): Promise<void> {
  const { id, unitId, startsAt, minutesEach, doctor, bedside, doubled } = given;
  const subject = { visitId: id, unitId, people: [] };
  if (!may(actor, 'round.read', subject)) throw new Refusal('not_found', 'There is no such unit.', 'unitId');
  require_(may(actor, 'round.prepare', subject));
  require_(doubled === null || may(actor, 'booking.double', { unitId }));
  const begins = new Date(startsAt);
  const fromNow = begins.getTime() - now.getTime();
  if (fromNow < -lateMs) throw new Refusal('invalid', 'startsAt: is past', 'startsAt');
  if (fromNow > furthestMs) throw new Refusal('invalid', 'startsAt: is more than two years ahead', 'startsAt');
  if (bedside.some(({ userId }) => userId === doctor.userId))
    throw new Refusal('invalid', 'bedside: the doctor is not beside the bed', 'bedside');
  await racing(() =>
    ctx.db.transaction(async (tx) => {
      const row = {
        id,
        unitId,
        startsAt: begins,
        minutesEach,
        doctorId: doctor.userId,
        doctorUnitId: doctor.unitId,
        bedside,
        madeBy: actor.userId,
      };
      await staffOf(tx, row, { visitId: id, startsAt: begins }); // each works there
      const [unit] = await tx.select({ synthetic: units.synthetic }).from(units).where(eq(units.id, unitId));
      const made = await tx
        .insert(rounds)
        .values({ ...row, synthetic: unit?.synthetic ?? false })
        .onConflictDoNothing()
        .returning({ id: rounds.id });
      if (made.length === 0) return requireSame(tx, id, actor);
      const people = [doctor, ...bedside].map(({ userId }) => ({ kind: 'user' as const, id: userId }));
      await take(tx, { roundId: id }, spanOf(row, plannedResidents), people, doubled);
      await writeAudit(tx, { actorId: actor.userId, action: 'round.make', subjectId: id, unitId });
    }),
  );
  ctx.hub.listChanged(unitId, [doctor.userId, ...bedside.map(({ userId }) => userId)]);
}

async function requireSame(tx: Tx, id: string, actor: Actor): Promise<void> {
  const [row] = await tx.select({ madeBy: rounds.madeBy }).from(rounds).where(eq(rounds.id, id));
  if (row?.madeBy !== actor.userId) throw noSuchRound();
}

const staffOf = (
  tx: Tx,
  { doctorId, doctorUnitId, bedside }: Pick<RoundRow, 'doctorId' | 'doctorUnitId' | 'bedside'>,
  visit: { visitId: string; startsAt: Date },
) =>
  staffSeats(tx, visit, [
    { userId: doctorId, unitId: doctorUnitId, host: true, atBedside: false },
    ...bedside.map((one) => ({ ...one, host: false, atBedside: true })),
  ]);

/**
 * Puts a resident on the list: their visit, sealed, with the round's staff and whoever is close to them and is to come.
 *
 * @returns the codes of those who come by link, in clear this once; none if the resident was put there before.
 * @throws {Refusal} `conflict` when the list is locked or full; `invalid`, naming `relativeIds`; `not_found`, naming `patientId`.
 */
export async function addResident(ctx: Context, actor: Actor, roundId: string, given: NewResident, now: Date): Promise<IssuedCode[]> {
  let codes: IssuedCode[] = [];
  await changeRound(ctx, actor, roundId, 'prepare', now, async (change) => {
    const { tx, round, items, set, audit } = change;
    if (items.some(({ id }) => id === given.itemId)) return false;
    requireOpenList(round);
    if (items.length >= mostResidents) throw new Refusal('conflict', `No more than ${mostResidents} residents fit.`);
    if (items.some(({ patientId }) => patientId === given.patientId))
      throw new Refusal('conflict', 'This resident is on the list already.', 'patientId');
    codes = await makeVisit(ctx, actor, change, given, now);
    const { itemId: id, visitId, patientId, urgency, infected } = given;
    const position = Math.max(0, ...items.map((item) => item.position)) + 1;
    await tx.insert(roundItems).values({ id, roundId, visitId, patientId, position, urgency, infected });
    await arrange(change);
    if (round.state === 'draft') await set({ state: 'list_open' });
    await audit('round.add', { visitId, patientId } as (typeof items)[number]);
    return true;
  });
  return codes;
}

export function requireOpenList({ state }: RoundRow): void {
  if (state !== 'draft' && state !== 'list_open') throw new Refusal('conflict', 'The list is locked.');
}

async function makeVisit(ctx: Context, actor: Actor, { tx, round }: RoundChange, given: NewResident, now: Date): Promise<IssuedCode[]> {
  const { visitId, patientId, place, relativeIds, consented } = given;
  const { unitId, startsAt, minutesEach } = round;
  const [found] = await tx
    .select({ patient: patients, unit: units })
    .from(careRelations)
    .innerJoin(patients, eq(patients.id, careRelations.patientId))
    .innerJoin(units, eq(units.id, careRelations.unitId))
    .where(and(eq(careRelations.patientId, patientId), eq(careRelations.unitId, unitId)));
  if (!found) throw new Refusal('not_found', 'There is no such patient at this unit.', 'patientId');
  const { patient, unit } = found;
  const { synthetic, language, address, entrance } = patient;
  const row = {
    id: visitId,
    unitId,
    patientId,
    startsAt,
    durationMinutes: minutesEach,
    roundId: round.id,
    partition: 'sealed' as const,
    place,
    address,
    entrance,
    callbackPhone: unit.phone, // the home is rung, not the resident
    language,
    bookedBy: actor.userId,
    synthetic,
  };
  await tx.insert(visits).values(row);
  const visit = { visitId, startsAt };
  const guests = await relativeSeats(tx, visit, patientId, relativeIds, synthetic);
  await tx.insert(participants).values([...(await staffOf(tx, round, visit)), ...guests]);
  const asked = guests.map((seat) => ({ ...seat, consented: consented.includes(seat.relativeId ?? '') }));
  await inviteWithConsent(tx, { visitId, unitId, patient, invited: asked, actorId: actor.userId }, now);
  const expiry = codeExpiry(startsAt, minutesEach * mostResidents, now);
  const invited = guests.map(({ id, name }) => ({ participantId: id, name: name ?? null }));
  const codes = await invite(tx, ctx.env.SECRET, unit.mark, invited, expiry);
  if (guests.length > 0)
    await tell(
      ctx,
      tx,
      visitId,
      { purpose: 'invitation', codes, isNew: true, only: ({ participantId }) => guests.some(({ id }) => id === participantId) },
      now,
    );
  return codes;
}

const rank = { acute: 0, soon: 1, routine: 2 };

/** Whoever is most urgent first, and those with an infection last; within that as they were put there. */
async function arrange({ tx, round, item }: RoundChange): Promise<void> {
  const items = await tx.select().from(roundItems).where(eq(roundItems.roundId, round.id));
  const sorted = items.toSorted(
    (a, b) => Number(a.infected) - Number(b.infected) || rank[a.urgency] - rank[b.urgency] || a.position - b.position,
  );
  for (const [index, { id, position }] of sorted.entries()) if (position !== index + 1) await item(id, { position: index + 1 });
}

/** Takes a resident off the list; their visit is cancelled, and whoever was asked to it hears of that. */
export async function removeResident(ctx: Context, actor: Actor, roundId: string, itemId: string, now: Date): Promise<void> {
  await changeRound(ctx, actor, roundId, 'prepare', now, async ({ tx, round, items, visits: change, audit }) => {
    if (!items.some(({ id }) => id === itemId)) return false;
    requireOpenList(round);
    const item = itemOf(items, itemId);
    await tell(ctx, tx, item.visitId, { purpose: 'cancellation' }, now);
    await tx.delete(roundItems).where(eq(roundItems.id, itemId));
    await change([item.visitId], async ([visit]) => {
      await visit?.stage('cancelled', { partition: 'over', closingReason: 'off the list' });
      return true;
    });
    await audit('round.remove', item);
    return true;
  });
}

/** As somebody wants it, by hand. Every resident of the round is named once. */
export async function order(
  ctx: Context,
  actor: Actor,
  roundId: string,
  { itemIds, basedOn }: { itemIds: string[]; basedOn: number },
  now: Date,
): Promise<void> {
  await changeRound(ctx, actor, roundId, 'prepare', now, async ({ round, items, item, audit }) => {
    if (round.version !== basedOn) throw new Refusal('conflict', 'The list was changed meanwhile.', 'basedOn');
    if (round.state === 'closed') throw new Refusal('ended', 'The round is closed.');
    const wanted = new Set(itemIds);
    if (wanted.size !== items.length || items.some(({ id }) => !wanted.has(id)))
      throw new Refusal('invalid', 'itemIds: names each resident once', 'itemIds');
    if (items.every(({ id }, index) => id === itemIds[index])) return false;
    for (const [index, id] of itemIds.entries()) await item(id, { position: index + 1 });
    await audit('round.order');
    return true;
  });
}
