/** What changes between booking and visit: when, where, who. */
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { bookingRoutes, VisitDetails } from '../../contract/booking.ts';
import type { IssuedCode } from '../../contract/codes.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import { invitations, participants } from '../../drizzle/schema/index.ts';
import { settleMeetings } from '../careplan/moves.ts';
import { inviteWithConsent } from '../consent/invitation.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { askAgencyAnew } from '../interpreting/orders.ts';
import { tell } from '../notifications/tell.ts';
import { overtaken } from '../people/overtaken.ts';
import { may } from '../policies.ts';
import { refer } from '../referrals/referrals.ts';
import { type Change, changeVisit, changeVisits, noSuchVisit, personOn } from '../visits/changeVisit.ts';
import type { VisitState } from '../visits/visitState.ts';
import { checkedDetails } from './book.ts';
import { later, release, shift, shiftTogether, spanOf, take } from './bookings.ts';
import { codeExpiry, invite } from './invite.ts';
import { racing } from './racing.ts';
import { requireChangeable } from './reach.ts';
import { interpreterSeat, type NewSeat, observerSeat, patientSeat, principalSeat, relativeSeats, staffSeats } from './seatsOf.ts';
import { followersOf, movedAlike } from './series.ts';

type Basis = { basedOn: number; doubled: string | null };

/** Changes when and where. A visit that has begun keeps its time. */
export const changeDetails = (
  ctx: Context,
  actor: Actor,
  visitId: string,
  { basedOn, doubled, ...given }: VisitDetails & Basis,
  now: Date,
): Promise<void> => rebook(ctx, actor, visitId, { basedOn, doubled }, () => given, now);

type Moved = Basis & { startsAt: string; following: boolean };

/** Another time; the rest stays. With those that follow in its series all move alike, or none. */
export async function move(
  ctx: Context,
  actor: Actor,
  visitId: string,
  { startsAt, following, ...basis }: Moved,
  now: Date,
): Promise<void> {
  const others = following ? await followersOf(ctx.db, visitId) : [];
  if (others.length === 0) return rebook(ctx, actor, visitId, basis, (before) => ({ ...detailsOf(before), startsAt }), now);
  const { doubled } = basis;
  await racing(() =>
    changeVisits(ctx, [visitId, ...others], actor.userId, async ([first, ...rest]) => {
      if (!first) throw noSuchVisit();
      const alike = { from: first.before.startsAt, to: new Date(startsAt) };
      const all = [first, ...rest];
      // One may go where the next has been: that one goes first.
      for (const changing of alike.to > alike.from ? all.toReversed() : all) {
        const { before } = changing;
        const basedOn = changing === first ? basis.basedOn : before.detailsVersion;
        const at = movedAlike(alike, before.startsAt).toISOString();
        await rebookOne(ctx, actor, changing, { basedOn, doubled }, { ...detailsOf(before), startsAt: at }, now);
      }
      return true;
    }),
  );
}

const detailsOf = (visit: VisitState): VisitDetails => {
  const { durationMinutes, minutesBefore, minutesAfter, modality, place, address, entrance, callbackPhone, language, startsAt } = visit;
  const when = { startsAt: startsAt.toISOString(), durationMinutes, minutesBefore, minutesAfter, modality };
  return { ...when, place, address, entrance, callbackPhone, language };
};

async function rebook(
  ctx: Context,
  actor: Actor,
  visitId: string,
  basis: Basis,
  wanted: (before: VisitState) => VisitDetails,
  now: Date,
): Promise<void> {
  await racing(() =>
    changeVisit(ctx, visitId, actor.userId, async (changing) => {
      requireChangeable(actor, changing.before);
      await rebookOne(ctx, actor, changing, basis, wanted(changing.before), now);
      return true;
    }),
  );
}

async function rebookOne(
  ctx: Context,
  actor: Actor,
  changing: Change,
  { basedOn, doubled }: Basis,
  given: VisitDetails,
  now: Date,
): Promise<void> {
  const { tx, before, set, seat, audit } = changing;
  requireChangeable(actor, before);
  require_(doubled === null || may(actor, 'booking.double', before));
  if (before.detailsVersion !== basedOn) throw overtaken();
  const moved = new Date(given.startsAt).getTime() !== before.startsAt.getTime();
  if (moved && before.beganAt) throw new Refusal('conflict', 'startsAt: the visit has begun', 'startsAt');
  const checked = checkedDetails(moved ? given : { ...given, startsAt: now.toISOString() }, now);
  const { startsAt: _, ...rest } = checked;
  const hidden = before.patient.protectedIdentity;
  await set({
    ...rest,
    // Who could not see the address of a protected identity does not wipe it either.
    address: hidden ? (rest.address ?? before.address) : rest.address,
    entrance: hidden ? (rest.entrance ?? before.entrance) : rest.entrance,
    callbackPhone: hidden ? (rest.callbackPhone ?? before.callbackPhone) : rest.callbackPhone,
    ...(moved ? { startsAt: checked.startsAt, careLateMinutes: null, patientLateMinutes: null } : {}),
    detailsVersion: basedOn + 1,
  });
  const span = spanOf({ ...rest, startsAt: moved ? checked.startsAt : before.startsAt });
  const former = spanOf(before);
  if (span.from.getTime() !== former.from.getTime() || span.until.getTime() !== former.until.getTime())
    await shift(tx, before.visitId, span, doubled);
  if (moved) await extendCodes(tx, before, codeExpiry(checked.startsAt, given.durationMinutes, now));
  if (moved || rest.durationMinutes !== before.durationMinutes) await askAgencyAnew(ctx, changing, now);
  for (const { id, slotAfter, slotMinutes } of before.people)
    if ((slotAfter ?? 0) + (slotMinutes ?? 0) > rest.durationMinutes) await seat(id, { slotAfter: null, slotMinutes: null });
  if (isNews(before, { ...rest, startsAt: moved ? checked.startsAt : before.startsAt }))
    await tell(ctx, tx, before.visitId, { purpose: 'change', anew: moved }, now);
  await audit('visit.change', before.visitId, { moved, ...(doubled === null ? {} : { doubled: true }) });
}

