import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { languages } from '../../contract/language.ts';
import { contactTypes } from '../../contract/record.ts';
import { organisationKinds, unitKinds } from '../../contract/units.ts';
import { identityMethods, roles, visitStates } from '../../contract/visits.ts';
import { wireErrorCodes } from '../../contract/wire.ts';

type Catalogue = { [key: string]: string | Catalogue };
const read = (path: string): Catalogue => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Catalogue;
/** All books of a language side by side, as a page of plans has them. */
const catalogues = Object.fromEntries(
  languages.map((language) => {
    const books = [read(`${language}.json`), read(`office/${language}.json`), read(`plan/${language}.json`)];
    const parts = [...new Set(books.flatMap((book) => Object.keys(book)))];
    return [language, Object.fromEntries(parts.map((part) => [part, Object.assign({}, ...books.map((book) => book[part])) as Catalogue]))];
  }),
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
      ...unitKinds.map((kind) => `unitKind.${kind}`),
      ...organisationKinds.map((kind) => `organisationKind.${kind}`),
      ...identityMethods.map((method) => `identity.${method}`),
      ...contactTypes.map((type) => `contact.${type}`),
    ]) {
      assert.ok(keys.has(key), key);
    }
  });

  test(`${language} has a sentence for everything that is done to a visit`, () => {
    const keys = new Set(keysOf(language));
    for (const action of actionsOnVisits()) assert.ok(keys.has(`history.${action.replace('.', '_')}`), action);
  });
}

/** What the server writes into the audit of a visit, read from its source: media events are not shown. */
function actionsOnVisits(): string[] {
  const folder = new URL('../../server/', import.meta.url).pathname;
  const sources = globSync('{visits,scheduling,identity,people}/*.ts', { cwd: folder }).filter((file) => !file.endsWith('.test.ts'));
  const found = sources.flatMap((file) =>
    [...readFileSync(folder + file, 'utf8').matchAll(/'((?:visit|curtain|emergency|people|guest|note)\.[a-z_]+)'/g)].map(
      ([, action]) => action ?? '',
    ),
  );
  const policies = ['visit.room', 'visit.staff', 'visit.bedside', 'visit.attend', 'visit.host'];
  return [...new Set(found)].filter((action) => !policies.includes(action));
}
