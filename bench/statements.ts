/** Sending what the product sends to PostgreSQL for one request just once more, without the product. */
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Statement } from '../testing/statements.ts';

let replayed = 0;

/**
 * Sends them again: what stands between `begin` and `commit` on one connection. Ids that the recorded request made itself
 * are made anew, the same one the same everywhere, and so are the references of invitations; what is booked is so at another
 * time each time.
 */
export async function replay(pool: pg.Pool, statements: Statement[], body: { visitId?: string } | undefined): Promise<void> {
  const fresh = freshIds(statements);
  const renamed = new Map<unknown, unknown>([...fresh].map((id) => [id, randomUUID()]));
  const recordedVisit = statements.find(({ text }) => text.startsWith('insert into "visits"'))?.values[0];
  if (body?.visitId && recordedVisit) renamed.set(recordedVisit, body.visitId);
  replayed++;
  const value = (given: unknown): unknown => {
    const [, from, until] = (typeof given === 'string' && /^\[(\d{4}-.+),(\d{4}-.+)\)$/.exec(given)) || [];
    if (from && until) return later(from, until, replayed);
    if (renamed.has(given)) return renamed.get(given);
    if (typeof given === 'string' && /^[2-9A-HJ-NP-Z]{8}$/.test(given)) return randomUUID().slice(0, 8).toUpperCase();
    return given;
  };
  let client: pg.PoolClient | undefined;
  try {
    for (const { text, values } of statements) {
      if (text === 'begin') client = await pool.connect();
      await (client ?? pool).query(text, values.map(value));
    }
  } finally {
    client?.release();
  }
}

/** A stretch of time that is so many times its own length later. */
function later(from: string, until: string, times: number): string {
  const [begin, end] = [Date.parse(from), Date.parse(until)];
  const shift = times * (end - begin);
  return `[${new Date(begin + shift).toISOString()},${new Date(end + shift).toISOString()})`;
}

/** What the recorded request gave to the `id` columns of what it inserted. */
function freshIds(statements: Statement[]): Set<unknown> {
  return new Set(
    statements.flatMap(({ text, values }) => {
      const [, columns = '', rows = ''] = /^insert into "\w+" \(([^)]*)\) values (.*)/s.exec(text) ?? [];
      const place = columns.split(', ').indexOf('"id"');
      if (place < 0) return [];
      return [...rows.matchAll(/\(([^()]*)\)/g)].flatMap(([, row = '']) => {
        const [, parameter] = /^\$(\d+)$/.exec(row.split(', ')[place] ?? '') ?? [];
        return parameter ? [values[Number(parameter) - 1]] : [];
      });
    }),
  );
}
