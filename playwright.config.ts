import { defineConfig } from '@playwright/test';

/** Specs in which few are in a room, and seldom with a picture: two cores carry two of them at a time. */
const pages = [
  'access',
  'booking',
  'calendar',
  'child-plan',
  'consent',
  'guest',
  'keyboard',
  'login',
  'office',
  'plan-template',
  'rights',
  'scheduling',
  'screens',
];
const pageSpecs = pages.map((name) => `${name}.spec.ts`);

export default defineConfig({
  testDir: 'e2e',
  projects: [
    { name: 'pages', testMatch: pageSpecs, outputDir: 'test-results/pages' },
    { name: 'visits', testIgnore: pageSpecs, outputDir: 'test-results/visits' },
  ],
  workers: 1, // every person is a browser of their own, and two cores carry three of them
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  use: { actionTimeout: 45_000 }, // a press on what is not there says so, before the whole test runs out of time
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
});
