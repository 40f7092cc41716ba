/** Makes the organisations, people and visits that a test needs. Nobody of them exists. */
import { randomInt, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { StaffRole } from '../contract/units.ts';
import type { Db } from '../drizzle/client.ts';
import {
  assignments,
  careRelations,
  consents,
  invitations,
  organisations,
  participants,
  patients,
  relatives,
  users,
  visits,
} from '../drizzle/schema/index.ts';
import { hashCode, newCode, newReference } from '../server/identity/codes.ts';
import { hashSecret } from '../server/identity/passwords.ts';
import { stored } from '../server/people/numbers.ts';
import { insertUnit } from '../server/people/organisations.ts';
import './keys.ts';

export type Account = { userId: string; username: string; password: string };
export type Staff = Account & { participantId: string };
export type Guest = { userId: string; participantId: string; reference: string; code: string };
export type CareHome = { organisationId: string; unitId: string; mark: string };
export type TestVisit = CareHome & {
  id: string;
  startsAt: Date;
  patientId: string;
  relativeId: string;
  doctor: Staff;
  nurse: Staff;
  relative: Guest;
};

/** The servers under test key their codes with this. */
export const testSecret = 'test-secret-that-is-long-enough';
export const patientName = 'Test Testsson';
export const relativeName = 'Test Anhörig';
export const whereabouts = {
  place: 'Rum 1, Dorotea',
  address: 'Provvägen 1, 917 31 Dorotea',
  entrance: 'Portkod 1234, plan 2',
  callbackPhone: '+46980319202',
};

/** A municipality with one care home. */
export async function makeCareHome(db: Db, name = 'Testenheten'): Promise<CareHome> {
  const [organisation] = await db
    .insert(organisations)
    .values({ name: `Testkommunen ${randomUUID().slice(0, 4)}`, kind: 'municipality' })
    .returning();
  const organisationId = organisation?.id ?? '';
  return { organisationId, ...(await makeUnit(db, organisationId, name)) };
}

export async function makeUnit(db: Db, organisationId: string, name: string): Promise<{ unitId: string; mark: string }> {
  const values = { organisationId, name, kind: 'careHome' as const, phone: '+46980319201', emergencyPhone: '+46980319299' };
  const unitId = await db.transaction((tx) => insertUnit(tx, values));
  const unit = await db.query.units.findFirst({ where: (units, { eq }) => eq(units.id, unitId) });
  return { unitId, mark: unit?.mark ?? '' };
}

export async function makeAccount(
  db: Db,
  unitId: string,
  role: StaffRole,
  place = 'Dorotea',
  name: string | null = null,
): Promise<Account> {
  const [username, password] = [`${role.toLowerCase()}.${randomUUID().slice(0, 8)}`, randomUUID()];
  const [user] = await db
    .insert(users)
    .values({
      kind: 'staff',
      username,
      passwordHash: await hashSecret(password),
      place,
      name,
      licence: 'valid',
      workCountries: ['SE', 'PT'],
    })
    .returning();
  const userId = user?.id ?? '';
  await db.insert(assignments).values({ userId, unitId, role });
  return { userId, username, password };
}

/** A personal number of the range that the Swedish Tax Agency keeps for tests: 980 to 999 before the check digit. */
export function testNumber(birthDate: string, serial = 980 + randomInt(20)): string {
  const digits = `${birthDate.replaceAll('-', '')}${serial}`;
  const sum = [...digits.slice(2)]
    .map((digit, index) => Number(digit) * (index % 2 === 0 ? 2 : 1))
    .reduce((total, product) => total + (product > 9 ? product - 9 : product), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

type PatientPart = Partial<typeof patients.$inferInsert>;

export async function makePatient(db: Db, { organisationId, unitId }: CareHome, part: PatientPart = {}): Promise<string> {
  const birthDate = `19${randomInt(25, 60)}-0${randomInt(1, 10)}-${randomInt(10, 28)}`;
  const name = part.name ?? patientName;
  const [user] = await db.insert(users).values({ kind: 'patient', name, place: '' }).returning();
  const values = {
    organisationId,
    userId: user?.id ?? '',
    name,
  };
  const identity = { numberKind: 'personal' as const, number: testNumber(birthDate), birthDate, ...pick(part) };
  const [patient] = await db
    .insert(patients)
    .values({
      ...values,
      ...stored(identity),
      phone: whereabouts.callbackPhone,
      address: whereabouts.address,
      entrance: whereabouts.entrance,
      ...part,
    })
    .returning();
  const patientId = patient?.id ?? '';
  await db.insert(careRelations).values({ patientId, unitId });
  return patientId;
}

const pick = ({ number, numberKind }: PatientPart) => ({ ...(number ? { number } : {}), ...(numberKind ? { numberKind } : {}) });

export async function makeRelative(db: Db, patientId: string, name = relativeName): Promise<string> {
  const [relative] = await db
    .insert(relatives)
    .values({ patientId, name, role: 'relative', relation: 'dotter', phone: '+46980319203' })
    .returning();
  return relative?.id ?? '';
}

/** Gives a patient's account a password. */
export async function addUserPassword(db: Db, patientId: string): Promise<Account> {
  const [patient] = await db.select().from(patients).where(eq(patients.id, patientId));
  const [username, password] = [`p-${randomUUID().slice(0, 8)}`, randomUUID()];
  const userId = patient?.userId ?? '';
  await db
    .update(users)
    .set({ username, passwordHash: await hashSecret(password) })
    .where(eq(users.id, userId));
  return { userId, username, password };
}

/** The patient of a visit comes on a device of their own. */
export async function addPatientByLink(db: Db, visit: TestVisit): Promise<Guest> {
  const [patient] = await db.select().from(patients).where(eq(patients.id, visit.patientId));
  return addRelative(db, visit, patient?.name, 'patient', patient?.userId);
}

/** A visit now, with a physician as host, a nurse at the bedside, and a relative who has a link and a code. */
export async function makeVisit(db: Db, startsAt = new Date(), home?: CareHome, part: PatientPart = {}): Promise<TestVisit> {
  const at = home ?? (await makeCareHome(db));
  const patientId = await makePatient(db, at, part);
  const relativeId = await makeRelative(db, patientId);
  const id = randomUUID();
  await db.insert(visits).values({ id, unitId: at.unitId, patientId, startsAt, ...whereabouts });
  return {
    ...at,
    id,
    startsAt,
    patientId,
    relativeId,
    doctor: await addStaff(db, { id, startsAt, unitId: at.unitId }, 'remotePhysician', 'Lissabon', { host: true }),
    nurse: await addStaff(db, { id, startsAt, unitId: at.unitId }, 'nurse', 'Dorotea', { atBedside: true }),
    relative: await addRelative(db, { id, startsAt, mark: at.mark, patientId, relativeId }),
  };
}

/** One more visit of the same patient, with nobody on it yet. */
export async function makeNextVisit(db: Db, visit: TestVisit, startsAt = new Date()): Promise<TestVisit> {
  const id = randomUUID();
  await db.insert(visits).values({ id, unitId: visit.unitId, patientId: visit.patientId, startsAt, ...whereabouts });
  return { ...visit, id, startsAt };
}

type Seat = { host?: boolean; atBedside?: boolean };

export async function addStaff(
  db: Db,
  visit: { id: string; startsAt: Date; unitId: string },
  role: StaffRole,
  place: string,
  seat: Seat = {},
): Promise<Staff> {
  const account = await makeAccount(db, visit.unitId, role, place);
  const participantId = randomUUID();
  await db.insert(participants).values({
    id: participantId,
    visitId: visit.id,
    startsAt: visit.startsAt,
    userId: account.userId,
    unitId: visit.unitId,
    role,
    place,
    status: 'admitted',
    ...seat,
  });
  return { ...account, participantId };
}

type Invited = { id: string; startsAt: Date; mark: string; patientId: string; relativeId: string };

/** The patient says yes to somebody's being at a visit. */
export async function consentTo(
  db: Db,
  { id: visitId, patientId, relativeId }: Pick<Invited, 'id' | 'patientId' | 'relativeId'>,
): Promise<void> {
  const given = { type: 'relativePresence', capacity: 'own', form: 'oral' } as const;
  await db.insert(consents).values({ ...given, patientId, visitId, relativeId, keptBy: patientId });
}

export async function addRelative(
  db: Db,
  { id, startsAt, mark, patientId, relativeId }: Invited,
  name = relativeName,
  role: 'relative' | 'patient' = 'relative',
  userId?: string,
): Promise<Guest> {
  const [reference, code, participantId] = [newReference(mark), newCode(), randomUUID()];
  const account = userId ?? (await db.insert(users).values({ kind: 'guest', name, place: '' }).returning())[0]?.id ?? '';
  await db.insert(participants).values({
    id: participantId,
    visitId: id,
    startsAt,
    userId: account,
    role,
    name,
    place: 'Umeå',
    relativeId: role === 'relative' ? relativeId : null,
  });
  if (role === 'relative') await consentTo(db, { id, patientId, relativeId });
  const expiresAt = new Date(Date.now() + 3_600_000);
  await db.insert(invitations).values({ reference, participantId, codeHash: hashCode(testSecret, reference, code), expiresAt });
  return { userId: account, participantId, reference, code };
}
