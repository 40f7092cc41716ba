import { and, eq } from 'drizzle-orm';
import { assignments, bookings, holidays, patients, visits, workingHours } from '../drizzle/schema/index.ts';
import { type Account, addUserPassword, makeAccount, makeCareHome, makePatient, makeRelative, makeVisit } from '../testing/care.ts';
import { expect, test } from './fixtures.ts';
import { inspect } from './inspect.ts';
import { doctorSignature, nurseSignature, relativeSignature } from './people.ts';

/** Swedish noon of a day ahead is the same date everywhere. */
const dayAhead = (days: number): string => new Date(Date.now() + days * 24 * 3_600_000).toISOString().slice(0, 10);

test('a patient books on their own page, answers what is asked, writes and is answered; their calendar has an address of its own', async ({
  person,
  database: { db },
}) => {
  test.setTimeout(120_000);
  const home = await makeCareHome(db, 'Hälsocentralen');
  const patientId = await makePatient(db, home, { name: 'Test Tallberg' });
  const nurse: Account = await makeAccount(db, home.unitId, 'nurse', 'Umeå', 'Test Sköterska');
  const [held] = await db
    .select()
    .from(assignments)
    .where(and(eq(assignments.userId, nurse.userId), eq(assignments.unitId, home.unitId)));
  const week = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens: '09:00', closes: '10:00', zone: 'Europe/Stockholm' }));
  await db.insert(workingHours).values(week.map((row) => ({ ...row, assignmentId: held?.id ?? '' })));
  await db.delete(holidays); // whichever week it is
  const head = await person(doctorSignature);
  const { page } = head;
  await head.logIn(await makeAccount(db, home.unitId, 'unitHead', 'Umeå', 'Test Chef'));

  await test.step('the unit says what is asked before a kind of visit that patients may book, and when it reminds', async () => {
    await page.getByRole('link', { name: 'Planering' }).click();
    await expect(page.getByText('Inga formulär ännu.')).toBeVisible();
    await page.getByRole('button', { name: 'Lägg till ett formulär' }).click();
    const form = page.getByRole('form', { name: 'Lägg till ett formulär' });
    await form.getByRole('button', { name: 'Spara', exact: true }).click();
    await expect(form.getByText('Skriv vad formuläret kallas.')).toBeVisible();
    await form.getByLabel('Vad formuläret kallas').fill('Inför besöket');
    await form.getByLabel('Vad som frågas').fill('Vad vill du tala om?');
    await form.getByLabel('Hur det besvaras').selectOption({ label: 'Egna ord' });
    await inspect(page, 'form-new');
    await form.getByRole('button', { name: 'Spara', exact: true }).click();
    await expect(page.getByText('En fråga · version 1')).toBeVisible();
    await page.getByRole('button', { name: 'Lägg till ett slags besök' }).click();
    await page.getByLabel('Vad det kallas').fill('Sköterskebesök');
    await page.getByLabel('Frågor inför besöket').selectOption({ label: 'Inför besöket' });
    await page.getByRole('checkbox', { name: 'Sjuksköterska', exact: true }).check();
    await page.getByRole('checkbox', { name: 'Patienten får boka själv' }).check();
    await page.getByRole('form', { name: 'Lägg till ett slags besök' }).getByRole('button', { name: 'Spara', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Ändra Sköterskebesök' })).toBeVisible();
    await page.getByRole('button', { name: 'Ta bort påminnelse 2' }).click();
    const reminders = page.locator('form', { has: page.getByRole('button', { name: 'Lägg till en påminnelse' }) });
    await reminders.getByRole('button', { name: 'Spara', exact: true }).click();
    await expect(page.getByText('Påminnelse 2')).toHaveCount(0);
    await inspect(page, 'plan-whole');
  });

  const patient = await person(nurseSignature);
  await patient.logIn(await addUserPassword(db, patientId), 'Mina besök');
  const own = patient.page;

  await test.step('the patient takes a time', async () => {
    await own.getByRole('radio', { name: /^Sköterskebesök/ }).check();
    await own
      .getByRole('button', { name: /kl\. 09:00$/ })
      .nth(1)
      .click();
    await inspect(own, 'own-book');
    await own
      .getByRole('button', { name: /^Boka / })
      .last()
      .click();
    await expect(own.getByText('Med: Test Sköterska, Sjuksköterska, Umeå')).toBeVisible();
  });
  const loaded = await patient.loadedAt();

  await test.step('and answers what is asked, and writes', async () => {
    await own.getByRole('button', { name: 'Svara på frågorna' }).click();
    await own.getByLabel('Vad vill du tala om?').fill('Påhittad sömn');
    await own.getByRole('button', { name: 'Skicka svaren' }).click();
    await expect(own.getByText(/^Patienten svarade .*version 1/)).toBeVisible();
    await own.getByText('Meddelanden med enheten').click();
    await own.getByLabel('Skriv ett meddelande').fill('Ska jag fasta?');
    await own.getByRole('button', { name: 'Skicka meddelandet' }).click();
    await expect(own.getByText('Ska jag fasta?').first()).toBeVisible();
    await inspect(own, 'own-conversation');
  });

  await test.step('staff see who waits for an answer, and answer; it is there by itself', async () => {
    await page.getByRole('link', { name: 'I dag', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Ett meddelande väntar på svar' })).toBeVisible();
    await inspect(page, 'today-unanswered');
    await page.getByRole('region', { name: 'Ett meddelande väntar på svar' }).getByRole('link', { name: 'Test Tallberg' }).click();
    await expect(page.getByText('Påhittad sömn')).toBeVisible();
    await page.getByLabel('Skriv ett meddelande').fill('Nej, ät som vanligt.');
    await page.getByRole('button', { name: 'Skicka meddelandet' }).click();
    await expect(own.getByText('Nej, ät som vanligt.')).toBeVisible();
    expect(await patient.loadedAt(), 'the page was not loaded anew').toBe(loaded);
    await inspect(page, 'record-conversation');
  });

  await test.step('their calendar is read by a secret address, and no more when it is shut off', async () => {
    await own.getByRole('button', { name: 'Skapa en adress' }).click();
    const address = (await own.getByText(/\/calendar\/\S+\.ics$/).textContent()) ?? '';
    const calendar = await own.request.get(address);
    expect(await calendar.text()).toContain('BEGIN:VEVENT');
    expect(await calendar.text()).not.toMatch(/Tallberg|sömn|fasta/);
    await own.getByRole('button', { name: 'Stäng av' }).click();
    await expect(own.getByRole('button', { name: 'Skapa en adress' })).toBeVisible();
    expect((await own.request.get(address)).status()).toBe(404);
  });
});

test('a series around what is taken, moved and called off together; what speaks against video is asked', async ({
  person,
  database: { db },
}) => {
  test.setTimeout(120_000);
  const home = await makeCareHome(db, 'Bergvattnet');
  const patientId = await makePatient(db, home, { name: 'Test Björk' });
  const coordinator = await makeAccount(db, home.unitId, 'careCoordinator', 'Umeå', 'Test Samordnare');
  await db.delete(holidays);
  const other = await makeVisit(db, new Date(), home);
  const second = new Date(`${dayAhead(21)}T11:00:00Z`);
  const during = { from: new Date(second.getTime() - 3 * 3_600_000), until: new Date(second.getTime() + 3 * 3_600_000) };
  await db.insert(bookings).values({ visitId: other.id, userId: coordinator.userId, during });
  const staff = await person(doctorSignature);
  const { page } = staff;
  await staff.logIn(coordinator);

  await test.step('the second of three is taken: it is left out', async () => {
    await page.getByRole('link', { name: 'Boka besök' }).click();
    await page.getByRole('button', { name: 'Välj Test Björk' }).click();
    await page.getByRole('radio', { name: 'En annan tid' }).check();
    await page.getByLabel('Datum').fill(dayAhead(14));
    await page.getByLabel('Klockan, svensk tid').fill('12:00');
    await page.getByLabel('Var är patienten?').fill('Rum 1');
    await page.getByRole('checkbox', { name: 'Upprepa besöket' }).check();
    await page.getByLabel('Hur många gånger').selectOption({ label: '3 gånger' });
    const taken = page.getByRole('checkbox', { name: /Upptaget: Test Samordnare/ });
    await expect(taken).not.toBeChecked();
    await page.getByText('Gå igenom fem frågor').click();
    for (const [index, answer] of ['Nej', 'Ja', 'Ja', 'Ja', 'Ja'].entries())
      await page.locator('[data-field=suitability] fieldset').nth(index).getByRole('radio', { name: answer }).check();
    await expect(page.getByText('Något talar för ett fysiskt besök.')).toBeVisible();
    await page.getByRole('button', { name: 'Boka besöket' }).click();
    await expect(page.getByText('Skriv varför det blir video ändå')).toBeVisible();
    await inspect(page, 'book-series');
    await page.getByLabel('Varför video ändå?').fill('Vägen är stängd');
    await page.getByRole('button', { name: 'Boka besöket' }).click();
    await expect(page.getByText('Besöket med Test Björk är bokat.')).toBeVisible();
    await page.getByRole('button', { name: 'Visa bokningen' }).click();
    await expect(page.getByText('Besök 1 av 2')).toBeVisible();
    await expect(page.getByText('Vägen är stängd')).toBeVisible();
  });

  const starts = async (): Promise<string[]> => {
    const rows = await db
      .select()
      .from(visits)
      .where(and(eq(visits.patientId, patientId), eq(visits.state, 'booked')));
    return rows.map(({ startsAt }) => startsAt.toISOString().slice(0, 10)).sort();
  };
  expect(await starts()).toEqual([dayAhead(14), dayAhead(28)]);

  await test.step('both are moved a day', async () => {
    await staff.goto(`/calendar?day=${dayAhead(14)}`);
    await page.getByRole('button', { name: 'Flytta besöket med Test Björk' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Datum').fill(dayAhead(15));
    await dialog.getByRole('checkbox', { name: /Flytta även de följande/ }).check();
    await inspect(page, 'calendar-move-series');
    await dialog.getByRole('button', { name: 'Flytta besöket' }).click();
    await expect(dialog).toHaveCount(0);
    expect(await starts()).toEqual([dayAhead(15), dayAhead(29)]);
  });

  await test.step('and called off', async () => {
    await staff.goto(`/calendar?day=${dayAhead(15)}`);
    await page.getByRole('link', { name: /Test Björk/ }).click();
    await page.getByRole('button', { name: 'Besöket blir inte av' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByRole('radio', { name: 'Avbokat' }).check();
    await dialog.getByLabel('Varför').fill('Påhittad orsak');
    await dialog.getByRole('checkbox', { name: 'Även de följande i serien' }).check();
    await dialog.getByRole('button', { name: 'Stäng besöket' }).click();
    await expect(dialog).toHaveCount(0);
    await expect.poll(starts).toEqual([]);
  });
});

test('two without shared calendars say which times suit; the best is booked, and the link says that it is settled', async ({
  person,
  database: { db },
}) => {
  test.setTimeout(120_000);
  const home = await makeCareHome(db, 'Hälsocentralen');
  const patientId = await makePatient(db, home, { name: 'Test Alm' });
  await makeRelative(db, patientId, 'Test Dotter');
  const staff = await person(doctorSignature);
  const { page } = staff;
  await staff.logIn(await makeAccount(db, home.unitId, 'careCoordinator', 'Umeå', 'Test Samordnare'));
  const links: string[] = [];

  await test.step('two times are proposed to a relative and to a school', async () => {
    await page.getByRole('link', { name: 'Patienter' }).click();
    await page.getByRole('button', { name: 'Öppna Test Alm' }).click();
    await page.getByRole('button', { name: 'Föreslå tider' }).click();
    await page.getByRole('button', { name: 'Fråga om tiderna' }).click();
    await expect(page.getByText('Föreslå minst två tider')).toBeVisible();
    for (const time of ['09:00', '13:00']) {
      await page.getByLabel('Klockan, svensk tid').fill(time);
      await page.getByRole('button', { name: 'Lägg till tiden' }).click();
    }
    await page.getByRole('checkbox', { name: /^Test Dotter/ }).check();
    await page.getByLabel('Namn eller funktion').fill('Test Skola');
    await page.getByRole('button', { name: 'Lägg till personen' }).click();
    await inspect(page, 'propose');
    await page.getByRole('button', { name: 'Fråga om tiderna' }).click();
    await expect(page.getByText('Alla är tillfrågade.')).toBeVisible();
    await inspect(page, 'propose-links');
    for (const text of await page.getByText(/\/times#/).allInnerTexts()) links.push(/(http\S+)/.exec(text)?.[1] ?? '');
    expect(links).toHaveLength(2);
    await page.getByRole('button', { name: 'Visa svaren om tider' }).click();
    await expect(page.getByText('0 av 2 har svarat.')).toBeVisible();
  });

  const asked = await person(relativeSignature);
  await test.step('each says what suits, without an account; nothing tells whom it is about', async () => {
    for (const [nr, link] of links.entries()) {
      await asked.page.goto('about:blank');
      await asked.page.goto(link);
      const [early, late] = [asked.page.getByRole('group', { name: /09:00/ }), asked.page.getByRole('group', { name: /13:00/ })];
      await early.getByRole('radio', { name: nr === 0 ? 'Passar inte' : 'Om det behövs' }).check();
      if (nr === 0) {
        await asked.page.getByRole('button', { name: 'Spara svaren' }).click();
        await expect(asked.page.getByText('Svara för varje tid.')).toBeVisible();
      }
      await late.getByRole('radio', { name: 'Passar', exact: true }).check();
      await expect(asked.page.getByText('Test Alm')).toHaveCount(0);
      if (nr === 0) await inspect(asked.page, 'times');
      await asked.page.getByRole('button', { name: 'Spara svaren' }).click();
      await expect(asked.page.getByText('Tack! Dina svar är sparade.')).toBeVisible();
    }
  });

  await test.step('the answers come by themselves; the best stands first and is booked', async () => {
    await expect(page.getByText('2 av 2 har svarat.')).toBeVisible();
    await inspect(page, 'poll');
    const [first] = await page.getByRole('row').filter({ hasText: 'Passar' }).all();
    await expect(first as NonNullable<typeof first>).toContainText('13:00');
    await page.getByRole('button', { name: /^Boka .*13:00$/ }).click();
    await expect(page.getByLabel('Klockan, svensk tid')).toHaveValue('13:00');
    await page.getByLabel('Var är patienten?').fill('Rum 1');
    await page.getByRole('button', { name: 'Boka besöket' }).click();
    await expect(page.getByText('Besöket med Test Alm är bokat.')).toBeVisible();
    await asked.page.reload();
    await expect(asked.page.getByText('En tid är bestämd')).toBeVisible();
    await inspect(asked.page, 'times-closed');
  });
});

test('the visit waits for its interpreter; late is said from either side; a letter is printed', async ({ person, database: { db } }) => {
  test.setTimeout(150_000);
  const visit = await makeVisit(db); // now: in a while it may be another day
  await db
    .update(patients)
    .set({ channel: 'letter', name: 'Test Čáhppesžitŋa', address: 'Provvägen 1, 917 31 Dorotea' })
    .where(eq(patients.id, visit.patientId));
  const staff = await person(doctorSignature);
  const { page } = staff;
  await staff.logIn(visit.doctor);
  const patient = await person(nurseSignature);
  await patient.logIn(await addUserPassword(db, visit.patientId), 'Mina besök');

  await test.step('late', async () => {
    await page.getByRole('button', { name: 'Vi blir sena' }).click();
    await page.getByRole('button', { name: '15 min', exact: true }).click();
    await expect(patient.page.getByText('Vården är ungefär 15 minuter sen.')).toBeVisible();
    await patient.page.getByRole('button', { name: 'Jag blir sen' }).click();
    await patient.page.getByRole('button', { name: '5 min', exact: true }).click();
    await expect(page.getByText('Patienten är ungefär 5 minuter sen.')).toBeVisible();
    await inspect(page, 'today-late');
    await inspect(patient.page, 'own-late');
  });

  await test.step('an interpreter is ordered by telephone, and the visit does not start before they are on it', async () => {
    await page.getByRole('link', { name: 'Test Čáhppesžitŋa' }).click();
    await page.getByRole('button', { name: 'Beställ tolk' }).click();
    const form = page.getByRole('form', { name: 'Beställ tolk' });
    await form.getByLabel('Språk som tolkas').selectOption({ label: 'sydsamiska' });
    await form.getByRole('radio', { name: 'på telefon' }).check();
    await form.getByRole('checkbox', { name: /säger ja/ }).check();
    await form.getByRole('button', { name: 'Beställ tolk' }).click();
    await page.getByLabel('Tolkens nummer (inte namn)').fill('4711');
    await page.getByRole('button', { name: 'Bekräfta tolken' }).click();
    await expect(page.getByText('4711')).toBeVisible();
    await page.getByRole('button', { name: 'Gå till besöket' }).click();
    await page.getByRole('button', { name: 'Gå in i besöket' }).click();
    await page.getByRole('button', { name: 'Känd av personalen' }).click();
    await page.getByRole('button', { name: 'Patienten vet vilka som är här' }).click();
    await expect(page.getByRole('button', { name: 'Starta besöket' })).toBeDisabled();
    await inspect(page, 'begin-interpreter');
    await page.getByRole('button', { name: 'Tolken är med på telefon' }).click();
    await page.getByRole('button', { name: 'Starta besöket' }).click();
    await expect.poll(async () => (await db.select().from(visits).where(eq(visits.id, visit.id)))[0]?.state).toBe('in_progress');
  });

  await test.step('a letter', async () => {
    const clerk = await person(relativeSignature);
    await clerk.logIn(visit.nurse);
    const office = clerk.page;
    await office.getByRole('link', { name: 'Boka besök' }).click();
    await office.getByRole('button', { name: /^Välj Test Čáhppesžitŋa/ }).click();
    await office.getByRole('radio', { name: 'En annan tid' }).check();
    await office.getByLabel('Datum').fill(dayAhead(30));
    await office.getByLabel('Klockan, svensk tid').fill('10:00');
    await office.getByLabel('Var är patienten?').fill('Rum 1');
    await office.getByRole('button', { name: 'Boka besöket' }).click();
    await expect(office.getByText(/är bokat\./)).toBeVisible();
    await office.getByRole('link', { name: 'I dag', exact: true }).click();
    await expect(office.getByRole('heading', { name: 'Ett brev att skriva ut' })).toBeVisible();
    await inspect(office, 'letters');
    await office.getByRole('button', { name: 'Öppna breven (PDF)' }).click();
    await office.getByRole('button', { name: 'De är utskrivna' }).click();
    await expect(office.getByRole('heading', { name: 'Ett brev att skriva ut' })).toHaveCount(0);
  });
});
