/** Log review (HSLF-FS 2016:40 4 kap. 9 §): what the unit head looks at, and what they found. */
import { and, desc, eq, gte, inArray, lte, or, sql } from 'drizzle-orm';
import type { ToReview, verdicts } from '../../contract/access.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import type { Tx } from '../../drizzle/client.ts';
import {
  accessReviews,
  assignments,
  auditEntries,
  careRelations,
  openings,
  patients,
  relatives,
  users,
  visits,
} from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { may } from '../policies.ts';
import { writeAudit } from './audit.ts';
import { reasonsFor, sampleOf } from './rules.ts';

const lookBackMs = 14 * 24 * 3_600_000;
const nearMs = 31 * 24 * 3_600_000;
const mostLookedAt = 2_000;
const mostListed = 200;
const sampleSize = 10;
const lookedAt = ['patient.read', 'patient.visits', 'visit.read', 'consent.read', 'plan.read', 'patient.open', 'patient.emergency'];

function headOf(actor: Actor) {
  const held = actor.assignments.find(({ role }) => role === 'unitHead');
  require_(held !== undefined && may(actor, 'access.review', held));
  return held;
}

/** Openings of patients of a unit concern its head, whoever made them. */
const ofUnitsPatients = (tx: Tx, unitId: string) =>
  inArray(auditEntries.patientId, tx.select({ id: careRelations.patientId }).from(careRelations).where(eq(careRelations.unitId, unitId)));

/** The weeks' accesses by the unit's staff, and what others opened of its patients. A handful of statements. */
async function entriesOf(tx: Tx, unitId: string, since: Date) {
  return tx
    .select({
      entry: auditEntries,
      actor: { id: users.id, name: users.name, username: users.username },
      role: assignments.role,
      patient: { id: patients.id, name: patients.name, address: patients.address },
    })
    .from(auditEntries)
    .leftJoin(assignments, eq(assignments.id, auditEntries.assignmentId))
    .leftJoin(users, eq(users.id, auditEntries.actorId))
    .innerJoin(patients, eq(patients.id, auditEntries.patientId))
    .where(
      and(
        gte(auditEntries.at, since),
        inArray(auditEntries.action, lookedAt),
        or(
          eq(assignments.unitId, unitId),
          and(eq(auditEntries.action, 'patient.emergency'), eq(auditEntries.unitId, unitId)),
          and(eq(auditEntries.action, 'patient.open'), ofUnitsPatients(tx, unitId)),
        ),
      ),
    )
    .orderBy(desc(auditEntries.id))
    .limit(mostLookedAt);
}

export async function reviewsOf(ctx: Context, actor: Actor, now: Date): Promise<ToReview[]> {
  const { unitId, organisationId } = headOf(actor);
  return ctx.db.transaction(async (tx) => {
    const rows = await entriesOf(tx, unitId, new Date(now.getTime() - lookBackMs));
    const around = await knownAround(tx, { unitId, organisationId, rows });
    const week = `${now.getUTCFullYear()} ${Math.floor(now.getTime() / (7 * 24 * 3_600_000))}`;
    const sample = sampleOf(
      rows.map(({ entry }) => entry.id),
      week,
      sampleSize,
    );
    const told = rows
      .map((row) => ({ row, reasons: [...reasonsFor(around.seen(row)), ...(sample.has(row.entry.id) ? (['sample'] as const) : [])] }))
      .filter(({ reasons }) => reasons.length > 0)
      .slice(0, mostListed);
    const ids = told.map(({ row }) => row.entry.id);
    const kept = ids.length
      ? await tx
          .select()
          .from(accessReviews)
          .where(and(inArray(accessReviews.entryId, ids), eq(accessReviews.unitId, unitId)))
      : [];
    await writeAudit(tx, { actorId: actor.userId, action: 'access.review', unitId, detail: { listed: told.length } });
    return told.map(({ row: { entry, actor: who, role, patient }, reasons }) => {
      const review = kept.find(({ entryId }) => entryId === entry.id);
      const opening = around.openingOf(entry);
      return {
        entryId: entry.id,
        at: entry.at.toISOString(),
        action: entry.action,
        reasons,
        who: who?.name ?? who?.username ?? null,
        role,
        patient: patient.name,
        opening: opening ? { reason: opening.reason, note: opening.note } : null,
        review: review ? { verdict: review.verdict, note: review.note, at: review.at.toISOString() } : null,
      };
    });
  });
}

