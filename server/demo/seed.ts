import { randomUUID } from 'node:crypto';
import { and, eq, gte, inArray, isNull, lt, notExists, sql } from 'drizzle-orm';
import { defaultPolicy } from '../../contract/policy.ts';
import { openStates } from '../../contract/visits.ts';
import type { Db, Tx } from '../../drizzle/client.ts';
import {
  agreements,
  assignments,
  careRelations,
  consents,
  documentations,
  identityProviders,
  invitations,
  organisations,
  participants,
  patients,
  policies,
  relatives,
  stills,
  units,
  users,
  visits,
} from '../../drizzle/schema/index.ts';
import { hashCode } from '../identity/codes.ts';
import { hashSecret } from '../identity/passwords.ts';
import { stored } from '../people/numbers.ts';
import { codeExpiry } from '../scheduling/invite.ts';
import { careDay } from '../visits/today.ts';
import { layCalendars } from './calendar.ts';
import { layCarePlan, takeCarePlansAway } from './carePlan.ts';
import { type DemoVisit, demoDay } from './day.ts';
import { layDelegations, takeDelegationsAway } from './delegations.ts';
import { demoProviders } from './eid.ts';
import { layFixedPhysicians } from './fixedPhysicians.ts';
import { idOf } from './idOf.ts';
import { type DemoPatient, demoPatients } from './patients.ts';
import { layPlanTemplates, takePlanTemplatesAway } from './planTemplates.ts';
import { layReadings, takeReadingsAway } from './readings.ts';
import { demoMunicipalities, municipalityOf } from './region.ts';
import { layRound, takeRoundsAway } from './round.ts';
import { laySnippets, takeSnippetsAway } from './snippets.ts';
import { demoEmergencyPhone, demoHsaId, demoOrganisations, demoPassword, demoStaff } from './staff.ts';

const quarterMs = 15 * 60_000;
const synthetic = true;

/**
 * Lays the demo: its organisations and people once, and a day of visits whenever today has none that can still be held.
 *
 * @param eidPort - where the demo's e-ID answers.
 * @returns whether a day was laid.
 */
export async function seedDemo(db: Db, secret: string, eidPort: number, now: Date): Promise<boolean> {
  const { from, to } = careDay(now);
  const today = await db
    .select({ id: visits.id })
    .from(visits)
    .where(and(eq(visits.synthetic, true), gte(visits.startsAt, from), lt(visits.startsAt, to), inArray(visits.state, [...openStates])));
  const passwordHash = await hashSecret(demoPassword);
  if (today.length > 0) {
    await layNewsOf(db, secret, eidPort, passwordHash, now);
    return false;
  }
  await db.transaction(async (tx) => {
    await layOrganisations(tx);
    await layLogin(tx, secret, eidPort);
    await layStaff(tx, passwordHash);
    await layAgreements(tx);
    for (const patient of demoPatients(now)) await layPatient(tx, patient, passwordHash);
    await layFixedPhysicians(tx);
    await layCalendars(tx);
    await layReadings(tx, now);
    await layDelegations(tx, now);
    await laySnippets(tx);
    await layPlanTemplates(tx);
    await layCarePlan(tx, now);
    for (const visit of demoDay) await layVisit(tx, secret, visit, now);
    await layRound(tx, now);
  });
  return true;
}

/** Takes away whatever was done in the demo and lays it anew. Staff stay logged in. */
export async function resetDemo(db: Db, secret: string, eidPort: number, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    await takeCarePlansAway(tx);
    await takePlanTemplatesAway(tx);
    await takeRoundsAway(tx);
    await takeReadingsAway(tx);
    await takeDelegationsAway(tx);
    await takeSnippetsAway(tx);
    await tx
      .delete(stills)
      .where(inArray(stills.patientId, tx.select({ id: patients.id }).from(patients).where(eq(patients.synthetic, true))));
    await tx.delete(visits).where(eq(visits.synthetic, true));
    await tx.delete(patients).where(eq(patients.synthetic, true));
    const seats = tx.select({ one: sql`1` }).from(participants).where(eq(participants.userId, users.id));
    await tx.delete(users).where(and(eq(users.synthetic, true), inArray(users.kind, ['guest', 'patient']), notExists(seats)));
    const demoUnits = tx.select({ id: units.id }).from(units).where(eq(units.synthetic, true));
    await tx.delete(assignments).where(inArray(assignments.unitId, demoUnits));
  });
  await seedDemo(db, secret, eidPort, now);
}

async function layOrganisations(tx: Tx): Promise<void> {
  for (const { units: theirs, ...organisation } of demoOrganisations) {
    const id = idOf('organisation', organisation.name);
    await tx
      .insert(organisations)
      .values({ id, ...organisation, synthetic })
      .onConflictDoNothing();
    for (const unit of theirs) {
      const row = { ...unit, organisationId: id, emergencyPhone: demoEmergencyPhone, synthetic };
      await tx
        .insert(units)
        .values({ id: idOf('unit', unit.mark), ...row })
        .onConflictDoUpdate({ target: units.id, set: row });
    }
  }
}

