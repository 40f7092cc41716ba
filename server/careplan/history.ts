/** Who wrote what in a part of a plan, and when: out of the changes that its texts are made of. */
import { asc, eq, inArray } from 'drizzle-orm';
import type { PartChange } from '../../contract/carePlans.ts';
import { Refusal } from '../../contract/refusal.ts';
import { carePlanTexts, users } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { partFor } from './parts.ts';
import { planFor } from './plan.ts';
import { PlanText } from './texts.ts';

/** What one person wrote in a field without a longer pause is one entry. */
const pauseMs = 5 * 60_000;

/** The latest first. @throws {Refusal} `not_found` alike for none and one that the actor is not told of. */
export async function historyOf(ctx: Context, actor: Actor, planId: string, partId: string, now: Date): Promise<PartChange[]> {
  return ctx.db.transaction(async (tx) => {
    const state = await planFor(tx, actor, planId, now);
    partFor(state, partId);
    if (!state.viewer.whole) throw new Refusal('forbidden', 'This is the coordinator’s and the person’s to read.');
    const { unitId, patientId } = state.plan;
    await writeAudit(tx, { actorId: actor.userId, action: 'plan.history', subjectId: partId, unitId, patientId });
    const rows = await tx.select().from(carePlanTexts).where(eq(carePlanTexts.partId, partId)).orderBy(asc(carePlanTexts.nr));
    const writers = [...new Set(rows.map(({ by }) => by))];
    const named = writers.length > 0 ? await tx.select().from(users).where(inArray(users.id, writers)) : [];
    const nameOf = new Map(named.map(({ id, name, place }) => [id, name ?? place]));
    return entriesOf(rows).map(({ by, at, ...entry }) => ({ ...entry, at: at.toISOString(), by: nameOf.get(by) ?? null }));
  });
}

type Row = Pick<typeof carePlanTexts.$inferSelect, 'by' | 'at' | 'field' | 'change'>;
type Entry = Pick<Row, 'by' | 'at' | 'field'> & { text: string };

/** @param rows - in the order that they were written. @returns the latest first. */
export function entriesOf(rows: readonly Row[]): Entry[] {
  const texts = new Map<string, PlanText>();
  const last = new Map<string, Entry>(); // of each field
  const entries: Entry[] = [];
  for (const { by, at, field, change } of rows) {
    const text = texts.get(field) ?? new PlanText();
    texts.set(field, text);
    text.take(change);
    const before = last.get(field);
    if (before && before.by === by && at.getTime() - before.at.getTime() < pauseMs) Object.assign(before, { at, text: text.text });
    else {
      const entry = { by, at, field, text: text.text };
      last.set(field, entry);
      entries.push(entry);
    }
  }
  return entries.toSorted((a, b) => b.at.getTime() - a.at.getTime());
}
