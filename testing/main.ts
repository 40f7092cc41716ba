/** `npm test`: linter, types, unit and integration tests, end to end. Its last line is the sum. */
import { spawn } from 'node:child_process';
import { globSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { run as runTests } from 'node:test';
import { spec } from 'node:test/reporters';
import { begin } from '../contract/process.ts';
import { buildClientIfStale } from '../launch/clientBuild.ts';
import { root } from '../launch/env.ts';
import { obtainWorker } from '../launch/worker/obtain.ts';
import { ensureBrowser } from './browser.ts';
import { startTestPostgres } from './database.ts';
import { ensureFirefox } from './Firefox.ts';
import { ensureRelay } from './line/Relay.ts';
import { keepLogs, lookThrough } from './logs.ts';
import { ensureSoundCard } from './SoundCard.ts';

type Sum = { passed: number; failed: number };
const bin = (path: string): string => join(root, 'node_modules', path);

await begin(async () => {
  const wanted = process.argv.slice(2);
  const wants = (part: string): boolean => wanted.length === 0 || wanted.includes(part);
  process.env.MEDIASOUP_WORKER_BIN = await obtainWorker();
  const logs = keepLogs();
  const sums: Sum[] = [];
  if (wants('lint')) sums.push(await check('Biome', process.execPath, [bin('@biomejs/biome/bin/biome'), 'ci', '.']));
  if (wants('types')) sums.push(await check('Types', process.execPath, [bin('typescript/bin/tsc'), '-p', root]));
  if (wants('unit') || wants('e2e')) {
    const postgres = await startTestPostgres();
    try {
      if (wants('unit')) sums.push(await unitAndIntegration());
      if (wants('e2e')) sums.push(...(await endToEnd()));
    } finally {
      await postgres.stop();
    }
  }
  if (wants('unit') || wants('e2e')) sums.push(logsInOrder(logs));
  const total = sums.reduce((sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }), {
    passed: 0,
    failed: 0,
  });
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
  process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
});

/** A tool that is content or not, as one test. */
async function check(name: string, command: string, args: string[]): Promise<Sum> {
  const status = await spawned(command, args);
  process.stdout.write(`${name}: ${status === 0 ? 'in order' : 'NOT in order'}\n`);
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Nothing that was logged in the whole run says a name, a number or a secret; as one test. */
function logsInOrder(folder: string): Sum {
  const { lines, found } = lookThrough(folder);
  for (const one of found.slice(0, 20)) process.stdout.write(`Logs: ${one}\n`);
  const inOrder = lines > 0 && found.length === 0;
  process.stdout.write(`Logs: ${lines} lines, ${inOrder ? 'in order' : 'NOT in order'}\n`);
  rmSync(folder, { recursive: true, force: true });
  return inOrder ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function spawned(command: string, args: string[]): Promise<number> {
  return new Promise((resolve) => {
    spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).once('exit', (status) => resolve(status ?? 1));
  });
}

/** Every `*.test.ts`, each file in a process of its own. A skipped or unfinished test counts as failed. */
function unitAndIntegration(): Promise<Sum> {
  const files = globSync('{contract,server,sfu,launch,client,drizzle,testing}/**/*.test.ts', { cwd: root }).map((file) => join(root, file));
  const sum: Sum = { passed: 0, failed: 0 };
  return new Promise((resolve, reject) => {
    const stream = runTests({ files, concurrency: availableParallelism(), cwd: root, timeout: 300_000 });
    stream.on('test:pass', ({ details, skip, todo }) => {
      if (details.type === 'suite') return;
      if (skip === undefined && todo === undefined) sum.passed += 1;
      else sum.failed += 1;
    });
    stream.on('test:fail', ({ details }) => {
      if (details.type !== 'suite') sum.failed += 1;
    });
    stream.once('error', reject);
    const report = stream.compose(new spec());
    report.pipe(process.stdout, { end: false });
    report.once('end', () => resolve(sum));
  });
}

/** Pages two at a time, then visits one by one: what each needs of two cores. */
async function endToEnd(): Promise<Sum[]> {
  await ensureBrowser();
  await ensureRelay();
  await ensureFirefox();
  await ensureSoundCard();
  await buildClientIfStale();
  return [await specs('pages', 2), await specs('visits', 1)];
}

async function specs(project: string, workers: number): Promise<Sum> {
  const results = join(root, 'test-results/e2e.json');
  rmSync(results, { force: true });
  const status = await spawned(process.execPath, [bin('@playwright/test/cli.js'), 'test', `--project=${project}`, `--workers=${workers}`]);
  const { stats } = JSON.parse(readFileSync(results, 'utf8')) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  };
  const failed = stats.unexpected + stats.flaky + stats.skipped;
  return { passed: stats.expected, failed: status !== 0 && failed === 0 ? 1 : failed };
}