/** The region's clinicians care for residents of both municipalities, and the municipalities' nurses for the region's patients at home. */
async function layAgreements(tx: Tx): Promise<void> {
  const region = demoOrganisations.filter(({ kind }) => kind === 'region');
  const municipalities = demoOrganisations.filter(({ kind }) => kind === 'municipality');
  const pairs = region.flatMap((one) =>
    municipalities.flatMap((other) => [
      { whose: other, giver: one, covers: 'Läkarmedverkan i särskilt boende och hemsjukvård' },
      { whose: one, giver: other, covers: 'Hemsjukvård åt regionens patienter' },
    ]),
  );
  const rows = pairs.map(({ whose, giver, covers }) => ({
    id: idOf('agreement', whose.name, giver.name),
    organisationId: idOf('organisation', whose.name),
    giverId: idOf('organisation', giver.name),
    covers,
    from: '2026-01-01',
  }));
  await tx.insert(agreements).values(rows).onConflictDoNothing();
}

/** A demo that an older version laid today gets what it did not have. */
async function layNewsOf(db: Db, secret: string, eidPort: number, passwordHash: string, now: Date): Promise<void> {
  const [old] = await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.synthetic, true), eq(users.kind, 'staff'), isNull(users.hsaId)))
    .limit(1);
  await db.transaction(async (tx) => {
    await layLogin(tx, secret, eidPort);
    await layCalendars(tx);
    await layReadings(tx, now);
    await layDelegations(tx, now);
    await layFixedPhysicians(tx);
    await laySnippets(tx);
    await layPlanTemplates(tx);
    await layCarePlan(tx, now);
    if (!old) return;
    await layStaff(tx, passwordHash);
    await layAgreements(tx);
    for (const { key, marks } of demoPatients(now))
      await tx
        .update(patients)
        .set({ municipality: municipalityOf(marks[0]) })
        .where(and(eq(patients.id, idOf('patient', key)), isNull(patients.municipality)));
  });
}

/** In the demo a password is enough, and an e-ID is there to be tried. */
async function layLogin(tx: Tx, secret: string, eidPort: number): Promise<void> {
  const policy = {
    ...defaultPolicy,
    requiredLevel: { clinical: 1, administrative: 1, patient: 1 },
    municipalities: Object.values(demoMunicipalities),
  };
  await tx.insert(policies).values({ policy }).onConflictDoNothing();
  for (const row of demoProviders(secret, eidPort))
    await tx.insert(identityProviders).values(row).onConflictDoUpdate({ target: identityProviders.id, set: row });
}

async function layStaff(tx: Tx, passwordHash: string): Promise<void> {
  for (const { username, place, operator = false, abroad, assignments: held } of demoStaff) {
    const credentials = { hsaId: demoHsaId(username), licence: 'valid' as const, ...(abroad ? { workCountries: abroad } : {}) };
    const row = { kind: 'staff' as const, username, passwordHash, place, operator, name: null, synthetic, ...credentials };
    const [user] = await tx.insert(users).values(row).onConflictDoUpdate({ target: users.username, set: row }).returning({ id: users.id });
    const userId = user?.id ?? '';
    for (const { mark, role } of held)
      await tx
        .insert(assignments)
        .values({ userId, unitId: idOf('unit', mark), role })
        .onConflictDoNothing();
  }
}

