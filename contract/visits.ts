/** A visit as screens see it. */
import { z } from 'zod';
import { source } from './media.ts';
import { id, nothing } from './wire.ts';

export const roles = [
  'remotePhysician',
  'nurse',
  'assistantNurse',
  'careCoordinator',
  'patient',
  'relative',
  'guardian',
  'trustee',
  'interpreter',
  'observer',
] as const;
export const role = z.enum(roles);
export type Role = z.infer<typeof role>;

export const visitStates = [
  'requested',
  'triaged',
  'booked',
  'checked_in',
  'waiting',
  'in_progress',
  'documenting',
  'completed',
  'no_show',
  'cancelled',
  'tech_failed',
  'converted_to_physical',
  'escalated_emergency',
] as const;
export const visitState = z.enum(visitStates);
export type VisitState = z.infer<typeof visitState>;

/** `invited`: expected; `waiting`: knocked, not yet let in; `admitted`: may be in the room; `removed`: may not return. */
export const seatStatuses = ['invited', 'waiting', 'admitted', 'removed'] as const;
export const seatStatus = z.enum(seatStatuses);
export type SeatStatus = z.infer<typeof seatStatus>;

/** Where a person is just now: nowhere, before the door, in the room, or fallen out of it and expected back. */
export const presences = ['away', 'lobby', 'room', 'returning'] as const;
export const presence = z.enum(presences);
export type Presence = z.infer<typeof presence>;

/** A user has one seat a visit, and may add a second device beside it. */
export const seatKinds = ['own', 'companion'] as const;
export const seatKind = z.enum(seatKinds);
export type SeatKind = z.infer<typeof seatKind>;

export const participantView = z.object({
  id,
  name: z.string().nullable(), // staff may stand by role and place only
  role,
  place: z.string(),
  host: z.boolean(),
  status: seatStatus,
  presence,
  seat: seatKind,
  companionOf: id.nullable(), // in the same physical room as that participant: without sound
  waitingSince: z.iso.datetime().nullable(),
  sending: z.array(source), // what reaches the others: a muted microphone is absent
});
export type ParticipantView = z.infer<typeof participantView>;

/**
 * The whole of a visit as one participant may see it. Each change sends it anew with a higher revision, so that
 * a lost one needs no repair: the next replaces it, and an older one is dropped.
 */
export const visitSnapshot = z.object({
  visitId: id,
  revision: z.number().int(),
  epoch: z.number().int().nullable(), // of the media room; null until somebody joined
  state: visitState,
  startsAt: z.iso.datetime(),
  unit: z.object({ name: z.string(), phone: z.string() }),
  patientName: z.string().nullable(), // null until admitted
  you: participantView,
  heldElsewhere: z.boolean(), // another tab or device is in the room on this seat
  people: z.array(participantView), // empty until admitted
});
export type VisitSnapshot = z.infer<typeof visitSnapshot>;

export const visitListed = z.object({
  id,
  startsAt: z.iso.datetime(),
  state: visitState,
  patientName: z.string(),
  place: z.string(),
  unitName: z.string(),
  people: z.array(participantView),
});
export type VisitListed = z.infer<typeof visitListed>;

export const visitRoutes = {
  'GET /api/visits/today': { summary: 'Visits of the day that the actor takes part in', reply: z.array(visitListed) },
  'POST /api/visits/:visitId/admit': {
    summary: 'Lets a waiting person in',
    params: z.object({ visitId: id }),
    body: z.object({ participantId: id }),
    reply: nothing,
  },
} as const;
