/** A tablet that several of the staff share: each has a session of their own in it, and a PIN changes from one to another. */
import type { Me } from '../../contract/identity.ts';
import { Refusal } from '../../contract/refusal.ts';
import type { StaffRole } from '../../contract/units.ts';
import { actingBy } from '../access/acting.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import { handOver } from '../visits/handOver.ts';
import { type From, keyOf } from './login.ts';
import { meOf } from './me.ts';
import { opened, requirePin } from './proof.ts';
import type { Actor } from './sessions.ts';

type OnDevice = { key: string; name: string | null; role: StaffRole | null; here: boolean };

/** Staff who are logged in in this browser and have a PIN. They stand by name, or by user name where they have none. */
export async function peopleOnDevice(ctx: Context, actor: Actor | null, device: string | null): Promise<OnDevice[]> {
  if (device === null) return [];
  const rows = await ctx.sessions.onDevice(ctx.db, device);
  const people: OnDevice[] = [];
  const seen = new Set<string>();
  for (const { session, user } of rows) {
    if (user.pinHash === null || seen.has(user.id)) continue;
    const there = await ctx.sessions.actorIn(ctx.db, session.id);
    if (!there || there.locked === 'absolute') continue;
    seen.add(user.id);
    const role = there.assignments[0]?.role ?? there.choices[0]?.role ?? null;
    people.push({ key: keyOf(session.id), name: user.name ?? user.username, role, here: session.id === actor?.sessionId });
  }
  return people;
}

type Wanted = { key: string; pin: string; seat: { visitId: string; tabId: string } | null };

/**
 * Somebody else takes over the browser. In a running visit they take the seat over too, with the call kept.
 *
 * @throws {Refusal} `not_found` for one who is not logged in here; `wrong_credentials`, `rate_limited` for the PIN.
 */
export async function switchTo(
  ctx: Context,
  actor: Actor | null,
  { key, pin, seat }: Wanted,
  from: From,
  now: Date,
): Promise<{ me: Me; cookie: string }> {
  const rows = from.device === null ? [] : await ctx.sessions.onDevice(ctx.db, from.device);
  const found = rows.find(({ session }) => keyOf(session.id) === key);
  if (!found) throw new Refusal('not_found', 'Nobody like that is logged in here.', 'key');
  const { session, user } = found;
  await requirePin(ctx, user.id, session.id, pin);
  await ctx.db.transaction(async (tx) => {
    if (from.device) await ctx.sessions.lockOthers(tx, from.device, user.id, now);
    await opened(ctx, tx, { userId: user.id, sessionId: session.id }, false, now);
    await writeAudit(tx, { actorId: user.id, action: 'session.switch', subjectId: actor?.userId ?? null });
  });
  const next = await ctx.sessions.actorIn(ctx.db, session.id, now);
  if (!next) throw new Refusal('unauthenticated', 'Log in first.');
  if (next.locked) throw new Refusal('locked', 'Log in with password or e-ID.', 'pin');
  if (actor && seat !== null && actor.userId !== next.userId) await actingBy(next, () => handOver(ctx, actor, next, seat));
  return { me: await meOf(ctx, ctx.db, next), cookie: ctx.sessions.cookieOf(session.id, from.secure) };
}
