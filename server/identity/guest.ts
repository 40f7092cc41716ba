/** The guest's way in: a link and a code that works once. */
import { eq } from 'drizzle-orm';
import type { Me } from '../../contract/identity.ts';
import { Refusal } from '../../contract/refusal.ts';
import { openStates } from '../../contract/visits.ts';
import { invitations, participants, units, users } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import { type Change, changeVisit } from '../visits/changeVisit.ts';
import { codeMatches } from './codes.ts';
import type { From } from './login.ts';
import { meOf } from './me.ts';

/** The unit of the invitations that begin like this, and its telephone; null if no unit's do. */
export async function unitOfReference(ctx: Context, reference: string): Promise<{ name: string; phone: string } | null> {
  const [unit] = await ctx.db
    .select({ name: units.name, phone: units.phone })
    .from(units)
    .where(eq(units.mark, reference.slice(0, 2)));
  return unit ?? null;
}

type Entered = { cookie: string; me: Me; visitId: string };

/**
 * Opens the one visit of an invitation. A try that fails rings the staff of the visit.
 *
 * @throws {Refusal} `wrong_code` alike for unknown, mistyped, expired, used and for a visit that is over; `rate_limited`.
 */
export async function enterAsGuest(ctx: Context, reference: string, code: string, from: From, now: Date): Promise<Entered> {
  const [found] = await ctx.db
    .select({ issue: invitations.issue, participantId: participants.id, visitId: participants.visitId })
    .from(invitations)
    .innerJoin(participants, eq(participants.id, invitations.participantId))
    .where(eq(invitations.reference, reference));
  const entered = await ctx.limits.code(`${reference}#${found?.issue ?? 0}`, from, async () => {
    if (!found) {
      await writeAudit(ctx.db, { actorId: null, action: 'guest.failed' });
      return null;
    }
    let entered: Entered | null = null;
    await changeVisit(ctx, found.visitId, null, async (change) => {
      entered = await tryCode(ctx, change, { reference, code, participantId: found.participantId, from }, now);
      return true;
    });
    return entered as Entered | null;
  });
  if (!entered) throw new Refusal('wrong_code', 'The reference or the code is not right, or no longer valid.');
  return entered;
}

type Try = { reference: string; code: string; participantId: string; from: From };

/** Under the visit's lock, so that of two devices with the same code one gets in. */
async function tryCode(ctx: Context, { tx, before, audit }: Change, given: Try, now: Date): Promise<Entered | null> {
  const { reference, participantId } = given;
  const ofReference = eq(invitations.reference, reference);
  const [row] = await tx
    .select({ invitation: invitations, user: users })
    .from(invitations)
    .innerJoin(participants, eq(participants.id, invitations.participantId))
    .innerJoin(users, eq(users.id, participants.userId))
    .where(ofReference);
  const seat = before.people.find(({ id }) => id === participantId);
  const right =
    row !== undefined &&
    seat !== undefined &&
    codeMatches(ctx.env.SECRET, reference, given.code, row.invitation.codeHash) &&
    row.invitation.usedAt === null &&
    row.invitation.expiresAt > now &&
    seat.status !== 'removed' &&
    openStates.some((open) => open === before.stage);
  if (!right) {
    await tx
      .update(invitations)
      .set({ failures: (row?.invitation.failures ?? 0) + 1 })
      .where(ofReference);
    await audit('guest.failed', participantId);
    return null;
  }
  await tx.update(invitations).set({ usedAt: now, failures: 0 }).where(ofReference);
  const { visitId, unit, patientId } = before;
  await writeAudit(tx, { actorId: row.user.id, action: 'guest.enter', subjectId: participantId, visitId, unitId: unit.id, patientId });
  const { sessionId, cookie } = await ctx.sessions.begin(tx, row.user.id, given.from, { visitId });
  const actor = await ctx.sessions.actorIn(tx, sessionId);
  if (!actor) throw new Error('the session ended as it began');
  return { cookie, visitId, me: await meOf(ctx, tx, actor) };
}
