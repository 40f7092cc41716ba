import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

/** They have no schemas, and take values from each other alone. */
const schemaless = ['examining.ts', 'line.ts', 'news2.ts', 'planKinds.ts', 'planSteps.ts', 'trials.ts', 'vitals.ts'];

test('the client takes nothing but types from the contract, so that no schema reaches the browser', () => {
  for (const file of globSync('client/**/*.{ts,tsx}', { exclude: (name) => name.endsWith('.test.ts') || name === 'dist' })) {
    if (file.endsWith('.test.ts')) continue;
    const values = [...readFileSync(file, 'utf8').matchAll(/^import (?!type )[^;]*'[./]+contract\/([^']+)'/gm)].map(([, name]) => name);
    assert.deepEqual(
      values.filter((name) => !schemaless.includes(name ?? '')),
      [],
      file,
    );
  }
  for (const name of schemaless) {
    const taken = [...readFileSync(`contract/${name}`, 'utf8').matchAll(/^import (?!type )[^;]*? from '([^']+)'/gm)].map(
      ([, from]) => from,
    );
    assert.deepEqual(
      taken.filter((from) => !schemaless.some((one) => from === `./${one}`)),
      [],
      name,
    );
  }
});
