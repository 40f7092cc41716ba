/**
 * What has to be there before anything else can run: the packages of the lock file, and among them Node 24 itself.
 * Plain JavaScript for whatever Node ≥ 20 the machine has.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'node_modules', '.samrum-installed');
const wantedNode = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).dependencies.node;

/** One line that says what to do, and the end. */
export function stopWith(line) {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

/** Installs what the lock file says unless it is there, and returns the path of Node 24. */
export function ensureInstalled() {
  if (Number(process.versions.node.split('.')[0]) < 20) stopWith(`Node ${process.versions.node} is too old: install Node 20 or newer.`);
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform} ${process.arch}`)
    .digest('hex');
  const installed = existsSync(stamp) && readFileSync(stamp, 'utf8') === lock;
  if (!installed) {
    process.stdout.write('Installing the packages of the lock file (a minute or so) …\n');
    install();
  }
  const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  checkNode(node);
  if (!installed) writeFileSync(stamp, lock);
  return node;
}

function install() {
  const result = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'pipe'],
    encoding: 'utf8',
    env: { ...process.env, MEDIASOUP_WORKER_BIN: process.env.MEDIASOUP_WORKER_BIN ?? 'obtained later' },
  });
  if (result.status === 0) return;
  const words = result.stderr ?? '';
  if (result.error) stopWith(`npm cannot be run (${result.error.message}): install npm 10 or newer.`);
  if (/ENOSPC/.test(words)) stopWith(`The disk is full: free some space below ${root} and run the command again.`);
  if (/EACCES|EPERM|EROFS/.test(words)) stopWith(`No right to write below ${root}: give this user the folder, or clone it elsewhere.`);
  process.stderr.write(words);
  stopWith('The packages could not be installed: see above; is the npm registry reachable?');
}

function checkNode(node) {
  const version = existsSync(node) ? execFileSync(node, ['--version'], { encoding: 'utf8' }).trim() : 'none';
  if (version !== `v${wantedNode}`)
    stopWith(`Node ${wantedNode} was expected in node_modules and ${version} is there: delete node_modules and run the command again.`);
}

/** Runs a program of ours under Node 24 with our terminal, and ends as it ends. Ctrl-C reaches it by itself. */
export function runUnderNode24(node, file, args, env = {}) {
  const child = spawn(node, [join(root, file), ...args], { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}
