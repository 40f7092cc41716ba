/** Staff: their accounts and their assignments. */
import { and, asc, eq, inArray, isNull, ne, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { workCountries } from '../../contract/policy.ts';
import { Refusal } from '../../contract/refusal.ts';
import type { credentials, StaffRole, StaffView } from '../../contract/units.ts';
import type { Db, Tx } from '../../drizzle/client.ts';
import { assignments, sessions, totpSecrets, units, users } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import { newPassword } from '../identity/codes.ts';
import { hashSecret } from '../identity/passwords.ts';
import type { Actor } from '../identity/sessions.ts';
import { administeredBy, may } from '../policies.ts';
import { freeSeatsOf, judgeAnew } from './enforce.ts';
import { isHsaId } from './hsaId.ts';
import { administeredUnit } from './organisations.ts';
import { overtaken } from './overtaken.ts';

type Naming = { name: string | null; place: string };
type Credentials = z.output<typeof credentials>;

/** @throws {Refusal} `invalid`, naming what is wrong. */
function checkedCredentials({ hsaId, workCountries: approved, ...rest }: Credentials): Credentials {
  if (hsaId !== null && !isHsaId(hsaId)) throw new Refusal('invalid', 'hsaId: is no HSA-id', 'hsaId');
  const outside = approved.find((one) => !workCountries.some((inside) => inside === one));
  if (outside) throw new Refusal('invalid', 'workCountries: is outside the EU and EEA', 'workCountries');
  return { ...rest, hsaId, workCountries: [...new Set(['SE', ...approved])] };
}

/** Everybody with a running assignment at the unit, each with all that the actor may see of theirs. */
export async function staffOf(ctx: Context, actor: Actor, unitId: string): Promise<StaffView[]> {
  await administeredUnit(ctx.db, actor, unitId);
  const here = ctx.db
    .select({ userId: assignments.userId })
    .from(assignments)
    .where(and(eq(assignments.unitId, unitId), isNull(assignments.endedAt)));
  return views(ctx.db, actor, inArray(users.id, here));
}

async function views(tx: Db | Tx, actor: Actor, which: ReturnType<typeof inArray>): Promise<StaffView[]> {
  const mine = administeredBy(actor);
  const rows = await tx
    .select({ user: users, held: assignments, unitName: units.name, organisationId: units.organisationId })
    .from(users)
    .leftJoin(assignments, and(eq(assignments.userId, users.id), isNull(assignments.endedAt)))
    .leftJoin(units, eq(units.id, assignments.unitId))
    .where(which)
    .orderBy(asc(users.place), asc(users.username), asc(assignments.startedAt));
  return [...Map.groupBy(rows, ({ user }) => user.id).values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { id: userId, username, name, place, version, hsaId, licence, licenceUntil, email, workCountries: approved } = first.user;
    const held = group.flatMap(({ held, unitName, organisationId }) =>
      held && unitName && organisationId && (mine === null || mine.includes(organisationId))
        ? [{ id: held.id, unitId: held.unitId, unitName, role: held.role, hsaId: held.hsaId }]
        : [],
    );
    const shown = { hsaId, licence, licenceUntil, email, workCountries: approved };
    return [{ userId, username: username ?? '', name, place, version, ...shown, assignments: held }];
  });
}

type NewStaff = Naming & { username: string; role: StaffRole };

/** @returns the password, which is kept nowhere in clear. @throws {Refusal} `invalid` if the name is taken. */
export async function addStaff(
  ctx: Context,
  actor: Actor,
  unitId: string,
  { role, ...person }: NewStaff,
): Promise<{ userId: string; password: string }> {
  const password = newPassword();
  const passwordHash = await hashSecret(password);
  return ctx.db.transaction(async (tx) => {
    const unit = await administeredUnit(tx, actor, unitId);
    const [user] = await tx
      .insert(users)
      .values({ ...person, kind: 'staff', passwordHash, synthetic: unit.synthetic })
      .onConflictDoNothing()
      .returning({ id: users.id });
    if (!user) throw new Refusal('invalid', 'username: is taken', 'username');
    await tx.insert(assignments).values({ userId: user.id, unitId, role });
    await writeAudit(tx, { actorId: actor.userId, action: 'staff.add', subjectId: user.id, unitId, detail: { role } });
    return { userId: user.id, password };
  });
}

/** A person who has an account, perhaps at another unit, gets one more assignment. Twice is once. */
export async function assign(ctx: Context, actor: Actor, unitId: string, given: { username: string; role: StaffRole }): Promise<void> {
  const userId = await ctx.db.transaction(async (tx) => {
    await administeredUnit(tx, actor, unitId);
    const [user] = await tx
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.username, given.username), eq(users.kind, 'staff')));
    if (!user) throw new Refusal('invalid', 'username: nobody on the staff has this name', 'username');
    const made = await tx.insert(assignments).values({ userId: user.id, unitId, role: given.role }).onConflictDoNothing().returning();
    if (made.length > 0)
      await writeAudit(tx, { actorId: actor.userId, action: 'assignment.begin', subjectId: user.id, unitId, detail: { role: given.role } });
    return user.id;
  });
  ctx.hub.userChanged(userId);
}

