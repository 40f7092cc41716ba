import { and, eq, gte, inArray, lt } from 'drizzle-orm';
import type { Db, Tx } from '../../drizzle/client.ts';
import { invitations, participants, units, users, visits } from '../../drizzle/schema/index.ts';
import { hashSecret } from '../identity/passwords.ts';
import { careDay } from '../visits/today.ts';
import { type DemoVisit, demoPassword, demoStaff, demoVisits } from './people.ts';

/** Of the numbers kept free for fiction. */
const unitPhone = '+46980319200';
const quarterMs = 15 * 60_000;
const unitName = 'Digital hälsocentral Inlandet (demo)';

/**
 * Lays the demo: its people once, and a day of visits whenever today has none that can still be held.
 *
 * @returns whether anything was written.
 */
export async function seedDemo(db: Db, now: Date): Promise<boolean> {
  const { from, to } = careDay(now);
  const today = await db
    .select({ id: visits.id })
    .from(visits)
    .where(
      and(
        eq(visits.synthetic, true),
        gte(visits.startsAt, from),
        lt(visits.startsAt, to),
        inArray(visits.state, ['booked', 'in_progress']),
      ),
    );
  if (today.length > 0) return false;
  const passwordHash = await hashSecret(demoPassword);
  await db.transaction(async (tx) => {
    for (const { username, role, place } of demoStaff) {
      await tx.insert(users).values({ kind: 'staff', username, passwordHash, role, place, synthetic: true }).onConflictDoNothing();
    }
    const unitId = await demoUnit(tx);
    for (const visit of demoVisits) await seedVisit(tx, unitId, visit, now);
  });
  return true;
}

/** Takes the demo's visits and guests away and lays them anew; the staff accounts stay. */
export async function resetDemo(db: Db, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.delete(visits).where(eq(visits.synthetic, true));
    await tx.delete(users).where(and(eq(users.synthetic, true), eq(users.kind, 'guest')));
  });
  await seedDemo(db, now);
}

async function demoUnit(tx: Tx): Promise<string> {
  const [present] = await tx.select({ id: units.id }).from(units).where(eq(units.name, unitName));
  if (present) return present.id;
  const [made] = await tx.insert(units).values({ name: unitName, phone: unitPhone }).returning({ id: units.id });
  if (!made) throw new Error('the demo unit was not made');
  return made.id;
}

async function seedVisit(tx: Tx, unitId: string, { relative, ...demo }: DemoVisit, now: Date): Promise<void> {
  const startsAt = new Date(Math.floor(now.getTime() / quarterMs) * quarterMs + demo.startsInMinutes * 60_000);
  const { patientName, place } = demo;
  const [visit] = await tx.insert(visits).values({ unitId, patientName, place, startsAt, synthetic: true }).returning({ id: visits.id });
  if (!visit) throw new Error('the demo visit was not made');
  const staff = await tx
    .select({ id: users.id, username: users.username })
    .from(users)
    .where(inArray(users.username, [demo.host, ...demo.staff]));
  const seats = staff.map(({ id, username }) => ({
    visitId: visit.id,
    userId: id,
    host: username === demo.host,
    status: 'admitted' as const,
  }));
  await tx.insert(participants).values(seats);
  const [guest] = await tx
    .insert(users)
    .values({ kind: 'guest', name: relative.name, role: 'relative', place: relative.place, synthetic: true })
    .returning();
  const [seat] = await tx
    .insert(participants)
    .values({ visitId: visit.id, userId: guest?.id ?? '' })
    .returning({ id: participants.id });
  const invitation = {
    participantId: seat?.id ?? '',
    codeHash: await hashSecret(relative.code),
    expiresAt: new Date(startsAt.getTime() + 24 * 3_600_000),
  };
  await tx
    .insert(invitations)
    .values({ reference: relative.reference, ...invitation })
    .onConflictDoUpdate({ target: invitations.reference, set: invitation });
}
