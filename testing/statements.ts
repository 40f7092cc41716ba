import pg from 'pg';

export type Statement = { text: string; values: unknown[] };
type Sent = Statement & { client: pg.Client };

/** What the server sends by itself: reports of SFU nodes, seats to be freed, the sealing of the access log. */
const ownClockwork = /sfu_nodes|absent_since" <|audit_links|audit_heads|pg_try_advisory/;

/** Jobs are looked for, and kept in order, over connections of their own; a request only files them. */
const looksForJobs = ({ client, text }: Sent): boolean =>
  (/\bjobs\./.test(text) && !/^\s*insert/i.test(text)) ||
  ('connectionParameters' in client && (client.connectionParameters as { application_name?: string }).application_name === 'pgboss');

const boundary = /^(begin|commit|rollback)$/;

/** The statements that this process sends to PostgreSQL while a request runs, in order, but for its own clockwork. */
export async function recorded(request: () => Promise<unknown>): Promise<Statement[]> {
  const { query } = pg.Client.prototype;
  const sent: Sent[] = [];
  const recording = function (this: pg.Client, ...args: unknown[]): unknown {
    const [first, second] = args as [string | { text: string; values?: unknown[] }, unknown[] | undefined];
    const text = typeof first === 'string' ? first : first.text;
    const values = (typeof first === 'string' ? undefined : first.values) ?? (Array.isArray(second) ? second : []);
    sent.push({ client: this, text, values });
    return Reflect.apply(query, this, args);
  };
  pg.Client.prototype.query = recording as typeof query;
  try {
    await request();
  } finally {
    pg.Client.prototype.query = query;
  }
  const clockwork = new Set([...Map.groupBy(sent, ({ client }) => client).values()].flatMap(clockworkOf));
  return sent.filter((statement) => !clockwork.has(statement) && !looksForJobs(statement)).map(({ text, values }) => ({ text, values }));
}

/** Of what went over one connection: whole transactions in which the clockwork is at work, and pieces of such. */
function clockworkOf(sent: Sent[]): Sent[] {
  const transactions: Sent[][] = [];
  let open = false;
  for (const statement of sent) {
    if (open && statement.text !== 'begin') transactions.at(-1)?.push(statement);
    else transactions.push([statement]);
    open = statement.text === 'begin' || (open && !boundary.test(statement.text));
  }
  const isPiece = (all: Sent[]): boolean => all.length === 1 && boundary.test(all[0]?.text ?? '');
  return transactions.filter((all) => isPiece(all) || all.some(({ text }) => ownClockwork.test(text))).flat();
}
