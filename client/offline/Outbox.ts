/** What was made beside the patient and has not been filed yet: kept on the device first, then sent in its order, each once. */
import type { z } from 'zod';
import type { measurementRoutes } from '../../contract/measurements.ts';
import type { recordRoutes } from '../../contract/record.ts';
import type { newStill } from '../../contract/stills.ts';
import { ApiError, api, codeOf, sendPicture } from '../app/api.ts';
import { Store } from '../app/Store.ts';
import { database, type EntryRow, seal, sealJson, unseal, unsealJson } from './vault.ts';

type Note = z.input<(typeof recordRoutes)['PUT /api/visits/:visitId/note']['body']>;
type Readings = z.input<(typeof measurementRoutes)['POST /api/visits/:visitId/measurements']['body']>;
type Still = Omit<z.input<typeof newStill>, 'sentAt' | 'size'>;
/** Readings, a picture, a note; `about` is whom it is about, to be shown to whoever made it. */
export type Made = { visitId: string; about: string } & (
  | { what: 'readings'; body: Omit<Readings, 'sentAt'> }
  | { what: 'still'; body: Still }
  | { what: 'note'; body: Note }
);
export type Entry = { id: string; made: Made; picture: Blob | null } & Progress;
/** `unconfirmed`: a reading is unusual, and nobody has said that it is right. */
export type Problem = ReturnType<typeof codeOf> | 'noConsent' | 'unconfirmed' | 'delegation';
type Progress = { state: 'waits' | 'sending' | 'filed' | 'refused'; percent: number; problem: Problem | null };

const againMs = 4_000;
const filedShownMs = 6_000;
/** Worth another try, and no refusal of what was made. */
const passing = new Set<ReturnType<typeof codeOf>>([
  'offline',
  'internal',
  'rate_limited',
  'unauthenticated',
  'locked',
  'media_unavailable',
]);

export class Outbox {
  readonly view = new Store<{ entries: Entry[] }>({ entries: [] });
  /** Of notes, as the server last said, by their id: what one wrote oneself is no conflict. */
  readonly noteVersions = new Map<string, number>();
  #userId: string | null = null;
  #nr = 0;
  #sending = false;
  #again: ReturnType<typeof setTimeout> | undefined;