const isOne =
  (userId: string) =>
  ({ personId }: { personId: string }): boolean =>
    personId === userId;

/** What those who come have to know; the rest is the unit's own. */
const isNews = (before: VisitState, now: Pick<VisitState, 'startsAt' | 'durationMinutes' | 'modality'>): boolean =>
  before.startsAt.getTime() !== now.startsAt.getTime() ||
  before.durationMinutes !== now.durationMinutes ||
  before.modality !== now.modality;

type Swap = z.output<(typeof bookingRoutes)['POST /api/visits/:visitId/swap']['body']>;

/** Two visits change places. @throws {Refusal} `conflict` where one of them does not fit there; then both stay. */
export async function swap(
  ctx: Context,
  actor: Actor,
  visitId: string,
  { withVisitId, basedOn, withBasedOn }: Swap,
  now: Date,
): Promise<void> {
  if (withVisitId === visitId) throw new Refusal('invalid', 'withVisitId: is the same visit', 'withVisitId');
  const exchange = async ([one, other]: Change[]): Promise<boolean> => {
    if (!one || !other) throw noSuchVisit();
    const versions = new Map([
      [one, basedOn],
      [other, withBasedOn],
    ]);
    for (const [{ before }, version] of versions) {
      requireChangeable(actor, before);
      if (before.beganAt) throw new Refusal('conflict', 'startsAt: the visit has begun', 'startsAt');
      if (before.detailsVersion !== version) throw overtaken();
    }
    await later(one.tx); // halfway there both are in the same place
    for (const [moving, at] of [
      [one, other.before.startsAt],
      [other, one.before.startsAt],
    ] as const) {
      const { tx, before, set, audit } = moving;
      const { startsAt } = checkedDetails({ ...before, startsAt: at.toISOString() }, now);
      await set({ startsAt, careLateMinutes: null, patientLateMinutes: null, detailsVersion: before.detailsVersion + 1 });
      await shiftTogether(tx, before.visitId, spanOf({ ...before, startsAt }));
      await extendCodes(tx, before, codeExpiry(startsAt, before.durationMinutes, now));
      await askAgencyAnew(ctx, moving, now);
      await tell(ctx, tx, before.visitId, { purpose: 'change', anew: true }, now);
      await audit('visit.change', before.visitId, { moved: true });
    }
    return true;
  };
  await racing(() => changeVisits(ctx, [visitId, withVisitId], actor.userId, exchange));
}

async function extendCodes(tx: Change['tx'], { people }: VisitState, expiresAt: Date): Promise<void> {
  for (const { id } of people) await tx.update(invitations).set({ expiresAt }).where(eq(invitations.participantId, id));
}

type Asked = z.output<(typeof bookingRoutes)['POST /api/visits/:visitId/people']['body']>;

/** Asks one more person. One who was taken off may be asked again; one who is there already stays as they are. */
export async function ask(ctx: Context, actor: Actor, visitId: string, asked: Asked, now: Date): Promise<{ code: IssuedCode | null }> {
  let code: IssuedCode | null = null;
  const add = async (change: Change): Promise<boolean> => {
    const { tx, before, audit } = change;
    requireChangeable(actor, before);
    const seat = await newSeat(change, asked);
    if (before.people.some(({ userId, seat: kind, status }) => userId === seat.userId && kind === 'own' && status !== 'removed'))
      throw new Refusal('conflict', 'This person is on the visit already.', 'userId');
    await tx
      .insert(participants)
      .values(seat)
      .onConflictDoUpdate({
        target: [participants.visitId, participants.userId, participants.seat],
        set: {
          status: seat.status ?? 'invited',
          role: seat.role,
          unitId: seat.unitId ?? null,
          atBedside: seat.atBedside ?? false,
          answers: seat.answers ?? null,
        },
      });
    if (asked.kind === 'specialist') await refer(change, actor, seat.id, asked, now);
    if (asked.kind === 'staff' || asked.kind === 'specialist') {
      require_(asked.doubled === null || may(actor, 'booking.double', before));
      await take(tx, { visitId }, spanOf(before), [{ kind: 'user', id: asked.userId }], asked.doubled);
    }
    if ('consented' in asked) {
      const invited = [{ ...seat, consented: asked.consented }];
      await inviteWithConsent(tx, { visitId, unitId: before.unitId, patient: before.patient, invited, actorId: actor.userId }, now);
    }
    if (asked.kind !== 'staff' && asked.kind !== 'specialist') {
      const { unit, startsAt, durationMinutes } = before;
      const invited = [{ participantId: seat.id, name: seat.name ?? seat.place }];
      await tx.delete(invitations).where(eq(invitations.participantId, seat.id)); // of one who was taken off before
      [code = null] = await invite(tx, ctx.env.SECRET, unit.mark, invited, codeExpiry(startsAt, durationMinutes, now));
    }
    await tell(ctx, tx, visitId, { purpose: 'invitation', only: isOne(seat.userId), codes: code ? [code] : [] }, now);
    await audit('people.ask', seat.id);
    return true;
  };
  const { carePlanId } = await racing(() => changeVisit(ctx, visitId, actor.userId, add));
  if (carePlanId) await settleMeetings(ctx, carePlanId, actor.userId); // what is talked of now may not be for them
  return { code };
}

