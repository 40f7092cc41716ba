/** Consent to somebody's being in a visit, given and withdrawn while it runs: by the patient or the staff beside them. */
import { and, inArray, isNull, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { presenceConsent as presenceSchema } from '../../contract/consent.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import { consents } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import { can, isStaff } from '../policies.ts';
import { type Change, changeVisit, personOn } from '../visits/changeVisit.ts';
import { type Acting, ownSeat } from '../visits/hosting.ts';
import type { Person } from '../visits/visitState.ts';
import { file } from './consents.ts';
import { covers, presenceNeed } from './covers.ts';
import { stopWhatRestedOnIt, withholdUncovered } from './withdrawal.ts';

type Given = z.output<typeof presenceSchema> & { participantId: string };

/** Twice is once. Who was withheld waits before the door, if they stand there still. @throws {Refusal} `invalid`, naming the field. */
export async function giveInVisit(ctx: Context, { userId, visitId }: Acting, { participantId, ...basis }: Given, now: Date): Promise<void> {
  await changeVisit(ctx, visitId, userId, async (change) => {
    const { tx, before, seat } = change;
    const self = attending(change, userId);
    const person = guestOn(change, participantId);
    const asked = { type: needOf(change, person), visitId, relativeId: person.relativeId, participantId: person.id };
    if (covers(before.consents, asked, now)) return false;
    const form = self.role === 'patient' ? ('written' as const) : ('oral' as const);
    // A relative is named for what they are to the patient, any other guest as this one.
    const whom = person.relativeId === null ? asked : { ...asked, participantId: null };
    await file(tx, before.patient, { ...basis, ...whom, form, keptBy: userId }, now, before.unitId);
    for (const other of before.people.filter(({ status, userId: theirs }) => status === 'withheld' && theirs === person.userId)) {
      const here = other.presence === 'lobby';
      if (isStaff(other)) {
        await seat(other.id, { status: 'admitted' }); // comes in without being let in
        continue;
      }
      const own = { status: here ? ('waiting' as const) : ('invited' as const), waitingSince: here ? now : null };
      await seat(other.id, other.seat === 'companion' ? { status: 'admitted' } : own); // beside somebody who is not in yet
    }
    return true;
  });
}

/** Ends every consent that covers this person's being here; at the same moment nothing flows to them or from them. */
export async function withdrawInVisit(ctx: Context, { userId, visitId }: Acting, participantId: string, now: Date): Promise<void> {
  let elsewhere: (typeof consents.$inferSelect)[] = [];
  await changeVisit(ctx, visitId, userId, async (change) => {
    const { tx, before, audit } = change;
    attending(change, userId);
    const person = guestOn(change, participantId);
    const asked = { type: needOf(change, person), visitId, relativeId: person.relativeId, participantId: person.id };
    const ending = before.consents.filter((one) => covers([one], asked, now)).map(({ id }) => id);
    if (ending.length === 0) return false;
    const ended = await tx
      .update(consents)
      .set({
        endedAt: now,
        endedAs: 'withdrawn',
        endedBy: userId,
        stoppedAt: sql`case when ${consents.visitId} is null then null else ${now.toISOString()}::timestamptz end`,
      })
      .where(and(inArray(consents.id, ending), isNull(consents.endedAt)))
      .returning();
    for (const { id } of ended) await audit('consent.withdraw', id, { type: asked.type });
    elsewhere = ended.filter((one) => one.visitId === null);
    await withholdUncovered(
      change,
      before.consents.filter(({ id }) => !ending.includes(id)),
    );
    return true;
  });
  for (const one of elsewhere) await stopWhatRestedOnIt(ctx, one, userId, now);
}

function attending({ before }: Change, userId: string): Person {
  const self = ownSeat(before.people, userId);
  require_(self !== undefined && can(self, 'visit.attend', before));
  return self;
}

/** Whoever is named by one of their devices is the person of their own seat. */
function guestOn({ before }: Change, participantId: string): Person {
  const named = personOn(before, participantId);
  return before.people.find(({ userId, seat }) => userId === named.userId && seat === 'own') ?? named;
}

function needOf({ before }: Change, person: Person) {
  const type = presenceNeed(person, before.patient);
  if (!type) throw new Refusal('conflict', 'No consent is needed for this person.', 'participantId');
  return type;
}
