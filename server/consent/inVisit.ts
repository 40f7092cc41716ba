/** Consent to somebody's being in a visit, given and withdrawn while it runs: by the patient or the staff beside them. */
import { inArray } from 'drizzle-orm';
import type { z } from 'zod';
import type { presenceConsent as presenceSchema } from '../../contract/consent.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import { consents } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import { can } from '../policies.ts';
import { type Change, changeVisit, personOn } from '../visits/changeVisit.ts';
import { type Acting, ownSeat } from '../visits/hosting.ts';
import type { Person } from '../visits/visitState.ts';
import { file } from './consents.ts';
import { covers, presenceNeed } from './covers.ts';
import { withholdUncovered } from './withdrawal.ts';

type Given = z.output<typeof presenceSchema> & { participantId: string };

/** Twice is once. Who was withheld waits before the door, if they stand there still. @throws {Refusal} `invalid`, naming the field. */
export async function giveInVisit(ctx: Context, { userId, visitId }: Acting, { participantId, ...basis }: Given, now: Date): Promise<void> {
  await changeVisit(ctx, visitId, userId, async (change) => {
    const { tx, before, seat } = change;
    const self = attending(change, userId);
    const person = personOn(before, participantId);
    const type = needOf(person);
    const { relativeId } = person;
    if (covers(before.consents, { type, visitId, relativeId }, now)) return false;
    const form = self.role === 'patient' ? ('written' as const) : ('oral' as const);
    await file(tx, before.patient, { ...basis, type, visitId, relativeId, form, keptBy: userId }, now, before.unitId);
    for (const other of before.people.filter((one) => one.status === 'withheld' && sameNeed(one, person))) {
      const here = other.presence === 'lobby';
      await seat(
        other.id,
        other.seat === 'companion' ? { status: 'admitted' } : { status: here ? 'waiting' : 'invited', waitingSince: here ? now : null },
      );
    }
    return true;
  });
}

/** Ends every consent that covers this person's being here; at the same moment nothing flows to them or from them. */
export async function withdrawInVisit(ctx: Context, { userId, visitId }: Acting, participantId: string, now: Date): Promise<void> {
  await changeVisit(ctx, visitId, userId, async (change) => {
    const { tx, before, audit } = change;
    attending(change, userId);
    const person = personOn(before, participantId);
    const asked = { type: needOf(person), visitId, relativeId: person.relativeId };
    const ending = before.consents.filter((one) => covers([one], asked, now)).map(({ id }) => id);
    if (ending.length === 0) return false;
    await tx.update(consents).set({ endedAt: now, endedAs: 'withdrawn', endedBy: userId }).where(inArray(consents.id, ending));
    for (const id of ending) await audit('consent.withdraw', id, { type: asked.type });
    await withholdUncovered(
      change,
      before.consents.filter(({ id }) => !ending.includes(id)),
    );
    return true;
  });
}

function attending({ before }: Change, userId: string): Person {
  const self = ownSeat(before.people, userId);
  require_(self !== undefined && can(self, 'visit.attend', before));
  return self;
}

function needOf({ role }: Person) {
  const type = presenceNeed(role);
  if (!type) throw new Refusal('conflict', 'No consent is needed for this person.', 'participantId');
  return type;
}

const sameNeed = (one: Person, other: Person): boolean =>
  presenceNeed(one.role) === presenceNeed(other.role) && one.relativeId === other.relativeId;
