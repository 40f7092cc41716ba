import { and, eq } from 'drizzle-orm';
import ICAL from 'ical.js';
import { careToday } from '../client/app/times.ts';
import { openDatabase } from '../drizzle/client.ts';
import { assignments, holidays, units, users, workingHours } from '../drizzle/schema/index.ts';
import { type Account, addUserPassword, makeAccount, makeCareHome, makePatient, makeUnit } from '../testing/care.ts';
import { calendarOf, type Mail, MailServer } from '../testing/MailServer.ts';
import { Product } from '../testing/Product.ts';
import { expect, test } from './fixtures.ts';
import { inspect } from './inspect.ts';
import { doctorSignature, nurseSignature, Person } from './people.ts';

/** An installation that sends mail. */
let mailing: { product: Product; mail: MailServer; db: ReturnType<typeof openDatabase>['db']; stop: () => Promise<void> };
test.beforeAll(async () => {
  const mail = await MailServer.start();
  const product = await Product.start({ SMTP_URL: mail.url, PUBLIC_URL: 'https://samrum.test', MAIL_FROM: 'besked@samrum.test' });
  const { db, pool } = openDatabase(product.databaseUrl, () => undefined, 2);
  const stop = async (): Promise<void> => {
    await pool.end();
    await product[Symbol.asyncDispose]();
    await mail[Symbol.asyncDispose]();
  };
  mailing = { product, mail, db, stop };
});
test.afterAll(() => mailing.stop());

const open = (signature = doctorSignature): Promise<Person> => Person.launch(mailing.product.address, signature);

/** A Tuesday, a week ahead at least, that is no holiday: YYYY-MM-DD. */
async function aTuesday(): Promise<string> {
  const free = new Set((await mailing.db.select({ day: holidays.day }).from(holidays)).map(({ day }) => day));
  const day = new Date(Date.now() + 7 * 24 * 3_600_000);
  for (;;) {
    const date = day.toISOString().slice(0, 10);
    if (day.getUTCDay() === 2 && !free.has(date)) return date;
    day.setUTCDate(day.getUTCDate() + 1);
  }
}

async function worksIn(account: Account, unitId: string, zone: string, opens: string, closes: string): Promise<void> {
  const { db } = mailing;
  const held = and(eq(assignments.userId, account.userId), eq(assignments.unitId, unitId));
  const [row] = await db.select().from(assignments).where(held);
  const week = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens, closes, zone, assignmentId: row?.id ?? '' }));
  await db.insert(workingHours).values(week);
}

function entryOf(one: Mail | undefined): { method: string; sequence: number; start: Date; description: string } {
  if (!one) throw new Error('no such mail has come');
  const calendar = new ICAL.Component(ICAL.parse(calendarOf(one)));
  const entry = calendar.getFirstSubcomponent('vevent');
  if (!entry) throw new Error('the calendar has no entry');
  return {
    method: String(calendar.getFirstPropertyValue('method')),
    sequence: Number(entry.getFirstPropertyValue('sequence')),
    start: new ICAL.Event(entry).startDate.toJSDate(),
    description: String(entry.getFirstPropertyValue('description')),
  };
}