export async function changeStaff(
  ctx: Context,
  actor: Actor,
  userId: string,
  given: Naming & Credentials & { basedOn: number },
): Promise<StaffView> {
  const { basedOn, name, place, ...shown } = given;
  const checked = checkedCredentials(shown);
  const view = await ctx.db.transaction(async (tx) => {
    await administeredStaff(tx, actor, userId);
    await requireFree(tx, userId, checked.hsaId);
    const changed = await tx
      .update(users)
      .set({ name, place, ...checked, version: sql`${users.version} + 1` })
      .where(and(eq(users.id, userId), eq(users.version, basedOn)))
      .returning({ id: users.id });
    if (changed.length === 0) throw overtaken();
    await writeAudit(tx, { actorId: actor.userId, action: 'staff.change', subjectId: userId });
    const [seen] = await views(tx, actor, inArray(users.id, [userId]));
    if (!seen) throw new Error('the account vanished');
    return seen;
  });
  await judgeAnew(ctx, actor.userId, userId);
  return view;
}

async function requireFree(tx: Tx, userId: string, hsaId: string | null): Promise<void> {
  if (hsaId === null) return;
  const [other] = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.hsaId, hsaId), ne(users.id, userId)));
  if (other) throw new Refusal('invalid', 'hsaId: is somebody else’s', 'hsaId.taken');
}

/** The HSA-id of a commission, by which a provider's login chooses it. */
export async function changeAssignment(ctx: Context, actor: Actor, assignmentId: string, hsaId: string | null): Promise<void> {
  if (hsaId !== null && !isHsaId(hsaId)) throw new Refusal('invalid', 'hsaId: is no HSA-id', 'hsaId');
  await ctx.db.transaction(async (tx) => {
    const [held] = await tx.select().from(assignments).where(eq(assignments.id, assignmentId)).for('update');
    if (!held) throw new Refusal('not_found', 'There is no such assignment.');
    await administeredUnit(tx, actor, held.unitId);
    const [other] = hsaId === null ? [] : await tx.select().from(assignments).where(eq(assignments.hsaId, hsaId));
    if (other && other.id !== assignmentId) throw new Refusal('invalid', 'hsaId: is another’s', 'hsaId.taken');
    await tx.update(assignments).set({ hsaId }).where(eq(assignments.id, assignmentId));
    await writeAudit(tx, { actorId: actor.userId, action: 'assignment.change', subjectId: held.userId, unitId: held.unitId });
  });
}

/** A new password; whoever is logged in with the old one is logged out. */
export async function resetPassword(ctx: Context, actor: Actor, userId: string): Promise<{ password: string }> {
  const password = newPassword();
  const passwordHash = await hashSecret(password);
  await ctx.db.transaction(async (tx) => {
    await administeredStaff(tx, actor, userId);
    await tx.update(users).set({ passwordHash }).where(eq(users.id, userId));
    await tx.delete(totpSecrets).where(eq(totpSecrets.userId, userId)); // whoever has lost both begins anew
    await tx.delete(sessions).where(eq(sessions.userId, userId));
    await writeAudit(tx, { actorId: actor.userId, action: 'staff.password', subjectId: userId });
  });
  ctx.hub.userChanged(userId);
  return { password };
}

/**
 * Ends an assignment and what it opened: the seats taken by it in visits that are not over go, their media with them,
 * and the person's connections are judged anew. Twice is once.
 */
export async function endAssignment(ctx: Context, actor: Actor, assignmentId: string, now: Date): Promise<void> {
  const ended = await ctx.db.transaction(async (tx) => {
    const [held] = await tx.select().from(assignments).where(eq(assignments.id, assignmentId)).for('update');
    if (!held) throw new Refusal('not_found', 'There is no such assignment.');
    await administeredUnit(tx, actor, held.unitId);
    if (held.endedAt) return null;
    await tx.update(assignments).set({ endedAt: now }).where(eq(assignments.id, assignmentId));
    const { userId, unitId, role } = held;
    await writeAudit(tx, { actorId: actor.userId, action: 'assignment.end', subjectId: userId, unitId, detail: { role } });
    const others = await tx
      .select({ unitId: assignments.unitId })
      .from(assignments)
      .where(and(eq(assignments.userId, userId), isNull(assignments.endedAt)));
    return others.some((other) => other.unitId === unitId) ? null : held;
  });
  if (ended) await freeSeatsOf(ctx, actor.userId, ended, 'people.unassigned');
  if (ended) ctx.hub.userChanged(ended.userId);
}

/**
 * An account belongs where its oldest running assignment is: whoever gives somebody one more cannot change who they are.
 *
 * @throws {Refusal} `not_found` unless the actor administers that organisation.
 */
async function administeredStaff(tx: Tx, actor: Actor, userId: string): Promise<void> {
  const held = await tx
    .select({ organisationId: units.organisationId })
    .from(assignments)
    .innerJoin(units, eq(units.id, assignments.unitId))
    .where(and(eq(assignments.userId, userId), isNull(assignments.endedAt)))
    .orderBy(asc(assignments.startedAt), asc(assignments.id));
  const [home] = held;
  if (!home || !may(actor, 'unit.administer', home)) throw new Refusal('not_found', 'There is no such member of staff.');
}
