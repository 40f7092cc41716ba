/** What came of a visit, written down while it runs or after it. */
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Documentation, recordRoutes } from '../../contract/record.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import type { Tx } from '../../drizzle/client.ts';
import { documentations } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import { requireProof } from '../identity/proof.ts';
import type { Actor } from '../identity/sessions.ts';
import { overtaken } from '../people/overtaken.ts';
import { may } from '../policies.ts';
import { changeVisit, noSuchVisit } from './changeVisit.ts';
import type { VisitState } from './visitState.ts';

type Body<K extends keyof typeof recordRoutes> = (typeof recordRoutes)[K] extends { body: infer B extends z.ZodType } ? z.output<B> : never;
export type DocumentationRow = typeof documentations.$inferSelect;

/** What stands before anybody has written. Version 1 is the empty one, so that two who begin at once do not overwrite each other. */
export const emptyDocumentation = {
  outcome: '',
  agreed: '',
  followUp: '',
  followUpOwner: null,
  followUpOn: null,
  contactType: 'video',
  contactCode: 'ZV051',
  soundEnough: null,
  pictureEnough: null,
  version: 1,
} as const satisfies Omit<Documentation, 'identityMethod'> & { version: number };

/** A visit that went on by telephone is documented as one. */
export const emptyDocumentationOf = ({ phoneSince }: Pick<VisitState, 'phoneSince'>) => ({
  ...emptyDocumentation,
  contactType: phoneSince ? ('phone' as const) : emptyDocumentation.contactType,
});

/** What could not be saved over the network was seen and heard before that, and the quality of it matters most of all. */
export const wasBegunByVideo = ({ phoneSince, beganAt }: Pick<VisitState, 'phoneSince' | 'beganAt'>): boolean =>
  phoneSince !== null && beganAt !== null && phoneSince > beganAt;

const writable: readonly VisitState['stage'][] = ['in_progress', 'documenting'];

function requireDocumentable(actor: Actor, before: VisitState): void {
  if (!may(actor, 'visit.read', before)) throw noSuchVisit();
  require_(may(actor, 'visit.document', before));
  if (!writable.includes(before.stage)) throw new Refusal('conflict', `A visit that is ${before.stage} is not documented.`);
}

async function current(tx: Tx, visitId: string): Promise<Pick<DocumentationRow, keyof typeof emptyDocumentation>> {
  const [row] = await tx.select().from(documentations).where(eq(documentations.visitId, visitId));
  return row ?? emptyDocumentation;
}

/** Keeps what is written so far. @throws {Refusal} `conflict` if somebody else wrote meanwhile. */
export async function document(
  ctx: Context,
  actor: Actor,
  visitId: string,
  { basedOn, identityMethod, ...given }: Body<'PUT /api/visits/:visitId/documentation'>,
  now: Date,
): Promise<{ version: number }> {
  const version = basedOn + 1;
  await changeVisit(ctx, visitId, actor.userId, async ({ tx, before, set, audit }) => {
    requireDocumentable(actor, before);
    if ((await current(tx, visitId)).version !== basedOn) throw overtaken();
    const values = { ...given, version, writtenBy: actor.userId, writtenAt: now };
    await tx
      .insert(documentations)
      .values({ visitId, ...values })
      .onConflictDoUpdate({ target: documentations.visitId, set: values });
    const late = identityMethod !== null && identityMethod !== before.identityMethod;
    if (late) {
      await set({ identityMethod, identityBy: actor.userId, identityAt: now });
      await audit('visit.identity', visitId, { method: identityMethod, late: true });
    }
    await audit('visit.document', visitId, { version });
    return late; // nobody in the room sees the text
  });
  return { version };
}

/**
 * Ends the documentation.
 *
 * @throws {Refusal} `invalid`, naming what is missing: an outcome, a named person for the follow-up, and for a completed
 *   visit how the patient was identified and, of one held or begun by video, whether sound and picture were good enough.
 */
export async function complete(
  ctx: Context,
  actor: Actor,
  visitId: string,
  { basedOn, as }: Body<'POST /api/visits/:visitId/complete'>,
  now: Date,
): Promise<void> {
  await changeVisit(ctx, visitId, actor.userId, async ({ tx, before, stage, audit }) => {
    requireDocumentable(actor, before);
    const written = await current(tx, visitId);
    if (written.version !== basedOn) throw overtaken();
    if (!written.outcome) throw new Refusal('invalid', 'outcome: is missing', 'outcome');
    if (!written.followUpOwner) throw new Refusal('invalid', 'followUpOwner: is missing', 'followUpOwner');
    if (as === 'completed' && !before.identityMethod) throw new Refusal('invalid', 'identityMethod: is missing', 'identityMethod');
    if (as === 'completed' && (written.contactType === 'video' || wasBegunByVideo(before))) {
      if (!written.soundEnough) throw new Refusal('invalid', 'soundEnough: is missing', 'soundEnough');
      if (!written.pictureEnough) throw new Refusal('invalid', 'pictureEnough: is missing', 'pictureEnough');
    }
    requireProof(actor, now); // it is signed with this
    await stage(as);
    await audit('visit.complete', visitId, { as });
    return true;
  });
}
