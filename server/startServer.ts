import { readFileSync } from 'node:fs';
import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { Hindrance } from '../contract/process.ts';
import { openDatabase } from '../drizzle/client.ts';
import { useKeys } from '../drizzle/encrypted.ts';
import { KeyRing } from '../drizzle/KeyRing.ts';
import { areKeysOf } from '../drizzle/reencrypt.ts';
import { startSealing } from './access/seal.ts';
import { createApp } from './app.ts';
import { lookAfter } from './careplan/due.ts';
import type { Context } from './context.ts';
import { refuseDemoPasswords } from './demo/guard.ts';
import type { ServerEnv } from './env.ts';
import { createLimits } from './identity/limits.ts';
import { keepDemands } from './identity/policy.ts';
import { createSessions } from './identity/sessions.ts';
import { startJobs } from './jobs.ts';
import { createLog } from './log.ts';
import { Media } from './media/Media.ts';
import { createMetrics } from './metrics.ts';
import { deliver, giveUp } from './notifications/deliver.ts';
import { openGateways } from './notifications/gateways.ts';
import { remind } from './notifications/reminders.ts';
import { keepHolidays } from './scheduling/holidays.ts';
import { createSockets } from './signaling/sockets.ts';
import { startFreeingSeats } from './visits/absence.ts';
import { forgetConnections } from './visits/seats.ts';

/** Starts a server and returns how to stop it: sockets first, then what they used. */
export async function startServer(env: ServerEnv): Promise<{ ctx: Context; stop: () => Promise<void> }> {
  const log = createLog('server', env.LOG_LEVEL, env.LOG_FILE);
  const { db, pool } = openDatabase(env.DATABASE_URL, (error) => log.warn({ err: error }, 'an idle database connection ended'));
  useKeys(env.DATA_KEYS_FILE ? KeyRing.fromFile(env.DATA_KEYS_FILE) : KeyRing.of(JSON.parse(env.DATA_KEYS ?? '{}')));
  if (!(await areKeysOf(db))) throw new Hindrance('DATA_KEYS, DATA_KEYS_FILE: these keys do not open this database.');
  if (env.DEMO === '0') await refuseDemoPasswords(db);

  const listener: RequestListener = (req, res) => app(req, res);
  const http =
    env.TLS_CERT && env.TLS_KEY
      ? createHttps({ cert: readFileSync(env.TLS_CERT), key: readFileSync(env.TLS_KEY) }, listener)
      : createHttp(listener);

  const metrics = createMetrics();
  const sockets = createSockets(http, env, () => ctx);
  const media = new Media(
    () => ctx,
    () => sockets.listener,
    { db, token: env.SFU_NODE_TOKEN, log },
  );
  const demands = await keepDemands(db, (error) => log.warn({ err: error }, 'the policy could not be read'));
  const sessions = createSessions(db, demands.current);
  const jobs = await startJobs(env.DATABASE_URL, log);
  const gateways = openGateways(env);
  const ctx: Context = { env, db, log, metrics, media, jobs, hub: sockets.hub, sessions, demands, limits: createLimits(pool) };
  const app = createApp(ctx);

  await keepHolidays(db, new Date());
  await forgetConnections(ctx, env.SERVER_ID, new Date());
  await media.nodes.start();
  await jobs.work({
    undelivered: ({ messageId }) => giveUp(ctx, messageId, new Date()),
    deliver: ({ messageId }, last) => deliver(ctx, gateways, messageId, last, new Date()),
    remind: (data) => remind(ctx, data, new Date()),
    planDue: ({ planId }) => lookAfter(ctx, planId, new Date()),
  });
  const freeing = startFreeingSeats(ctx);
  const sealing = startSealing(ctx);
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject).listen(env.PORT, env.HOST, resolve);
  });
  log.info({ host: env.HOST, port: env.PORT }, 'the server is ready');

  const stop = async (): Promise<void> => {
    freeing.close();
    await jobs.close();
    gateways.close();
    await sockets.close(); // takes the HTTP server with it
    media.nodes.close();
    demands.close();
    await sealing.close();
    await pool.end();
  };
  return { ctx, stop };
}
