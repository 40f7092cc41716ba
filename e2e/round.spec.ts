import { readFile } from 'node:fs/promises';
import { and, eq } from 'drizzle-orm';
import type { IssuedCode } from '../contract/codes.ts';
import type { Db } from '../drizzle/client.ts';
import { participants } from '../drizzle/schema/index.ts';
import { textOfPdf } from '../testing/pdf.ts';
import { makeRoundPeople, planRound, type Resident } from '../testing/round.ts';
import { asks } from './asks.ts';
import { expect, test } from './fixtures.ts';
import { inspect } from './inspect.ts';
import { doctorSignature, nurseSignature, type Person, relativeSignature, type Signature } from './people.ts';

const sonSignature: Signature = { code: 0b011010, hertz: 1640 };

async function seatOf(db: Db, { visitId }: Resident, userId: string): Promise<string> {
  const [row] = await db
    .select({ id: participants.id })
    .from(participants)
    .where(and(eq(participants.visitId, visitId), eq(participants.userId, userId)));
  return row?.id ?? '';
}

const relativeOf = async (db: Db, { visitId }: Resident): Promise<{ seat: string }> => {
  const [row] = await db
    .select({ seat: participants.id })
    .from(participants)
    .where(and(eq(participants.visitId, visitId), eq(participants.role, 'relative')));
  return row ?? { seat: '' };
};

/** At the bed: everything is answered, and the door opens if the birth date is right. */
async function openDoor({ page }: Person, { name }: Resident, birthDate: string): Promise<void> {
  const box = page.getByRole('checkbox', { name: new RegExp(`^Jag är hos ${name}`) });
  if (!(await box.isChecked())) {
    await box.check();
    for (const legend of [/^Hörapparaterna/, /^Glasögonen/, /^Teven/, /^Ljus/])
      await page.getByRole('group', { name: legend }).getByRole('radio', { name: 'Ja' }).check();
    await page.getByRole('checkbox', { name: 'Surfplattan är avtorkad' }).check();
    await page.getByRole('checkbox', { name: /^Den boende vet att/ }).check();
  }
  await page.getByLabel(/^Födelsedatum/).fill(birthDate.replaceAll('-', ''));
  await page.getByRole('button', { name: `Öppna för ${name}` }).click();
}

type Decided = { as?: string; outcome: string; instructions?: string };
async function decide({ page }: Person, { as = 'beslutat', outcome, instructions = '' }: Decided): Promise<void> {
  const form = page.getByRole('form', { name: /^Beslut för/ });
  await form.getByRole('radio', { name: as, exact: true }).check();
  await form.getByLabel('Bedömning och beslut').fill(outcome);
  await form.getByLabel('Instruktioner till hemmet').fill(instructions);
  await form.getByLabel('Ansvarig för uppföljningen').fill('Test Ansvarig');
  await form.getByLabel('Senast').fill('2027-01-15');
  if (as === 'beslutat')
    for (const about of [/^Var ljudet/, /^Var bilden/]) await form.getByRole('group', { name: about }).getByRole('radio').first().check();
  await form.getByRole('button', { name: 'Spara' }).click();
}

/** In the room: what was kept stands there to be signed. */
async function decideInRoom(doctor: Person, decided: Decided): Promise<void> {
  const dialog = doctor.page.getByRole('dialog');
  if (!(await dialog.isVisible())) await doctor.page.getByRole('button', { name: 'Beslut' }).click();
  await decide(doctor, decided);
  await expect(dialog.getByRole('button', { name: /^Signera/ })).toBeVisible();
  await dialog.getByRole('button', { name: 'Stäng' }).click();
}