  /** Whose it is from now on: what they had made here before is sent. @returns when it is known what there was. */
  async belongsTo(userId: string | null): Promise<void> {
    if (userId === this.#userId) return;
    this.#userId = userId;
    clearTimeout(this.#again);
    this.view.set({ entries: [] });
    if (!userId) return;
    const rows = await database()
      .then((db) => db.getAll('entries'))
      .catch((): EntryRow[] => []);
    const own = rows.filter((row) => row.userId === userId).toSorted((a, b) => a.nr - b.nr);
    const found = await Promise.all(own.map((row) => this.#opened(row).catch(() => null)));
    if (this.#userId !== userId) return;
    this.#nr = Math.max(0, ...own.map(({ nr }) => nr));
    this.view.set({ entries: [...found.filter((entry) => entry !== null), ...this.view.get().entries] });
    void this.flush();
  }

  get waiting(): Entry[] {
    return this.view.get().entries.filter(({ state }) => state !== 'filed');
  }

  /** Keeps it here, and sends it as soon as that can be. The same id again takes the place of what waits under it. */
  async put(id: string, made: Made, picture: Blob | null = null): Promise<void> {
    const userId = this.#userId;
    if (!userId) throw new Error('nobody is logged in');
    const fresh: Entry = { id, made, picture, state: 'waits', percent: 0, problem: null };
    const { entries } = this.view.get();
    const present = entries.some((entry) => entry.id === id);
    this.view.set({ entries: present ? entries.map((entry) => (entry.id === id ? fresh : entry)) : [...entries, fresh] });
    this.#nr += 1;
    // Without a place to keep it, it waits in this page alone.
    await this.#keep(userId, fresh, this.#nr).catch(() => undefined);
    void this.flush();
  }

  /** Again, after it was refused. */
  retry(id: string): void {
    this.#patch(id, { state: 'waits', problem: null });
    void this.flush();
  }

  /** The readings are right, unusual as they are. */
  async confirm({ id, made, picture }: Entry): Promise<void> {
    if (made.what !== 'readings') return;
    const readings = made.body.readings.map((reading) => ({ ...reading, confirmed: true }));
    await this.put(id, { ...made, body: { ...made.body, readings } }, picture);
  }

  async discard(id: string): Promise<void> {
    this.view.set({ entries: this.view.get().entries.filter((entry) => entry.id !== id) });
    await database()
      .then((db) => db.delete('entries', id))
      .catch(() => undefined);
  }

  /** Sends what waits, the oldest first, until all of it is filed or the line is away again. */
  async flush(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    clearTimeout(this.#again);
    const userId = this.#userId;
    try {
      for (let next = this.#next(); next && this.#userId === userId; next = this.#next()) {
        if (!(await this.#send(next))) {
          this.#again = setTimeout(() => void this.flush(), againMs);
          return;
        }
      }
    } finally {
      this.#sending = false;
    }
  }

  #next(): Entry | undefined {
    return this.view.get().entries.find(({ state }) => state === 'waits');
  }

  /** @returns false if it is to be tried again later. */
  async #send(entry: Entry): Promise<boolean> {
    const { id, made } = entry;
    this.#patch(id, { state: 'sending' });
    try {
      await this.#file(entry);
      if (this.view.get().entries.find((one) => one.id === id)?.made !== made) return true; // it was written anew meanwhile
      this.#patch(id, { state: 'filed', percent: 100 });
      await database()
        .then((db) => db.delete('entries', id))
        .catch(() => undefined);
      setTimeout(
        () => this.view.set({ entries: this.view.get().entries.filter((one) => one.id !== id || one.state !== 'filed') }),
        filedShownMs,
      );
      return true;
    } catch (error) {
      if (passing.has(codeOf(error))) {
        this.#patch(id, { state: 'waits' });
        return false;
      }
      const field = error instanceof ApiError ? (error.field ?? '') : '';
      const noConsent = field === 'consent';
      const own = noConsent ? 'noConsent' : field === 'delegation' ? 'delegation' : field.endsWith('.confirmed') ? 'unconfirmed' : null;
      const problem: Problem = own ?? codeOf(error);
      this.#patch(id, { state: 'refused', problem });
      // Nothing that may not be kept is kept here either.
      if (noConsent)
        await database().then(
          (db) => db.delete('entries', id),
          () => undefined,
        );
      return true;
    }
  }

  async #file({ id, made, picture }: Entry): Promise<void> {
    const params = { visitId: made.visitId };
    const sentAt = new Date().toISOString();
    if (made.what === 'readings') await api('POST /api/visits/:visitId/measurements', { params, body: { ...made.body, sentAt } });
    if (made.what === 'note') {
      const body = { ...made.body, basedOn: this.noteVersions.get(made.body.id) ?? made.body.basedOn };
      const { version } = await api('PUT /api/visits/:visitId/note', { params, body });
      this.noteVersions.set(made.body.id, version);
    }
    if (made.what !== 'still' || !picture) return;
    const body = { ...made.body, sentAt, size: picture.size };
    const { arrived } = await api('POST /api/visits/:visitId/stills', { params, body });
    if (!arrived) await sendPicture(`/api/stills/${made.body.id}/picture`, picture, (percent) => this.#patch(id, { percent }));
  }

  async #keep(userId: string, { id, made, picture }: Entry, nr: number): Promise<void> {
    const bytes = picture && new Uint8Array(await picture.arrayBuffer());
    const row = { id, userId, nr, sealed: await sealJson(userId, made), picture: bytes && (await seal(userId, bytes)) };
    await (await database()).put('entries', row);
  }

  async #opened({ id, userId, sealed, picture }: EntryRow): Promise<Entry> {
    const made = (await unsealJson(userId, sealed)) as Made;
    const blob = picture && new Blob([await unseal(userId, picture)], { type: 'image/jpeg' });
    return { id, made, picture: blob, state: 'waits', percent: 0, problem: null };
  }

  #patch(id: string, part: Partial<Progress>): void {
    this.view.set({ entries: this.view.get().entries.map((entry) => (entry.id === id ? { ...entry, ...part } : entry)) });
  }
}

export const outbox = new Outbox();