async function newSeat({ tx, before }: Change, asked: Asked): Promise<NewSeat> {
  const { visitId, startsAt, patient, patientId, people, synthetic } = before;
  const visit = { visitId, startsAt };
  if (asked.kind === 'patient') return reused(people, patientSeat(visit, patient));
  if (asked.kind === 'observer') return observerSeat(tx, visit, asked.name, synthetic);
  if (asked.kind === 'principal') {
    if (!before.meeting?.parties.some(({ id }) => id === asked.partyId))
      throw new Refusal('invalid', 'partyId: is no party to the plan', 'partyId');
    return principalSeat(tx, visit, asked, synthetic);
  }
  if (asked.kind === 'interpreter') return interpreterSeat(tx, visit, asked.number, synthetic);
  if (asked.kind === 'staff' || asked.kind === 'specialist') {
    const { userId, unitId } = asked;
    const atBedside = asked.kind === 'staff' && asked.atBedside;
    const [seat] = await staffSeats(tx, visit, [{ userId, unitId, host: false, atBedside }]);
    if (!seat) throw new Error('no seat was made');
    return reused(people, asked.kind === 'specialist' ? { ...seat, answers: 0 } : seat);
  }
  const present = people.find(({ relativeId, status }) => relativeId === asked.relativeId && status !== 'removed');
  if (present) throw new Refusal('conflict', 'This person is on the visit already.', 'relativeId');
  const [seat] = await relativeSeats(tx, visit, patientId, [asked.relativeId], synthetic);
  if (!seat) throw new Error('no seat was made');
  return seat;
}

/** One who was taken off has a seat still, and it is the one that is used again. */
const reused = (people: VisitState['people'], seat: NewSeat): NewSeat => ({
  ...seat,
  id: people.find(({ userId, seat: kind }) => userId === seat.userId && kind === 'own')?.id ?? seat.id,
});

type Slot = z.output<(typeof bookingRoutes)['PUT /api/visits/:visitId/people/:participantId/slot']['body']>['slot'];

/** They are told the interval alone. @throws {Refusal} `invalid`, naming `slot`, for one that ends after the visit. */
export async function setSlot(ctx: Context, actor: Actor, visitId: string, participantId: string, slot: Slot, now: Date): Promise<void> {
  await changeVisit(ctx, visitId, actor.userId, async ({ tx, before, seat, audit }) => {
    requireChangeable(actor, before);
    const person = personOn(before, participantId);
    if (!person.relativeId || person.status === 'removed')
      throw new Refusal('conflict', 'This person is not close to the patient.', 'participantId');
    if (slot && slot.after + slot.minutes > before.durationMinutes) throw new Refusal('invalid', 'slot: ends after the visit', 'slot');
    if (person.slotAfter === (slot?.after ?? null) && person.slotMinutes === (slot?.minutes ?? null)) return false;
    await seat(person.id, { slotAfter: slot?.after ?? null, slotMinutes: slot?.minutes ?? null });
    await tell(ctx, tx, visitId, { purpose: 'change', only: isOne(person.userId) }, now);
    await audit('people.slot', person.id);
    return true;
  });
}

/** Takes a person off a visit. The one who leads it stays. */
export async function withdraw(ctx: Context, actor: Actor, visitId: string, participantId: string, now: Date): Promise<void> {
  await changeVisit(ctx, visitId, actor.userId, async ({ tx, before, seat, audit }) => {
    requireChangeable(actor, before);
    const person = personOn(before, participantId);
    if (person.status === 'removed') return false;
    if (person.host) throw new Refusal('conflict', 'The one who leads the visit cannot be taken off.', 'participantId');
    await tell(ctx, tx, visitId, { purpose: 'cancellation', only: isOne(person.userId) }, now);
    await seat(person.id, { status: 'removed', waitingSince: null, presence: 'away', sending: [], absentSince: null });
    await release(tx, visitId, { kind: 'user', id: person.userId });
    await audit('people.withdraw', person.id);
    return true;
  });
}
