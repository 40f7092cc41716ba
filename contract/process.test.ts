import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';

const url = new URL('process.ts', import.meta.url).href;

/** Runs a program whose beginning is this, and returns what it says on stderr. */
const saidBy = (beginning: string): Promise<string> =>
  new Promise((resolve) => {
    const source = `import { begin, Hindrance } from ${JSON.stringify(url)}; import fs from 'node:fs'; import net from 'node:net'; await begin(async () => { ${beginning} });`;
    execFile(process.execPath, ['--input-type=module', '-e', source], (error, _, stderr) => resolve(`${error?.code ?? 0} ${stderr}`));
  });

test('a full disk is said in one line', async () => {
  assert.equal(await saidBy(`fs.writeFileSync('/dev/full', 'x')`), '1 The disk is full: free some space and start again.\n');
});

test('a port in use is named', async () => {
  const words = await saidBy(`const one = net.createServer().listen(0, '127.0.0.1');
    await new Promise((done) => one.once('listening', done));
    await new Promise((_, fail) => net.createServer().once('error', fail).listen(one.address().port, '127.0.0.1'));`);
  assert.match(words, /^1 Port \d+ is in use: stop the program that has it, or choose another port\.\n$/);
});

test('a hindrance is its own words; a bug shows where it is', async () => {
  assert.equal(await saidBy(`throw new Hindrance('do this')`), '1 do this\n');
  assert.match(await saidBy(`throw new TypeError('oops')`), /^1 TypeError: oops\n {4}at /);
});
