import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { languages } from '../../contract/language.ts';
import { roles, visitStates } from '../../contract/visits.ts';
import { wireErrorCodes } from '../../contract/wire.ts';

type Catalogue = { [key: string]: string | Catalogue };
const catalogues = Object.fromEntries(
  languages.map((language) => [language, JSON.parse(readFileSync(new URL(`${language}.json`, import.meta.url), 'utf8')) as Catalogue]),
);

function flat(catalogue: Catalogue, prefix = ''): [string, string][] {
  return Object.entries(catalogue).flatMap(
    ([key, value]) => (typeof value === 'string' ? [[`${prefix}${key}`, value]] : flat(value, `${prefix}${key}.`)) as [string, string][],
  );
}

/** Languages have plural forms of their own. */
const withoutPlurals = ([key]: [string, string]): string => key.replace(/_(one|many|other)$/, '');
const keysOf = (language: string): string[] => [...new Set(flat(catalogues[language] ?? {}).map(withoutPlurals))].sort();

for (const language of languages) {
  test(`${language} has every word that Swedish has, and none of them is empty`, () => {
    assert.deepEqual(keysOf(language), keysOf('sv'));
    for (const [key, words] of flat(catalogues[language] ?? {})) assert.ok(words.trim(), key);
  });

  test(`${language} fills in the same names and numbers as Swedish`, () => {
    const gaps = (text: string): string =>
      [...text.matchAll(/\{\{(\w+)\}\}/g)]
        .map(([, name]) => name)
        .sort()
        .join();
    const swedish = new Map(flat(catalogues.sv ?? {}));
    for (const [key, words] of flat(catalogues[language] ?? {}))
      assert.equal(gaps(words), gaps(swedish.get(key) ?? swedish.get(key.replace('_many', '_other')) ?? ''), key);
  });

  test(`${language} has words for every refusal, role and state`, () => {
    const keys = new Set(keysOf(language));
    for (const key of [
      ...wireErrorCodes.map((code) => `error.${code}`),
      ...roles.map((role) => `role.${role}`),
      ...visitStates.map((state) => `state.${state}`),
    ]) {
      assert.ok(keys.has(key), key);
    }
  });
}
