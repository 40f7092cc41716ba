import type { Page } from '@playwright/test';
import { eq } from 'drizzle-orm';
import { Secret, TOTP } from 'otpauth';
import { defaultPolicy } from '../contract/policy.ts';
import { openDatabase } from '../drizzle/client.ts';
import { assignments, policies, sessions, users, visits } from '../drizzle/schema/index.ts';
import { type Account, makeAccount, makeCareHome, makePatient, makeVisit, patientName, testNumber } from '../testing/care.ts';
import { Eid } from '../testing/Eid.ts';
import { Product } from '../testing/Product.ts';
import { expect, test } from './fixtures.ts';
import { inspect } from './inspect.ts';
import { doctorSignature, nurseSignature, Person } from './people.ts';

/** An installation that demands what the product demands until somebody decides otherwise, and its e-ID. */
let strict: { product: Product; eid: Eid; db: ReturnType<typeof openDatabase>['db']; stop: () => Promise<void> };
test.beforeAll(async () => {
  const product = await Product.start();
  const { db, pool } = openDatabase(product.databaseUrl, () => undefined, 2);
  await db.update(policies).set({ policy: defaultPolicy, version: 2 });
  const eid = await Eid.start(db, product.address);
  const stop = async (): Promise<void> => {
    await eid[Symbol.asyncDispose]();
    await pool.end();
    await product[Symbol.asyncDispose]();
  };
  strict = { product, eid, db, stop };
  await new Promise((resolve) => setTimeout(resolve, 6_000)); // the server reads what is demanded every few seconds
});
test.afterAll(() => strict.stop());

let serial = 0;
async function withHsaId(account: Account): Promise<Account & { hsaId: string }> {
  const hsaId = `TSTNMT2321000156-E${++serial}`;
  await strict.db.update(users).set({ hsaId }).where(eq(users.id, account.userId));
  return { ...account, hsaId };
}

const open = (signature = doctorSignature): Promise<Person> => Person.launch(strict.product.address, signature);

/** From the first page to the e-ID and back. */
async function comeByEid({ page }: Person, button: RegExp, field: string, id: string, level = '3'): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  await page.getByLabel(field, { exact: true }).fill(id);
  await page.getByLabel('Tillitsnivå').selectOption({ label: level });
  await page.getByRole('button', { name: 'Legitimera' }).click();
}
const byStaffId = (who: Person, id: string, level?: string): Promise<void> => comeByEid(who, /tjänstelegitimation/, 'HSA-id', id, level);

test('staff by e-ID: of two assignments one is chosen; logging out ends the session there too', async () => {
  const home = await makeCareHome(strict.db);
  const nurse = await withHsaId(await makeAccount(strict.db, home.unitId, 'nurse'));
  const other = await makeCareHome(strict.db, 'Andra enheten');
  await strict.db.insert(assignments).values({ userId: nurse.userId, unitId: other.unitId, role: 'careCoordinator' });
  await makeVisit(strict.db, new Date(), other);
  await using who = await open();
  const { page } = who;
  await who.goto('/');
  await expect(page.getByRole('button', { name: /tjänstelegitimation/ })).toBeVisible();
  await inspect(page, 'start-eid');
  await byStaffId(who, nurse.hsaId);
  await expect(page.getByRole('heading', { name: 'Välj uppdrag' })).toBeVisible();
  await inspect(page, 'assignment');
  await page.getByRole('button', { name: /Vårdkoordinator, Andra enheten/ }).click();
  await expect(page.getByRole('heading', { name: 'Dagens besök' })).toBeVisible();
  await expect(page.getByText(patientName)).toBeVisible();

  await page.getByRole('button', { name: 'Logga ut' }).click();
  await expect(page.getByRole('heading', { name: 'Loggar ut' })).toBeVisible();
  await page.getByRole('button', { name: 'Logga ut här också' }).click();
  await expect(page.getByRole('heading', { name: 'Välkommen' })).toBeVisible();
  expect(await page.evaluate(async () => (await (await fetch('/api/me')).json()).data)).toBeNull();
});

test('a resident by e-ID comes to their own page', async () => {
  const number = testNumber('1948-02-03');
  await makePatient(strict.db, await makeCareHome(strict.db), { number, birthDate: '1948-02-03' });
  await using who = await open();
  await who.goto('/');
  await comeByEid(who, /e-legitimation/, 'Personnummer', number);
  await expect(who.page.getByRole('heading', { name: 'Mina besök' })).toBeVisible();
  await who.page.getByRole('link', { name: 'Mina samtycken' }).click();
  await expect(who.page.getByRole('heading', { name: 'Mina samtycken' })).toBeVisible();
  await inspect(who.page, 'my-consents');
});

