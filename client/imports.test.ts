import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

test('the client takes nothing but types from the contract, so that no schema reaches the browser', () => {
  for (const file of globSync('client/**/*.{ts,tsx}', { exclude: (name) => name.endsWith('.test.ts') || name === 'dist' })) {
    if (file.endsWith('.test.ts')) continue;
    // `line.ts` has no schemas; its own imports are types too.
    const values = readFileSync(file, 'utf8').match(/^import (?!type )[^;]*'[./]+contract\/(?!line\.ts)[^']+'/gm) ?? [];
    assert.deepEqual(values, [], file);
  }
  assert.doesNotMatch(readFileSync('contract/line.ts', 'utf8'), /^import (?!type )/m);
});
