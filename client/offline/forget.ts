/** Logging out takes everything of a person off this device; what has not been sent is asked about first. */
import { Store } from '../app/Store.ts';
import { forgetLast } from './kept.ts';
import { outbox } from './Outbox.ts';
import { wipe } from './vault.ts';

/** The question on the screen: how many would be lost; answered by a press. */
export const question = new Store<{ count: number; answer: (forget: boolean) => void } | null>(null);

/** Whoever closes the page at once has logged out too: it is taken up when a page is opened again. */
const unfinishedKey = 'samrum.forget';

/** @returns false if the person stays. */
export function mayForget(): boolean | Promise<boolean> {
  const count = outbox.waiting.length;
  return count === 0 || new Promise<boolean>((answer) => question.set({ count, answer }));
}

export async function forget(userId: string): Promise<void> {
  localStorage.setItem(unfinishedKey, userId);
  forgetLast();
  await outbox.belongsTo(null);
  await finishForgetting();
}

export async function finishForgetting(): Promise<void> {
  const userId = localStorage.getItem(unfinishedKey);
  if (!userId) return;
  await wipe(userId).catch(() => undefined);
  localStorage.removeItem(unfinishedKey);
}
