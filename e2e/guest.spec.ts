import { eq } from 'drizzle-orm';
import { invitations } from '../drizzle/schema/index.ts';
import { expect, test } from './fixtures.ts';
import { doctorSignature, nurseSignature, type Person, relativeSignature } from './people.ts';

const refusal = 'Numret eller koden stämmer inte, eller gäller inte längre.';

/** The new code as the host's screen shows it. */
async function codeOn(page: Person['page']): Promise<{ reference: string; code: string }> {
  const shown = page.locator('main, body').getByText('Kod:').first();
  await expect(shown).toBeVisible();
  const text = (await page.locator('body').textContent()) ?? '';
  return { reference: /join\/([2-9A-Z]{8})/.exec(text)?.[1] ?? '', code: (/Kod: (\d{3} \d{3})/.exec(text)?.[1] ?? '').replace(' ', '') };
}

test('wrong codes ring the host, who gives a new one at one press; the old one is void', async ({ visit, person }) => {
  const doctor = await person(doctorSignature);
  await doctor.logIn(visit.doctor);
  const relative = await person(relativeSignature);
  await relative.tryCode({ ...visit.relative, code: '000000' });
  await expect(relative.page.getByRole('alert')).toContainText(refusal);
  await expect(relative.page.getByText('+46980319201'), "the unit's telephone").toBeVisible();
  await expect(relative.page.getByRole('textbox', { name: 'Kod' }), 'nothing typed is lost').toHaveValue('000000');
  await expect(doctor.page.getByText('Test Anhörig kommer inte in: fel kod.')).toBeVisible();
  await expect(doctor.page.getByText('1 felaktigt försök')).toBeVisible();

  await doctor.page.getByRole('button', { name: 'Ny kod till Test Anhörig' }).click();
  const fresh = await codeOn(doctor.page);
  expect(fresh.reference).toBe(visit.relative.reference);
  await expect(doctor.page.getByText('Test Anhörig kommer inte in'), 'it stops ringing').toHaveCount(0);

  await relative.tryCode(visit.relative);
  await expect(relative.page.getByRole('alert'), 'the old code').toContainText(refusal);
  await relative.knock(fresh);
  await doctor.page.getByRole('button', { name: 'Släpp in Test Anhörig' }).click();
  await relative.inRoom();
});

test('unknown, expired and used codes are refused in the same words', async ({ visit, person, database: { db } }) => {
  const said: string[] = [];
  const stranger = await person(relativeSignature);
  const unknown = `${visit.mark}222222`;
  await stranger.tryCode({ reference: unknown, code: '123456' });
  said.push((await stranger.page.getByRole('alert').textContent()) ?? '');
  await expect(stranger.page.getByText('+46980319201'), 'as for one that exists').toBeVisible();

  const first = await person(relativeSignature);
  await first.knock(visit.relative);
  const second = await person(nurseSignature);
  await second.tryCode(visit.relative);
  said.push((await second.page.getByRole('alert').textContent()) ?? '');

  await db
    .update(invitations)
    .set({ usedAt: null, expiresAt: new Date(Date.now() - 1_000) })
    .where(eq(invitations.reference, visit.relative.reference));
  await second.tryCode(visit.relative);
  said.push((await second.page.getByRole('alert').textContent()) ?? '');
  expect(new Set(said).size, said.join(' | ')).toBe(1);
  await expect(first.page.getByRole('heading', { name: 'Du är anmäld' }), 'who is in line stays in line').toBeVisible();
});

test('a second device: the used code rings, a new one lets it in, and the visit moves there', async ({ visit, person }) => {
  const nurse = await person(nurseSignature);
  await nurse.goIn(visit, visit.nurse);
  const phone = await person(relativeSignature);
  await phone.knock(visit.relative);
  await nurse.page.getByRole('button', { name: 'Släpp in Test Anhörig' }).click();
  await phone.inRoom();
  await nurse.sees(visit.relative.participantId, relativeSignature);

  const tablet = await person(doctorSignature);
  await tablet.tryCode(visit.relative);
  await expect(tablet.page.getByRole('alert')).toContainText(refusal);
  await expect(nurse.page.getByText('Test Anhörig kommer inte in: fel kod.')).toBeVisible();
  await nurse.page.getByRole('button', { name: 'Ny kod till Test Anhörig' }).click();
  await tablet.tryCode(await codeOn(nurse.page));
  await tablet.page.getByRole('button', { name: 'Flytta besöket hit' }).click();
  await tablet.inRoom();
  await nurse.sees(visit.relative.participantId, doctorSignature);
  await expect(phone.page.getByRole('heading', { name: 'Besöket är öppet på en annan enhet eller flik' })).toBeVisible();
});

test('one device runs out of tries, and the right person on another does not', async ({ visit, person }) => {
  const stranger = await person(doctorSignature);
  for (let attempt = 0; attempt < 5; attempt++) {
    await stranger.tryCode({ ...visit.relative, code: `00000${attempt}` });
    await expect(stranger.page.getByRole('alert')).toContainText(refusal);
  }
  await stranger.tryCode(visit.relative);
  await expect(stranger.page.getByRole('alert'), 'the right code too has to wait').toContainText('För många försök');
  const relative = await person(relativeSignature);
  await relative.knock(visit.relative);
});
