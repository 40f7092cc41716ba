import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { run } from '../run.ts';
import { obtainWorker } from './obtain.ts';

let folder: string;
let real: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'samrum-obtain-'));
  real = await obtainWorker();
});
after(() => rm(folder, { recursive: true, force: true }));

/** Serves one archive under every path, as the project's releases do under one. */
async function release(archive: Buffer | null): Promise<{ url: string; asked: string[] } & AsyncDisposable> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (archive) response.end(archive);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function archiveOf(binary: string): Promise<Buffer> {
  const archive = join(folder, 'worker.tgz');
  const packed = await run('tar', ['-czf', archive, '-C', dirname(binary), '--transform', 's/.*/mediasoup-worker/', basename(binary)]);
  assert.equal(packed.status, 0, packed.output);
  return (await import('node:fs/promises')).readFile(archive);
}

test('the prebuilt worker is fetched once, tried, and kept in the cache folder', async () => {
  await using server = await release(await archiveOf(real));
  const env = { XDG_CACHE_HOME: join(folder, 'cache'), MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL: server.url };
  const got = await obtainWorker(env);
  assert.ok(got.startsWith(join(folder, 'cache/samrum/')), got);
  assert.equal(await obtainWorker(env), got);
  assert.equal(server.asked.length, 1);
  assert.match(server.asked[0] ?? '', new RegExp(`^/3\\.27\\.1/mediasoup-worker-3\\.27\\.1-${process.platform}-${process.arch}.*\\.tgz$`));
});

test('an archive whose binary does not run here is not used, and nothing of it is kept', async () => {
  await using server = await release(await archiveOf('/bin/true'));
  const env = {
    XDG_CACHE_HOME: join(folder, 'other'),
    MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL: server.url,
    PATH: join(folder, 'empty'),
  };
  const { PATH } = process.env;
  process.env.PATH = env.PATH; // no compiler either
  try {
    await assert.rejects(obtainWorker(env), /these are missing: g\+\+ .*libssl-dev|could not be/);
  } finally {
    process.env.PATH = PATH;
  }
  assert.deepEqual(await readdir(join(folder, 'other/samrum')), []);
});

test('a worker that is named and does not run is said so', async () => {
  await assert.rejects(obtainWorker({ MEDIASOUP_WORKER_BIN: '/bin/true' }), /MEDIASOUP_WORKER_BIN: \/bin\/true does not run here/);
});
