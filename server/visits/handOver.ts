import { eq } from 'drizzle-orm';
import { participants, users } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { careRoles, seatOf } from '../policies.ts';
import { changeVisit } from './changeVisit.ts';

/**
 * The tablet beside the bed goes from one of the staff to another: the seat, its place in the room and its media stay, the
 * person on it changes, and the patient is to know them. Only the tab that is in the room can give its seat away. Nothing happens if the other does not work at the seat's unit, or
 * has a seat of their own.
 */
export async function handOver(
  ctx: Context,
  from: Actor,
  to: Actor,
  { visitId, tabId }: { visitId: string; tabId: string },
): Promise<void> {
  const held = to.assignments.find(({ role }) => careRoles.includes(role));
  const [user] = await ctx.db.select({ name: users.name, place: users.place }).from(users).where(eq(users.id, to.userId));
  await changeVisit(ctx, visitId, to.userId, async ({ tx, before, audit }) => {
    const own = seatOf(from, before);
    const inRoom = own?.presence === 'room' || own?.presence === 'returning';
    if (!own || !inRoom || own.heldBy !== tabId || !user || !held || held.unitId !== own.unitId) return false;
    if (before.people.some(({ userId }) => userId === to.userId)) return false;
    const { name, place } = user;
    const taken = { userId: to.userId, name, place, role: held.role, acknowledgedAt: null };
    await tx.update(participants).set(taken).where(eq(participants.id, own.id));
    await audit('seat.handOver', own.id);
    return true;
  });
}
