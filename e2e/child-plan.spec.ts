import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { CarePlan } from '../contract/carePlans.ts';
import type { IssuedCode } from '../contract/codes.ts';
import type { Reply } from '../contract/wire.ts';
import { directoryUnits, participants, relatives } from '../drizzle/schema/index.ts';
import { testNumber, whereabouts } from '../testing/care.ts';
import { makePlanPeople } from '../testing/carePlanPeople.ts';
import { expect, test } from './fixtures.ts';
import { inspect } from './inspect.ts';
import { relativeSignature as childSignature, nurseSignature, type Person, doctorSignature as teacherSignature } from './people.ts';

const name = 'Test Ungdom';
const consent = { capacity: 'own', capacityNote: '', guardianId: null, form: 'oral' };

/** Asks the product's own routes as who is logged in. @throws what it refuses. */
async function ask<T>({ page }: Person, method: string, path: string, body: unknown = {}): Promise<T> {
  const reply = await page.evaluate(
    async ([how, where, what]) => {
      const write = how === 'GET' ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(what) };
      return (await fetch(where as string, { method: how as string, ...write })).json() as Promise<Reply<unknown>>;
    },
    [method, path, body] as const,
  );
  if (!reply.ok) throw new Error(`${path}: ${reply.code} ${reply.field ?? ''}`);
  return reply.data as T;
}

