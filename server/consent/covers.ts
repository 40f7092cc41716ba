/** The one question: may this flow now? Of what has been said yes to, whether it covers what is asked. */
import type { ConsentType } from '../../contract/consent.ts';
import type { Role } from '../../contract/visits.ts';
import type { consents } from '../../drizzle/schema/index.ts';

export type Consent = Pick<
  typeof consents.$inferSelect,
  'id' | 'type' | 'visitId' | 'relativeId' | 'organisationId' | 'validUntil' | 'endedAt'
>;

type Asked = { type: ConsentType; visitId?: string; relativeId?: string | null; organisationId?: string };

/** What the presence of these rests on, besides the invitation. Guardians are there in their own right, staff by their assignment. */
const presenceNeeds: Partial<Record<Role, ConsentType>> = {
  relative: 'relativePresence',
  trustee: 'relativePresence',
  interpreter: 'interpreter',
  observer: 'observer',
};

export const presenceNeed = (role: Role): ConsentType | null => presenceNeeds[role] ?? null;

/** One for a visit covers that visit alone; one that names nobody covers everybody of its kind. */
export function covers(held: readonly Consent[], { type, visitId, relativeId, organisationId }: Asked, now: Date): boolean {
  return held.some(
    (one) =>
      one.type === type &&
      one.endedAt === null &&
      (one.validUntil === null || one.validUntil > now) &&
      (one.visitId === null || one.visitId === visitId) &&
      (one.relativeId === null || one.relativeId === relativeId) &&
      (one.organisationId === null || one.organisationId === organisationId),
  );
}

type Present = { role: Role; relativeId: string | null };

/** Whether somebody's being in a visit has what it rests on. */
export function presenceConsent(
  { visitId, consents }: { visitId: string; consents: readonly Consent[] },
  { role, relativeId }: Present,
  now = new Date(),
): 'given' | 'missing' | null {
  const type = presenceNeed(role);
  if (!type) return null;
  return covers(consents, { type, visitId, relativeId }, now) ? 'given' : 'missing';
}
