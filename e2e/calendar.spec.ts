import { eq } from 'drizzle-orm';
import { bookings, participants, resources, users, visits } from '../drizzle/schema/index.ts';
import { addUserPassword, makeAccount, makeCareHome, makeVisit } from '../testing/care.ts';
import { expect, test } from './fixtures.ts';
import { inspect } from './inspect.ts';
import { doctorSignature, nurseSignature } from './people.ts';

/** A Swedish winter day, two weeks ahead at least: YYYY-MM-DD. */
function aDay(): string {
  const day = new Date(Date.now() + 14 * 24 * 3_600_000);
  return day.toISOString().slice(0, 10);
}

/** The moment of a Swedish time of that day, whatever the season. */
function at(day: string, time: string): Date {
  const guess = new Date(`${day}T${time}:00Z`);
  const shown = new Intl.DateTimeFormat('sv', { hour: '2-digit', timeZone: 'Europe/Stockholm' }).format(guess);
  const ahead = (Number(shown) - Number(time.slice(0, 2)) + 24) % 24;
  return new Date(guess.getTime() - ahead * 3_600_000);
}

test('a unit’s days: by person, by room, a week, a month; moved by hand and by keys; a taken time is named; the day on paper', async ({
  person,
  database: { db },
}) => {
  test.setTimeout(150_000);
  const day = aDay();
  const home = await makeCareHome(db, 'Hälsocentralen');
  const one = await makeVisit(db, at(day, '10:00'), home, { name: 'Test Tallberg' });
  const other = await makeVisit(db, at(day, '13:00'), home, { name: 'Test Björk' });
  const [room] = await db.insert(resources).values({ unitId: home.unitId, kind: 'room', name: 'Rum 1' }).returning();
  for (const visit of [one, other]) {
    const during = { from: visit.startsAt, until: new Date(visit.startsAt.getTime() + 30 * 60_000) };
    await db.insert(bookings).values([
      { visitId: visit.id, userId: visit.doctor.userId, during },
      { visitId: visit.id, userId: visit.nurse.userId, during },
      { visitId: visit.id, resourceId: room?.id ?? '', during },
    ]);
    const named = { name: visit === one ? 'Test Läkarsson' : 'Test Doktorsson' };
    await db.update(users).set(named).where(eq(users.id, visit.doctor.userId));
    await db.update(participants).set(named).where(eq(participants.userId, visit.doctor.userId));
  }
  const patient = await person(nurseSignature);
  await patient.logIn(await addUserPassword(db, one.patientId), 'Mina besök');
  const loaded = await patient.loadedAt();
  const staff = await person(doctorSignature);
  const { page } = staff;
  await staff.logIn(await makeAccount(db, home.unitId, 'careCoordinator', 'Umeå', 'Test Samordnare'));
  const startOf = async (id: string): Promise<string> =>
    (await db.select({ at: visits.startsAt }).from(visits).where(eq(visits.id, id)))[0]?.at.toISOString() ?? '';

  await test.step('an empty day says so; the day with visits has a column for each of the staff', async () => {
    await page.getByRole('link', { name: 'Kalender' }).click();
    await expect(page.getByText('Inget är bokat den här dagen.')).toBeVisible();
    await inspect(page, 'calendar-empty');
    await staff.goto(`/calendar?day=${day}`);
    await expect(page.getByRole('heading', { name: 'Test Läkarsson' })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Test Doktorsson' })).toBeVisible();
    await inspect(page, 'calendar-day');
  });

  await test.step('dragged an hour later: read through once, then everybody hears of it', async () => {
    const handle = page.getByRole('button', { name: 'Flytta besöket med Test Tallberg' }).first();
    const box = await handle.boundingBox();
    if (!box) throw new Error('the handle is not drawn');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, y + 40, { steps: 4 });
    await page.mouse.move(x, y + 72, { steps: 4 });
    await page.mouse.up();
    const dialog = page.getByRole('dialog', { name: 'Flytta besöket med Test Tallberg?' });
    await expect(dialog.getByLabel('Klockan, svensk tid')).toHaveValue('11:00');
    await inspect(page, 'calendar-move');
    await dialog.getByRole('button', { name: 'Flytta besöket' }).click();
    await expect(dialog).toHaveCount(0);
    expect(await startOf(one.id)).toBe(at(day, '11:00').toISOString());
    await expect(patient.page.getByText(/kl\. 11:00/).first()).toBeVisible();
    expect(await patient.loadedAt(), 'the page was not loaded anew').toBe(loaded);
  });

  await test.step('by keys, onto a time when the room is taken: it is named, and nothing has moved', async () => {
    const handle = page.getByRole('button', { name: 'Flytta besöket med Test Tallberg' }).first();
    await handle.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Klockan, svensk tid').fill('13:15');
    await dialog.getByRole('button', { name: 'Flytta besöket' }).press('Enter');
    await expect(dialog.getByText('Rum 1 är redan bokad då. Välj en annan tid.')).toBeVisible();
    await inspect(page, 'calendar-taken');
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    expect(await startOf(one.id)).toBe(at(day, '11:00').toISOString());
  });

  await test.step('by room both stand in one column; on paper it is a list', async () => {
    await page.getByLabel('Visa').selectOption({ label: 'Dag, per rum och utrustning' });
    await expect(page.getByRole('heading', { name: 'Rum 1' })).toBeVisible();
    await expect(page.getByRole('link', { name: /11:00 Test Tallberg/ })).toHaveCount(1);
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByRole('row', { name: /13:00, 30 minuter Test Björk/ })).toBeVisible();
    await expect(page.getByRole('link', { name: /Test Björk/ })).toBeHidden();
    await page.emulateMedia({ media: 'screen' });
  });

  await test.step('the week, of one person; the month, and from it to a day', async () => {
    await page.getByLabel('Visa').selectOption({ label: 'Vecka' });
    await expect(page.getByRole('link', { name: /Test Björk/ })).toBeVisible();
    await page.getByLabel('Person, rum eller utrustning').selectOption({ label: 'Test Läkarsson' });
    await expect(page.getByRole('link', { name: /Test Björk/ })).toHaveCount(0);
    await expect(page.getByRole('link', { name: /Test Tallberg/ })).toBeVisible();
    await inspect(page, 'calendar-week');
    await page.getByLabel('Visa').selectOption({ label: 'Månad' });
    await expect(page.getByRole('link', { name: /Test Tallberg/ })).toBeVisible();
    await inspect(page, 'calendar-month');
    await page.getByRole('button', { name: /: 2 besök$/ }).click();
    await expect(page.getByRole('heading', { name: 'Test Läkarsson' })).toBeVisible();
  });
});
