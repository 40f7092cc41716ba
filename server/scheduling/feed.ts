/** A person's own calendar as other calendars read it: when, and what kind of visit; nothing of anybody's health, and no names. */
import { createHash, randomBytes } from 'node:crypto';
import { and, asc, eq, gt, inArray, isNull, lt, ne, or } from 'drizzle-orm';
import ical from 'ical-generator';
import { require_ } from '../../contract/refusal.ts';
import { assignments, feeds, participants, patients, users, visits } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { kindOf } from '../notifications/compose.ts';

/** Where calendars are read. */
export const feedFolder = '/calendar/';
const backMs = 30 * 24 * 3_600_000;
const aheadMs = 400 * 24 * 3_600_000;
const shown = ['booked', 'checked_in', 'waiting', 'in_progress', 'documenting', 'completed'] as const;

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
const mayHave = (actor: Actor): boolean => actor.kind !== 'guest' && actor.onlyVisitId === null;

export async function readFeed({ db }: Context, actor: Actor): Promise<{ since: string | null }> {
  require_(mayHave(actor));
  const [row] = await db.select().from(feeds).where(eq(feeds.userId, actor.userId));
  return { since: row?.madeAt.toISOString() ?? null };
}

/** @returns where it is read, in clear this once. */
export async function makeFeed({ db }: Context, actor: Actor, now: Date): Promise<{ path: string }> {
  require_(mayHave(actor));
  const secret = randomBytes(32).toString('base64url');
  const row = { userId: actor.userId, secretHash: hashOf(secret), madeAt: now };
  await db.transaction(async (tx) => {
    await tx.insert(feeds).values(row).onConflictDoUpdate({ target: feeds.userId, set: row });
    await writeAudit(tx, { actorId: actor.userId, action: 'feed.make', subjectId: actor.userId });
  });
  return { path: `${feedFolder}${secret}.ics` };
}

export async function endFeed({ db }: Context, actor: Actor): Promise<void> {
  require_(mayHave(actor));
  await db.transaction(async (tx) => {
    await tx.delete(feeds).where(eq(feeds.userId, actor.userId));
    await writeAudit(tx, { actorId: actor.userId, action: 'feed.end', subjectId: actor.userId });
  });
}

/** Calendars come without a session: the address is all they have. @returns null for one that is not known. */
export async function feedOf({ db, env }: Context, secret: string, now: Date): Promise<string | null> {
  const [owner] = await db
    .select({ id: users.id, language: patients.language })
    .from(feeds)
    .innerJoin(users, eq(users.id, feeds.userId))
    .leftJoin(patients, eq(patients.userId, users.id))
    .where(eq(feeds.secretHash, hashOf(secret)))
    .limit(1);
  if (!owner) return null;
  const held = db
    .select({ id: assignments.unitId })
    .from(assignments)
    .where(and(eq(assignments.userId, owner.id), isNull(assignments.endedAt)));
  const rows = await db
    .selectDistinct({
      id: visits.id,
      startsAt: visits.startsAt,
      minutes: visits.durationMinutes,
      modality: visits.modality,
      revision: visits.revision,
    })
    .from(visits)
    .innerJoin(patients, eq(patients.id, visits.patientId))
    .leftJoin(participants, and(eq(participants.visitId, visits.id), eq(participants.userId, owner.id), ne(participants.status, 'removed')))
    .where(
      and(
        or(
          inArray(participants.unitId, held), // staff, by an assignment that holds
          and(
            eq(visits.preliminary, false),
            or(and(eq(participants.userId, owner.id), isNull(participants.unitId)), eq(patients.userId, owner.id)),
          ),
        ),
        inArray(visits.state, [...shown]),
        gt(visits.startsAt, new Date(now.getTime() - backMs)),
        lt(visits.startsAt, new Date(now.getTime() + aheadMs)),
      ),
    )
    .orderBy(asc(visits.startsAt));
  const publicUrl = env.PUBLIC_URL ?? `http://localhost:${env.PORT}`;
  const calendar = ical({ prodId: { company: 'Samrum', product: 'Samrum' }, name: 'Samrum' });
  for (const { id, startsAt, minutes, modality, revision } of rows)
    calendar.createEvent({
      id: `${id}@${new URL(publicUrl).hostname}`,
      sequence: revision,
      stamp: now,
      start: startsAt,
      end: new Date(startsAt.getTime() + minutes * 60_000),
      summary: kindOf(modality, owner.language ?? 'sv'),
      url: `${publicUrl}/`,
    });
  return calendar.toString();
}
