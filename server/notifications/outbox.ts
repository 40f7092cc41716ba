/** What has been told, for those who answer for it. */
import { desc, eq } from 'drizzle-orm';
import type { MessageView, SentMessage } from '../../contract/messages.ts';
import { Refusal } from '../../contract/refusal.ts';
import { messages } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { may } from '../policies.ts';
import { noSuchVisit } from '../visits/changeVisit.ts';
import { loadVisit } from '../visits/visitState.ts';
import type { Message } from './gateways.ts';

const viewOf = ({ id, purpose, channel, recipient, filedAt, sentAt, failedAt, failure }: Message): MessageView => ({
  id,
  purpose,
  channel,
  recipient,
  filedAt: filedAt.toISOString(),
  sentAt: sentAt?.toISOString() ?? null,
  failedAt: failedAt?.toISOString() ?? null,
  failure,
});

/** The newest first. @throws {Refusal} `not_found` for a visit out of reach. */
export async function messagesOf(ctx: Context, actor: Actor, visitId: string): Promise<MessageView[]> {
  return ctx.db.transaction(async (tx) => {
    const visit = await loadVisit(tx, visitId);
    if (!visit || !may(actor, 'visit.read', visit)) throw noSuchVisit();
    const { unitId, patientId } = visit;
    await writeAudit(tx, { actorId: actor.userId, action: 'messages.read', visitId, unitId, patientId });
    const rows = await tx.select().from(messages).where(eq(messages.visitId, visitId)).orderBy(desc(messages.filedAt), desc(messages.id));
    return rows.map(viewOf);
  });
}

const mostShown = 200;

/** @throws {Refusal} `not_found` where persons are real. */
export async function demoOutbox({ env, db }: Context): Promise<SentMessage[]> {
  if (env.DEMO !== '1') throw new Refusal('not_found', 'There is no demo here.');
  const rows = await db.select().from(messages).orderBy(desc(messages.filedAt), desc(messages.id)).limit(mostShown);
  return rows.map((row) => {
    const { address, subject, body, calendar } = row;
    return { ...viewOf(row), address, subject, body, calendar };
  });
}