test('a round of five: reordered, one skipped and returned to, one deferred; each relative in their own minutes alone; signed, closed, summed up', async ({
  person,
  database: { db },
}) => {
  test.setTimeout(420_000);
  const round = await makeRoundPeople(db, 5, [1, 3]);
  const [first, second, third, fourth, fifth] = round.residents as [Resident, Resident, Resident, Resident, Resident];
  const nurse = await person(nurseSignature);
  await nurse.logIn(round.nurse);
  const codes = await planRound(asks(nurse), round);
  const relativeFor = async (resident: Resident): Promise<IssuedCode> => {
    const { seat } = await relativeOf(db, resident);
    return codes.find(({ participantId }) => participantId === seat) as IssuedCode;
  };
  const seat = (resident: Resident, who: 'doctor' | 'nurse'): Promise<string> => seatOf(db, resident, round[who].userId);

  await test.step('the home puts the list in order and locks it', async () => {
    await nurse.goto(`/rounds/${round.id}`);
    await nurse.page.getByRole('button', { name: 'Flytta upp Test Boende 2' }).click();
    await expect(nurse.page.getByRole('list').filter({ hasText: 'Test Boende 5' }).getByRole('listitem').first()).toContainText(
      '1. Test Boende 2',
    );
    await nurse.page.getByRole('button', { name: 'Underlag för Test Boende 2' }).click();
    await nurse.page.getByLabel('Situation').fill('Påhittad hosta');
    await nurse.page.getByRole('checkbox', { name: 'Underlaget är klart' }).check();
    await inspect(nurse.page, 'round-brief');
    await nurse.page.getByRole('button', { name: 'Spara' }).click();
    await expect(nurse.page.getByText('underlag klart')).toBeVisible();
    await nurse.page.getByRole('button', { name: 'Lås listan' }).click();
    await inspect(nurse.page, 'round-list');
    await nurse.page.getByRole('button', { name: 'Börja ronden' }).click();
    await nurse.page.getByRole('button', { name: 'Gå in i ronden' }).click();
    await expect(nurse.page.getByRole('heading', { name: 'På tur: Test Boende 2' })).toBeVisible();
  });

  const doctor = await person(doctorSignature);
  await test.step('the doctor comes; between residents nothing is sent from the bed until somebody talks', async () => {
    await doctor.logIn(round.doctor);
    await inspect(doctor.page, 'today-rounds');
    await doctor.page.getByRole('button', { name: /^Öppna ronden/ }).click();
    await doctor.page.getByRole('button', { name: 'Gå in i ronden' }).click();
    await expect(doctor.page.getByText('Påhittad hosta')).toBeVisible();
    await nurse.hears(await seat(second, 'doctor'), doctorSignature);
    await doctor.receivesNothing();
    await nurse.page.getByRole('button', { name: 'Prata' }).click();
    await doctor.hears(await seat(second, 'nurse'), nurseSignature);
    await nurse.page.getByRole('button', { name: 'Sluta prata' }).click();
    await doctor.receivesNothing();
    expect(await nurse.video(await seat(second, 'doctor')).count(), 'no picture either way').toBe(0);
    await inspect(nurse.page, 'round-between-bedside');
    await inspect(doctor.page, 'round-between-doctor');
  });

  await test.step('a wrong birth date opens nothing; the right one opens to both', async () => {
    await openDoor(nurse, second, first.birthDate === second.birthDate ? '1901-01-01' : first.birthDate);
    await expect(nurse.page.getByText('Det stämmer inte med den boendes födelsedatum.')).toBeVisible();
    await doctor.receivesNothing();
    await openDoor(nurse, second, second.birthDate);
    await doctor.sees(await seat(second, 'nurse'), nurseSignature);
    await nurse.sees(await seat(second, 'doctor'), doctorSignature);
    await doctor.hears(await seat(second, 'nurse'), nurseSignature);
    await inspect(doctor.page, 'round-open');
    await doctor.page.setViewportSize({ width: 1000, height: 700 });
    await doctor.page.getByRole('button', { name: 'Beslut' }).click();
    await inspect(doctor.page, 'round-decision');
    await doctor.page.setViewportSize({ width: 1000, height: 700 });
    await decideInRoom(doctor, { outcome: 'Påhittad luftvägsinfektion', instructions: 'Mät temperatur i morgon' });
    await expect(doctor.page.getByRole('region', { name: 'Rond' })).toContainText('beslutat');
  });

  const daughter = await person(relativeSignature);
  const son = await person(sonSignature);
  await test.step('relatives wait before their own door and see how far off it is', async () => {
    await daughter.knock(await relativeFor(first));
    await expect(daughter.page.getByText(/^Det är 1 boende före\. Ungefär \d+ minuter kvar\.$|^Det är en boende före\./)).toBeVisible();
    await son.knock(await relativeFor(third));
    await expect(son.page.getByText(/^Det är 2 boende före\./)).toBeVisible();
    await inspect(son.page, 'round-relative-waits');
  });

  await test.step('left: nothing more is sent from the bed. The first is skipped, the third is opened with the son', async () => {
    await nurse.page.getByRole('button', { name: 'Lämna den boende' }).click();
    await expect(doctor.page.getByRole('heading', { name: 'Klart: Test Boende 2' })).toBeVisible();
    await doctor.receivesNothing();
    await doctor.page.getByRole('button', { name: 'Fortsätt till Test Boende 1' }).click();
    await expect(nurse.page.getByRole('heading', { name: 'På tur: Test Boende 1' })).toBeVisible();
    await nurse.page.getByRole('button', { name: 'Hoppa över, till Test Boende 3' }).click();
    await expect(nurse.page.getByRole('heading', { name: 'På tur: Test Boende 3' })).toBeVisible();
    await openDoor(nurse, third, third.birthDate);
    await doctor.sees(await seat(third, 'nurse'), nurseSignature);
    await doctor.page.getByRole('button', { name: 'Släpp in' }).first().click();
    await doctor.sees((await relativeOf(db, third)).seat, sonSignature);
    await doctor.hears((await relativeOf(db, third)).seat, sonSignature);
    await son.sees(await seat(third, 'nurse'), nurseSignature);
    await daughter.receivesNothing();
    expect(await daughter.page.locator('video[data-participant]').count()).toBe(0);
    await decideInRoom(doctor, { outcome: 'Påhittat mår bra' });
  });

  await test.step('returned to the first, with the daughter; the son is out and hears nothing of it', async () => {
    await doctor.page.getByRole('button', { name: 'Lämna den boende' }).click();
    await doctor.page
      .getByRole('button', { name: 'Gå till Test Boende 1' })
      .or(doctor.page.getByRole('button', { name: 'Tillbaka till Test Boende 1' }))
      .first()
      .click();
    await expect(nurse.page.getByRole('heading', { name: 'På tur: Test Boende 1' })).toBeVisible();
    await expect(son.page.getByRole('heading', { name: 'Besöket är avslutat' })).toBeVisible();
    await openDoor(nurse, first, first.birthDate);
    await doctor.sees(await seat(first, 'nurse'), nurseSignature);
    await doctor.page.getByRole('button', { name: 'Släpp in' }).first().click();
    await doctor.sees((await relativeOf(db, first)).seat, relativeSignature);
    await daughter.sees(await seat(first, 'doctor'), doctorSignature);
    await daughter.hears(await seat(first, 'nurse'), nurseSignature);
    await son.receivesNothing();
    await decideInRoom(doctor, { as: 'behöver fysiskt besök', outcome: 'Påhittad undersökning behövs' });
    await nurse.page.getByRole('button', { name: 'Lämna den boende' }).click();
    await daughter.receivesNothing();
  });

  await test.step('one deferred unseen, the last decided; closing is refused until all is signed and read back', async () => {
    await doctor.page.getByRole('link', { name: 'Till listan' }).click();
    await doctor.page.getByRole('button', { name: 'Avsluta ronden' }).click();
    await expect(doctor.page.getByText('Test Boende 2: instruktionerna är inte återlästa.')).toBeVisible();
    for (const resident of [fourth, fifth]) {
      await doctor.page.getByRole('button', { name: `Beslut för ${resident.name}` }).click();
      await decide(doctor, { as: 'uppskjuten', outcome: 'Sover, tas nästa gång' });
      await expect(doctor.page.getByRole('form', { name: /^Beslut för/ })).toHaveCount(0);
    }
    await nurse.page.getByRole('link', { name: 'Till listan' }).click();
    await nurse.page.getByRole('button', { name: 'Jag har läst tillbaka instruktionerna för Test Boende 2' }).click();
    await expect(doctor.page.getByText(/^Test Sköterska, \d\d:\d\d$/)).toBeVisible();
    await doctor.page.getByRole('button', { name: 'Avsluta ronden' }).click();
    await expect(doctor.page.getByText('Test Boende 2: beslutet är inte signerat.')).toBeVisible();
    for (const { name } of [second, first, third, fourth, fifth]) {
      await doctor.page.getByRole('button', { name: `Signera beslutet för ${name}` }).click();
      await prove(doctor, round.doctor.password);
      await expect(doctor.page.getByRole('button', { name: `Signera beslutet för ${name}` })).toHaveCount(0);
    }
    await inspect(doctor.page, 'round-decided');
    await doctor.page.getByRole('button', { name: 'Avsluta ronden' }).click();
    await prove(doctor, round.doctor.password);
    await expect(doctor.page.getByText('avslutad', { exact: true })).toBeVisible();
    const [download] = await Promise.all([
      nurse.page.waitForEvent('download'),
      nurse.page.getByRole('button', { name: 'Sammanfattning (PDF)' }).click(),
    ]);
    const text = await textOfPdf(await readFile(await download.path()));
    for (const words of [
      'Test Boende 2',
      'Påhittad luftvägsinfektion',
      'Mät temperatur i morgon',
      'Signerat av: Test Läkare',
      'Uppskjuten',
    ])
      expect(text).toContain(words);
  });
});

/** Signing asks who one is, unless it was shown a moment ago. */
async function prove({ page }: Person, password: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await page.waitForTimeout(300);
  if ((await dialog.count()) === 0) return;
  await dialog.getByLabel('Lösenord').fill(password);
  await dialog.getByRole('button', { name: 'Bekräfta' }).click();
  await expect(dialog).toHaveCount(0);
}
