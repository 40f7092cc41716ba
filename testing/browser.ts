/** The browser that the tests run in: Playwright's own, the system's, one that can be downloaded, or Debian's package. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { Hindrance } from '../contract/process.ts';
import { root } from '../launch/env.ts';
import { run, tail, withProgress } from '../launch/run.ts';
import { installPackage } from './packages.ts';

const systemBrowsers = [
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The executable, or undefined if there is none. */
export function findBrowser(): string | undefined {
  return [chromium.executablePath(), ...systemBrowsers].find((path) => existsSync(path));
}

/** Gets one where there is none. @throws {Hindrance} saying what to install. */
export async function ensureBrowser(): Promise<string> {
  const present = findBrowser();
  if (present) return present;
  await withProgress('Getting a browser for the tests', async () => {
    const downloaded = await run(process.execPath, [join(root, 'node_modules/playwright/cli.js'), 'install', 'chromium'], {
      timeout: 300_000,
    });
    if (downloaded.status !== 0) await installPackage('chromium');
  });
  const found = findBrowser();
  if (!found) throw new Hindrance('The end-to-end tests need a browser: install Chrome or Chromium (Debian: apt-get install chromium).');
  const works = await run(found, ['--version']);
  if (works.status !== 0) throw new Hindrance(`${found} does not run (${tail(works.output)}): install Chrome or Chromium.`);
  return found;
}
