import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 1, // every person is a browser of their own, and two cores carry three of them
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  use: { actionTimeout: 45_000 }, // a press on what is not there says so, before the whole test runs out of time
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
});
