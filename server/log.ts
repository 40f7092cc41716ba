import { type Logger, pino } from 'pino';

/** What of a database's error says what was wrong without saying with whose data: PostgreSQL's own names of its fields. */
const harmless = ['code', 'severity', 'schema', 'table', 'column', 'dataType', 'constraint', 'routine'] as const;

type Told = { type: string; message?: string; stack: string; cause?: Told };

/**
 * An error as it may stand in a log. The query layer puts the values of a failed statement in its message, and the
 * database puts them in its own: names and numbers of people. Neither is kept.
 */
export function withoutValues(error: unknown): Told {
  if (!(error instanceof Error)) return { type: typeof error, stack: '' };
  const fromDatabase = 'severity' in error || 'params' in error || error.name === 'ZodError';
  const stack = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
  const known = Object.fromEntries(
    harmless.flatMap((key): [string, string][] => {
      const value: unknown = Reflect.get(error, key);
      return typeof value === 'string' ? [[key, value]] : [];
    }),
  );
  return {
    type: error.constructor.name,
    ...(fromDatabase ? {} : { message: error.message }),
    ...known,
    stack,
    ...(error.cause === undefined ? {} : { cause: withoutValues(error.cause) }),
  };
}

/** @param file - where it goes; else to standard output. */
export const createLog = (name: string, level: string, file?: string): Logger =>
  pino({ name, level, serializers: { err: withoutValues } }, pino.destination({ dest: file ?? 1, sync: true }));
