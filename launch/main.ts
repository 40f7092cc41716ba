/** `npm start`: gets what is missing, starts everything in order, and ends it in the opposite one. */
import { mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { begin, Hindrance, whenToldToStop } from '../contract/process.ts';
import { openDatabase } from '../drizzle/client.ts';
import { useKeys } from '../drizzle/encrypted.ts';
import { migrate } from '../drizzle/migrate.ts';
import { areKeysOf, reencrypt } from '../drizzle/reencrypt.ts';
import { demoEidSecret } from '../server/demo/eid.ts';
import { resetDemo, seedDemo } from '../server/demo/seed.ts';
import { announce } from './announce.ts';
import { buildClientIfStale } from './clientBuild.ts';
import { whereDatabaseMayLie } from './dataFolder.ts';
import { checkProgramEnv, type LaunchEnv, readLaunchEnv, secretsIn } from './env.ts';
import { keyPlace, keysAt } from './keys.ts';
import { OneAtATime } from './OneAtATime.ts';
import { requirePorts } from './ports.ts';
import { startPostgres } from './postgres.ts';
import { withProgress } from './run.ts';
import { Supervised } from './Supervised.ts';
import { obtainWorker } from './worker/obtain.ts';

const resetWanted = process.argv.includes('--reset-demo');

await begin(async () => {
  const launch = await whereDatabaseMayLie(readLaunchEnv(process.env));
  const { server, sfu } = checkProgramEnv(process.env);
  const { dataDir } = launch;
  makeFolder(dataDir);

  const running: { stop: () => Promise<void> }[] = [];
  const stopAll = async (): Promise<void> => {
    for (const part of running.reverse()) await part.stop();
  };
  whenToldToStop(async () => {
    process.stdout.write('\nStopping …');
    await stopAll();
    process.stdout.write(' stopped. Nothing is lost.\n');
  }, 60_000);

  try {
    const alone = new OneAtATime(dataDir);
    running.push({ stop: async () => alone.release() });
    const eid = { port: launch.eidPort, host: '127.0.0.1', variable: 'EID_PORT', protocols: ['tcp' as const] };
    await requirePorts([...portsOf(server, sfu), ...(launch.databaseUrl === undefined ? [eid] : [])], alone.afterKill ? 15_000 : 0);
    const workerBin = await obtainWorker();
    await buildClientIfStale();

    const secrets = await secretsIn(dataDir);
    const databaseUrl = launch.databaseUrl ?? (await embedded(dataDir, secrets.postgresPassword, running));
    const place = keyPlace(process.env, dataDir);
    useKeys(await keysAt(place, !process.env.DATA_KEYS_FILE));
    const secret = process.env.SECRET ?? secrets.secret;
    await prepareDatabase(databaseUrl, launch.databaseUrl === undefined, secret, launch.eidPort);

    const address = `${server.TLS_CERT ? 'https' : 'http'}://${server.HOST === '127.0.0.1' || server.HOST === '0.0.0.0' ? 'localhost' : server.HOST}:${server.PORT}`;
    const own = launch.databaseUrl === undefined;
    const env = {
      ...process.env,
      SFU_NODE_TOKEN: process.env.SFU_NODE_TOKEN ?? secrets.sfuNodeToken,
      SECRET: process.env.SECRET ?? secrets.secret,
      AUDIT_KEY: process.env.AUDIT_KEY ?? secrets.auditKey,
      ...(place.file === null ? {} : { DATA_KEYS_FILE: place.file }),
      SFU_SERVER_URL: process.env.SFU_SERVER_URL ?? `${address.replace('localhost', '127.0.0.1')}`,
      MEDIASOUP_WORKER_BIN: workerBin,
      ...mediaWherePagesAre(server.HOST),
      DATABASE_URL: databaseUrl,
      DEMO: own ? '1' : '0',
    };
    const output = own ? openSync(join(dataDir, 'samrum.log'), 'a') : 'inherit';
    running.push(await Supervised.start({ name: 'SFU', file: 'sfu/main.ts', env, output }));
    running.push(await Supervised.start({ name: 'server', file: 'server/main.ts', env, output }));
    if (own)
      running.push(await Supervised.start({ name: 'e-ID of the demo', file: 'eid/main.ts', env: eidEnv(launch, address, secret), output }));
    await untilReady(address);
    process.stdout.write(announce(address, own, notesOf(launch, own)));
  } catch (error) {
    await stopAll();
    throw error;
  }
});

function eidEnv({ eidPort }: LaunchEnv, address: string, secret: string): NodeJS.ProcessEnv {
  return { ...process.env, EID_PORT: String(eidPort), EID_ADDRESS: address, EID_CLIENT_SECRET: demoEidSecret(secret) };
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
  } catch (error) {
    throw new Hindrance(`${folder} cannot be made (${(error as NodeJS.ErrnoException).code}): choose another with DATA_DIR.`);
  }
}