test('too low a level: not in, and the page says what to do and what to tell whoever helps', async () => {
  const home = await makeCareHome(strict.db);
  const nurse = await withHsaId(await makeAccount(strict.db, home.unitId, 'nurse'));
  await using who = await open();
  const { page } = who;
  await who.goto('/');
  await byStaffId(who, nurse.hsaId, '2');
  await expect(page.getByRole('alert')).toContainText('räcker inte här');
  await expect(page.getByRole('alert')).toContainText(/Uppge koden [0-9A-F]{8}/);
  await inspect(page, 'start-refused');
  await page.getByLabel('Användarnamn').fill(nurse.username);
  await page.getByLabel('Lösenord').fill(nurse.password);
  await page.getByRole('button', { name: 'Logga in', exact: true }).click();
  await expect(page.getByText('Det här sättet att logga in räcker inte. Använd e-legitimation.')).toBeVisible();
  await byStaffId(who, 'TSTNMT2321000156-NOBODY');
  await expect(page.getByRole('alert')).toContainText('Du finns inte upplagd här');
  expect(await page.evaluate(async () => (await (await fetch('/api/me')).json()).data)).toBeNull();
});

test('a local account sets up one-time codes, logs in with one, and with a recovery code when the phone is lost', async () => {
  const home = await makeCareHome(strict.db);
  const head = await makeAccount(strict.db, home.unitId, 'unitHead');
  await using who = await open();
  const { page } = who;
  const logIn = async (): Promise<void> => {
    await who.goto('/');
    await page.getByLabel('Användarnamn').fill(head.username);
    await page.getByLabel('Lösenord').fill(head.password);
    await page.getByRole('button', { name: 'Logga in', exact: true }).click();
  };
  await logIn();
  await expect(page.getByText('Innan du kan arbeta behöver din inloggning skyddas')).toBeVisible();
  await who.goto('/today');
  await expect(page.getByText('Innan du kan arbeta behöver din inloggning skyddas'), 'nothing else opens').toBeVisible();
  await page.getByRole('button', { name: 'Börja använda engångskoder' }).click();
  await inspect(page, 'totp');
  const secret = ((await page.getByText(/^[A-Z2-7]{4}( [A-Z2-7]{1,4}){7}$/).textContent()) ?? '').replaceAll(' ', '');
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  const code = page.getByLabel('Koden som appen visar');
  await code.fill('000000');
  await page.getByRole('button', { name: 'Klart' }).click();
  await expect(page.getByText('Koden stämmer inte, eller har redan använts.')).toBeVisible();
  await code.fill(totp.generate({ timestamp: Date.now() - 30_000 }));
  await page.getByRole('button', { name: 'Klart' }).click();
  await expect(page.getByRole('button', { name: 'Jag har sparat dem' })).toBeVisible();
  const [recovery = ''] = await page.getByText(/^[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}$/).allInnerTexts();
  await inspect(page, 'recovery-codes');
  await page.getByRole('button', { name: 'Jag har sparat dem' }).click();
  await expect(page.getByRole('heading', { name: 'Dagens besök' })).toBeVisible();
  await page.getByRole('button', { name: 'Logga ut' }).click();

  const withCode = async (shown: string): Promise<void> => {
    await logIn();
    await page.getByLabel('Engångskod').fill(shown);
    await page.getByRole('button', { name: 'Logga in', exact: true }).click();
  };
  for (const shown of [totp.generate(), recovery]) {
    await withCode(shown);
    await expect(page.getByRole('heading', { name: 'Dagens besök' })).toBeVisible();
    if (shown === recovery) break;
    await page.getByRole('button', { name: 'Logga ut' }).click();
  }
  await page.getByRole('link', { name: 'Min inloggning' }).click();
  await page.getByRole('button', { name: 'Nya reservkoder' }).click();
  await expect(page.getByRole('button', { name: 'Jag har sparat dem' })).toBeVisible();
  const [renewed = ''] = await page.getByText(/^[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}$/).allInnerTexts();
  await page.getByRole('button', { name: 'Jag har sparat dem' }).click();
  await expect(page.getByRole('button', { name: 'Nya reservkoder' })).toBeVisible();
  await page.getByRole('button', { name: 'Logga ut' }).click();
  await withCode(renewed);
  await expect(page.getByRole('heading', { name: 'Dagens besök' })).toBeVisible();
  await page.getByRole('button', { name: 'Logga ut' }).click();
  await withCode(recovery);
  await expect(page.getByText('Koden stämmer inte, eller har redan använts.')).toBeVisible();
});

