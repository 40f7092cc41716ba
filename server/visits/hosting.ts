/** What staff and the host do about others' seats. */
import type { Partition } from '../../contract/partitions.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import type { AuditDetail } from '../access/audit.ts';
import { presenceConsent } from '../consent/covers.ts';
import type { Context } from '../context.ts';
import { endExamination } from '../examining/end.ts';
import type { Actor } from '../identity/sessions.ts';
import { can, isStaff, type SeatAction, seatOf } from '../policies.ts';
import { type Change, changeVisit, noSuchVisit, personOn } from './changeVisit.ts';
import type { Person } from './visitState.ts';

/** Who acts in a visit. From outside it comes the actor too, whose session and assignments are judged; a seat's socket was judged when it came. */
export type Acting = { userId: string; visitId: string; actor?: Actor };

/**
 * Lets a waiting person in. Letting in one who is in already changes nothing.
 *
 * @throws {Refusal} `conflict`, whose field is `consent`, while the patient has not said yes to their being there.
 */
export const admit = (ctx: Context, acting: Acting, participantId: string): Promise<void> =>
  act(ctx, acting, 'visit.staff', participantId, 'people.admit', async (other, { seat, before }) => {
    if (other.status === 'admitted') return false;
    if (other.status !== 'waiting') throw new Refusal('conflict', 'This person is not waiting any more.');
    if (presenceConsent(before, other) === 'missing')
      throw new Refusal('conflict', 'The patient has not said yes to this person’s being there.', 'consent');
    await seat(other.id, { status: 'admitted', waitingSince: null });
    return true;
  });

type Method = NonNullable<Person['identityMethod']>;

/** Staff say how they know who a guest is. A later one replaces it; both stay in the audit. */
export const confirmGuest = (ctx: Context, acting: Acting, participantId: string, method: Method, now: Date): Promise<void> =>
  act(
    ctx,
    acting,
    'visit.staff',
    participantId,
    'people.identity',
    async (other, { seat }) => {
      if (isStaff(other)) throw new Refusal('conflict', 'Staff are known by their login.', 'participantId');
      if (other.identityMethod === method) return false;
      await seat(other.id, { identityMethod: method, identityBy: acting.userId, identityAt: now });
      return true;
    },
    { method },
  );

/** Mutes; only the person can unmute. */
export const mute = (ctx: Context, acting: Acting, participantId: string): Promise<void> =>
  act(ctx, acting, 'visit.host', participantId, 'people.mute', async (other, { seat }) => {
    if (!other.sending.includes('microphone')) return false;
    await seat(other.id, { sending: other.sending.filter((source) => source !== 'microphone') });
    return true;
  });

/** Sends back before the door, where they wait to be let in again. */
export const sendToLobby = (ctx: Context, acting: Acting, participantId: string, now: Date): Promise<void> =>
  act(ctx, acting, 'visit.host', participantId, 'people.to_lobby', async (other, { seat, before }) => {
    if (other.status !== 'admitted') return false;
    await secondDeviceAway(before.people, other, seat);
    const presence = other.presence === 'away' ? 'away' : 'lobby';
    await seat(other.id, { status: 'waiting', waitingSince: now, presence, sending: [], absentSince: null });
    return true;
  });

/** Takes out for good. */
export const remove = (ctx: Context, acting: Acting, participantId: string): Promise<void> =>
  act(ctx, acting, 'visit.host', participantId, 'people.remove', async (other, { seat, before }) => {
    if (other.status === 'removed') return false;
    await secondDeviceAway(before.people, other, seat);
    await seat(other.id, { status: 'removed', waitingSince: null, presence: 'away', sending: [], absentSince: null });
    return true;
  });

/** With their own seat goes what they have beside it. */
async function secondDeviceAway(people: Person[], { id, userId, seat: kind }: Person, seat: Change['seat']): Promise<void> {
  if (kind !== 'own') return;
  for (const other of people.filter((one) => one.userId === userId && one.id !== id && one.presence !== 'away'))
    await seat(other.id, { presence: 'away', sending: [], absentSince: null, heldBy: null });
}

/** Ends for all. What remains is to document it. @throws {Refusal} `conflict` during an emergency: the call stays open. */
export async function endVisit(ctx: Context, { userId, visitId }: Acting, now: Date): Promise<void> {
  await changeVisit(ctx, visitId, userId, async (change) => {
    const { before, audit } = change;
    require_(can(ownSeat(before.people, userId), 'visit.host', before));
    if (before.emergencySince) throw new Refusal('conflict', 'There is an emergency: the call stays open until it is over.', 'emergency');
    await (before.partition === null ? everybodyOut(change, now) : shutPartition(change, 'sealed'));
    await audit('visit.end');
    return true;
  });
}

/** Of a round: nobody but staff is left in it, and nothing but their sound goes through. Whoever else was in stands before the door. */
export async function shutPartition(change: Change, as: Exclude<Partition, 'open'>): Promise<void> {
  const { before, set, seat } = change;
  await endExamination(change);
  await set({ partition: as, curtainSince: null });
  for (const person of before.people) {
    if (isStaff(person)) await seat(person.id, { sending: person.sending.filter((source) => source === 'microphone') });
    else if (person.status === 'admitted') {
      const presence = person.presence === 'away' ? ('away' as const) : ('lobby' as const);
      await seat(person.id, { status: 'invited', waitingSince: null, presence, sending: [], absentSince: null });
    }
  }
}

/** Nobody is in the room any more, the curtain is gone, and the documentation remains. */
export async function everybodyOut(change: Change, now: Date): Promise<void> {
  const { before, seat, stage } = change;
  await endExamination(change);
  await stage('documenting', { endedAt: now, curtainSince: null, waitingSince: null });
  for (const person of before.people) {
    if (person.presence !== 'away') await seat(person.id, { presence: 'away', sending: [], absentSince: null });
  }
}

export const ownSeat = (people: Person[], userId: string): Person | undefined =>
  people.find((person) => person.userId === userId && person.seat === 'own');

async function act(
  ctx: Context,
  { userId, visitId, actor }: Acting,
  policy: SeatAction,
  participantId: string,
  action: string,
  change: (other: Person, change: Change) => Promise<boolean>,
  detail?: AuditDetail,
): Promise<void> {
  await changeVisit(ctx, visitId, userId, async (under) => {
    const self = actor ? seatOf(actor, under.before) : ownSeat(under.before.people, userId);
    if (!self) throw noSuchVisit();
    require_(can(self, policy, under.before));
    const other = personOn(under.before, participantId);
    if (policy === 'visit.host' && other.userId === userId)
      throw new Refusal('conflict', 'This is you. Use Leave instead.', 'participantId');
    const changed = await change(other, under);
    if (changed) await under.audit(action, other.id, detail);
    return changed;
  });
}