async function embedded(dataDir: string, password: string, running: { stop: () => Promise<void> }[]): Promise<string> {
  const postgres = await startPostgres(dataDir, password);
  running.push(postgres);
  return postgres.url;
}

/** Newest schema; in our own database also the demo, unless somebody has made it theirs. */
async function prepareDatabase(url: string, own: boolean, secret: string, eidPort: number): Promise<void> {
  await migrate(url).catch((error: Error) => {
    if (own) throw error;
    const cause = error.cause instanceof Error ? error.cause : error;
    throw new Hindrance(
      `DATABASE_URL: the database cannot be used (${cause.message || (cause as NodeJS.ErrnoException).code}): see to its host, port, name, user and password.`,
    );
  });
  const { db, pool } = openDatabase(url, () => undefined, 1);
  try {
    if (!(await areKeysOf(db)))
      throw new Hindrance('DATA_KEYS, DATA_KEYS_FILE: these keys do not open this database. Bring those that it was written with.');
    await reencrypt(db);
    if (!own) return;
    if (resetWanted) await withProgress('Laying the demo anew', () => resetDemo(db, secret, eidPort, new Date()));
    else await seedDemo(db, secret, eidPort, new Date());
  } finally {
    await pool.end();
  }
}

function portsOf(server: ReturnType<typeof checkProgramEnv>['server'], sfu: ReturnType<typeof checkProgramEnv>['sfu']) {
  const host = sfu.SFU_LISTEN_IP ?? '0.0.0.0';
  return [
    { port: server.PORT, host: server.HOST, variable: 'PORT', protocols: ['tcp' as const] },
    { port: sfu.SFU_CONTROL_PORT, host: sfu.SFU_CONTROL_HOST, variable: 'SFU_CONTROL_PORT', protocols: ['tcp' as const] },
    ...Array.from({ length: sfu.SFU_WORKERS }, (_, index) => ({
      port: sfu.SFU_PORT + index,
      host,
      variable: 'SFU_PORT',
      protocols: ['tcp' as const, 'udp' as const],
    })),
  ];
}

/** Ready means: database and SFU answer too. A certificate is for the public name, so it is not checked here. */
async function untilReady(address: string): Promise<void> {
  const { request } = await import(address.startsWith('https') ? 'node:https' : 'node:http');
  const ask = (): Promise<boolean> =>
    new Promise((resolve) => {
      const asked = request(
        new URL('/readyz', address.replace('localhost', '127.0.0.1')),
        { rejectUnauthorized: false },
        (response: { statusCode: number; resume: () => void }) => {
          response.resume();
          resolve(response.statusCode === 200);
        },
      );
      asked.on('error', () => resolve(false)).end();
    });
  const until = Date.now() + 20_000;
  while (!(await ask())) {
    if (Date.now() > until) throw new Hindrance('The SFU did not come up within 20 seconds: see samrum.log in the data folder.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Pages that only this machine can open need media on this machine only. */
function mediaWherePagesAre(host: string): { SFU_LISTEN_IP?: string } {
  const configured = process.env.SFU_LISTEN_IP || process.env.SFU_ANNOUNCED_ADDRESS;
  return host === '127.0.0.1' && !configured ? { SFU_LISTEN_IP: host } : {};
}

function notesOf(launch: LaunchEnv, own: boolean): string[] {
  return own
    ? [
        `Data, log and keys: ${launch.dataDir} (keys.json opens what is encrypted: keep a copy of it elsewhere)`,
        'Begin the demo again: npm start -- --reset-demo',
      ]
    : [];
}
