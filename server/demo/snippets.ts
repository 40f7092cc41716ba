/** Phrases of the demo's doctor and nurse: synthetic, and about nobody. */
import { eq, inArray } from 'drizzle-orm';
import type { Tx } from '../../drizzle/client.ts';
import { snippets, users } from '../../drizzle/schema/index.ts';
import { idOf } from './idOf.ts';

const demos: Record<string, { title: string; text: string }[]> = {
  'lakare.lissabon': [
    { title: 'Fortsätt som förut', text: 'Ingen ändring av behandlingen. Fortsätt som förut och hör av er om något blir sämre.' },
    { title: 'Hör av er om', text: 'Hör av er samma dag vid:\n– feber\n– ökad andfåddhet\n– ny förvirring\nVid fara för liv: ring 112.' },
    { title: 'Uppföljning vid nästa rond', text: 'Uppföljning vid nästa rond. Mät blodtryck, puls och vikt dagen före.' },
  ],
  'sjukskoterska.dorotea': [
    { title: 'Omlagt enligt plan', text: 'Såret omlagt enligt plan. Inga tecken till infektion.' },
    { title: 'Vikt och blodtryck', text: 'Vikt och blodtryck tas en gång i veckan, sittande, före frukost.' },
  ],
};

/** What is there stays as it is. */
export async function laySnippets(tx: Tx): Promise<void> {
  for (const [username, theirs] of Object.entries(demos)) {
    const [user] = await tx.select({ id: users.id }).from(users).where(eq(users.username, username));
    if (!user) continue;
    const rows = theirs.map((one) => ({ ...one, id: idOf('snippet', username, one.title), userId: user.id }));
    await tx.insert(snippets).values(rows).onConflictDoNothing();
  }
}

export async function takeSnippetsAway(tx: Tx): Promise<void> {
  await tx.delete(snippets).where(inArray(snippets.userId, tx.select({ id: users.id }).from(users).where(eq(users.synthetic, true))));
}