test('logged out from another device: that page shows nothing more', async () => {
  const home = await makeCareHome(strict.db);
  const nurse = await withHsaId(await makeAccount(strict.db, home.unitId, 'nurse'));
  await using tablet = await open();
  await using office = await open();
  for (const who of [tablet, office]) {
    await who.goto('/');
    await byStaffId(who, nurse.hsaId);
    await expect(who.page.getByRole('heading', { name: 'Dagens besök' })).toBeVisible();
  }
  await office.page.getByRole('link', { name: 'Min inloggning' }).click();
  await expect(office.page.getByText('den här enheten')).toBeVisible();
  await inspect(office.page, 'my-login');
  await office.page.getByRole('button', { name: /^Logga ut där/ }).click();
  await expect(office.page.getByRole('button', { name: /^Logga ut där/ })).toHaveCount(0);
  await expect(tablet.page.getByRole('heading', { name: 'Välkommen' }), 'by itself').toBeVisible();
  await tablet.goto('/patients');
  await expect(tablet.page.getByRole('heading', { name: 'Välkommen' })).toBeVisible();
});

test('what was typed is there when the lock opens, and when a proof is asked for: the e-ID has a window of its own', async () => {
  const visit = await makeVisit(strict.db);
  const nurse = await withHsaId(visit.nurse);
  const held = { state: 'documenting', identityMethod: 'knownToStaff', beganAt: new Date() } as const;
  await strict.db.update(visits).set(held).where(eq(visits.id, visit.id));
  const anHourAgo = new Date(Date.now() - 3_600_000);
  const sessionOfNurse = eq(sessions.userId, nurse.userId);
  await using who = await open();
  const { page } = who;
  await who.goto('/');
  await byStaffId(who, nurse.hsaId);
  await expect(page.getByRole('heading', { name: 'Dagens besök' })).toBeVisible();
  await who.goto(`/visits/${visit.id}/record`);
  const outcome = page.getByLabel('Bedömning och resultat');
  await outcome.fill('Påhittad bedömning');
  await page.waitForLoadState('networkidle'); // else what the page asks by itself finds the lock before the press does
  const loaded = await who.loadedAt();
  const atEid = async (level: string): Promise<Page> => {
    const button = page.getByRole('button', { name: /tjänstelegitimation/ });
    const [eid] = await Promise.all([page.context().waitForEvent('page'), button.click()]);
    await eid.getByLabel('HSA-id', { exact: true }).fill(nurse.hsaId);
    await eid.getByLabel('Tillitsnivå').selectOption({ label: level });
    await eid.getByRole('button', { name: 'Legitimera' }).click();
    return eid;
  };

  await strict.db.update(sessions).set({ seenAt: anHourAgo }).where(sessionOfNurse);
  await page.getByRole('button', { name: 'Spara utkast' }).click();
  await expect(page.getByRole('heading', { name: 'Skärmen är låst' })).toBeVisible();
  await expect(outcome, 'nothing of it is shown').toBeHidden();
  await expect(page.getByText(patientName).first()).toBeHidden();
  const refused = await atEid('2');
  await expect(refused.getByRole('alert')).toContainText('räcker inte här');
  await inspect(refused, 'unlock-refused');
  await refused.close();
  await expect(outcome).toBeHidden();
  await atEid('3');
  await expect(outcome).toHaveValue('Påhittad bedömning');
  await expect(outcome).toBeVisible();

  await strict.db.update(sessions).set({ provedAt: anHourAgo }).where(sessionOfNurse);
  await page.getByRole('button', { name: 'Sjuksköterska, Dorotea' }).click();
  await page.getByLabel('Kontakttyp').selectOption({ label: 'Fysiskt besök' });
  await page.getByRole('button', { name: 'Klar', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await atEid('3');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'Text till journalen' })).toHaveValue(/Påhittad bedömning/);
  expect(await who.loadedAt(), 'the page was not loaded anew').toBe(loaded);
  await expect.poll(() => page.context().pages().length, 'the windows of the e-ID have closed').toBe(1);
});

