import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { KeyRing, newKeys, withNewKey } from './KeyRing.ts';

test('any text comes out as it went in, and never twice the same outside', () => {
  const ring = KeyRing.of(newKeys());
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const [once, again] = [ring.encrypt(text, 'a.b'), ring.encrypt(text, 'a.b')];
      assert.equal(ring.decrypt(once, 'a.b'), text.toWellFormed());
      if (text !== '') assert.notEqual(once, again);
      if (text.length > 3) assert.ok(!once.includes(text));
    }),
  );
});

test('what was changed, moved to another column or lies under a key that is not there, is not read', () => {
  const ring = KeyRing.of(newKeys());
  const stored = ring.encrypt('19640823-3234', 'patients.number');
  const body = stored.split('.')[2] ?? '';
  for (let at = 0; at < body.length; at += 7) {
    const other = body[at] === 'A' ? 'B' : 'A';
    assert.throws(() => ring.decrypt(`v1.k1.${body.slice(0, at)}${other}${body.slice(at + 1)}`, 'patients.number'));
  }
  assert.throws(() => ring.decrypt(stored, 'notes.text'));
  assert.throws(() => ring.decrypt(stored.replace('.k1.', '.k2.'), 'patients.number'), /k2/);
  assert.throws(() => KeyRing.of(newKeys()).decrypt(stored, 'patients.number'));
});

test('what was written before there were keys comes out as it is', () => {
  assert.equal(KeyRing.of(newKeys()).decrypt('Vi ses igen på torsdag.', 'a.b'), 'Vi ses igen på torsdag.');
});

test('a new key closes, the old one still opens, and the index stays', () => {
  const old = newKeys();
  const [before, after] = [KeyRing.of(old), KeyRing.of(withNewKey(old))];
  const stored = before.encrypt('text', 'a.b');
  assert.equal(after.decrypt(stored, 'a.b'), 'text');
  assert.ok(after.encrypt('text', 'a.b').startsWith(after.prefix) && after.prefix === 'v1.k2.');
  assert.throws(() => before.decrypt(after.encrypt('text', 'a.b'), 'a.b'), /k2/);
  assert.equal(before.index('personal 196408233234'), after.index('personal 196408233234'));
  assert.notEqual(before.index('personal 196408233234'), before.index('coordination 196408233234'));
});

test('keys in a file that is written anew are followed by whoever uses them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'samrum-keys-'));
  const file = join(folder, 'keys.json');
  try {
    const old = newKeys();
    await writeFile(file, JSON.stringify(old));
    const [server, tool] = [KeyRing.fromFile(file), KeyRing.of(withNewKey(old))];
    assert.equal(server.prefix, 'v1.k1.');
    await writeFile(file, JSON.stringify(tool.keys));
    assert.equal(server.decrypt(tool.encrypt('new', 'a.b'), 'a.b'), 'new', 'a key not known is looked for at once');
    await pause(1_100);
    assert.equal(server.prefix, 'v1.k2.');
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('what is no keys is refused', () => {
  for (const wrong of [{}, { ...newKeys(), current: 'k9' }, { ...newKeys(), index: 'short' }]) assert.throws(() => KeyRing.of(wrong));
});
