/** Stills: announced, brought, looked at, struck. Each once, however often it is sent, and none without the patient's yes. */
import { and, desc, eq, isNotNull } from 'drizzle-orm';
import { keptDays } from '../../contract/examining.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import type { NewStill, StillView } from '../../contract/stills.ts';
import { openStates } from '../../contract/visits.ts';
import type { Db, Tx } from '../../drizzle/client.ts';
import { participants, stillPictures, stills, units, users } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import { opensUnit } from '../access/openings.ts';
import { file } from '../consent/consents.ts';
import { covers } from '../consent/covers.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { may } from '../policies.ts';
import { type Change, changeVisit, noSuchVisit } from '../visits/changeVisit.ts';
import { byOurClock } from '../visits/clocks.ts';
import { loadVisit, type VisitState } from '../visits/visitState.ts';
import { cleaned, small } from './pictures.ts';

const dayMs = 24 * 60 * 60_000;
const most = 500;

const noSuchStill = (): Refusal => new Refusal('not_found', 'There is no such picture.');
const noConsent = (): Refusal => new Refusal('conflict', 'The patient has not said yes to pictures.', 'consent');

const isOpen = ({ stage }: VisitState): boolean => openStates.some((one) => one === stage) || stage === 'documenting';
const consentOf = ({ consents, visitId }: VisitState, now: Date) =>
  consents.find((one) => covers([one], { type: 'recording', visitId }, now));

function requireTaking(actor: Actor, visit: VisitState): void {
  if (!may(actor, 'still.take', visit) && !may(actor, 'visit.read', visit)) throw noSuchVisit();
  require_(may(actor, 'still.take', visit));
  if (!isOpen(visit)) throw new Refusal('ended', 'The visit is over.');
}

/**
 * Says that a picture has been taken; with it, if need be, files the patient's yes for this visit.
 *
 * @returns whether its bytes have come already.
 * @throws {Refusal} `conflict`, naming `patientId`, if the taker had another patient before them; naming `consent`, if the
 *   patient has not said yes; naming `id`, if that number is another picture's. `ended`.
 */
export async function announce(ctx: Context, actor: Actor, visitId: string, given: NewStill, now: Date): Promise<{ arrived: boolean }> {
  let arrived = false;
  await changeVisit(ctx, visitId, actor.userId, async (change) => {
    const { tx, before, set, audit } = change;
    requireTaking(actor, before);
    if (before.patientId !== given.patientId) throw new Refusal('conflict', 'This is a picture of another patient.', 'patientId');
    const [known] = await tx.select().from(stills).where(eq(stills.id, given.id));
    if (known && known.visitId !== visitId) throw new Refusal('conflict', 'This number is taken by another picture.', 'id');
    arrived = known?.arrivedAt != null;
    if (known) return false;
    const takenAt = byOurClock(given.takenAt, given.sentAt, 'takenAt', now);
    const consentId = await consentFor(change, actor, given, takenAt, now);
    const { id, kind, site, words, scaled, camera } = given;
    await tx.insert(stills).values({
      ...{ id, visitId, kind, site, words, scaled, camera, takenAt, consentId },
      patientId: before.patientId,
      unitId: before.unitId,
      takenBy: actor.userId,
      announcedAt: now,
      keptUntil: new Date(takenAt.getTime() + keptDays[kind] * dayMs),
    });
    await set({ stillsAt: now });
    await audit('still.take', id, { kind });
    return true;
  });
  return { arrived };
}

/** What it rests on: what holds already, or what is said with it. Who photographs themselves says yes by doing it. */
async function consentFor({ tx, before }: Change, actor: Actor, { consent }: NewStill, takenAt: Date, now: Date): Promise<string> {
  const held = consentOf(before, now);
  if (held) return held.id;
  const { patient, visitId, unitId } = before;
  const self = patient.userId === actor.userId;
  const basis = self ? { capacity: 'own' as const, capacityNote: '', guardianId: null } : consent;
  if (!basis) throw noConsent();
  const row = { type: 'recording' as const, visitId, form: self ? ('written' as const) : ('oral' as const), keptBy: actor.userId };
  return file(tx, patient, { ...basis, ...row }, takenAt > now ? now : takenAt, unitId);
}

/**
 * Brings the bytes. Twice is once.
 *
 * @throws {Refusal} `conflict`, naming `consent`, if the patient has taken their yes back meanwhile: then it is not kept,
 *   and nothing is left of its being announced. As `cleaned`.
 */
export async function bring(ctx: Context, actor: Actor, stillId: string, given: unknown, now: Date): Promise<void> {
  const [announced] = await ctx.db.select().from(stills).where(eq(stills.id, stillId));
  if (announced?.takenBy !== actor.userId) throw noSuchStill();
  if (announced.arrivedAt) return;
  const { bytes, width, height } = await cleaned(given);
  const row = { stillId, picture: bytes, small: await small(bytes) };
  const refused = { withdrawn: false };
  await changeVisit(ctx, announced.visitId, actor.userId, async ({ tx, before, set, audit }) => {
    requireTaking(actor, before);
    const [known] = await tx.select().from(stills).where(eq(stills.id, stillId)).for('update');
    if (known?.arrivedAt) return false;
    refused.withdrawn = known === undefined || consentOf(before, now) === undefined;
    await set({ stillsAt: now });
    if (refused.withdrawn) {
      await tx.delete(stills).where(eq(stills.id, stillId));
      await audit('still.refuse', stillId);
      return true;
    }
    await tx.insert(stillPictures).values(row);
    await tx.update(stills).set({ arrivedAt: now, width, height }).where(eq(stills.id, stillId));
    await audit('still.bring', stillId);
    return true;
  });
  if (refused.withdrawn) throw noConsent();
}

