import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { after, before, test } from 'node:test';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { users } from '../drizzle/schema/index.ts';
import { TestApp } from '../testing/TestApp.ts';
import { withoutValues } from './log.ts';

let app: TestApp;
before(async () => {
  app = await TestApp.start();
});
after(() => app[Symbol.asyncDispose]());

test('what failed in the database is logged by code and place, and never with the values it failed with', async () => {
  let written = '';
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      written += chunk.toString();
      done();
    },
  });
  const log = pino({ serializers: { err: withoutValues } }, stream);
  const name = 'Test Hemligsson';
  const row = { kind: 'staff' as const, username: 'samma', place: '', name };
  await app.ctx.db.insert(users).values(row);
  const failures = [
    app.ctx.db.insert(users).values(row),
    app.ctx.db.execute(sql`select ${`19640823-3234 ${name}`}::uuid`),
    app.ctx.db.execute(sql`select * from nowhere where name = ${name}`),
  ];
  for (const failed of failures)
    await failed.then(
      () => assert.fail(),
      (err: unknown) => log.error({ err }, 'failed'),
    );
  log.error({ err: new Error('a bug of ours') }, 'failed');
  assert.doesNotMatch(written, /Hemligsson|640823|samma/);
  assert.match(written, /"code":"23505".*"constraint":"users_username_unique"/);
  assert.match(written, /"code":"22P02"/);
  assert.match(written, /a bug of ours/);
  assert.match(written, /log\.test\.ts/, 'where it happened');
});
