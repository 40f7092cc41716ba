/** What a person does about their own seat. */
import { randomUUID } from 'node:crypto';
import { and, eq, like } from 'drizzle-orm';
import type { Source } from '../../contract/media.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import type { VisitHandshake } from '../../contract/visitSocket.ts';
import { participants } from '../../drizzle/schema/index.ts';
import { maySend } from '../consent/mayFlow.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { can, isBedside, seatOf } from '../policies.ts';
import { type Change, changeVisit, noSuchVisit, personOn } from './changeVisit.ts';
import type { Person, VisitState } from './visitState.ts';

/** One browser tab on one seat. */
export type Holder = { userId: string; visitId: string; participantId: string; tabId: string; socketId: string };

const inRoom = ({ presence }: Person): boolean => presence === 'room' || presence === 'returning';

/**
 * Comes to the door. A second device of somebody who is admitted gets a companion seat beside their own.
 *
 * @throws {Refusal} `not_found` alike for no such visit and no seat on it, so that a stranger learns nothing.
 */
export async function comeToDoor(
  ctx: Context,
  actor: Actor,
  { visitId, tabId, seat }: VisitHandshake,
  socketId: string,
): Promise<{ participantId: string; state: VisitState }> {
  let participantId = '';
  const state = await changeVisit(ctx, visitId, actor.userId, async (change) => {
    const own = seatOf(actor, change.before);
    if (!own) throw noSuchVisit();
    const person = seat === 'own' ? own : await companionSeat(change, own);
    participantId = person.id;
    // A session that has locked keeps its call, and opens nothing else.
    if (actor.locked && !inRoom(person)) throw new Refusal('locked', 'Locked: show who you are first.');
    if (!can(own, 'visit.lobby', change.before)) return false; // they are shown that it is over
    if (inRoom(person)) return false; // another tab, or this one on its way back: joining decides
    await change.seat(person.id, { presence: 'lobby', heldBy: tabId, socketId });
    await change.audit('visit.lobby', person.id);
    return true;
  });
  return { participantId, state };
}

async function companionSeat(change: Change, own: Person): Promise<Person> {
  const { tx, before } = change;
  require_(can(own, 'visit.room', before), 'A second device can come along once you are let in yourself.');
  const present = before.people.find((person) => person.userId === own.userId && person.seat === 'companion');
  if (present) return present;
  const [row] = await tx
    .insert(participants)
    .values({
      id: randomUUID(),
      visitId: before.visitId,
      startsAt: before.startsAt,
      userId: own.userId,
      role: own.role,
      name: own.name,
      place: own.place,
      unitId: own.unitId,
      atBedside: own.atBedside,
      seat: 'companion',
      status: 'admitted',
      companionOf: own.id,
      relativeId: own.relativeId,
    })
    .returning();
  if (!row) throw new Error('the companion seat was not made');
  return { ...row, failedCodes: 0 };
}

/** Asks to be let in. Asking twice keeps the place in the queue. */
export async function knock(ctx: Context, holder: Holder, now: Date): Promise<void> {
  await changeVisit(ctx, holder.visitId, holder.userId, async (change) => {
    const { before, seat, audit } = change;
    const person = personOn(before, holder.participantId);
    require_(can(person, 'visit.lobby', before));
    if (person.status !== 'invited') return false;
    await seat(person.id, { status: 'waiting', waitingSince: now, presence: 'lobby', socketId: holder.socketId });
    await bedsideIsReady(change, person, now);
    await audit('visit.knock', person.id);
    return true;
  });
}

/** Stops waiting. */
export async function leaveLobby(ctx: Context, holder: Holder): Promise<void> {
  await changeVisit(ctx, holder.visitId, holder.userId, async (change) => {
    const { before, seat, audit } = change;
    const person = personOn(before, holder.participantId);
    if (inRoom(person)) return false;
    const status = person.status === 'waiting' ? 'invited' : person.status;
    await seat(person.id, { status, presence: 'away', waitingSince: null });
    await bedsideIsGone(change, person);
    await audit('visit.leave_lobby', person.id);
    return true;
  });
}

/**
 * Takes the seat in the room for this tab.
 *
 * @param takeOver - the person pressed Join here; else the tab comes back by itself and may not push another one out.
 * @throws {Refusal} `superseded` if another tab holds the seat.
 */
export async function takeSeat(ctx: Context, holder: Holder, takeOver: boolean, now: Date): Promise<VisitState> {
  return changeVisit(ctx, holder.visitId, holder.userId, async (change) => {
    const { before, seat, audit } = change;
    const person = personOn(before, holder.participantId);
    require_(can(person, 'visit.room', before));
    const here = person.heldBy === holder.tabId;
    if (inRoom(person) && !here && !takeOver) throw new Refusal('superseded', 'The visit was opened on another device.');
    const returning = inRoom(person) && here;
    await seat(person.id, {
      presence: 'room',
      heldBy: holder.tabId,
      socketId: holder.socketId,
      absentSince: null,
      ...(returning ? {} : { sending: [] }),
    });
    await bedsideIsReady(change, person, now);
    await audit(returning ? 'visit.return' : 'visit.join', person.id);
    return true;
  });
}