type Rows = Awaited<ReturnType<typeof entriesOf>>;

/** What the rules need to know of people, and what was said when something was opened. */
async function knownAround(tx: Tx, { unitId, organisationId, rows }: { unitId: string; organisationId: string; rows: Rows }) {
  const patientIds = [...new Set(rows.map(({ patient }) => patient.id))];
  const names = [...new Set(rows.flatMap(({ actor }) => (actor?.name ? [actor.name.toLowerCase()] : [])))];
  const none = patientIds.length === 0;
  const close = none
    ? []
    : await tx
        .select({ patientId: relatives.patientId, name: relatives.name })
        .from(relatives)
        .where(inArray(relatives.patientId, patientIds));
  const colleagues = await tx
    .select({ name: users.name })
    .from(assignments)
    .innerJoin(users, eq(users.id, assignments.userId))
    .where(eq(assignments.unitId, unitId));
  const homes = names.length
    ? await tx
        .select({ name: patients.name, address: patients.address })
        .from(patients)
        .where(and(eq(patients.organisationId, organisationId), inArray(sql`lower(${patients.name})`, names)))
    : [];
  const held = none
    ? []
    : await tx
        .select({ patientId: visits.patientId, startsAt: visits.startsAt })
        .from(visits)
        .where(and(inArray(visits.patientId, patientIds), eq(visits.unitId, unitId)));
  const opened = none ? [] : await tx.select().from(openings).where(inArray(openings.patientId, patientIds));
  const colleagueNames = colleagues.flatMap(({ name }) => (name ? [name] : []));
  return {
    seen: ({ entry, actor, patient }: Rows[number]) => ({
      entryId: entry.id,
      at: entry.at,
      action: entry.action,
      actorName: actor?.name ?? null,
      patientName: patient.name,
      patientAddress: patient.address,
      actorAddresses: homes.flatMap(({ name, address }) => (address && name.toLowerCase() === actor?.name?.toLowerCase() ? [address] : [])),
      relativeNames: close.filter(({ patientId }) => patientId === patient.id).map(({ name }) => name),
      colleagueNames,
      visitNear: held.some(
        ({ patientId, startsAt }) => patientId === patient.id && Math.abs(startsAt.getTime() - entry.at.getTime()) < nearMs,
      ),
    }),
    /** The opening that an entry tells of. */
    openingOf: (entry: Rows[number]['entry']) => opened.find(({ id }) => id === entry.subjectId),
  };
}

type Found = { verdict: (typeof verdicts)[number]; note: string };

/** @throws {Refusal} `not_found` for an access that is not the unit's; `invalid` where the finding says nothing. */
export async function keepReview(ctx: Context, actor: Actor, entryId: number, { verdict, note }: Found, now: Date): Promise<void> {
  const { unitId } = headOf(actor);
  if (verdict !== 'inOrder' && note.length === 0) throw new Refusal('invalid', 'note: says what was found', 'note');
  await ctx.db.transaction(async (tx) => {
    const [entry] = await tx
      .select({ id: auditEntries.id, actorId: auditEntries.actorId })
      .from(auditEntries)
      .leftJoin(assignments, eq(assignments.id, auditEntries.assignmentId))
      .where(
        and(
          eq(auditEntries.id, entryId),
          inArray(auditEntries.action, lookedAt),
          lte(auditEntries.at, now),
          or(
            eq(assignments.unitId, unitId),
            eq(auditEntries.unitId, unitId),
            and(eq(auditEntries.action, 'patient.open'), ofUnitsPatients(tx, unitId)),
          ),
        ),
      );
    if (!entry) throw new Refusal('not_found', 'There is no such access.', 'entryId');
    require_(entry.actorId !== actor.userId, 'Nobody reviews their own accesses.');
    const row = { unitId, reviewerId: actor.userId, verdict, note, at: now };
    await tx
      .insert(accessReviews)
      .values({ entryId, ...row })
      .onConflictDoUpdate({ target: [accessReviews.entryId, accessReviews.unitId], set: row });
    await writeAudit(tx, {
      actorId: actor.userId,
      action: 'access.reviewed',
      subjectId: null,
      unitId,
      detail: { entry: entryId, verdict },
    });
  });
}
