/** The demo's calendars: when staff work, what units offer, and how people hear of visits. */
import { and, eq, isNull, notExists, sql } from 'drizzle-orm';
import type { Tx } from '../../drizzle/client.ts';
import { assignments, patients, relatives, resources, units, users, visitTypes, workingHours } from '../../drizzle/schema/index.ts';
import { careZone } from '../scheduling/careZone.ts';
import { idOf } from './idOf.ts';

const zoneOf = (place: string): string => (place === 'Lissabon' ? 'Europe/Lisbon' : careZone);
const workdays = [1, 2, 3, 4, 5];

const offers = ['DR', 'DH', 'AS', 'VK', 'VH', 'ST'];
const rooms: Record<string, string[]> = {
  DR: ['Samtalsrummet', 'Surfplatta 1'],
  AS: ['Samtalsrummet'],
  VH: ['Rum 2'],
  ST: ['Undersökningsrummet'],
};

/** What is there stays as it is. */
export async function layCalendars(tx: Tx): Promise<void> {
  await tx
    .update(units)
    .set({ interpreterEmail: 'tolk@demo.example' })
    .where(and(eq(units.synthetic, true), isNull(units.interpreterEmail)));
  const hours = tx.select({ one: sql`1` }).from(workingHours).where(eq(workingHours.assignmentId, assignments.id));
  const without = await tx
    .select({ id: assignments.id, place: users.place })
    .from(assignments)
    .innerJoin(users, eq(users.id, assignments.userId))
    .where(and(eq(users.synthetic, true), isNull(assignments.endedAt), notExists(hours)));
  const rows = without.flatMap(({ id: assignmentId, place }) =>
    workdays.map((weekday) => ({ assignmentId, weekday, opens: '08:00', closes: '16:30', zone: zoneOf(place) })),
  );
  if (rows.length > 0) await tx.insert(workingHours).values(rows);
  for (const mark of offers) await layOffers(tx, mark);
  await tx
    .update(users)
    .set({ email: sql`${users.username} || '@demo.example'` })
    .where(and(eq(users.synthetic, true), eq(users.kind, 'staff'), isNull(users.email)));
  await tx
    .update(patients)
    .set({ channel: 'email', email: sql`'p-' || substr(${patients.id}::text, 1, 8) || '@demo.example'` })
    .where(and(eq(patients.synthetic, true), eq(patients.protectedIdentity, false), isNull(patients.email)));
  const synthetic = tx.select({ id: patients.id }).from(patients).where(eq(patients.synthetic, true));
  await tx
    .update(relatives)
    .set({ channel: 'sms' })
    .where(and(sql`${relatives.patientId} in ${synthetic}`, eq(relatives.channel, 'none'), sql`${relatives.phone} is not null`));
}

async function layOffers(tx: Tx, mark: string): Promise<void> {
  const unitId = idOf('unit', mark);
  const things = (rooms[mark] ?? []).map((name) => ({
    id: idOf('resource', `${mark} ${name}`),
    unitId,
    kind: name.startsWith('Surfplatta') ? ('device' as const) : ('room' as const),
    name,
  }));
  if (things.length > 0) await tx.insert(resources).values(things).onConflictDoNothing();
  const types = [
    { id: idOf('type', `${mark} läkarbesök`), unitId, name: 'Läkarbesök', modality: 'video' as const, minutes: 30, minutesAfter: 10 },
    { id: idOf('type', `${mark} uppföljning`), unitId, name: 'Uppföljning', modality: 'phone' as const, minutes: 15, openToPatients: true },
  ];
  await tx.insert(visitTypes).values(types).onConflictDoNothing();
}
