/** Several who book the same at the same instant: one of them wins, the others are told. */
import { setTimeout as wait } from 'node:timers/promises';
import { Refusal } from '../../contract/refusal.ts';

const exclusion = '23P01';
const lostRaces = ['40P01', '40001']; // deadlock, serialization failure
const attempts = 5;

/**
 * Runs a whole transaction again when PostgreSQL broke a ring of waiting racers by ending it.
 *
 * @throws {Refusal} `conflict` where somebody else was first, or the race could not be won in a few attempts.
 */
export async function racing<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction();
    } catch (error) {
      const code = sqlStateOf(error);
      if (code === exclusion || (lostRaces.includes(code) && attempt === attempts))
        throw new Refusal('conflict', 'Somebody else was first to book it.', 'startsAt');
      if (!lostRaces.includes(code)) throw error;
      await wait(Math.random() * 20 * 2 ** attempt);
    }
  }
}

/** PostgreSQL's code, also from within drizzle's wrapping; empty for any other error. */
function sqlStateOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? sqlStateOf(error.cause) : '';
}
