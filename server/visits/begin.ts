/** What comes before a visit starts: the patient is there, is who they are, knows who is present, and can be found. */
import { Refusal, require_ } from '../../contract/refusal.ts';
import type { BeginStep, Bystander, VisitSnapshot } from '../../contract/visits.ts';
import { insertConsents } from '../consent/consents.ts';
import { covers, presenceNeed } from '../consent/covers.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { lacksInterpreter } from '../interpreting/instead.ts';
import { can, may } from '../policies.ts';
import { changeVisit, noSuchVisit, personOn } from './changeVisit.ts';
import { type Acting, ownSeat } from './hosting.ts';
import type { Person, VisitState } from './visitState.ts';

/** Everyone of whom the patient has to know: in the room, with or without a picture, except the patient. */
const present = (state: VisitState): Person[] =>
  state.people.filter(
    ({ presence, role, seat }) => (presence === 'room' || presence === 'returning') && role !== 'patient' && seat === 'own',
  );

/** What is missing before the visit may start. */
export function missingToBegin(state: VisitState): BeginStep[] {
  const unknown =
    present(state).some(({ acknowledgedAt }) => !acknowledgedAt) || state.bystanders.some(({ acknowledged }) => !acknowledged);
  return [
    ...(state.identityMethod ? [] : (['identity'] as const)),
    ...(unknown ? (['roster'] as const) : []),
    ...(state.address ? [] : (['address'] as const)),
    ...(state.callbackPhone ? [] : (['callbackPhone'] as const)),
    ...(lacksInterpreter(state) ? (['interpreter'] as const) : []),
  ];
}

/** The patient is there. Twice is once. */
export async function checkIn(ctx: Context, actor: Actor, visitId: string, now: Date): Promise<void> {
  await changeVisit(ctx, visitId, actor.userId, async ({ before, stage, audit }) => {
    if (!may(actor, 'visit.read', before)) throw noSuchVisit();
    if (before.checkedInAt) return false;
    await stage('checked_in', { checkedInAt: now });
    await audit('visit.check_in');
    return true;
  });
}

type Method = NonNullable<VisitSnapshot['identity']>['method'];

/** Records how it was verified who the patient is. A later one replaces it; both stay in the audit. */
export async function verifyIdentity(ctx: Context, { userId, visitId }: Acting, method: Method, now: Date): Promise<void> {
  await changeVisit(ctx, visitId, userId, async ({ before, set, audit }) => {
    require_(can(ownSeat(before.people, userId), 'visit.staff', before));
    if (before.identityMethod === method) return false;
    await set({ identityMethod: method, identityBy: userId, identityAt: now });
    await audit('visit.identity', visitId, { method });
    return true;
  });
}

/** The patient knows that these are there. Those who came meanwhile are not among them. */
export async function acknowledge(ctx: Context, { userId, visitId }: Acting, ids: string[], now: Date): Promise<void> {
  await changeVisit(ctx, visitId, userId, async ({ before, seat, set, audit }) => {
    require_(can(ownSeat(before.people, userId), 'visit.attend', before));
    const people = before.people.filter(({ id, acknowledgedAt }) => ids.includes(id) && !acknowledgedAt);
    const bystanders = before.bystanders.filter(({ id, acknowledged }) => ids.includes(id) && !acknowledged);
    if (people.length + bystanders.length === 0) return false;
    for (const { id } of people) {
      await seat(id, { acknowledgedAt: now });
      await audit('visit.acknowledge', id);
    }
    for (const { id } of bystanders) await audit('visit.acknowledge', id);
    await set({ bystanders: before.bystanders.map((one) => (ids.includes(one.id) ? { ...one, acknowledged: true } : one)) });
    return true;
  });
}

const maxBystanders = 20;

/** Puts somebody without a device on the roster, with the patient's yes where it takes one. The same id again is the same person. */
export async function addBystander(
  ctx: Context,
  { userId, visitId }: Acting,
  { consented, ...bystander }: Omit<Bystander, 'acknowledged'> & { consented: boolean },
): Promise<void> {
  await changeVisit(ctx, visitId, userId, async ({ tx, before, set, audit }) => {
    require_(can(ownSeat(before.people, userId), 'visit.staff', before));
    personOn(before, bystander.besideId);
    if (before.bystanders.some(({ id }) => id === bystander.id)) return false;
    if (before.bystanders.length >= maxBystanders) throw new Refusal('conflict', `No more than ${maxBystanders} people can be added.`);
    const type = presenceNeed(bystander, before.patient);
    const held = type !== null && covers(before.consents, { type, visitId, participantId: bystander.id }, new Date());
    if (type && !held && !consented) throw new Refusal('conflict', 'The patient has not said yes to this person’s being there.', 'consent');
    if (type && !held) {
      const given = { type, visitId, participantId: bystander.id, capacity: 'own' as const, form: 'oral' as const, keptBy: userId };
      await insertConsents(tx, before.patientId, [given], new Date(), before.unitId);
    }
    await set({ bystanders: [...before.bystanders, { ...bystander, acknowledged: false }] });
    await audit('visit.bystander', bystander.id, { role: bystander.role });
    return true;
  });
}

export async function takeBystanderOff(ctx: Context, { userId, visitId }: Acting, id: string): Promise<void> {
  await changeVisit(ctx, visitId, userId, async ({ before, set, audit }) => {
    require_(can(ownSeat(before.people, userId), 'visit.staff', before));
    const rest = before.bystanders.filter((one) => one.id !== id);
    if (rest.length === before.bystanders.length) return false;
    await set({ bystanders: rest });
    await audit('visit.bystander_left', id);
    return true;
  });
}

/** Starts the visit. @throws {Refusal} `conflict`, whose field is the first thing that is missing. */
export async function begin(ctx: Context, { userId, visitId }: Acting, now: Date): Promise<void> {
  await changeVisit(ctx, visitId, userId, async ({ before, stage, audit }) => {
    require_(can(ownSeat(before.people, userId), 'visit.staff', before));
    if (before.stage === 'in_progress') return false;
    const [missing] = missingToBegin(before);
    if (missing) throw new Refusal('conflict', `Before the visit starts: ${missing} is missing.`, missing);
    await stage('in_progress', { beganAt: now, waitingSince: null, preliminary: false });
    await audit('visit.begin');
    return true;
  });
}
