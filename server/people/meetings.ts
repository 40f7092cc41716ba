/** Who of the staff has met a patient, counted from visits that were held. */
import { and, desc, eq, exists, gte, inArray, isNotNull, ne, notInArray, or, type SQL, sql } from 'drizzle-orm';
import type { Met } from '../../contract/continuity.ts';
import type { Modality } from '../../contract/scheduling.ts';
import { type StaffRole, staffRoles } from '../../contract/units.ts';
import type { Role } from '../../contract/visits.ts';
import type { Tx } from '../../drizzle/client.ts';
import { auditEntries, participants, users, visits } from '../../drizzle/schema/index.ts';
import { physicianRoles } from '../policies.ts';

export type Meeting = Omit<Met, Modality | 'lastAt'> & { visitId: string; at: Date; by: Modality };

export const isStaffRole = (role: Role): role is StaffRole => staffRoles.some((one) => one === role);

/** What was begun, and did not come to nothing; or came to be documented, though nobody said that it began. */
const held = or(
  inArray(visits.state, ['documenting', 'completed']),
  and(isNotNull(visits.beganAt), notInArray(visits.state, ['no_show', 'cancelled', 'tech_failed'])),
);

/**
 * On video: of whom the patient was told that they are there, without which no visit begins, or who came into it later.
 * Being asked to it is not enough, nor is having been in the room before it began. To a visit in person or by telephone
 * nobody comes through that door: there it is whoever was asked and not taken off again.
 */
function wasThere(tx: Tx): SQL | undefined {
  const came = tx
    .select({ one: sql`1` })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.visitId, visits.id),
        eq(auditEntries.subjectId, participants.id),
        eq(auditEntries.action, 'visit.join'),
        gte(auditEntries.at, visits.beganAt),
      ),
    );
  const inRoom = or(ne(visits.modality, 'video'), isNotNull(participants.acknowledgedAt), exists(came));
  return and(eq(participants.seat, 'own'), eq(participants.status, 'admitted'), inRoom);
}

/** Everybody's part in each visit since then, the latest first: one statement. Those of rounds are among them. */
export async function meetingsSince(tx: Tx, which: SQL | undefined, since: Date): Promise<Meeting[]> {
  const { userId, role, place, name } = participants;
  const { id: visitId, startsAt, beganAt, modality, state, phoneSince } = visits;
  const rows = await tx
    .select({ visitId, startsAt, beganAt, modality, state, phoneSince, userId, role, place, name, account: users.name })
    .from(visits)
    .innerJoin(participants, eq(participants.visitId, visits.id))
    .innerJoin(users, eq(users.id, participants.userId))
    .where(and(which, gte(visits.startsAt, since), held, wasThere(tx), inArray(participants.role, [...staffRoles])))
    .orderBy(desc(visits.startsAt), desc(visits.id));
  return rows.flatMap((row) => {
    const { visitId, userId, role, place } = row;
    if (!isStaffRole(role)) return [];
    return [{ visitId, userId, role, place, name: row.name ?? row.account, at: row.beganAt ?? row.startsAt, by: wayOf(row) }];
  });
}

type Way = Pick<typeof visits.$inferSelect, 'modality' | 'state' | 'phoneSince'>;

/** As what it ended: one that became a visit in person is one, and one that went on by telephone was one by telephone. */
function wayOf({ modality, state, phoneSince }: Way): Modality {
  if (state === 'converted_to_physical') return 'physical';
  return modality === 'video' && phoneSince ? 'phone' : modality;
}

/** Each person once a role, the most often met first; as they stood when last met. */
export function metOf(meetings: Meeting[]): Met[] {
  const people = Map.groupBy(meetings, ({ userId, role }) => `${userId} ${role}`);
  const counted = [...people.values()].flatMap((theirs) => {
    const [last] = theirs;
    if (!last) return [];
    const times = (way: Modality): number => theirs.filter(({ by }) => by === way).length;
    const { userId, name, place, role, at } = last;
    return [{ userId, name, place, role, ...{ video: times('video'), physical: times('physical'), phone: times('phone') }, at }];
  });
  const all = ({ video, physical, phone }: Pick<Met, Modality>): number => video + physical + phone;
  return counted
    .toSorted((one, other) => all(other) - all(one) || other.at.getTime() - one.at.getTime())
    .map(({ at, ...one }) => ({ ...one, lastAt: at.toISOString() }));
}

/** Visits with a physician, and those of them with this one. Two physicians in a visit are one contact. */
export function physicianContactsOf(meetings: Meeting[], fixedId: string | null): { all: number; withFixed: number | null } {
  const ofPhysicians = meetings.filter(({ role }) => physicianRoles.includes(role));
  const visitsOf = (some: Meeting[]): number => new Set(some.map(({ visitId }) => visitId)).size;
  return {
    all: visitsOf(ofPhysicians),
    withFixed: fixedId === null ? null : visitsOf(ofPhysicians.filter(({ userId }) => userId === fixedId)),
  };
}
