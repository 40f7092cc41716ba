import { Refusal } from '../../contract/refusal.ts';
import type { Tx } from '../../drizzle/client.ts';
import type { patients } from '../../drizzle/schema/index.ts';
import type { NewSeat } from '../scheduling/seatsOf.ts';
import { insertConsents } from './consents.ts';
import { covers, presenceNeed } from './covers.ts';
import { runningConsents } from './running.ts';

type Invitation = {
  visitId: string;
  unitId: string;
  patient: Pick<typeof patients.$inferSelect, 'id' | 'birthDate'>;
  invited: (Pick<NewSeat, 'id' | 'role' | 'relativeId' | 'answers'> & { consented: boolean })[]; // whoever books has heard the patient's yes, for this visit
  actorId: string;
};

/**
 * An invitation tells somebody of the visit, so it rests on the same yes as their being there.
 *
 * @throws {Refusal} `conflict`, whose field is `consented`, if one is missing.
 */
export async function inviteWithConsent(tx: Tx, { visitId, unitId, patient, invited, actorId }: Invitation, now: Date): Promise<void> {
  const asking = invited.filter((one) => presenceNeed(one, patient, now) !== null);
  if (asking.length === 0) return;
  const held = (await runningConsents(tx, [patient.id])).get(patient.id) ?? [];
  const fresh = asking.flatMap(({ id, role, answers, relativeId = null, consented }) => {
    const type = presenceNeed({ role, answers }, patient, now);
    if (!type || covers(held, { type, visitId, relativeId, participantId: id }, now)) return [];
    if (!consented) throw new Refusal('conflict', 'consented: the patient has not said yes to somebody who is asked', 'consented');
    const participantId = relativeId === null ? id : null;
    return [{ type, visitId, relativeId, participantId, capacity: 'own' as const, form: 'oral' as const, keptBy: actorId }];
  });
  await insertConsents(tx, patient.id, fresh, now, unitId);
}
