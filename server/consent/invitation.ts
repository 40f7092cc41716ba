import { Refusal } from '../../contract/refusal.ts';
import type { Tx } from '../../drizzle/client.ts';
import type { patients } from '../../drizzle/schema/index.ts';
import type { NewSeat } from '../scheduling/seatsOf.ts';
import { file } from './consents.ts';
import { covers, presenceNeed } from './covers.ts';
import { runningConsents } from './running.ts';

type Invitation = {
  visitId: string;
  patient: Pick<typeof patients.$inferSelect, 'id' | 'birthDate'>;
  invited: Pick<NewSeat, 'role' | 'relativeId'>[];
  consented: string[]; // relatives to whom the patient says yes, for this visit; whoever books has heard it
  actorId: string;
};

/**
 * An invitation tells somebody of the visit, so it rests on the same yes as their being there.
 *
 * @throws {Refusal} `conflict`, whose field is `consented`, if one is missing.
 */
export async function inviteWithConsent(tx: Tx, { visitId, patient, invited, consented, actorId }: Invitation, now: Date): Promise<void> {
  const asking = invited.filter(({ role }) => presenceNeed(role) !== null);
  if (asking.length === 0) return;
  const held = (await runningConsents(tx, [patient.id])).get(patient.id) ?? [];
  for (const { role, relativeId = null } of asking) {
    const type = presenceNeed(role);
    if (!type || covers(held, { type, visitId, relativeId }, now)) continue;
    if (relativeId === null || !consented.includes(relativeId))
      throw new Refusal('conflict', 'consented: the patient has not said yes to somebody who is asked', 'consented');
    await file(tx, patient, { type, visitId, relativeId, capacity: 'own', form: 'oral', keptBy: actorId }, now);
  }
}
