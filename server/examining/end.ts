import { eq } from 'drizzle-orm';
import { frozenPictures } from '../../drizzle/schema/index.ts';
import type { Change } from '../visits/changeVisit.ts';

/** Behind the curtain and after the end nothing is looked at any more: what was asked for and what was frozen goes. */
export async function endExamination({ tx, before, set }: Change): Promise<void> {
  if (before.frozen) await tx.delete(frozenPictures).where(eq(frozenPictures.visitId, before.visitId));
  if (before.frozen || before.asked !== null) await set({ frozen: null, asked: null });
}
