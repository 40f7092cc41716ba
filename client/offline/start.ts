/** Begins to keep what the bedside needs, for whoever is logged in. */
import type { Me } from '../../contract/identity.ts';
import { whenLoggingOut } from '../app/me.ts';
import { finishForgetting, forget, mayForget } from './forget.ts';
import { keepFor, keepsOffline, touch } from './kept.ts';
import { outbox } from './Outbox.ts';

let watched = false;

whenLoggingOut({ mayForget, forget });

export async function startOffline(me: Me | null): Promise<void> {
  await finishForgetting();
  await outbox.belongsTo(me?.userId ?? null);
  await keepFor(me).catch(() => undefined); // a browser that keeps nothing
  if (!me || !keepsOffline(me)) return;
  if (!watched) {
    watched = true;
    addEventListener('online', () => void outbox.flush());
    for (const event of ['pointerdown', 'keydown'] as const) addEventListener(event, () => touch(me), { passive: true });
  }
  await navigator.serviceWorker?.register('/sw.js').catch(() => undefined); // without it the page is not there without a line
}