test('a child of fourteen is heard, two guardians do not agree, and the school is there for its own item alone', async ({
  person,
  database: { db },
}) => {
  test.setTimeout(300_000);
  const birthDate = `${new Date().getUTCFullYear() - 14}-01-15`;
  const people = await makePlanPeople(db, { name, birthDate, number: testNumber(birthDate), numberKind: 'personal' });
  const guardians = await db
    .insert(relatives)
    .values(
      ['Test Mor', 'Test Far'].map((one) => ({ patientId: people.patientId, name: one, role: 'guardian' as const, relation: 'förälder' })),
    )
    .returning();
  const [mother, father] = guardians;
  const nurse = await person(nurseSignature, { light: true });
  const { page } = nurse;
  await nurse.logIn(people.coordinator);
  const planId = randomUUID();
  const path = `/api/care-plans/${planId}`;
  const plan = (): Promise<CarePlan> => ask(nurse, 'GET', path);
  const { clinic, patientId } = people;
  await ask(nurse, 'POST', `/api/patients/${patientId}/care-plans`, {
    ...{ planId, unitId: clinic.unitId, need: 'Kommer inte till skolan', proposedBy: 'Modern' },
  });
  await ask(nurse, 'POST', `${path}/offer`, { basedOn: 1 });

  await test.step('no yes before the child and both guardians have been heard; one who says no is answered with why', async () => {
    await nurse.goto(`/care-plans/${planId}`);
    await page.getByRole('button', { name: 'Personen säger ja' }).click();
    await page.getByRole('button', { name: 'Spara samtycket' }).click();
    await expect(page.getByText('Skriv först ner vad barnet och vårdnadshavarna säger.')).toBeVisible();
    await page.getByRole('form', { name: 'Personen säger ja' }).getByRole('button', { name: 'Avbryt' }).click();
    await page.getByRole('button', { name: 'Skriv ner vad barnet och vårdnadshavarna säger' }).click();
    const form = page.getByRole('form', { name: 'Barnet och vårdnadshavarna' });
    await form.getByRole('group', { name: 'Vad Test Far säger om planen' }).getByRole('radio', { name: 'Nej' }).check();
    await form.getByRole('button', { name: 'Spara' }).click();
    await expect(form.getByText('Skriv vad barnet säger.')).toBeVisible();
    await expect(form.getByText('Alla vårdnadshavare ska ha svarat.'), 'nobody’s yes is taken for granted').toBeVisible();
    await form.getByRole('group', { name: 'Vad Test Mor säger om planen' }).getByRole('radio', { name: 'Ja' }).check();
    await form.getByLabel('Vad barnet säger').fill('Jag vill gå i en mindre klass');
    await form.getByLabel('Med Test Fars egna ord').fill('Vill vänta till våren');
    await form.getByLabel('Varför planen görs ändå').fill('Socialnämnden har beslutat om insatsen');
    await inspect(page, 'child-basis');
    await form.getByRole('button', { name: 'Spara' }).click();
    await expect(page.getByText('Vårdnadshavarna är inte överens.')).toBeVisible();
    await page.getByRole('button', { name: 'Personen säger ja' }).click();
    await page.getByRole('radio', { name: /vårdnadshavare/i }).check();
    await page.getByRole('button', { name: 'Spara samtycket' }).click();
    await expect(page.getByText('samtycke finns', { exact: true })).toBeVisible();
  });

  await test.step('asked in a child’s words', async () => {
    await page.getByRole('radio', { name: 'som till ett barn' }).check();
    await page.getByLabel('Vad tycker du är viktigast?').fill('Att få vara i fred på rasten');
    await inspect(page, 'child-prepare');
    await page.getByRole('button', { name: 'Spara', exact: true }).click();
    await expect(page.getByText('Att få vara i fred på rasten')).toBeVisible();
  });

  const ids = { school: randomUUID(), mother: randomUUID(), father: randomUUID() };
  await test.step('the school may be told of the school, the guardians of the family too', async () => {
    const [school] = await db
      .select()
      .from(directoryUnits)
      .where(and(eq(directoryUnits.kind, 'school'), eq(directoryUnits.name, 'Vuxenskolan')));
    await ask(nurse, 'POST', `${path}/parties`, { from: 'directory', partyId: ids.school, directoryId: school?.id });
    for (const [key, relative] of [['mother', mother] as const, ['father', father] as const])
      await ask(nurse, 'POST', `${path}/parties`, { from: 'relative', partyId: ids[key], relativeId: relative?.id });
    await ask(nurse, 'PUT', `${path}/parties/${ids.school}/areas`, { areas: ['school'], consent });
    for (const partyId of [ids.mother, ids.father])
      await ask(nurse, 'PUT', `${path}/parties/${partyId}/areas`, { areas: ['school', 'family'], consent });
    const text = { purpose: 'Att planera skolgången', longTermGoal: '', questions: '', contribution: '', answerBy: '2099-01-01' };
    await ask(nurse, 'POST', `${path}/parties/${ids.school}/summons`, { ...text, reference: 'KALL-1' });
    await ask(nurse, 'PUT', `${path}/parties/${ids.school}/answer`, { answer: 'accepted', who: 'Test Rektor' });
    const items = [
      { id: randomUUID(), title: 'Hemma', areas: ['family'], minutes: 10, partyIds: [ids.mother, ids.father] },
      { id: randomUUID(), title: 'Skolan', areas: ['school'], minutes: 10, partyIds: [ids.school, ids.mother, ids.father] },
    ];
    await ask(nurse, 'PUT', `${path}/agenda`, { items, basedOn: (await plan()).version });
    for (const [kind, areas] of [
      ['need', ['family']],
      ['intervention', ['school']],
    ] as const)
      await ask(nurse, 'POST', `${path}/parts`, { partId: randomUUID(), kind, areas });
  });

  const visitId = randomUUID();
  await ask(nurse, 'POST', '/api/visits', {
    ...{ visitId, unitId: clinic.unitId, patientId, patientComes: 'ownDevice', relativeIds: [], modality: 'video', language: 'sv' },
    staff: [{ userId: people.coordinator.userId, unitId: clinic.unitId, host: true, atBedside: false }],
    ...{ startsAt: new Date().toISOString(), durationMinutes: 60, ...whereabouts },
  }).then(async (booked) => {
    const { codes } = booked as { codes: IssuedCode[] };
    await ask(nurse, 'PUT', `${path}/meeting`, { visitId });
    const { code } = await ask<{ code: IssuedCode }>(nurse, 'POST', `/api/visits/${visitId}/people`, {
      ...{ kind: 'principal', partyId: ids.school, name: 'Test Rektor' },
    });
    const child = await person(childSignature, { light: true });
    const teacher = await person(teacherSignature, { light: true });
    await nurse.goto(`/visits/${visitId}`);
    await nurse.pressJoin();
    await child.knock(codes[0] as IssuedCode);
    await page.getByRole('button', { name: `Släpp in ${name}` }).click();
    await teacher.knock(code);
    await page.getByRole('button', { name: 'Släpp in Test Rektor' }).click();
    for (const who of [child, teacher]) await who.inRoom();
    const seats = await db.select().from(participants).where(eq(participants.visitId, visitId));
    const idOf = (role: string): string => seats.find((seat) => seat.role === role)?.id ?? '';
    await nurse.sees(idOf('patient'), childSignature);
    await teacher.sees(idOf('patient'), childSignature);
    const loaded = await teacher.loadedAt();

    await test.step('at home: the school is outside, not a packet reaches it, and it does not learn what is talked of', async () => {
      await page.getByRole('button', { name: 'Nästa: Hemma' }).click();
      await expect(teacher.page.getByRole('heading', { name: 'Du väntar utanför mötet' })).toBeVisible();
      await teacher.receivesNothing();
      await expect(teacher.page.getByText('Hemma')).toHaveCount(0);
      await child.sees(idOf('nurse'), nurseSignature);
      await inspect(teacher.page, 'plan-aside');
      await nurse.control(/^Planen/).click();
      await inspect(page, 'plan-room-item');
      await page.setViewportSize({ width: 1000, height: 700 });
    });

    await test.step('the school’s item: it comes in by itself, and of the plan it has its own part alone', async () => {
      await page.getByRole('button', { name: 'Nästa: Skolan' }).click();
      await teacher.sees(idOf('patient'), childSignature);
      await child.hears(idOf('principal'), teacherSignature);
      expect(await teacher.loadedAt(), 'the page was not loaded anew').toBe(loaded);
      await teacher.control(/^Planen/).click();
      const panel = teacher.page.getByRole('complementary', { name: 'Planen' });
      await expect(panel.getByRole('article', { name: 'Insats 1' })).toBeVisible();
      await expect(panel.getByRole('article', { name: 'Behov 1' })).toHaveCount(0);
      const told = await ask<CarePlan>(teacher, 'GET', path);
      expect([told.parts.map(({ kind }) => kind), told.child, told.need]).toEqual([['intervention'], null, '']);
      await inspect(teacher.page, 'child-school');
    });
  });

  await test.step('a concern is reported without anybody’s consent', async () => {
    await nurse.goto(`/care-plans/${planId}`);
    await page.getByRole('button', { name: 'Skriv ner en gjord orosanmälan' }).click();
    await page.getByRole('button', { name: 'Spara anmälan' }).click();
    await expect(page.getByText('Skriv vart det anmäldes.')).toBeVisible();
    await page.getByLabel('Anmält till').fill('Socialtjänsten i provkommunen');
    await page.getByLabel('Vad som anmäldes').fill('Påhittad oro');
    await inspect(page, 'child-concern');
    await page.getByRole('button', { name: 'Spara anmälan' }).click();
    await expect(page.getByText('Påhittad oro')).toBeVisible();
  });
});
