/** Filed at once if the line is there; else kept here and filed when it is back. */
import type { Values } from '../../contract/vitals.ts';
import { ApiError, api } from '../app/api.ts';
import { contact } from './kept.ts';
import { type Made, outbox } from './Outbox.ts';

/** Whoever stands at a bed does not wait longer than this to know, ms. */
const patienceMs = 5_000;

type Body<W extends Made['what']> = Extract<Made, { what: W }>['body'];
const isAway = (error: unknown): boolean => error instanceof ApiError && error.code === 'offline';

/** @throws {ApiError} what the server says of them. */
export async function fileOrKeep(visitId: string, about: string, body: Body<'readings'>): Promise<void> {
  const keep = (): Promise<void> => outbox.put(`readings:${body.readings[0]?.id}`, { what: 'readings', visitId, about, body });
  if (contact.get().away) return keep();
  try {
    const given = { params: { visitId }, body: { ...body, sentAt: new Date().toISOString() } };
    await api('POST /api/visits/:visitId/measurements', given, patienceMs);
  } catch (error) {
    if (!isAway(error)) throw error;
    await keep();
  }
}

/** @returns the note's version; null: it waits here. @throws {ApiError} as the server says. */
export async function writeOrKeep(visitId: string, about: string, body: Body<'note'>): Promise<number | null> {
  const id = `note:${body.id}`;
  const waiting = outbox.waiting.some((entry) => entry.id === id);
  if (!waiting && !contact.get().away) {
    try {
      const basedOn = outbox.noteVersions.get(body.id) ?? body.basedOn;
      const { version } = await api('PUT /api/visits/:visitId/note', { params: { visitId }, body: { ...body, basedOn } }, patienceMs);
      outbox.noteVersions.set(body.id, version);
      return version;
    } catch (error) {
      if (!isAway(error)) throw error;
    }
  }
  await outbox.put(id, { what: 'note', visitId, about, body });
  return null;
}

/** What was measured together and has not been filed yet: what is measured now belongs to it. */
export function waitingRound(visitId: string): { id: string; values: Values } | null {
  const bodies = outbox.waiting.flatMap(({ made }) => (made.what === 'readings' && made.visitId === visitId ? [made.body] : []));
  const id = bodies.at(-1)?.id;
  if (id === undefined) return null;
  const readings = bodies.filter((body) => body.id === id).flatMap((body) => body.readings);
  return { id, values: Object.fromEntries(readings.map(({ kind, value }) => [kind, value])) };
}