test('a shared tablet beside the bed: it locks, the call goes on; a colleague takes over by PIN with the visit kept', async ({
  visit,
  person,
  database: { db, pool },
}) => {
  const doctor = await person(doctorSignature);
  await doctor.goIn(visit, visit.doctor);
  const colleague = await makeAccount(db, visit.unitId, 'assistantNurse', 'Dorotea', 'Test Kollega');
  const tablet = await person(nurseSignature);
  const { page } = tablet;
  const choosePin = async (pin: string): Promise<void> => {
    await page.getByRole('link', { name: 'Min inloggning' }).click();
    await page.getByLabel('Ny PIN-kod').fill(pin);
    await page.getByRole('button', { name: 'Spara PIN-koden' }).click();
    await expect(page.getByText('PIN-koden är sparad.')).toBeVisible();
  };
  await tablet.logIn(colleague);
  await choosePin('1470');
  await page.getByRole('link', { name: 'Byt användare' }).click();
  await page.getByLabel('Användarnamn').fill(visit.nurse.username);
  await page.getByLabel('Lösenord').fill(visit.nurse.password);
  await page.getByRole('button', { name: 'Logga in', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Dagens besök' })).toBeVisible();
  await choosePin('2580');
  const takeOver = async (whose: RegExp, pin: string): Promise<void> => {
    await page.getByRole('button', { name: whose }).click();
    await page.getByLabel(/^PIN-kod för/).fill(pin);
    await page.getByRole('button', { name: 'Ta över' }).click();
  };
  const untouched = (): Promise<unknown> =>
    pool.query(`update sessions set seen_at = now() - interval '20 minutes' where user_id = $1`, [visit.nurse.userId]);
  await page.getByRole('link', { name: 'Patienter' }).click();
  const search = page.getByLabel('Sök');
  await search.fill('Påhittad');
  await expect(page.getByText('Ingen patient hittades.')).toBeVisible();
  await untouched();
  await search.fill('Påhittad sökning');
  await expect(page.getByRole('heading', { name: 'Skärmen är låst' })).toBeVisible();
  await takeOver(/Test Kollega/, '1470');
  await expect(search, 'nothing of the former is shown to the next').toHaveValue('');
  await page.getByRole('link', { name: 'Byt användare' }).click();
  await takeOver(/Sjuksköterska/, '2580');
  await expect(page.getByRole('heading', { name: 'Dagens besök' })).toBeVisible();

  await tablet.openVisit(visit);
  await tablet.pressJoin();
  await doctor.sees(visit.nurse.participantId, nurseSignature);
  const loaded = await tablet.loadedAt();

  const panel = page.getByRole('complementary', { name: 'Patienten' });
  await expect(panel, 'it opens by itself').toBeVisible();
  await untouched();
  await tablet.control(/^Patient/).click();
  await tablet.control(/^Patient/).click(); // opened anew, it asks anew
  await expect(page.getByText('Låst, eftersom ingen har rört skärmen')).toBeVisible();
  await inspect(page, 'room-locked');
  await doctor.sees(visit.nurse.participantId, nurseSignature);
  await page.getByRole('button', { name: 'Lås upp' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: /Test Kollega/ })).toBeVisible();
  await inspect(page, 'room-unlock');
  await dialog.getByRole('button', { name: /Test Kollega/ }).click();
  await dialog.getByLabel('PIN-kod för Test Kollega').fill('1470');
  const pressedAt = Date.now();
  await dialog.getByRole('button', { name: 'Ta över' }).click();
  await expect(doctor.page.getByText(/Test Kollega/).first(), 'within five seconds').toBeVisible({ timeout: 5_000 });
  await expect(page.getByText('Låst, eftersom ingen har rört skärmen')).toHaveCount(0);
  test.info().annotations.push({ type: 'change of user', description: `${Date.now() - pressedAt} ms` });
  await doctor.sees(visit.nurse.participantId, nurseSignature);
  await doctor.hears(visit.nurse.participantId, nurseSignature);
  await tablet.sees(visit.doctor.participantId, doctorSignature);
  expect(await tablet.loadedAt(), 'the page was not loaded anew').toBe(loaded);
});

test('before the door a locked session says how to open it, and then the visit is there', async ({ visit, person, database: { pool } }) => {
  const nurse = await person(nurseSignature);
  const { page } = nurse;
  await nurse.logIn(visit.nurse);
  await page.getByRole('link', { name: 'Min inloggning' }).click();
  await page.getByLabel('Ny PIN-kod').fill('2580');
  await page.getByRole('button', { name: 'Spara PIN-koden' }).click();
  await expect(page.getByText('PIN-koden är sparad.')).toBeVisible();
  await pool.query(`update sessions set seen_at = now() - interval '20 minutes' where user_id = $1`, [visit.nurse.userId]);
  for (const path of [`/visits/${visit.id}`, '/patients']) {
    await nurse.goto(path);
    await expect(page.getByRole('heading', { name: 'Skärmen är låst' })).toBeVisible();
  }
  await inspect(page, 'locked');
  await nurse.goto(`/visits/${visit.id}`);
  await page.getByLabel('Din PIN-kod').fill('1111');
  await page.getByRole('button', { name: 'Lås upp' }).click();
  await expect(page.getByText('PIN-koden stämmer inte.')).toBeVisible();
  await page.getByLabel('Din PIN-kod').fill('2580');
  await page.getByRole('button', { name: 'Lås upp' }).click();
  await expect(page.getByRole('heading', { name: 'Innan du går in' })).toBeVisible();
});
