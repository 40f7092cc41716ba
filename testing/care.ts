/** Makes the people and visits that a test needs. Nobody of them exists. */
import { randomInt, randomUUID } from 'node:crypto';
import type { Role } from '../contract/visits.ts';
import type { Db } from '../drizzle/client.ts';
import { invitations, participants, units, users, visits } from '../drizzle/schema/index.ts';
import { hashSecret } from '../server/identity/passwords.ts';

export type Staff = { userId: string; participantId: string; username: string; password: string };
export type Guest = { userId: string; participantId: string; reference: string; code: string };
export type TestVisit = { id: string; doctor: Staff; nurse: Staff; relative: Guest };

export const patientName = 'Test Testsson';

/** A visit now, with a physician as host, a nurse, and a relative who has a link and a code. */
export async function makeVisit(db: Db, startsAt = new Date()): Promise<TestVisit> {
  const [unit] = await db.insert(units).values({ name: 'Testenheten', phone: '+46980319201' }).returning();
  const [visit] = await db
    .insert(visits)
    .values({ unitId: unit?.id ?? '', patientName, place: 'Rum 1, Dorotea', startsAt })
    .returning();
  const visitId = visit?.id ?? '';
  return {
    id: visitId,
    doctor: await addStaff(db, visitId, 'remotePhysician', 'Lissabon', true),
    nurse: await addStaff(db, visitId, 'nurse', 'Dorotea', false),
    relative: await addRelative(db, visitId),
  };
}

export async function addStaff(db: Db, visitId: string, role: Role, place: string, host: boolean): Promise<Staff> {
  const [username, password] = [`${role.toLowerCase()}.${randomUUID().slice(0, 8)}`, randomUUID()];
  const [user] = await db
    .insert(users)
    .values({ kind: 'staff', username, passwordHash: await hashSecret(password), role, place })
    .returning();
  const [seat] = await db
    .insert(participants)
    .values({ visitId, userId: user?.id ?? '', host, status: 'admitted' })
    .returning();
  return { userId: user?.id ?? '', participantId: seat?.id ?? '', username, password };
}

export async function addRelative(db: Db, visitId: string, name = 'Test Anhörig'): Promise<Guest> {
  const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
  const reference = Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join('');
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const [user] = await db.insert(users).values({ kind: 'guest', name, role: 'relative', place: 'Umeå' }).returning();
  const [seat] = await db
    .insert(participants)
    .values({ visitId, userId: user?.id ?? '' })
    .returning();
  const participantId = seat?.id ?? '';
  await db
    .insert(invitations)
    .values({ reference, participantId, codeHash: await hashSecret(code), expiresAt: new Date(Date.now() + 3_600_000) });
  return { userId: user?.id ?? '', participantId, reference, code };
}
