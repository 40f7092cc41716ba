/**
 * JavaScript that the browser gets, gzipped as the server sends it: on the landing page, and on the call page up to the
 * first frame and altogether; beside the chosen libraries alone, bundled in the same run.
 *   node bench/js.ts
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { build } from 'vite';
import { openDatabase } from '../drizzle/client.ts';
import { doctorSignature, nurseSignature, Person } from '../e2e/people.ts';
import { root } from '../launch/env.ts';
import { makeVisit } from '../testing/care.ts';
import { Product } from '../testing/Product.ts';
import { round, writeResult } from './result.ts';

const landingLibraries = `
  import { createRoot } from 'react-dom/client';
  import { BrowserRouter, Route, Routes, useNavigate, useParams, Navigate } from 'react-router';
  import { FieldError, Input, Label, Text, TextField } from 'react-aria-components';
  import i18next from 'i18next';
  console.log(createRoot, BrowserRouter, Route, Routes, useNavigate, useParams, Navigate, FieldError, Input, Label, Text, TextField, i18next);`;
const callLibraries = `${landingLibraries}
  import { QueryClient, QueryClientProvider, useQuery, useQueryClient } from '@tanstack/react-query';
  import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
  import { io } from 'socket.io-client';
  import { Device } from 'mediasoup-client';
  console.log(QueryClient, QueryClientProvider, useQuery, useQueryClient, Dialog, Heading, Modal, ModalOverlay, io, Device);`;

const floor = { landing: await gzippedBundle(landingLibraries), call: await gzippedBundle(callLibraries) };

await using product = await Product.start();
const { db, pool } = openDatabase(product.databaseUrl, () => undefined, 1);
const visit = await makeVisit(db);
await using doctor = await Person.launch(product.address, doctorSignature);
await doctor.goIn(visit, visit.doctor);
await using nurse = await Person.launch(product.address, nurseSignature);

const { page } = nurse;
const scripts = collectScripts(page);
await page.goto(product.address, { waitUntil: 'load' });
await page.getByRole('button', { name: 'Logga in' }).waitFor();
await page.waitForLoadState('networkidle');
const landing = scripts.kilobytes();
await nurse.logIn(visit.nurse);
await page.goto('about:blank');
scripts.clear();
await nurse.openVisit(visit);
await nurse.pressJoin();
await page.waitForFunction(() =>
  [...document.querySelectorAll('video[data-participant]')].some(
    (video) => (video as HTMLVideoElement).getVideoPlaybackQuality().totalVideoFrames > 0,
  ),
);
const beforeFirstFrame = scripts.kilobytes();
await nurse.control('Personer').click();
await page.getByRole('complementary').waitFor();
const call = scripts.kilobytes();
await pool.end();

const row = (kB: number, floorKb?: number) => ({
  kB: round(kB),
  ...(floorKb ? { floor_kB: round(floorKb), ratio: round(kB / floorKb, 2) } : {}),
});
writeResult(
  'js',
  {
    'landing page': row(landing, floor.landing),
    'call page, before the first frame (≤ 171)': row(beforeFirstFrame),
    'call page': row(call, floor.call),
  },
  { goal: '≤ 1.25 × floor; before the first frame ≤ 171 kB', files: scripts.files() },
);

/** Every script that the page asks for, by its gzipped size on disk. */
function collectScripts(watched: Page) {
  const asked = new Set<string>();
  watched.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.endsWith('.js')) asked.add(pathname);
  });
  const size = (path: string): number => readFileSync(join(root, 'client/dist', `${path}.gz`)).length / 1_000;
  return {
    kilobytes: () => [...asked].reduce((sum, path) => sum + size(path), 0),
    files: () => Object.fromEntries([...asked].map((path) => [path, round(size(path))])),
    clear: () => asked.clear(),
  };
}

async function gzippedBundle(source: string): Promise<number> {
  const folder = mkdtempSync(join(root, 'bench/floor-'));
  try {
    writeFileSync(join(folder, 'index.js'), source);
    const outDir = join(folder, 'dist');
    await build({
      configFile: false,
      root: folder,
      logLevel: 'error',
      build: { outDir, target: 'es2022', lib: { entry: join(folder, 'index.js'), formats: ['es'], fileName: 'floor' }, minify: true },
      define: { 'process.env.NODE_ENV': '"production"' },
    });
    return readdirSync(outDir)
      .filter((name) => name.endsWith('.js'))
      .reduce((sum, name) => sum + gzipSync(readFileSync(join(outDir, name)), { level: 9 }).length / 1_000, 0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