test('a doctor in Lisbon, one in Helsinki, a nurse and a room in Storuman: a time is found, booked, moved and cancelled, and all hear of it', async () => {
  test.setTimeout(180_000);
  const { db, mail } = mailing;
  const home = await makeCareHome(db, 'Storumans sjukstuga');
  const [lisbon, helsinki] = [
    await makeUnit(db, home.organisationId, 'Mottagning Lissabon'),
    await makeUnit(db, home.organisationId, 'Mottagning Helsingfors'),
  ];
  const patientId = await makePatient(db, home, { name: 'Test Tallberg' });
  const coordinator = await makeAccount(db, home.unitId, 'careCoordinator', 'Storuman', 'Test Samordnare');
  const nurse = await makeAccount(db, home.unitId, 'nurse', 'Storuman', 'Test Sköterska');
  const doctor = await makeAccount(db, lisbon.unitId, 'remotePhysician', 'Lissabon', 'Test Lisboa');
  const other = await makeAccount(db, helsinki.unitId, 'physician', 'Helsingfors', 'Test Helsinki');
  await worksIn(doctor, lisbon.unitId, 'Europe/Lisbon', '09:00', '17:00'); // from 10 in Sweden
  await worksIn(other, helsinki.unitId, 'Europe/Helsinki', '08:00', '16:00'); // until 15 in Sweden
  await db.update(units).set({ interpreterEmail: 'tolk@example.test' }).where(eq(units.id, home.unitId));
  for (const [account, email] of [
    [doctor, 'lisbon@example.test'],
    [other, 'helsinki@example.test'],
  ] as const)
    await db.update(users).set({ email }).where(eq(users.id, account.userId));
  const tuesday = await aTuesday();

  await test.step('the nurse says when she works', async () => {
    await using who = await open(nurseSignature);
    const { page } = who;
    await who.logIn(nurse);
    await page.getByRole('link', { name: 'Arbetstider' }).click();
    await expect(page.getByText('Ledigt')).toHaveCount(7);
    for (const day of ['måndag', 'tisdag', 'onsdag', 'torsdag', 'fredag'])
      await page.getByRole('button', { name: `Lägg till tid på ${day}` }).click();
    await page.getByLabel('Till (tisdag)').fill('07:00');
    await page.getByRole('button', { name: 'Spara', exact: true }).click();
    await expect(page.getByText('Tiderna överlappar, eller slutar innan de börjar.')).toBeVisible();
    await page.getByLabel('Till (tisdag)').fill('16:30');
    await inspect(page, 'schedule');
    await page.getByRole('button', { name: 'Spara', exact: true }).click();
    await expect(page.getByText('Sparat.')).toBeVisible();
  });

  await using booker = await open();
  const { page } = booker;
  await booker.logIn(coordinator);

  await test.step('the coordinator says what the unit offers, and with what', async () => {
    await page.getByRole('link', { name: 'Planering' }).click();
    await expect(page.getByText('Inga rum eller utrustning ännu.')).toBeVisible();
    await page.getByRole('button', { name: 'Lägg till rum eller utrustning' }).click();
    await page.getByLabel('Namn', { exact: true }).fill('Rum 1');
    await page.getByRole('button', { name: 'Spara', exact: true }).first().click();
    await expect(page.getByRole('button', { name: 'Ändra Rum 1' })).toBeVisible();
    await page.getByRole('button', { name: 'Lägg till ett slags besök' }).click();
    await page.getByLabel('Vad det kallas').fill('Läkarbesök');
    await page.getByLabel('Längd (minuter)').fill('30');
    await page.getByRole('group', { name: 'Rum och utrustning' }).getByRole('checkbox', { name: 'rum', exact: true }).check();
    await inspect(page, 'visit-type');
    await page.getByRole('button', { name: 'Spara', exact: true }).first().click();
    await expect(page.getByRole('button', { name: 'Ändra Läkarbesök' })).toBeVisible();
    await inspect(page, 'plan');
  });

  await using patient = await open();
  await patient.logIn(await addUserPassword(db, patientId), 'Mina besök');
  await expect(patient.page.getByText('Inget besök är bokat.')).toBeVisible();
  const loaded = await patient.loadedAt();

  const book = async (): Promise<void> => {
    await page.getByRole('link', { name: 'Boka besök' }).click();
    await page.getByRole('button', { name: 'Välj Test Tallberg' }).click();
    await page.getByLabel('Slags besök').selectOption({ label: 'Läkarbesök' });
    await expect(page.getByRole('checkbox', { name: /^Rum 1/ })).toBeChecked();
    for (const name of ['Test Lisboa', 'Test Helsinki', 'Test Sköterska']) {
      await page.getByLabel('Lägg till personal').fill(name);
      await page.getByRole('button', { name: new RegExp(`^Lägg till ${name}`) }).click();
    }
    await page.getByRole('button', { name: /^Ta bort Test Samordnare/ }).click();
    await page.getByRole('radio', { name: 'En annan tid' }).check();
    await page.getByLabel('Datum').fill(tuesday);
  };

  await test.step('what all of them have in common is found, and taken', async () => {
    await book();
    await page.getByRole('button', { name: 'Visa lediga tider' }).click();
    const first = page.getByRole('button', { name: /kl\. 10:00$/ }).first();
    await expect(first).toBeVisible();
    await expect(page.getByRole('button', { name: /kl\. 09:45$/ })).toHaveCount(0);
    await expect(page.getByRole('button', { name: /kl\. 14:30$/ }).first()).toBeVisible();
    await expect(page.getByRole('button', { name: /kl\. 14:45$/ })).toHaveCount(0);
    await first.click();
    await expect(first).toHaveAttribute('aria-pressed', 'true');
    await page.getByLabel('Var är patienten?').fill('Sjukstugan');
    await page.getByRole('checkbox', { name: 'Patienten behöver tolk' }).check();
    await page.getByRole('button', { name: 'Boka besöket' }).click();
    await expect(page.getByText('Välj vilket språk som ska tolkas.')).toBeVisible();
    await page.getByLabel('Språk som tolkas').selectOption({ label: 'nordsamiska' });
    await page.getByRole('checkbox', { name: 'Patienten säger ja till att en tolk är med' }).check();
    await inspect(page, 'book-slots');
    await page.getByRole('button', { name: 'Boka besöket' }).click();
    await expect(page.getByText('Besöket med Test Tallberg är preliminärt bokat.')).toBeVisible();
    await expect(patient.page.getByText(/kl\. 10:00/).first()).toBeVisible();
    await expect(patient.page.getByText('Preliminärt, väntar på tolk')).toBeVisible();
  });

  await test.step('the agency hears of it without a name; nobody else does until the interpreter is confirmed by number', async () => {
    await expect.poll(() => mail.to('tolk@example.test').length).toBe(1);
    const order = mail.to('tolk@example.test')[0]?.parsed.text ?? '';
    expect(order).toMatch(/Språk: nordsamiska/);
    expect(order).toContain('kl. 10:00 svensk tid');
    expect(order).not.toContain('Tallberg');
    expect(mail.to('lisbon@example.test')).toHaveLength(0);
    await page.getByRole('button', { name: 'Bekräfta tolken' }).click(); // leads there
    await expect(page.getByText('Preliminärt: väntar på att tolken bekräftas.')).toBeVisible();
    await page.getByLabel('Tolkens nummer (inte namn)').fill('Anna');
    await page.getByRole('button', { name: 'Bekräfta tolken' }).click();
    await expect(page.getByText('Skriv tolkens nummer')).toBeVisible();
    await page.getByLabel('Tolkens nummer (inte namn)').fill('4711');
    await inspect(page, 'interpreter');
    await page.getByRole('button', { name: 'Bekräfta tolken' }).click();
    await expect(page.getByText('Tolk, 4711').first()).toBeVisible();
    await expect(patient.page.getByText('Preliminärt, väntar på tolk')).toHaveCount(0);
    await expect.poll(() => mail.to('tolk@example.test').length).toBe(2);
    expect(mail.to('tolk@example.test')[1]?.parsed.text).toContain('https://samrum.test/join/');
  });

  await test.step('a mail with a calendar entry comes to each, by both clocks', async () => {
    await expect.poll(() => [mail.to('lisbon@example.test').length, mail.to('helsinki@example.test').length]).toEqual([1, 1]);
    const entry = entryOf(mail.to('lisbon@example.test')[0]);
    expect(entry.method).toBe('REQUEST');
    expect(new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Europe/Lisbon' }).format(entry.start)).toBe(
      `${tuesday} 09:00`,
    );
    expect(entry.description).toContain('kl. 10:00 svensk tid (09:00 i Lissabon)');
    expect(mail.to('helsinki@example.test')[0]?.parsed.text).toContain('kl. 10:00 svensk tid (11:00 i Helsingfors)');
  });

  await test.step('who is booked already is named, and is booked double with a reason alone', async () => {
    await book();
    await page.getByLabel('Klockan, svensk tid').fill('10:15');
    await page.getByLabel('Var är patienten?').fill('Sjukstugan');
    await page.getByRole('button', { name: 'Boka besöket' }).click();
    await expect(page.getByText(/är redan bokad då\. Välj en annan tid\./)).toBeVisible();
    await inspect(page, 'book-taken');
    await page.getByLabel('Eller varför ska det dubbelbokas?').fill('Påhittad brådska');
    await page.getByRole('button', { name: 'Boka besöket' }).click();
    await expect(page.getByText('Besöket med Test Tallberg är bokat.')).toBeVisible();
  });

  await test.step('moved: an update with a higher sequence, and the patient’s page follows', async () => {
    await booker.goto('/today');
    const inDays = Math.round((Date.parse(tuesday) - Date.parse(careToday())) / 86_400_000);
    for (let day = 0; day < inDays; day++) await page.getByRole('button', { name: 'Dagen efter' }).click();
    await page
      .getByRole('link', { name: /Test Tallberg|Journal|Öppna/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Ändra tid eller plats' }).click();
    await page.getByLabel('Klockan, svensk tid').fill('13:00');
    await page.getByRole('button', { name: 'Spara', exact: true }).click();
    await expect(patient.page.getByText(/kl\. 13:00/).first()).toBeVisible();
    await expect.poll(() => mail.to('lisbon@example.test').length).toBe(3);
    const [first, , moved] = mail.to('lisbon@example.test').map(entryOf);
    expect(moved?.sequence).toBeGreaterThan(first?.sequence ?? 0);
    expect(moved?.description).toContain('kl. 13:00 svensk tid (12:00 i Lissabon)');
    await inspect(page, 'record-messages');
  });

  await test.step('cancelled: the entry is taken away, and the patient’s page follows', async () => {
    await page.getByRole('button', { name: 'Besöket blir inte av' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByRole('radio', { name: 'Avbokat' }).check();
    await dialog.getByLabel('Varför').fill('Påhittad orsak');
    await dialog.getByRole('button', { name: 'Stäng besöket' }).click();
    await expect.poll(() => mail.to('helsinki@example.test').map(entryOf).at(-1)?.method).toBe('CANCEL');
    await expect(patient.page.getByRole('region', { name: 'Tidigare' }).getByText(/kl\. 13:00/)).toBeVisible();
    expect(await patient.loadedAt(), 'the page was not loaded anew').toBe(loaded);
  });
});
