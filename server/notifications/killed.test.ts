import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { openDatabase } from '../../drizzle/client.ts';
import { messages, users, visits } from '../../drizzle/schema/index.ts';
import { type Account, type CareHome, makeAccount, makeCareHome, makePatient } from '../../testing/care.ts';
import { MailServer, type Step } from '../../testing/MailServer.ts';
import { Product } from '../../testing/Product.ts';
import { Caller, until } from '../../testing/TestApp.ts';

let mail: MailServer;
let product: Product;
let database: ReturnType<typeof openDatabase>;
let home: CareHome;
let nurse: Account;
let patientId: string;
before(async () => {
  mail = await MailServer.start();
  product = await Product.start({ SMTP_URL: mail.url, PUBLIC_URL: 'https://samrum.test', MAIL_FROM: 'besked@samrum.test' });
  database = openDatabase(product.databaseUrl, () => undefined, 2);
  home = await makeCareHome(database.db);
  nurse = await makeAccount(database.db, home.unitId, 'nurse');
  patientId = await makePatient(database.db, home);
});
after(async () => {
  await database.pool.end();
  await product[Symbol.asyncDispose]();
  await mail[Symbol.asyncDispose]();
});

const kill = (): void => {
  for (const pid of product.pidOf('server/main.ts')) process.kill(pid, 'SIGKILL');
};
const isUp = async (): Promise<boolean> => {
  const response = await fetch(`${product.address}/readyz`).catch(() => null);
  return response?.status === 200;
};

async function signedIn(): Promise<Caller> {
  await until(isUp, 30_000);
  const caller = new Caller(product.address);
  const reply = await caller.post('/api/login', { username: nurse.username, password: nurse.password });
  assert.ok(reply.ok);
  return caller;
}

let hour = 48;
const book = (caller: Caller, visitId: string) =>
  caller.post('/api/visits', {
    visitId,
    unitId: home.unitId,
    patientId,
    startsAt: new Date(Date.now() + ++hour * 3_600_000).toISOString(),
    durationMinutes: 30,
    place: 'Rum',
    address: null,
    entrance: null,
    callbackPhone: null,
    language: 'sv',
    patientComes: 'bedside',
    staff: [{ userId: nurse.userId, unitId: home.unitId, host: true, atBedside: true }],
    relativeIds: [],
  });

/** Who has gone away is noticed after a while; here at once. */
const noticeWhoIsGone = (): Promise<unknown> =>
  database.pool.query(
    `update jobs.job set heartbeat_on = now() - interval '1 minute', start_after = now() where state in ('active', 'retry')`,
  );

const kills: ('booked' | Step)[] = ['booked', 'begun', 'come', 'taken'];

for (const moment of kills)
  test(`the server is killed when a mail is ${moment}: it is sent, and what is sent twice is the same to the letter`, async () => {
    const address = `${randomUUID().slice(0, 8)}@example.test`;
    await database.db.update(users).set({ email: address }).where(eq(users.id, nurse.userId));
    const caller = await signedIn();
    let killed = false;
    mail.at = (step) => {
      if (step !== moment || killed) return;
      killed = true;
      kill();
    };
    const visitId = randomUUID();
    assert.ok((await book(caller, visitId)).ok);
    if (moment === 'booked') {
      killed = true;
      kill();
    }
    await until(() => killed, 20_000);
    const sentOf = async () => (await database.db.select().from(messages).where(eq(messages.visitId, visitId)))[0]?.sentAt ?? null;
    await until(async () => {
      await noticeWhoIsGone();
      return (await sentOf()) !== null;
    }, 60_000);
    const mails = mail.to(address);
    assert.ok(mails.length > (moment === 'come' ? 1 : 0));
    assert.equal(new Set(mails.map(({ raw }) => raw)).size, 1);
    assert.match(mails[0]?.raw ?? '', /Message-ID: <[0-9a-f-]{36}@samrum\.test>/);
  });

test('killed in the midst of bookings: each visit that there is has its message, and no message is without its visit', async () => {
  mail.at = () => undefined;
  const address = `${randomUUID().slice(0, 8)}@example.test`;
  await database.db.update(users).set({ email: address }).where(eq(users.id, nurse.userId));
  const caller = await signedIn();
  const ids = Array.from({ length: 30 }, () => randomUUID());
  const asked = ids.map(async (id, nr) => {
    await wait(nr * 8);
    return book(caller, id).catch(() => null);
  });
  await Promise.race(asked); // one has its answer, the others are on their way
  kill();
  await Promise.all(asked);
  await until(isUp, 30_000);
  const rows = await database.db
    .select({ id: visits.id, message: messages.id })
    .from(visits)
    .leftJoin(messages, eq(messages.visitId, visits.id));
  const made = rows.filter(({ id }) => ids.some((one) => one === id));
  assert.ok(made.length > 0 && made.length < ids.length, `${made.length} were booked before the end`);
  assert.ok(made.every(({ message }) => message !== null));
  await until(async () => {
    await noticeWhoIsGone();
    return new Set(mail.to(address).map(({ parsed }) => parsed.messageId)).size === made.length;
  }, 60_000);
});
