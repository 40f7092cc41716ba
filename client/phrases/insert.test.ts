import assert from 'node:assert/strict';
import { test } from 'node:test';
import { insertPhrase } from './insert.ts';

test('a phrase stands apart from the words around it, and the cursor behind it', () => {
  assert.deepEqual(insertPhrase('', 'Ja.', null, 100), { text: 'Ja.', cursor: 3 });
  assert.deepEqual(insertPhrase('Nej. ', 'Ja.', null, 100), { text: 'Nej.\nJa.', cursor: 8 });
  assert.deepEqual(insertPhrase('ett två', 'och', 3, 100), { text: 'ett och två', cursor: 7 });
  assert.deepEqual(insertPhrase('ett två', 'noll', 0, 100), { text: 'noll ett två', cursor: 4 });
  assert.deepEqual(insertPhrase('ett.', 'två', 3, 100), { text: 'ett två.', cursor: 7 });
});

test('what would be too long is not put in', () => {
  assert.equal(insertPhrase('12345', '678', null, 8), null);
  assert.deepEqual(insertPhrase('12345', '67', null, 8), { text: '12345\n67', cursor: 8 });
});
