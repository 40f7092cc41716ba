import type pg from 'pg';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from '../../contract/refusal.ts';

export type Limits = ReturnType<typeof createLimits>;

const window = 15 * 60; // s

/** Failed attempts at logins and codes, counted in PostgreSQL so that a restart forgives nothing. */
export function createLimits(pool: pg.Pool) {
  const limiter = (keyPrefix: string, points: number) =>
    new RateLimiterPostgres({ storeClient: pool, tableName: 'attempts', tableCreated: true, keyPrefix, points, duration: window });
  const perSecret = limiter('secret', 8); // for one name or reference from one address
  const perAddress = limiter('address', 60); // a whole care home may share one address

  return {
    /**
     * Runs an attempt; one that fails is counted.
     *
     * @param what - the name or reference that is tried.
     * @throws {Refusal} `rate_limited` when too many have failed, before anything is tried.
     */
    async attempt<T>(what: string, address: string, attempt: () => Promise<T | null>): Promise<T | null> {
      const key = `${what}|${address}`;
      const [bySecret, byAddress] = await Promise.all([perSecret.get(key), perAddress.get(address)]);
      if ((bySecret?.remainingPoints ?? 1) <= 0 || (byAddress?.remainingPoints ?? 1) <= 0) throw tooMany();
      const result = await attempt();
      if (result !== null) {
        await perSecret.delete(key);
        return result;
      }
      await Promise.all([perSecret.consume(key), perAddress.consume(address)]).catch((reason: unknown) => {
        if (!(reason instanceof RateLimiterRes)) throw reason; // the last point was taken meanwhile: the next one is refused
      });
      return null;
    },
  };
}

const tooMany = (): Refusal => new Refusal('rate_limited', 'Too many attempts. Wait 15 minutes, or call the unit.');
