/** An interpreter is ordered, the agency says yes or not, the visit moves, or none is needed after all. */
import { and, eq, inArray } from 'drizzle-orm';
import type { IssuedCode } from '../../contract/codes.ts';
import type { InterpreterOrder } from '../../contract/interpreting.ts';
import { Refusal } from '../../contract/refusal.ts';
import type { Tx } from '../../drizzle/client.ts';
import { interpretations, invitations, participants } from '../../drizzle/schema/index.ts';
import { insertConsents } from '../consent/consents.ts';
import { covers } from '../consent/covers.ts';
import { runningConsents } from '../consent/running.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { tell } from '../notifications/tell.ts';
import { isStaff } from '../policies.ts';
import { codeExpiry, invite } from '../scheduling/invite.ts';
import { requireChangeable } from '../scheduling/reach.ts';
import { interpreterSeat } from '../scheduling/seatsOf.ts';
import { type Change, changeVisit } from '../visits/changeVisit.ts';
import type { VisitState } from '../visits/visitState.ts';
import { tellAgency } from './agency.ts';

type Placed = { visitId: string; unitId: string; patientId: string; actorId: string };

/**
 * Places an order, or another in the place of the former. The patient's yes is kept for the visit, whoever the interpreter is.
 *
 * @throws {Refusal} `conflict`, whose field is `interpreterConsented`, without that yes.
 */
export async function placeOrder(
  ctx: Pick<Context, 'jobs'>,
  tx: Tx,
  { visitId, unitId, patientId, actorId }: Placed,
  { language, mode, consented }: InterpreterOrder,
  now: Date,
): Promise<void> {
  const held = (await runningConsents(tx, [patientId])).get(patientId) ?? [];
  if (!covers(held, { type: 'interpreter', visitId }, now)) {
    if (!consented) throw new Refusal('conflict', 'The patient has not said yes to an interpreter.', 'interpreterConsented');
    const given = { type: 'interpreter' as const, visitId, capacity: 'own' as const, form: 'oral' as const, keptBy: actorId };
    await insertConsents(tx, patientId, [given], now, unitId);
  }
  const order = { language, mode, orderedBy: actorId, orderedAt: now, number: null, confirmedAt: null, instead: null };
  const [former] = await tx
    .select({ language: interpretations.language })
    .from(interpretations)
    .where(eq(interpretations.visitId, visitId));
  const placed = { ...order, insteadReason: null, insteadRelativeId: null };
  const [row] = await tx
    .insert(interpretations)
    .values({ ...placed, visitId })
    .onConflictDoUpdate({ target: interpretations.visitId, set: placed })
    .returning({ seatId: interpretations.participantId });
  if (row?.seatId) await standDown(tx, row.seatId);
  await tellAgency(ctx, tx, visitId, former ? 'orderChange' : 'order', now);
}

/** Who was to come is replaced: their link leads nowhere. */
const standDown = async (tx: Tx, participantId: string): Promise<void> => {
  await tx
    .update(participants)
    .set({ status: 'removed', presence: 'away', sending: [], waitingSince: null })
    .where(eq(participants.id, participantId));
  await tx.update(interpretations).set({ participantId: null }).where(eq(interpretations.participantId, participantId));
};

/** @throws {Refusal} `conflict` for a visit that has begun. */
function requireBefore({ beganAt }: VisitState): void {
  if (beganAt) throw new Refusal('conflict', 'The visit has begun.');
}

export async function orderInterpreter(ctx: Context, actor: Actor, visitId: string, order: InterpreterOrder, now: Date): Promise<void> {
  await changeVisit(ctx, visitId, actor.userId, async ({ tx, before, audit }) => {
    requireChangeable(actor, before);
    requireBefore(before);
    const { unitId, patientId } = before;
    await placeOrder(ctx, tx, { visitId, unitId, patientId, actorId: actor.userId }, order, now);
    await audit('interpreter.order', visitId, { language: order.language, mode: order.mode });
    return true;
  });
}

const noOrder = (): Refusal => new Refusal('conflict', 'No interpreter is ordered for this visit.');

