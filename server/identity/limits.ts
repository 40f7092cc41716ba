import type pg from 'pg';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from '../../contract/refusal.ts';

export type Limits = ReturnType<typeof createLimits>;

/** Where an attempt comes from. `device` is null for a browser that has not been here before. */
export type Origin = { address: string; device: string | null };

const window = 15 * 60; // s

/** Failed attempts at logins and codes, counted in PostgreSQL so that a restart forgives nothing. */
export function createLimits(pool: pg.Pool) {
  const limiter = (keyPrefix: string, points: number) =>
    new RateLimiterPostgres({ storeClient: pool, tableName: 'attempts', tableCreated: true, keyPrefix, points, duration: window });
  const perLogin = limiter('login', 8); // for one name from one address
  const perDevice = limiter('device', 5); // for one code from one device
  const perPlace = limiter('place', 15); // for one code from one address, whichever the device
  const perAddress = limiter('address', 60); // for anything: a whole care home may share one address

  // Each return makes or restarts transports at the SFU. In memory: who floods one server is stopped by that server.
  const perSeat = new RateLimiterMemory({ points: 30, duration: 20 });
  const perSample = new RateLimiterMemory({ points: 12, duration: 20 });
  const perGesture = new RateLimiterMemory({ points: 600, duration: 20 }); // a pointer is told of up to twenty times a second
  const perCheck = new RateLimiterMemory({ points: 20, duration: 600 }); // a whole care home may share one address

  /** @param settles - whether what was right is all that was wanted: then the failures before it are forgiven. */
  const attempt = async <T>(
    counters: [RateLimiterPostgres, string][],
    attempt: () => Promise<T | null>,
    settles: (result: T) => boolean = () => true,
  ): Promise<T | null> => {
    const states = await Promise.all(counters.map(([counter, key]) => counter.get(key)));
    if (states.some((state) => (state?.remainingPoints ?? 1) <= 0)) throw tooMany();
    const result = await attempt();
    if (result !== null) {
      const [first] = counters; // the others are shared with strangers
      if (first && settles(result)) await first[0].delete(first[1]);
      return result;
    }
    await Promise.all(counters.map(([counter, key]) => counter.consume(key))).catch((reason: unknown) => {
      if (!(reason instanceof RateLimiterRes)) throw reason; // the last point was taken meanwhile: the next one is refused
    });
    return null;
  };

  return {
    /** Runs a login. @throws {Refusal} `rate_limited` when too many have failed, before anything is tried. */
    login: <T>(username: string, { address }: Origin, run: () => Promise<T | null>, settles?: (result: T) => boolean): Promise<T | null> =>
      attempt(
        [
          [perLogin, `${username}|${address}`],
          [perAddress, address],
        ],
        run,
        settles,
      ),

    /**
     * Runs a try at a code. Only devices and addresses run out of tries, never the code: a stranger elsewhere cannot
     * lock the right person out, and a new code has counters of its own.
     *
     * @param what - the reference and which of its codes.
     */
    code: <T>(what: string, { address, device }: Origin, run: () => Promise<T | null>): Promise<T | null> =>
      attempt(
        [
          [perDevice, `${what}|${device ?? address}`],
          [perPlace, `${what}|${address}`],
          [perAddress, address],
        ],
        run,
      ),

    /** Counts a point, a stroke, a wish to a camera. @throws {Refusal} `rate_limited`. */
    gesturing: async (participantId: string): Promise<void> => {
      await perGesture.consume(participantId).catch(() => {
        throw new Refusal('rate_limited', 'Too much at once.');
      });
    },

    /** Counts a sample of a line, or a step of its ladder. @throws {Refusal} `rate_limited`. */
    sampling: async (participantId: string): Promise<void> => {
      await perSample.consume(participantId).catch(() => {
        throw new Refusal('rate_limited', 'Measured too often.');
      });
    },

    /** Counts a check begun. @throws {Refusal} `rate_limited`: a media room is made for each. */
    checking: async (address: string): Promise<void> => {
      await perCheck.consume(address).catch(() => {
        throw new Refusal('rate_limited', 'Too many checks in a short time. Wait a few minutes.');
      });
    },

    /** Counts one coming into the room, the first or a return. @throws {Refusal} `rate_limited` if they come too thick. */
    joining: async (participantId: string): Promise<void> => {
      await perSeat.consume(participantId).catch(() => {
        throw new Refusal('rate_limited', 'Too many returns in a short time. It is tried again in a moment.');
      });
    },
  };
}

const tooMany = (): Refusal => new Refusal('rate_limited', 'Too many attempts. Wait 15 minutes, or call the unit.');