/** Twelve digits of the Tax Agency's test ranges, with their check digit (Luhn over the last ten). */
export function demoNumber({ birthDate, serial, numberKind, reserveNumber }: DemoPatient): string {
  if (reserveNumber) return reserveNumber;
  const [year = '', month = '', day = ''] = birthDate.split('-');
  const digits = `${year}${month}${String(Number(day) + (numberKind === 'coordination' ? 60 : 0)).padStart(2, '0')}${serial}`;
  const sum = [...digits.slice(2)].reduce((total, digit, index) => {
    const product = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (product > 9 ? product - 9 : product);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

async function layPatient(tx: Tx, demo: DemoPatient, passwordHash: string): Promise<void> {
  const {
    key,
    name,
    marks,
    birthDate,
    numberKind = 'personal',
    protectedIdentity = false,
    language = 'sv',
    address,
    entrance,
    username,
  } = demo;
  const [userId, id] = [idOf('person', key), idOf('patient', key)];
  const [organisation] = demoOrganisations.filter(({ units: theirs }) => theirs.some(({ mark }) => mark === marks[0]));
  await tx
    .insert(users)
    .values({ id: userId, kind: 'patient', name, place: '', synthetic, ...(username ? { username, passwordHash } : {}) })
    .onConflictDoNothing();
  await tx
    .insert(patients)
    .values({
      id,
      organisationId: idOf('organisation', organisation?.name ?? ''),
      userId,
      name,
      ...stored({ numberKind, number: demoNumber(demo), birthDate }),
      protectedIdentity,
      language,
      phone: '+46980319210',
      municipality: municipalityOf(marks[0]),
      address,
      entrance,
      synthetic,
    })
    .onConflictDoNothing();
  for (const mark of marks)
    await tx
      .insert(careRelations)
      .values({ patientId: id, unitId: idOf('unit', mark) })
      .onConflictDoNothing();
  for (const { key: relativeKey, ...relative } of demo.relatives)
    await tx
      .insert(relatives)
      .values({ id: idOf('relative', relativeKey), patientId: id, ...relative, phone: '+46980319211' })
      .onConflictDoNothing();
}

async function layVisit(tx: Tx, secret: string, demo: DemoVisit, now: Date): Promise<void> {
  const patient = demoPatients(now).find(({ key }) => key === demo.patient);
  if (!patient) throw new Error(`the demo has no patient ${demo.patient}`);
  const startsAt = new Date(Math.floor(now.getTime() / quarterMs) * quarterMs + demo.atMinutes * 60_000);
  const visitId = randomUUID();
  const held = demo.written !== undefined || demo.state === 'documenting';
  const endedAt = new Date(startsAt.getTime() + 20 * 60_000);
  await tx.insert(visits).values({
    id: visitId,
    unitId: idOf('unit', demo.mark),
    patientId: idOf('patient', demo.patient),
    startsAt,
    place: patient.place,
    address: patient.address,
    entrance: patient.entrance,
    callbackPhone: '+46980319210',
    language: patient.language ?? 'sv',
    state: demo.state,
    closingReason: demo.reason,
    synthetic,
    ...(demo.state === 'checked_in' ? { checkedInAt: now } : {}),
    ...(held ? { checkedInAt: startsAt, beganAt: startsAt, endedAt, identityMethod: 'knownToStaff', identityAt: startsAt } : {}),
  });
  await layStaffSeats(tx, { visitId, startsAt }, demo, held);
  await layGuestSeats(tx, secret, { visitId, startsAt }, demo, patient, now);
  if (demo.written) await tx.insert(documentations).values({ visitId, ...demo.written, version: 2, writtenAt: endedAt });
}

type OfVisit = { visitId: string; startsAt: Date };

async function layStaffSeats(tx: Tx, visit: OfVisit, { host, bedside, others = [], mark }: DemoVisit, held: boolean): Promise<void> {
  const names = [host, ...(bedside ? [bedside] : []), ...others];
  const rows = await tx.select({ id: users.id, username: users.username }).from(users).where(inArray(users.username, names));
  const seats = rows.map(({ id, username }) => {
    const person = demoStaff.find((one) => one.username === username);
    const work = person?.assignments.find((one) => one.mark === mark) ?? person?.assignments[0];
    if (!person || !work) throw new Error(`the demo has no ${username}`);
    return {
      ...visit,
      id: randomUUID(),
      userId: id,
      role: work.role,
      place: person.place,
      unitId: idOf('unit', work.mark),
      host: username === host,
      atBedside: username === bedside,
      status: 'admitted' as const,
      acknowledgedAt: held ? visit.startsAt : null,
    };
  });
  await tx.insert(participants).values(seats);
}

async function layGuestSeats(tx: Tx, secret: string, visit: OfVisit, demo: DemoVisit, patient: DemoPatient, now: Date): Promise<void> {
  if (demo.own) {
    const seat = {
      ...visit,
      id: randomUUID(),
      userId: idOf('person', patient.key),
      name: patient.name,
      role: 'patient' as const,
      place: '',
    };
    await tx.insert(participants).values(seat);
    await layInvitation(tx, secret, seat, demo.own, now);
  }
  for (const { key, ...given } of demo.relatives ?? []) {
    const relative = patient.relatives.find((one) => one.key === key);
    if (!relative) throw new Error(`the demo has no relative ${key}`);
    const { name, role, relation: place } = relative;
    const [user] = await tx.insert(users).values({ kind: 'guest', name, place: '', synthetic }).returning({ id: users.id });
    const seat = { ...visit, id: randomUUID(), userId: user?.id ?? '', relativeId: idOf('relative', key), name, role, place };
    await tx.insert(participants).values(seat);
    await layConsent(tx, { visitId: visit.visitId, patientId: idOf('patient', patient.key), relativeId: seat.relativeId });
    await layInvitation(tx, secret, seat, given, now);
  }
}

/** Whoever is asked to a demo visit is there with the patient's consent. */
async function layConsent(tx: Tx, of: { visitId: string; patientId: string; relativeId: string }): Promise<void> {
  const keptBy = of.patientId; // nobody: it was laid with the demo
  await tx.insert(consents).values({ ...of, type: 'relativePresence', capacity: 'own', form: 'oral', keptBy });
}

/** The demo's references are the same each time: one left over from an earlier day gives way. */
async function layInvitation(
  tx: Tx,
  secret: string,
  { id: participantId, startsAt }: { id: string; startsAt: Date },
  { reference, code }: { reference: string; code: string },
  now: Date,
): Promise<void> {
  const row = { participantId, codeHash: hashCode(secret, reference, code), issue: 1, usedAt: null, failures: 0 };
  const expiresAt = codeExpiry(startsAt, 30, now);
  await tx
    .insert(invitations)
    .values({ reference, ...row, expiresAt })
    .onConflictDoUpdate({ target: invitations.reference, set: { ...row, expiresAt } });
}
