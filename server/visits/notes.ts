import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { recordRoutes } from '../../contract/record.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import { notes } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { overtaken } from '../people/overtaken.ts';
import { may } from '../policies.ts';
import { noSuchVisit } from './changeVisit.ts';
import { loadVisit } from './visitState.ts';

type Note = z.output<(typeof recordRoutes)['PUT /api/visits/:visitId/note']['body']>;

/**
 * Keeps the actor's own note. It belongs to the patient that it was begun for.
 *
 * @throws {Refusal} `conflict` with field `patientId` if that is not the patient of this visit; `conflict` if the actor
 *   wrote meanwhile on another device.
 */
export async function keepNote(ctx: Context, actor: Actor, visitId: string, note: Note, now: Date): Promise<{ version: number }> {
  const { id, patientId, text, basedOn } = note;
  return ctx.db.transaction(async (tx) => {
    const visit = await loadVisit(tx, visitId, true);
    if (!visit || !may(actor, 'visit.read', visit)) throw noSuchVisit();
    require_(may(actor, 'visit.document', visit));
    if (visit.patientId !== patientId) throw new Refusal('conflict', 'This note was begun for another patient.', 'patientId');
    const [present] = await tx
      .select()
      .from(notes)
      .where(and(eq(notes.visitId, visitId), eq(notes.authorId, actor.userId)));
    if (present?.id === id && present.text === text && present.version === (basedOn ?? 0) + 1) return { version: present.version }; // sent twice
    if ((present?.version ?? null) !== basedOn) throw overtaken();
    const version = (basedOn ?? 0) + 1;
    if (present) await tx.update(notes).set({ text, version, updatedAt: now }).where(eq(notes.id, present.id));
    else await tx.insert(notes).values({ id, visitId, patientId, authorId: actor.userId, text, createdAt: now, updatedAt: now });
    const { unitId } = visit;
    await writeAudit(tx, { actorId: actor.userId, action: 'note.keep', subjectId: present?.id ?? id, visitId, unitId, patientId });
    return { version };
  });
}
