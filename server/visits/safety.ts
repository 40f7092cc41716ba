/** The curtain, the emergency, and stopping. */
import { Refusal, require_ } from '../../contract/refusal.ts';
import type { Context } from '../context.ts';
import { endExamination } from '../examining/end.ts';
import { can, isBedside, isStaff } from '../policies.ts';
import { type Change, changeVisit } from './changeVisit.ts';
import { type Acting, everybodyOut, ownSeat, shutPartition } from './hosting.ts';
import type { Person } from './visitState.ts';

/** Picture and sound go off both ways at once. */
export async function drawCurtain(ctx: Context, { userId, visitId }: Acting, now: Date): Promise<void> {
  await changeVisit(ctx, visitId, userId, async (change) => {
    const { before, set, audit } = change;
    require_(can(ownSeat(before.people, userId), 'visit.bedside', before), 'Only the bedside draws the curtain.');
    if (before.curtainSince) return false;
    await endExamination(change);
    await set({ curtainSince: now });
    await audit('curtain.draw');
    return true;
  });
}

export async function liftCurtain(ctx: Context, { userId, visitId }: Acting): Promise<void> {
  await changeVisit(ctx, visitId, userId, async ({ before, set, audit }) => {
    require_(can(ownSeat(before.people, userId), 'visit.bedside', before), 'Only the bedside lifts the curtain.');
    if (!before.curtainSince) return false;
    await set({ curtainSince: null });
    await audit('curtain.lift');
    return true;
  });
}

const isHere = ({ presence }: Person): boolean => presence === 'room';

/** Shows the address to staff, names who at the bedside calls 112, and keeps the call open until it is over. */
export async function raiseEmergency(ctx: Context, { userId, visitId }: Acting, now: Date): Promise<void> {
  await changeVisit(ctx, visitId, userId, async ({ before, set, audit }) => {
    require_(can(ownSeat(before.people, userId), 'visit.staff', before));
    if (before.emergencySince) return false;
    const bedside = before.people.filter((person) => isHere(person) && isBedside(person));
    const caller = bedside.find(isStaff) ?? bedside[0];
    await set({ emergencySince: now, emergencyAt: before.emergencyAt ?? now, emergencyCallerId: caller?.id ?? null });
    await audit('emergency.raise', visitId, { protected: before.patient.protectedIdentity });
    return true;
  });
}

/** "I call 112." The last who says so does. */
export async function callFor(ctx: Context, { userId, visitId }: Acting): Promise<void> {
  await changeVisit(ctx, visitId, userId, async ({ before, set, audit }) => {
    const self = ownSeat(before.people, userId);
    require_(self !== undefined && can(self, 'visit.attend', before));
    if (!before.emergencySince) throw new Refusal('conflict', 'There is no emergency any more.');
    if (before.emergencyCallerId === self.id) return false;
    await set({ emergencyCallerId: self.id });
    await audit('emergency.caller', self.id);
    return true;
  });
}

/** Help has taken over; or it was pressed by mistake, and then the visit has had no emergency. Both stay in the audit. */
export async function endEmergency(ctx: Context, { userId, visitId }: Acting, mistaken: boolean): Promise<void> {
  await changeVisit(ctx, visitId, userId, async ({ before, set, audit }) => {
    require_(can(ownSeat(before.people, userId), 'visit.staff', before));
    if (!before.emergencySince) return false;
    await set({ emergencySince: null, emergencyCallerId: null, ...(mistaken ? { emergencyAt: null } : {}) });
    await audit(mistaken ? 'emergency.mistaken' : 'emergency.over');
    return true;
  });
}

/** The patient, or somebody beside them, stops: no reason is asked for. In an emergency only their own device leaves. */
export async function stopVisit(ctx: Context, { userId, visitId }: Acting, now: Date): Promise<void> {
  await changeVisit(ctx, visitId, userId, async (change) => {
    const self = ownSeat(change.before.people, userId);
    require_(self !== undefined && can(self, 'visit.bedside', change.before));
    if (change.before.emergencySince) await leaveAlone(change, self);
    else await (change.before.partition === null ? everybodyOut(change, now) : shutPartition(change, 'sealed'));
    await change.audit('visit.stop', self.id);
    return true;
  });
}

const leaveAlone = ({ seat }: Change, { id }: Person): Promise<void> =>
  seat(id, { presence: 'away', sending: [], absentSince: null, heldBy: null });
