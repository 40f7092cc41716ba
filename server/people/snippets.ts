/** Phrases of one's own, which nobody else sees. */
import { and, asc, count, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { Refusal, require_ } from '../../contract/refusal.ts';
import { mostSnippets, type Snippet, type snippetRoutes } from '../../contract/snippets.ts';
import { snippets, users } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { may } from '../policies.ts';
import { overtaken } from './overtaken.ts';

type Given = z.output<(typeof snippetRoutes)['PUT /api/my/snippets/:snippetId']['body']>;

const columns = { id: snippets.id, title: snippets.title, text: snippets.text, version: snippets.version };

export async function snippetsOf(ctx: Context, actor: Actor): Promise<Snippet[]> {
  require_(may(actor, 'snippet.keep', null));
  return ctx.db.select(columns).from(snippets).where(eq(snippets.userId, actor.userId)).orderBy(asc(snippets.title), asc(snippets.id));
}

/**
 * Twice is once.
 *
 * @throws {Refusal} `not_found` for another's; `conflict` if it was changed meanwhile on another device, or naming `many` when
 *   there are too many.
 */
export async function keepSnippet(ctx: Context, actor: Actor, id: string, { title, text, basedOn }: Given): Promise<Snippet> {
  require_(may(actor, 'snippet.keep', null));
  const { userId } = actor;
  return ctx.db.transaction(async (tx) => {
    await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('update'); // one at a time, so that they can be counted
    const [present] = await tx.select().from(snippets).where(eq(snippets.id, id));
    if (present && present.userId !== userId) throw noSuchSnippet();
    const version = (basedOn ?? 0) + 1;
    const kept = { id, title, text, version };
    if (present?.version === version && present.title === title && present.text === text) return kept;
    if ((present?.version ?? null) !== basedOn) throw overtaken();
    if (present) await tx.update(snippets).set({ title, text, version }).where(eq(snippets.id, id));
    else {
      const [row] = await tx.select({ all: count() }).from(snippets).where(eq(snippets.userId, userId));
      if ((row?.all ?? 0) >= mostSnippets) throw new Refusal('conflict', `There are ${mostSnippets} phrases already.`, 'many');
      await tx.insert(snippets).values({ ...kept, userId });
    }
    await writeAudit(tx, { actorId: userId, action: 'snippet.keep', subjectId: id });
    return kept;
  });
}

/** Twice is once; another's stays where it is. */
export async function removeSnippet(ctx: Context, actor: Actor, id: string): Promise<void> {
  require_(may(actor, 'snippet.keep', null));
  const { userId } = actor;
  await ctx.db.transaction(async (tx) => {
    const gone = await tx
      .delete(snippets)
      .where(and(eq(snippets.id, id), eq(snippets.userId, userId)))
      .returning({ id: snippets.id });
    if (gone.length > 0) await writeAudit(tx, { actorId: userId, action: 'snippet.remove', subjectId: id });
  });
}

const noSuchSnippet = (): Refusal => new Refusal('not_found', 'There is no such phrase.', 'snippetId');
