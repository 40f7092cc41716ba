/** Work that is filed in the transaction that calls for it, and done later by any server (pg-boss). */
import { sql } from 'drizzle-orm';
import { fromDrizzle, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { Tx } from '../drizzle/client.ts';

/** What each queue's jobs carry: ids and dates only. */
export type JobData = {
  /** Gives a message up whose last attempt ended with the server that made it. */
  undelivered: { messageId: string };
  /** Sends one message. */
  deliver: { messageId: string };
  /** Reminds of a visit, unless it has been moved or called off since. */
  remind: { visitId: string; startsAt: string; nr: number };
  /** Looks what a coordinated plan waits for: answers to its summons, tasks, its follow-up. */
  planDue: { planId: string };
};
type Queue = keyof JobData;
/** `last`: if it fails now, it is not tried again. */
type Handler<Q extends Queue> = (data: JobData[Q], last: boolean) => Promise<void>;
type Handlers = { [Q in Queue]: Handler<Q> };

const queues = {
  undelivered: { retryLimit: 5, retryDelay: 5, retryBackoff: true },
  deliver: { retryLimit: 9, retryDelay: 15, retryBackoff: true, retryDelayMax: 3_600, deadLetter: 'undelivered' }, // for about two hours
  remind: { retryLimit: 5, retryDelay: 5, retryBackoff: true },
  planDue: { retryLimit: 5, retryDelay: 5, retryBackoff: true },
} as const satisfies Record<Queue, object>;

/** Who has gone away in the middle of a job is noticed after so long; then another does it. */
const heartbeatSeconds = 10;

export type Jobs = {
  /** Files jobs together with what calls for them, in one statement: with the transaction they are there, or not at all. */
  file: <Q extends Queue>(tx: Tx, queue: Q, jobs: { data: JobData[Q]; startAfter?: Date }[]) => Promise<void>;
  work: (handlers: Handlers) => Promise<void>;
  close: () => Promise<void>;
};

/** @param url - of the database; jobs have a schema of their own in it. */
export async function startJobs(url: string, log: Logger): Promise<Jobs> {
  const boss = new PgBoss({
    connectionString: url,
    schema: 'jobs',
    max: 3,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    schedule: false,
  });
  boss.on('error', (error) => log.warn({ err: error }, 'jobs wait: the database did not answer'));
  await boss.start();
  for (const [name, options] of Object.entries(queues)) {
    await boss.createQueue(name, { ...options, heartbeatSeconds });
    await boss.updateQueue(name, { ...options, heartbeatSeconds }); // one that was there has what it was made with
  }
  return {
    file: async (tx, queue, jobs) => {
      if (jobs.length > 0) await boss.insert(queue, jobs, { db: fromDrizzle(tx, sql) });
    },
    work: async (handlers) => {
      await Promise.all([
        workOn(boss, 'undelivered', handlers.undelivered),
        workOn(boss, 'deliver', handlers.deliver),
        workOn(boss, 'remind', handlers.remind),
        workOn(boss, 'planDue', handlers.planDue),
      ]);
    },
    close: () => boss.stop({ graceful: true, timeout: 5_000 }),
  };
}

const reading = { includeMetadata: true, pollingIntervalSeconds: 1, batchSize: 1 } as const;

async function workOn<Q extends Queue>(boss: PgBoss, queue: Q, handle: Handler<Q>): Promise<void> {
  await boss.work<JobData[Q], void, typeof reading>(queue, reading, async (jobs) => {
    for (const { data, retryCount, retryLimit } of jobs) await handle(data, retryCount >= retryLimit);
  });
}
