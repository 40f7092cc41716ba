/** Whom to tell of a visit, and how each of them wants to hear of it. */
import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import type { Language } from '../../contract/language.ts';
import type { ContactChannel } from '../../contract/messages.ts';
import type { Tx } from '../../drizzle/client.ts';
import {
  assignments,
  invitations,
  participants,
  type patients,
  relatives,
  type units,
  users,
  workingHours,
} from '../../drizzle/schema/index.ts';
import { isStaff } from '../policies.ts';
import { careZone } from '../scheduling/careZone.ts';

export type Recipient = {
  personId: string; // their account
  participantId: string | null; // null: the patient, with staff beside them
  staff: boolean;
  patient: boolean; // themselves
  name: string;
  channel: ContactChannel;
  email: string | null;
  phone: string | null;
  language: Language;
  zone: string;
  reference: string | null; // of their invitation
  slot: { after: number; minutes: number } | null; // the part of the visit that is theirs
};

/** Everybody on the visit, and its patient: one statement. An interpreter hears of it by their agency. */
export async function recipientsOf(
  tx: Tx,
  visitId: string,
  patient: typeof patients.$inferSelect,
  { interpreterEmail }: Pick<typeof units.$inferSelect, 'interpreterEmail'>,
): Promise<Recipient[]> {
  const zones = tx
    .select({ userId: assignments.userId, unitId: assignments.unitId, zone: sql<string>`min(${workingHours.zone})`.as('zone') })
    .from(workingHours)
    .innerJoin(assignments, and(eq(assignments.id, workingHours.assignmentId), isNull(assignments.endedAt)))
    .groupBy(assignments.userId, assignments.unitId)
    .as('zones');
  const seats = await tx
    .select({ seat: participants, user: users, relative: relatives, reference: invitations.reference, zone: zones.zone })
    .from(participants)
    .innerJoin(users, eq(users.id, participants.userId))
    .leftJoin(relatives, eq(relatives.id, participants.relativeId))
    .leftJoin(invitations, eq(invitations.participantId, participants.id))
    .leftJoin(zones, and(eq(zones.userId, participants.userId), eq(zones.unitId, participants.unitId)))
    .where(and(eq(participants.visitId, visitId), eq(participants.seat, 'own'), ne(participants.status, 'removed')));
  const own = seats.find(({ seat }) => seat.userId === patient.userId);
  const others = seats.filter((one) => one !== own);
  const quiet = patient.protectedIdentity; // nothing leaves that somebody else might read
  return [
    {
      ...patient,
      ...(quiet ? { channel: 'none' as const } : {}),
      personId: patient.userId,
      participantId: own?.seat.id ?? null,
      staff: false,
      patient: true,
      zone: careZone,
      reference: own?.reference ?? null,
      slot: null,
    },
    ...others.map(({ seat, user, relative, reference, zone }): Recipient => {
      const staff = isStaff(seat);
      const email = staff ? user.email : seat.role === 'interpreter' ? interpreterEmail : (relative?.email ?? null);
      return {
        personId: user.id,
        participantId: seat.id,
        staff,
        patient: false,
        name: seat.name ?? (staff ? '' : seat.place),
        channel: quiet && relative ? 'none' : (relative?.channel ?? (email ? 'email' : 'none')),
        email,
        phone: relative?.phone ?? null,
        language: relative?.language ?? 'sv',
        zone: zone ?? careZone,
        reference,
        slot: seat.slotAfter === null || seat.slotMinutes === null ? null : { after: seat.slotAfter, minutes: seat.slotMinutes },
      };
    }),
  ];
}