/** Of whom a picture would be, and whether they have said yes to pictures. */
export async function beforeTaking(ctx: Context, actor: Actor, visitId: string, now: Date) {
  const visit = await loadVisit(ctx.db, visitId);
  if (!visit) throw noSuchVisit();
  requireTaking(actor, visit);
  return { patientId: visit.patientId, consented: consentOf(visit, now) !== undefined };
}

/** Of the visit's patient, as its unit has taken them. */
export async function stillsBesideVisit(ctx: Context, actor: Actor, visitId: string): Promise<StillView[]> {
  return ctx.db.transaction(async (tx) => {
    const visit = await loadVisit(tx, visitId);
    if (!visit) throw noSuchVisit();
    const { unitId, patientId } = visit;
    if (!may(actor, 'visit.read', visit) && !(await opensUnit(tx, actor, patientId, unitId))) throw noSuchVisit();
    await writeAudit(tx, { actorId: actor.userId, action: 'still.list', subjectId: visitId, visitId, unitId, patientId });
    // As they stood on the roster: staff may have no other name here.
    const seatOfTaker = and(
      eq(participants.visitId, stills.visitId),
      eq(participants.userId, stills.takenBy),
      eq(participants.seat, 'own'),
    );
    const rows = await tx
      .select({
        still: stills,
        account: users.name,
        seat: participants.name,
        role: participants.role,
        place: users.place,
        unitName: units.name,
      })
      .from(stills)
      .innerJoin(users, eq(users.id, stills.takenBy))
      .innerJoin(units, eq(units.id, stills.unitId))
      .leftJoin(participants, seatOfTaker)
      .where(and(eq(stills.patientId, patientId), eq(stills.unitId, unitId)))
      .orderBy(desc(stills.takenAt), desc(stills.id))
      .limit(most);
    return rows.map(({ still, seat, account, role, place, unitName }) =>
      stillView(still, { name: seat ?? account, role, place }, unitName),
    );
  });
}

function stillView(still: typeof stills.$inferSelect, takenBy: StillView['takenBy'], unitName: string): StillView {
  const { id, visitId, kind, site, words, scaled, camera, width, height, takenAt, keptUntil, struckAt, struckReason } = still;
  return {
    ...{ id, visitId, kind, site, words, scaled, camera, width, height, takenBy, unitName },
    takenAt: takenAt.toISOString(),
    keptUntil: keptUntil.toISOString(),
    struck: struckAt && { reason: struckReason ?? '', at: struckAt.toISOString() },
  };
}

async function inReach(tx: Db | Tx, actor: Actor, stillId: string) {
  const [still] = await tx.select().from(stills).where(eq(stills.id, stillId));
  const visit = still && (await loadVisit(tx, still.visitId));
  if (!still || !visit) throw noSuchStill();
  if (!may(actor, 'visit.read', visit) && !(await opensUnit(tx, actor, visit.patientId, visit.unitId))) throw noSuchStill();
  return { still, visit };
}

/** @param small - to be looked for by. */
export async function stillPicture(ctx: Context, actor: Actor, stillId: string, small: boolean) {
  return ctx.db.transaction(async (tx) => {
    const { still, visit } = await inReach(tx, actor, stillId);
    const column = small ? stillPictures.small : stillPictures.picture;
    const [row] = still.struckAt ? [] : await tx.select({ picture: column }).from(stillPictures).where(eq(stillPictures.stillId, stillId));
    if (!row) throw noSuchStill();
    const { visitId, unitId, patientId } = visit;
    await writeAudit(tx, { actorId: actor.userId, action: 'still.read', subjectId: stillId, visitId, unitId, patientId });
    return row.picture;
  });
}

/** Out of sight, with the reason in its place. Also long after the visit: what is wrong may not stay. Twice is once. */
export async function strike(ctx: Context, actor: Actor, stillId: string, reason: string, now: Date): Promise<void> {
  const { visit } = await inReach(ctx.db, actor, stillId);
  await changeVisit(ctx, visit.visitId, actor.userId, async ({ tx, before, set, audit }) => {
    require_(may(actor, 'visit.document', before));
    const struck = await tx
      .update(stills)
      .set({ struckAt: now, struckBy: actor.userId, struckReason: reason })
      .where(and(eq(stills.id, stillId), isNotNull(stills.arrivedAt)))
      .returning({ id: stills.id });
    if (struck.length === 0) return false;
    await set({ stillsAt: now });
    await audit('still.strike', stillId);
    return true;
  });
}
