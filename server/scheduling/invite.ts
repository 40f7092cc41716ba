/** Links and codes for those who come without an account. */
import { eq } from 'drizzle-orm';
import type { IssuedCode } from '../../contract/codes.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import type { Tx } from '../../drizzle/client.ts';
import { invitations } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import { hashCode, newCode, newReference } from '../identity/codes.ts';
import type { Actor } from '../identity/sessions.ts';
import { can, isStaff, may } from '../policies.ts';
import { type Change, changeVisit, noSuchVisit, personOn } from '../visits/changeVisit.ts';
import { type Acting, ownSeat } from '../visits/hosting.ts';

/** A code is good until so long after the planned end of the visit, or after it was issued, whichever is later. */
const graceMs = 4 * 3_600_000;

export const codeExpiry = (startsAt: Date, durationMinutes: number, now: Date): Date =>
  new Date(Math.max(startsAt.getTime() + durationMinutes * 60_000, now.getTime()) + graceMs);

type Invited = { participantId: string; name: string | null };

/** Makes a reference and a code for each seat, in one statement unless a reference is taken. */
export async function invite(tx: Tx, secret: string, mark: string, invited: Invited[], expiresAt: Date): Promise<IssuedCode[]> {
  const issued: IssuedCode[] = [];
  let left = invited;
  while (left.length > 0) {
    const made = left.map(({ participantId, name }) => {
      const [reference, code] = [newReference(mark), newCode()];
      return { participantId, name: name ?? '', reference, code, expiresAt: expiresAt.toISOString() };
    });
    const rows = made.map(({ participantId, reference, code }) => ({
      participantId,
      reference,
      codeHash: hashCode(secret, reference, code),
      expiresAt,
    }));
    const kept = await tx
      .insert(invitations)
      .values(rows)
      .onConflictDoNothing({ target: invitations.reference })
      .returning({ reference: invitations.reference });
    const done = made.filter(({ reference }) => kept.some((row) => row.reference === reference));
    issued.push(...done);
    left = left.filter(({ participantId }) => !done.some((one) => one.participantId === participantId));
  }
  return issued;
}

/** A new code under the same reference; the old one is void, and who is in stays in. */
export async function reissue(ctx: Context, actor: Actor, visitId: string, participantId: string, now: Date): Promise<IssuedCode> {
  return renewed(ctx, actor.userId, visitId, now, participantId, ({ before }) => {
    if (!may(actor, 'visit.read', before)) throw noSuchVisit();
  });
}

export async function reissueFromInside(ctx: Context, acting: Acting, participantId: string, now: Date): Promise<IssuedCode> {
  return renewed(ctx, acting.userId, acting.visitId, now, participantId, ({ before }) =>
    require_(can(ownSeat(before.people, acting.userId), 'visit.staff', before)),
  );
}

async function renewed(
  ctx: Context,
  actorId: string,
  visitId: string,
  now: Date,
  participantId: string,
  judge: (change: Change) => void,
): Promise<IssuedCode> {
  let issued: IssuedCode | null = null;
  await changeVisit(ctx, visitId, actorId, async (change) => {
    judge(change);
    issued = await renew(ctx, change, participantId, now);
    return true;
  });
  if (!issued) throw new Error('no code was made');
  return issued;
}

async function renew(ctx: Context, { tx, before, audit }: Change, participantId: string, now: Date): Promise<IssuedCode> {
  const person = personOn(before, participantId);
  if (isStaff(person) || person.status === 'removed')
    throw new Refusal('conflict', 'This person does not come by link and code.', 'participantId');
  const { startsAt, durationMinutes, unit } = before;
  const expiresAt = codeExpiry(startsAt, durationMinutes, now);
  const [present] = await tx.select().from(invitations).where(eq(invitations.participantId, participantId));
  await audit('guest.code', participantId);
  if (!present) {
    const [made] = await invite(tx, ctx.env.SECRET, unit.mark, [{ participantId, name: person.name }], expiresAt);
    if (!made) throw new Error('no code was made');
    return made;
  }
  const { reference, issue } = present;
  const code = newCode();
  await tx
    .update(invitations)
    .set({ codeHash: hashCode(ctx.env.SECRET, reference, code), issue: issue + 1, expiresAt, usedAt: null, failures: 0 })
    .where(eq(invitations.reference, reference));
  return { participantId, name: person.name ?? '', reference, code, expiresAt: expiresAt.toISOString() };
}
