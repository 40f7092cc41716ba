/** Reading a program's environment, at boot and once. */
import { z } from 'zod';
import { Hindrance } from './process.ts';

/** What is wrong, in one line a variable: its name and what it wants. Never its value, which may be a secret. */
export class BadEnvironment extends Hindrance {}

/** @throws {BadEnvironment} naming each variable that is missing or malformed. */
export function readEnvironment<S extends z.ZodObject>(schema: S, env: Record<string, string | undefined>): z.output<S> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new BadEnvironment([...new Set(lines)].join('\n'));
}

export const portNumber = (fallback: number) =>
  z.coerce
    .number('wants a port number, 1 to 65535')
    .int('wants a port number, 1 to 65535')
    .min(1, 'wants a port number, 1 to 65535')
    .max(65535, 'wants a port number, 1 to 65535')
    .default(fallback);

export const secret = z.string('wants a secret of at least 24 characters').min(24, 'wants a secret of at least 24 characters');
