/** The one question: may this flow now? Of what has been said yes to, whether it covers what is asked. */
import type { ConsentType } from '../../contract/consent.ts';
import type { Role } from '../../contract/visits.ts';
import type { consents } from '../../drizzle/schema/index.ts';

export type Consent = Pick<
  typeof consents.$inferSelect,
  'id' | 'type' | 'visitId' | 'relativeId' | 'participantId' | 'organisationId' | 'validUntil' | 'endedAt'
>;

type Asked = {
  type: ConsentType;
  visitId?: string;
  relativeId?: string | null;
  participantId?: string;
  organisationId?: string;
};

/** What the presence of these rests on, besides the invitation. Staff are there by their assignment, but for a specialist who is asked in. */
const presenceNeeds: Partial<Record<Role, ConsentType>> = {
  relative: 'relativePresence',
  trustee: 'relativePresence',
  interpreter: 'interpreter',
  observer: 'observer',
};

/** Of age at eighteen (1949:381 9 kap. 1 §). */
export const adultAt = 18;

export const ageOf = (birthDate: string, now: Date): number => {
  const today = now.toISOString().slice(0, 10);
  return Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (today.slice(5) < birthDate.slice(5) ? 1 : 0);
};

/** A child's guardian is there in their own right; an adult has none, and whoever once was is close to them like others. */
export function presenceNeed(
  { role, answers = null }: Pick<Present, 'role' | 'answers'>,
  { birthDate }: { birthDate: string },
  now = new Date(),
): ConsentType | null {
  if (answers !== null) return 'specialist';
  if (role === 'guardian') return ageOf(birthDate, now) >= adultAt ? 'relativePresence' : null;
  return presenceNeeds[role] ?? null;
}

/** One for a visit covers that visit alone; one that names nobody covers everybody of its kind. */
export function covers(held: readonly Consent[], { type, visitId, relativeId, participantId, organisationId }: Asked, now: Date): boolean {
  return held.some(
    (one) =>
      one.type === type &&
      one.endedAt === null &&
      (one.validUntil === null || one.validUntil > now) &&
      (one.visitId === null || one.visitId === visitId) &&
      (one.relativeId === null || one.relativeId === relativeId) &&
      (one.participantId === null || one.participantId === participantId) &&
      (one.organisationId === null || one.organisationId === organisationId),
  );
}

type Present = { id: string; role: Role; relativeId: string | null; answers?: number | null | undefined };
type Visit = { visitId: string; consents: readonly Consent[]; patient: { birthDate: string } };

/** Whether somebody's being in a visit has what it rests on. */
export function presenceConsent(
  { visitId, consents, patient }: Visit,
  { id, role, relativeId, answers }: Present,
  now = new Date(),
): 'given' | 'missing' | null {
  const type = presenceNeed({ role, answers }, patient, now);
  if (!type) return null;
  return covers(consents, { type, visitId, relativeId, participantId: id }, now) ? 'given' : 'missing';
}