/** The same number again is the same yes. */
export async function confirmInterpreter(
  ctx: Context,
  actor: Actor,
  visitId: string,
  number: string,
  now: Date,
): Promise<{ codes: IssuedCode[] }> {
  let codes: IssuedCode[] = [];
  await changeVisit(ctx, visitId, actor.userId, async (change) => {
    const { tx, before, audit } = change;
    requireChangeable(actor, before);
    if (!before.interpretation) throw noOrder();
    if (before.interpretation.number === number) return false;
    const seatId = await seatFor(change, number);
    await tx
      .update(interpretations)
      .set({ number, confirmedAt: now, participantId: seatId, instead: null })
      .where(eq(interpretations.visitId, visitId));
    codes = await promise(ctx, change, seatId, now);
    await audit('interpreter.confirm', visitId, { number });
    return true;
  });
  return { codes };
}

/** Who comes by video has a seat; who is on the telephone or beside the patient needs none. Of a new number the seat is another's. */
async function seatFor({ tx, before }: Change, number: string): Promise<string | null> {
  const { interpretation, visitId, startsAt, synthetic } = before;
  if (interpretation?.participantId) await standDown(tx, interpretation.participantId);
  if (interpretation?.mode !== 'video') return null;
  const seat = await interpreterSeat(tx, { visitId, startsAt }, number, synthetic);
  await tx.insert(participants).values(seat);
  return seat.id;
}

/** Of a preliminary visit everybody is told now; else the interpreter alone. */
export async function promise(ctx: Context, { tx, before, set }: Change, seatId: string | null, now: Date): Promise<IssuedCode[]> {
  const { visitId, preliminary, unit, startsAt, durationMinutes } = before;
  if (preliminary) await set({ preliminary: false });
  const uninvited = await tx
    .select({ seat: participants, reference: invitations.reference })
    .from(participants)
    .leftJoin(invitations, eq(invitations.participantId, participants.id))
    .where(and(eq(participants.visitId, visitId), inArray(participants.status, ['invited', 'waiting'])));
  const invited = uninvited
    .filter(({ seat, reference }) => reference === null && !isStaff(seat))
    .map(({ seat }) => ({ participantId: seat.id, name: seat.name ?? seat.place }));
  const codes = await invite(tx, ctx.env.SECRET, unit.mark, invited, codeExpiry(startsAt, durationMinutes, now));
  if (preliminary) await tell(ctx, tx, visitId, { purpose: 'invitation', codes, anew: true }, now);
  else if (seatId)
    await tell(ctx, tx, visitId, { purpose: 'invitation', only: ({ participantId }) => participantId === seatId, codes }, now);
  return codes;
}

/** @returns codes of those who come, where the visit waited for its interpreter. */
export async function endOrder(ctx: Context, actor: Actor, visitId: string, reason: string, now: Date): Promise<{ codes: IssuedCode[] }> {
  let codes: IssuedCode[] = [];
  await changeVisit(ctx, visitId, actor.userId, async (change) => {
    const { tx, before, audit } = change;
    requireChangeable(actor, before);
    requireBefore(before);
    if (!before.interpretation) return false;
    await tellAgency(ctx, tx, visitId, 'orderEnd', now);
    if (before.interpretation.participantId) await standDown(tx, before.interpretation.participantId);
    await tx.delete(interpretations).where(eq(interpretations.visitId, visitId));
    codes = await promise(ctx, change, null, now);
    await audit('interpreter.end', visitId, { reason: reason !== '' });
    return true;
  });
  return { codes };
}

/** Another time is another order: what the agency has said yes to holds no more. */
export async function askAgencyAnew(ctx: Pick<Context, 'jobs'>, { tx, before, audit }: Change, now: Date): Promise<void> {
  if (!before.interpretation) return;
  if (before.interpretation.participantId) await standDown(tx, before.interpretation.participantId);
  await tx.update(interpretations).set({ number: null, confirmedAt: null }).where(eq(interpretations.visitId, before.visitId));
  await tellAgency(ctx, tx, before.visitId, 'orderChange', now);
  await audit('interpreter.anew');
}

export async function calledOff(ctx: Pick<Context, 'jobs'>, { tx, before }: Change, now: Date): Promise<void> {
  if (before.interpretation) await tellAgency(ctx, tx, before.visitId, 'orderEnd', now);
}
