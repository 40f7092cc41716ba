/**
 * Gets mediasoup-worker: the one that MEDIASOUP_WORKER_BIN names, the one that is there already, the official prebuilt
 * one, or one built here; kept in the user's cache folder by version and architecture.
 */
import { existsSync, readFileSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir, release, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Hindrance } from '../../contract/process.ts';
import { root } from '../env.ts';
import { run, tail, withProgress } from '../run.ts';
import { requireBuildTools } from './buildTools.ts';

const packageDir = join(root, 'node_modules/mediasoup');
const { version, repository } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as {
  version: string;
  repository: { url: string };
};
const here = new URL('.', import.meta.url).pathname;

/** The worker ends with this status when it was started by hand: proof that it runs on this machine. */
const runsStatus = 41;
const downloadWithinMs = 60_000;

/** @returns the path of a worker that runs here. @throws {Hindrance} saying what is missing. */
export async function obtainWorker(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const chosen = env.MEDIASOUP_WORKER_BIN;
  if (chosen) {
    if (await runs(chosen)) return chosen;
    throw new Hindrance(
      `MEDIASOUP_WORKER_BIN: ${chosen} does not run here: name a mediasoup-worker ${version} for this machine, or unset it.`,
    );
  }
  const cached = join(cacheFolder(env), `mediasoup-worker-${version}-${process.platform}-${process.arch}`);
  for (const present of [join(packageDir, 'worker/out/Release/mediasoup-worker'), cached]) if (await runs(present)) return present;
  await mkdir(dirname(cached), { recursive: true });
  if (!(await fetchPrebuilt(cached, env))) await build(cached);
  if (!(await runs(cached)))
    throw new Hindrance(`The mediasoup-worker at ${cached} does not run here: delete it, or set MEDIASOUP_WORKER_BIN.`);
  return cached;
}

const cacheFolder = (env: NodeJS.ProcessEnv): string => join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'samrum');

async function runs(binary: string): Promise<boolean> {
  return existsSync(binary) && (await run(binary, [], { env: {} })).status === runsStatus;
}

/** False if there is none for this machine, or nothing can be downloaded. */
async function fetchPrebuilt(output: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const base =
    env.MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL ?? `${repository.url.replace(/^git\+/, '').replace(/\.git$/, '')}/releases/download`;
  const kernel = process.platform === 'linux' ? `-kernel${release().split('.')[0]}` : '';
  const url = `${base}/${version}/mediasoup-worker-${version}-${process.platform}-${process.arch}${kernel}.tgz`;
  const work = await mkdtemp(join(tmpdir(), 'samrum-worker-'));
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(downloadWithinMs) });
    if (!response.ok) return false;
    await writeFile(join(work, 'worker.tgz'), Buffer.from(await response.arrayBuffer()));
    if ((await run('tar', ['-xzf', 'worker.tgz'], { cwd: work })).status !== 0) return false;
    const binary = join(work, 'mediasoup-worker');
    await chmod(binary, 0o755);
    if (!(await runs(binary))) return false;
    await moveInto(binary, output);
    process.stdout.write('Got the prebuilt mediasoup-worker.\n');
    return true;
  } catch {
    return false; // no network, or something else answered: it is built instead
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Into its place in one step, so that two starts at once do not see half a file. */
async function moveInto(file: string, output: string): Promise<void> {
  const beside = `${output}.${process.pid}`;
  await copyFile(file, beside);
  await rename(beside, output);
}

async function build(output: string): Promise<void> {
  await requireBuildTools();
  const work = await mkdtemp(join(tmpdir(), 'samrum-worker-'));
  try {
    await withProgress('Building mediasoup-worker (once a machine; five to ten minutes on two cores)', async () => {
      const libsrtp = join(work, 'libsrtp');
      const fetched = await run('bash', [join(here, 'fetch-libsrtp.sh'), libsrtp]);
      if (fetched.status !== 0) process.stdout.write(' with the system libsrtp, whose source could not be fetched …');
      const args = [join(here, 'build-worker.sh'), packageDir, join(work, 'mediasoup-worker'), ...(fetched.status === 0 ? [libsrtp] : [])];
      const built = await run('bash', args);
      if (/No space left on device/.test(built.output))
        throw new Hindrance(`The disk is full: free some space for ${work} and start again.`);
      if (built.status !== 0) throw new Hindrance(`mediasoup-worker could not be built: ${tail(built.output, 12)}`);
      await moveInto(join(work, 'mediasoup-worker'), output);
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
