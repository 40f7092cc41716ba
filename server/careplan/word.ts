/** Who has the word in a meeting of many: hands up, and the round of the table. */
import { Refusal, require_ } from '../../contract/refusal.ts';
import type { VisitSnapshot } from '../../contract/visits.ts';
import type { Context } from '../context.ts';
import { can } from '../policies.ts';
import { changeVisit, personOn } from '../visits/changeVisit.ts';
import { type Acting, ownSeat } from '../visits/hosting.ts';
import type { Person, VisitState } from '../visits/visitState.ts';

const isThere = (state: VisitState, person: Person): boolean =>
  person.seat === 'own' && person.presence === 'room' && can(person, 'visit.room', state);

/** Twice is once. */
export async function raiseHand(ctx: Context, { userId, visitId }: Acting, up: boolean, now: Date): Promise<void> {
  await changeVisit(ctx, visitId, userId, async ({ before, seat, audit }) => {
    const self = ownSeat(before.people, userId);
    require_(can(self, 'visit.room', before));
    if (!self || (self.handUpAt !== null) === up) return false;
    await seat(self.id, { handUpAt: up ? now : null });
    await audit(up ? 'hand.up' : 'hand.down');
    return true;
  });
}

/** By the host, when they have had the word. */
export async function lowerHand(ctx: Context, { userId, visitId }: Acting, participantId: string): Promise<void> {
  await changeVisit(ctx, visitId, userId, async ({ before, seat, audit }) => {
    require_(can(ownSeat(before.people, userId), 'visit.host', before));
    if (personOn(before, participantId).handUpAt === null) return false;
    await seat(participantId, { handUpAt: null });
    await audit('hand.down', participantId);
    return true;
  });
}

/** Everybody who is there gets the word in turn, the person first. @throws {Refusal} `conflict` where there is nobody to pass it on to. */
export async function goRound(ctx: Context, { userId, visitId }: Acting, on: boolean): Promise<void> {
  await changeVisit(ctx, visitId, userId, async ({ before, set, audit }) => {
    require_(can(ownSeat(before.people, userId), 'visit.host', before));
    if ((before.roundTable !== null) === on) return false;
    const there = before.people.filter((person) => isThere(before, person));
    if (on && there.length < 2) throw new Refusal('conflict', 'There is nobody else to give the word to.', 'table');
    const order = there.toSorted((a, b) => Number(b.role === 'patient') - Number(a.role === 'patient')).map(({ id }) => id);
    await set({ roundTable: on ? { order, at: 0 } : null });
    await audit(on ? 'table.begin' : 'table.end');
    return true;
  });
}

/** By who has the word, or the host. After the last the round is over; who has gone meanwhile is passed over. */
export async function passOn(ctx: Context, { userId, visitId }: Acting): Promise<void> {
  await changeVisit(ctx, visitId, userId, async ({ before, set, audit }) => {
    const self = ownSeat(before.people, userId);
    const table = tableOf(before);
    if (!before.roundTable || !table) return false;
    require_(self?.id === table.nowId || can(self, 'visit.host', before));
    const at = table.nextId === null ? -1 : before.roundTable.order.indexOf(table.nextId);
    await set({ roundTable: at < 0 ? null : { ...before.roundTable, at } });
    await audit('table.next', table.nextId ?? visitId);
    return true;
  });
}

/** Null when nobody of the round is there any more. */
export function tableOf(state: VisitState): VisitSnapshot['roundTable'] {
  if (!state.roundTable) return null;
  const { order, at } = state.roundTable;
  const [nowId, nextId = null] = order.slice(at).filter((id) => state.people.some((person) => person.id === id && isThere(state, person)));
  return nowId === undefined ? null : { nowId, nextId };
}
