/** Answers that the bedside needs when the line is away: the last of each, for whoever is logged in, no longer than their session would stay open. */
import type { Me } from '../../contract/identity.ts';
import { api, takeEarly, whenAnswered, whenNoAnswer } from '../app/api.ts';
import { Store } from '../app/Store.ts';
import { database, sealJson, unsealJson } from './vault.ts';

/** Which answers are kept: the round and the day, the visit, its readings, and what is known before a picture is taken. */
const keepable = [
  /^\/api\/visits\/today/,
  /^\/api\/rounds\/[^/]+$/,
  /^\/api\/visits\/[^/]+$/,
  /^\/api\/visits\/[^/]+\/measurements/,
  /^\/api\/visits\/[^/]+\/stills(\/taking)?$/,
];
const isKeepable = (path: string): boolean => keepable.some((one) => one.test(path));
const mePath = '/api/me';
/** Which person this device was last touched by, and when: so long is what it keeps shown to whoever opens it. */
const lastKey = 'samrum.last';
type Last = { userId: string; touchedAt: number; idleMinutes: number };

/** Whether the last question to the server had no answer. */
export const contact = new Store<{ away: boolean }>({ away: false });
let owner: string | null = null;
const probeEveryMs = 4_000;
let probing = false;

const bedsideRoles = ['nurse', 'assistantNurse'];
/** Those who stand beside a patient, on a line that comes and goes. */
export const keepsOffline = ({ kind, assignments }: Me): boolean =>
  kind === 'staff' && assignments.some(({ role }) => bedsideRoles.includes(role));

/** From now on what this person reads is kept; null: nobody's is. */
export async function keepFor(me: Me | null): Promise<void> {
  owner = me && keepsOffline(me) ? me.userId : null;
  if (!me || owner === null) return;
  touch(me);
  await keep(mePath, me);
  for (const [path, data] of takeEarly()) if (isKeepable(path)) await keep(path, data);
}

/** Somebody is there. */
export function touch({ userId, idleMinutes }: Pick<Me, 'userId' | 'idleMinutes'>): void {
  if (owner) localStorage.setItem(lastKey, JSON.stringify({ userId, touchedAt: Date.now(), idleMinutes } satisfies Last));
}

/** Nothing of anybody is kept from now on. */
export function forgetLast(): void {
  owner = null;
  localStorage.removeItem(lastKey);
}

/** Who was logged in here a moment ago, if the page is opened again without a line before their session would have locked. */
export async function lastMe(): Promise<Me | null> {
  const last = JSON.parse(localStorage.getItem(lastKey) ?? 'null') as Last | null;
  if (!last || Date.now() - last.touchedAt > last.idleMinutes * 60_000) return null;
  owner = last.userId;
  return (await read(mePath).catch(() => null)) as Me | null;
}

async function keep(path: string, data: unknown): Promise<void> {
  const userId = owner;
  if (userId === null) return;
  const row = { userId, at: Date.now(), sealed: await sealJson(userId, data) };
  await (await database()).put('kept', row, `${userId} ${path}`);
}

async function read(path: string): Promise<unknown> {
  const userId = owner;
  if (userId === null) return undefined;
  const row = await (await database()).get('kept', `${userId} ${path}`);
  return row && unsealJson(userId, row.sealed);
}

whenAnswered((path, data) => {
  contact.patch({ away: false });
  if (path !== null && data !== undefined && isKeepable(path)) void keep(path, data).catch(() => undefined); // kept when it can be
});

/** While nobody asks anything, the line is asked itself. */
function probe(): void {
  if (probing) return;
  probing = true;
  setTimeout(() => {
    probing = false;
    void api('GET /api/me', {}, probeEveryMs).catch(() => undefined); // an answer says that the line is back, none that it is not
  }, probeEveryMs);
}

whenNoAnswer(
  async (path) => {
    contact.patch({ away: true });
    probe();
    return path !== null && isKeepable(path) ? read(path).catch(() => undefined) : undefined;
  },
  () => contact.get().away,
);
