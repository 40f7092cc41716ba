/** What the product sends to PostgreSQL for one request, and sending just that once more without the product. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';

export type Statement = { text: string; values: unknown[] };

const ownClockwork = /sfu_nodes|absent_since" </;

/** The statements of one request, in order. */
export async function recorded(request: () => Promise<void>): Promise<Statement[]> {
  const { query } = pg.Client.prototype;
  const statements: Statement[] = [];
  const recording = function (this: pg.Client, ...args: unknown[]): unknown {
    const [first, second] = args as [string | { text: string; values?: unknown[] }, unknown[] | undefined];
    const text = typeof first === 'string' ? first : first.text;
    const values = (typeof first === 'string' ? undefined : first.values) ?? (Array.isArray(second) ? second : []);
    if (!ownClockwork.test(text)) statements.push({ text, values });
    return Reflect.apply(query, this, args);
  };
  pg.Client.prototype.query = recording as typeof query;
  try {
    await request();
  } finally {
    pg.Client.prototype.query = query;
  }
  return statements;
}

/**
 * Sends them again: what stands between `begin` and `commit` on one connection. Ids that the recorded request made itself
 * are made anew, the same one the same everywhere, and so are the references of invitations.
 */
export async function replay(pool: pg.Pool, statements: Statement[], body: { visitId?: string } | undefined): Promise<void> {
  const fresh = freshIds(statements);
  const renamed = new Map<unknown, unknown>([...fresh].map((id) => [id, randomUUID()]));
  const recordedVisit = statements.find(({ text }) => text.startsWith('insert into "visits"'))?.values[0];
  if (body?.visitId && recordedVisit) renamed.set(recordedVisit, body.visitId);
  const value = (given: unknown): unknown => {
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