/** Leaves by choice. */
export async function leaveSeat(ctx: Context, holder: Holder): Promise<void> {
  await changeVisit(ctx, holder.visitId, holder.userId, async (change) => {
    const { before, seat, audit } = change;
    const person = held(before, holder);
    await seat(person.id, { presence: 'away', sending: [], absentSince: null, heldBy: null });
    await bedsideIsGone(change, person);
    await audit('visit.leave', person.id);
    return true;
  });
}

/** The patient, or staff beside them, is there before the visit has begun: from now on they wait. */
async function bedsideIsReady({ before, stage }: Change, person: Person, now: Date): Promise<void> {
  if (!isBedside(person) || (before.stage !== 'booked' && before.stage !== 'checked_in')) return;
  await stage('waiting', { waitingSince: now, checkedInAt: before.checkedInAt ?? now });
}

/** Nobody waits any more when the last of the bedside has gone. */
export async function bedsideIsGone({ before, stage }: Change, leaving: Person): Promise<void> {
  const others = before.people.filter((person) => person.id !== leaving.id && isBedside(person) && person.presence !== 'away');
  if (before.stage === 'waiting' && isBedside(leaving) && others.length === 0) await stage('checked_in', { waitingSince: null });
}

/**
 * The connection is gone. In the room the seat is kept; at the door the place in the queue is.
 *
 * @param survivor - another connection of the same tab, which found its way while this one was doubtful.
 */
export async function fallOut(ctx: Context, holder: Holder, survivor: Holder | null, now: Date): Promise<void> {
  await changeVisit(ctx, holder.visitId, null, async ({ before, seat, audit }) => {
    const person = before.people.find(({ id }) => id === holder.participantId);
    if (person?.socketId !== holder.socketId) return false; // a newer connection has taken over
    if (survivor) {
      await seat(person.id, { socketId: survivor.socketId });
      return false;
    }
    if (person.presence === 'room') await seat(person.id, { presence: 'returning', absentSince: now });
    else if (person.presence === 'lobby') await seat(person.id, { presence: 'away' });
    else return false;
    await audit('visit.fell_out', person.id);
    return true;
  });
}

/** Says that this device stands in the same physical room as another participant's; null takes that back. */
export async function sitWith(ctx: Context, holder: Holder, participantId: string | null): Promise<void> {
  await changeVisit(ctx, holder.visitId, holder.userId, async ({ before, seat, audit }) => {
    const person = personOn(before, holder.participantId);
    if (participantId !== null) {
      const other = personOn(before, participantId);
      if (other.id === person.id || other.companionOf !== null || !can(other, 'visit.room', before)) {
        throw new Refusal('conflict', 'Choose somebody who is in the visit with sound.', 'participantId');
      }
      // Whoever was silent beside this device would be left beside a silent one.
      if (before.people.some(({ companionOf }) => companionOf === person.id)) {
        throw new Refusal('conflict', 'Another device is silent because of this one.', 'participantId');
      }
    } else if (person.seat === 'companion') {
      throw new Refusal('conflict', 'A second device of your own has no sound.', 'participantId');
    }
    const sending = participantId === null ? person.sending : person.sending.filter((source) => source !== 'microphone');
    await seat(person.id, { companionOf: participantId, sending });
    await audit('visit.sit_with', person.id, { companion: participantId !== null });
    return true;
  });
}

/** A track goes out or is held. @throws {Refusal} `forbidden` if this person may not send it. */
export async function setSending(ctx: Context, holder: Holder, source: Source, on: boolean): Promise<VisitState> {
  return changeVisit(ctx, holder.visitId, holder.userId, async ({ before, seat, audit }) => {
    const person = held(before, holder);
    require_(!on || maySend(before, person, source));
    if (person.sending.includes(source) === on) return false;
    const others = person.sending.filter((sent) => sent !== source);
    await seat(person.id, { sending: on ? [...others, source] : others });
    await audit(on ? 'media.on' : 'media.off', person.id, { source });
    return true;
  });
}

/** The person, if this tab is the one in the room on their seat. */
function held(state: VisitState, holder: Holder): Person {
  const person = personOn(state, holder.participantId);
  if (!inRoom(person)) throw new Refusal('conflict', 'Join the visit first.');
  if (person.heldBy !== holder.tabId) throw new Refusal('superseded', 'The visit was opened on another device.');
  return person;
}

/** The seats whose connections ended with a server that was killed: nobody else tells of them. */
export async function forgetConnections(ctx: Context, serverId: string, now: Date): Promise<void> {
  const ours = like(participants.socketId, `${serverId}:%`);
  await ctx.db
    .update(participants)
    .set({ presence: 'returning', absentSince: now })
    .where(and(ours, eq(participants.presence, 'room')));
  await ctx.db
    .update(participants)
    .set({ presence: 'away' })
    .where(and(ours, eq(participants.presence, 'lobby')));
}
