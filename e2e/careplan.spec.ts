import { readFile } from 'node:fs/promises';
import { eq } from 'drizzle-orm';
import type { CarePlan } from '../contract/carePlans.ts';
import type { IssuedCode } from '../contract/codes.ts';
import type { Reply } from '../contract/wire.ts';
import { participants } from '../drizzle/schema/index.ts';
import type { Guest } from '../testing/care.ts';
import { makePlanPeople, personName } from '../testing/carePlanPeople.ts';
import { textOfPdf } from '../testing/pdf.ts';
import { asks } from './asks.ts';
import { expect, test } from './fixtures.ts';
import { inspect } from './inspect.ts';
import { doctorSignature, nurseSignature, type Person, relativeSignature as personSignature, type Signature } from './people.ts';

const assessorSignature: Signature = { code: 0b011010, hertz: 1640 };
const teacherSignature: Signature = { code: 0b100110, hertz: 2080 };
const interpreterSignature: Signature = { code: 0b111001, hertz: 2560 };

type There = { at: Person; id: string; signature: Signature; soundAlone?: boolean };

/** Each of them sees and hears the next, in a ring, and none shows or hears anybody who is elsewhere. */
async function together(here: There[], elsewhere: There[], patience = 60_000): Promise<void> {
  const shown = here.filter(({ soundAlone }) => !soundAlone);
  const look = async (one: There, nr: number): Promise<void> => {
    const { at } = one;
    const heard = here[(nr + 1) % here.length];
    const seen = shown.includes(one) ? shown[(shown.indexOf(one) + 1) % shown.length] : undefined;
    if (seen && seen.at !== at) await at.sees(seen.id, seen.signature, patience);
    if (heard && heard.at !== at) await at.hears(heard.id, heard.signature, patience);
    for (const other of elsewhere) {
      await expect(at.video(other.id), `${other.id} is not shown`).toHaveCount(0);
      await at.hearsNothing(other.id);
    }
  };
  await Promise.all(here.map(look)); // listening takes a second each
}

async function plan(who: Person, planId: string): Promise<CarePlan> {
  const reply = (await asks(who).get(`/api/care-plans/${planId}`)) as Reply<CarePlan>;
  if (!reply.ok) throw new Error(reply.code);
  return reply.data;
}

const region = 'Dorotea hälsocentral, Testregionen';
const reception = 'Socialtjänsten, mottagning, Testkommunen';
const social = 'Socialtjänsten, vuxna, Testkommunen';
const school = 'Vuxenskolan, Testkommunen';
const daughter = 'Test Dotter';

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

async function addFromDirectory({ page }: Person, search: string, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Lägg till någon som behövs' }).click();
  await page.getByLabel(/^Sök i katalogen/).fill(search);
  await page.getByRole('button', { name: `Lägg till ${name}` }).click();
  await expect(page.getByRole('article', { name, exact: true })).toBeVisible();
}

/** The person says of what a party may be told. */
async function share({ page }: Person, name: string, areas: string[]): Promise<void> {
  await page.getByRole('button', { name: `Vad ${name} får veta` }).click();
  const form = page.getByRole('form', { name: `Vad ${name} får veta` });
  for (const area of areas) await form.getByRole('checkbox', { name: area, exact: true }).check();
  await form.getByRole('button', { name: 'Spara vad de får veta' }).click();
  await expect(form).toHaveCount(0);
}

async function summon(
  { page }: Person,
  name: string,
  { contribution, reference }: { contribution: string; reference?: string },
): Promise<void> {
  await page.getByRole('button', { name: `Kallelse till ${name}` }).click();
  const form = page.getByRole('form', { name: `Kallelse till ${name}` });
  await form.getByLabel('Syftet med mötet').fill('Att planera stödet hemma tillsammans');
  await form.getByLabel('Vad ni väntas bidra med').fill(contribution);
  if (reference) await form.getByLabel('Nummer i deras system').fill(reference);
  await form.getByRole('button', { name: reference ? 'Spara att den är skickad' : 'Skicka kallelsen' }).click();
  await expect(form).toHaveCount(0);
}

async function answer({ page }: Person, name: string, who: string): Promise<void> {
  await page.getByRole('button', { name: `Svar från ${name}` }).click();
  const form = page.getByRole('form', { name: `Svar från ${name}` });
  await form.getByLabel('Vem som kommer').fill(who);
  await form.getByRole('button', { name: 'Spara svaret' }).click();
  await expect(form).toHaveCount(0);
}

/** What a party, or the person, says of the plan. */
async function stance({ page }: Person, name: string, says: string, words?: string): Promise<void> {
  await page.getByRole('button', { name: `Vad ${name} säger om planen` }).click();
  const form = page.getByRole('form', { name: `Vad ${name} säger om planen` });
  await form.getByRole('radio', { name: says, exact: true }).check();
  if (words) await form.getByLabel('I vad').fill(words);
  await form.getByRole('button', { name: 'Spara' }).click();
  await expect(form).toHaveCount(0);
}

async function item({ page }: Person, nr: number, { title, areas, who }: { title: string; areas: string[]; who: string[] }): Promise<void> {
  const part = page.getByRole('region', { name: `Punkt ${nr}`, exact: true });
  await part.getByLabel(`Punkt ${nr}: vad den handlar om`).fill(title);
  for (const area of areas) await part.getByRole('checkbox', { name: area, exact: true }).check();
  for (const name of who) await part.getByRole('checkbox', { name, exact: true }).check();
}

/** What stands on the page for one who comes by link, this once. */
async function shownCode({ page }: Person, name: string): Promise<Pick<Guest, 'reference' | 'code'>> {
  const shown = page.locator('div', { has: page.locator('strong', { hasText: name }), hasText: '/join/' }).last();
  const text = (await shown.textContent()) ?? '';
  const [, reference = ''] = /join\/([2-9A-Z]{8})/.exec(text) ?? [];
  const [, code = ''] = /Kod: (\d{3} \d{3})/.exec(text) ?? [];
  return { reference, code: code.replaceAll(' ', '') };
}

test('from need to an active plan: each is told what the person lets them be told, the plan is written by several at once, and a yes taken back ends it', async ({
  person,
  database: { db },
}) => {
  test.setTimeout(900_000);
  const people = await makePlanPeople(db);
  const sitDown = (signature: Signature): Promise<Person> => person(signature, { light: true, scale: 0.5 }); // six on one machine
  const nurse = await person(nurseSignature, { light: true });
  const { page } = nurse;
  await nurse.logIn(people.coordinator);

  await test.step('the need, the offer, the yes', async () => {
    await nurse.goto(`/patients/${people.patientId}`);
    await page.getByRole('button', { name: 'En plan behövs' }).click();
    await page.getByRole('button', { name: 'Spara behovet' }).click();
    await expect(page.getByText('Skriv vem som såg behovet.')).toBeVisible();
    await page.getByLabel('Varför en plan behövs').fill('Flera insatser som ingen håller ihop');
    await page.getByLabel('Vem som såg behovet').fill('Dottern');
    await inspect(page, 'plan-propose');
    await page.getByRole('button', { name: 'Spara behovet' }).click();
    await expect(page.getByRole('heading', { name: personName })).toBeVisible();
    await page.getByRole('button', { name: 'Planen är erbjuden' }).click();
    await page.getByRole('button', { name: 'Personen säger ja' }).click();
    await inspect(page, 'plan-consent');
    await page.getByRole('button', { name: 'Spara samtycket' }).click();
    await expect(page.getByText('samtycke finns', { exact: true })).toBeVisible();
  });

  await test.step('what matters to the person', async () => {
    await page.getByLabel('Vad är viktigt för dig?').fill('Att kunna bo kvar hemma');
    await page.getByLabel('Vad får de andra inte veta?').fill('Inget om ekonomin till skolan');
    await inspect(page, 'plan-prepare');
    await page.getByRole('button', { name: 'Spara', exact: true }).click();
    await expect(page.getByText('Att kunna bo kvar hemma')).toBeVisible();
  });

  await test.step('who is needed, what each may be told, and the summons', async () => {
    await addFromDirectory(nurse, 'hälsocentral', region);
    await addFromDirectory(nurse, 'mottagning', reception);
    await addFromDirectory(nurse, 'Vuxenskolan', school);
    await page.getByRole('button', { name: 'Lägg till någon som behövs' }).click();
    await page.getByRole('radio', { name: 'någon nära' }).check();
    await page.getByRole('button', { name: `Lägg till ${daughter}` }).click();
    await expect(page.getByRole('article', { name: daughter })).toBeVisible();
    await inspect(page, 'plan-parties');
    await share(nurse, school, ['skola']);
    await share(nurse, daughter, ['boende och hemtjänst', 'hälsa']);
    await summon(nurse, reception, { contribution: 'Hemtjänst' });
    await summon(nurse, school, { contribution: 'Anpassad studiegång', reference: 'KALL-2026-1' });
    await expect(page.getByRole('article', { name: school })).toContainText('KALL-2026-1');
    await inspect(page, 'plan-summoned');
  });

  const assessor = await sitDown(assessorSignature);
  await test.step('the summons went to the wrong unit, which sends it on; the right one answers', async () => {
    await summon(nurse, region, { contribution: 'Läkemedel och samordning' });
    await answer(nurse, region, 'Test Läkare');
    await answer(nurse, school, 'Test Rektor');
    await assessor.logIn(people.wrongUnit);
    await assessor.page.getByRole('link', { name: 'Planer (SIP)' }).click();
    await inspect(assessor.page, 'plan-board-asked');
    await assessor.page
      .getByRole('region', { name: /^Kallelser som väntar/ })
      .getByRole('button', { name: /^Öppna planen/ })
      .click();
    await expect(assessor.page.getByText('Flera insatser som ingen håller ihop')).toHaveCount(0);
    await expect(assessor.page.getByText('Att kunna bo kvar hemma')).toHaveCount(0);
    await assessor.page.getByRole('button', { name: `Svar från ${reception}` }).click();
    const form = assessor.page.getByRole('form', { name: `Svar från ${reception}` });
    await form.getByRole('radio', { name: 'Det är en annan enhet som ska svara' }).check();
    await form.getByLabel(/^Sök i katalogen/).fill('vuxna');
    await form.getByLabel('Rätt enhet').selectOption({ label: social });
    await inspect(assessor.page, 'plan-forward');
    await form.getByRole('button', { name: 'Spara svaret' }).click();
    await expect(assessor.page.getByText('skickad vidare till')).toBeVisible();
    await assessor.page.getByRole('button', { name: 'Logga ut' }).click();
    await assessor.logIn(people.assessor);
    const waits = assessor.page.getByRole('region', { name: 'Kallelser till planer som väntar på svar' });
    await expect(waits, 'their day says it').toContainText('svar senast');
    await inspect(assessor.page, 'today-summoned');
    await waits.getByRole('button', { name: `Öppna planen: ${personName}` }).click();
    await answer(assessor, social, 'Test Handläggare');
    await expect(page.getByRole('article', { name: social }), 'it is seen by itself').toContainText('kommer');
    await share(nurse, social, ['boende och hemtjänst', 'vardag']);
  });
  const planUrl = new URL(page.url()).pathname;
  const planId = planUrl.split('/').at(-1) ?? '';

  const codes = new Map<string, Pick<Guest, 'reference' | 'code'>>();
  await test.step('the agenda: who may not be told of an item cannot be put on it; the meeting is booked', async () => {
    await page.getByRole('button', { name: 'Skriv dagordningen' }).click();
    await item(nurse, 1, { title: 'Hemmet', areas: ['boende och hemtjänst'], who: [social, daughter] });
    await expect(page.getByText(`${school} får inte höra om boende och hemtjänst.`)).toBeVisible();
    await page.getByRole('button', { name: 'Lägg till en punkt' }).click();
    await item(nurse, 2, { title: 'Skolan', areas: ['skola'], who: [school] });
    await page.getByRole('button', { name: 'Lägg till en punkt' }).click();
    await item(nurse, 3, { title: 'Vem gör vad', areas: [], who: [social, school, daughter] });
    await inspect(page, 'plan-agenda');
    await page.getByRole('button', { name: 'Spara', exact: true }).click();
    await expect(page.getByText('Vem gör vad')).toBeVisible();
    await page.getByRole('button', { name: 'Boka planeringsmötet' }).click();
    await expect(page.getByRole('radio', { name: /^På egen skärm/ })).toBeChecked();
    const close = page.getByRole('checkbox', { name: new RegExp(`^${daughter} `) });
    await expect(close, 'who is party to the plan is asked').toBeChecked();
    await close.uncheck(); // she sits beside the person, and needs no link
    await page.getByRole('radio', { name: 'Nu', exact: true }).check();
    await page.getByLabel('Var är patienten?').fill('Hemma, Dorotea');
    await page.getByLabel('Lägg till personal').fill('Test Läkare');
    await page.getByRole('button', { name: /^Lägg till Test Läkare/ }).click();
    await page.getByRole('button', { name: 'Boka besöket' }).click();
    await expect(page.getByRole('heading', { name: 'Länkar och koder' })).toBeVisible();
    codes.set(personName, await shownCode(nurse, personName));
    await page.getByRole('button', { name: 'Till planen' }).click();
    await expect(page.getByText('möte bokat', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: `Länk och kod för ${school}` }).click();
    codes.set('Test Rektor', await shownCode(nurse, 'Test Rektor'));
    await inspect(page, 'plan-meeting');
  });

  const visitId = await test.step('the others are asked to the meeting; who has an account goes in from the plan', async () => {
    const { meetingId } = await plan(nurse, planId);
    const ask = (body: object): Promise<Reply<unknown>> => asks(nurse).post(`/api/visits/${meetingId}/people`, body);
    const invited = (await ask({ kind: 'interpreter', number: 'T-1234', consented: true })) as { data: { code: IssuedCode } };
    codes.set('interpreter', invited.data.code);
    await inspect(assessor.page, 'plan-seat');
    await assessor.page.getByRole('button', { name: 'Till mötet' }).click(); // who comes for a summoned unit takes their seat
    await assessor.page.waitForURL(`**/visits/${meetingId}`);
    return meetingId ?? '';
  });

  const [tablet, doctor, teacher, interpreter] = await Promise.all([
    sitDown(personSignature),
    sitDown(doctorSignature),
    sitDown(teacherSignature),
    sitDown(interpreterSignature),
  ]);
  const seats = await db.select().from(participants).where(eq(participants.visitId, visitId));
  const idOf = (role: string): string => seats.find((seat) => seat.role === role)?.id ?? '';
  const there: Record<'patient' | 'nurse' | 'doctor' | 'assessor' | 'teacher' | 'interpreter', There> = {
    patient: { at: tablet, id: idOf('patient'), signature: personSignature },
    nurse: { at: nurse, id: idOf('nurse'), signature: nurseSignature },
    doctor: { at: doctor, id: idOf('remotePhysician'), signature: doctorSignature },
    assessor: { at: assessor, id: idOf('needsAssessor'), signature: assessorSignature },
    teacher: { at: teacher, id: idOf('principal'), signature: teacherSignature },
    interpreter: { at: interpreter, id: idOf('interpreter'), signature: interpreterSignature, soundAlone: true },
  };
  const { patient } = there;

  await test.step('all come in; who sits beside, and the sister on the telephone, stand on the roster', async () => {
    await doctor.logIn(people.physician);
    for (const who of [nurse, doctor]) await who.goto(`/visits/${visitId}`);
    for (const [who, name] of [
      [tablet, personName],
      [teacher, 'Test Rektor'],
      [interpreter, 'interpreter'],
    ] as const)
      await who.knock(codes.get(name) as Guest);
    for (const { at } of Object.values(there)) await at.page.setViewportSize({ width: 1000, height: 700 });
    for (const who of [nurse, doctor, assessor]) await who.pressJoin();
    for (let left = 3; left > 0; left--) {
      await page
        .getByRole('button', { name: /^Släpp in/ })
        .first()
        .click();
      await expect(page.getByRole('button', { name: /^Släpp in/ })).toHaveCount(left - 1);
    }
    await interpreter.inRoom();
    await interpreter.control(/^Ljud och bild/).click(); // one interprets what is said
    await interpreter.page.getByRole('button', { name: 'Bara ljud' }).click();
    for (const who of [tablet, teacher]) await who.inRoom();
    await together(Object.values(there), [], 120_000); // while six browsers start, pictures are held back for the sake of sound
    await nurse.control(/^Personer/).click();
    for (const [name, byPhone] of [
      [daughter, false],
      ['Test Syster', true],
    ] as const) {
      await page.getByLabel('Namn', { exact: true }).fill(name);
      await page.getByRole('combobox', { name: 'Hos', exact: true }).selectOption(patient.id);
      await page.getByRole('checkbox', { name: 'Med på telefon, i högtalaren' }).setChecked(byPhone);
      await page.getByRole('checkbox', { name: new RegExp(`^Patienten har sagt ja till att ${name}`) }).check();
      await page.getByRole('button', { name: 'Skriv upp' }).click();
      await expect(page.getByRole('button', { name: `${name} har gått` })).toBeVisible();
    }
    await expect(page.getByText(`på telefon hos ${personName}`)).toBeVisible();
  });

  const { nurse: chair, doctor: physician, assessor: handler, teacher: rector, interpreter: interprets } = there;
  await test.step('it begins; the plan is being made', async () => {
    await nurse.control(/^Patienten/).click();
    const panel = page.getByRole('complementary', { name: 'Patienten' });
    await panel.getByRole('button', { name: 'Känd av personalen' }).click();
    await panel.getByRole('button', { name: 'Patienten vet vilka som är här' }).click();
    await panel.getByRole('button', { name: 'Starta besöket' }).click();
    await expect(panel.getByRole('button', { name: 'Starta besöket' })).toHaveCount(0);
    await panel.getByRole('button', { name: 'Stäng' }).click();
    await expect.poll(async () => (await plan(nurse, planId)).state).toBe('in_meeting');
  });

  await test.step('the first item: the school waits outside, without a packet', async () => {
    await page.getByRole('button', { name: 'Nästa: Hemmet' }).click();
    await expect(teacher.page.getByRole('heading', { name: 'Du väntar utanför mötet' })).toBeVisible();
    await expect(teacher.page.getByText('Du är med på: Skolan, Vem gör vad')).toBeVisible();
    await expect(teacher.page.getByText('Hemmet')).toHaveCount(0);
    await teacher.receivesNothing();
    await together([patient, chair, physician, handler, interprets], [rector]);
  });

  await test.step('the second: the school comes in by itself; the needs assessor hears nothing though the page ignores us, nor when it is loaded anew', async () => {
    await assessor.becomeDeaf();
    await page.getByRole('button', { name: 'Nästa: Skolan' }).click();
    await assessor.receivesNothing();
    await assessor.page.reload();
    await assessor.page.getByRole('button', { name: 'Gå in i besöket' }).click();
    await expect(assessor.page.getByRole('heading', { name: 'Du väntar utanför mötet' })).toBeVisible();
    await together([patient, chair, physician, rector, interprets], [handler]);
  });

  await test.step('a talk aside begins with the person’s yes alone, and is between those two', async () => {
    await page.getByRole('button', { name: 'Nästa: Vem gör vad' }).click();
    await together([patient, chair, physician, handler, rector, interprets], []);
    for (const who of [handler, rector]) {
      await who.at.control('Kamera').click(); // they go on without a picture: six of them are much for one machine
      who.soundAlone = true;
    }
    await page.getByRole('button', { name: 'Led mötet' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Enskilt samtal' }).click();
    const dialog = page.getByRole('dialog', { name: 'Enskilt samtal' });
    await expect(dialog.getByRole('checkbox', { name: new RegExp(personName) })).toHaveCount(0);
    await dialog.getByRole('checkbox', { name: /^Test Läkare/ }).check();
    await inspect(page, 'plan-talk');
    await page.setViewportSize({ width: 1000, height: 700 });
    await dialog.getByRole('button', { name: 'Fråga personen' }).click();
    await expect(page.getByText(/Personen tillfrågas om ett enskilt samtal/)).toBeVisible();
    await together([chair, physician, patient], []);
    await inspect(tablet.page, 'plan-asked');
    await tablet.page.setViewportSize({ width: 1000, height: 700 });
    await tablet.page.getByRole('button', { name: 'Ja, det får de' }).click();
    await together([chair, physician], [patient, handler, rector, interprets]);
    await together([patient, handler, rector, interprets], [chair, physician]);
    await page.getByRole('button', { name: 'Avsluta det enskilda samtalet' }).click();
    await together([chair, patient], []);
  });

  await test.step('three write in one field at once, and nothing is lost; the school is not told of it', async () => {
    for (const who of [nurse, doctor, assessor, teacher]) await who.control(/^Planen/).click();
    const panel = ({ page: of }: Person) => of.getByRole('complementary', { name: 'Planen' });
    await panel(nurse).getByRole('button', { name: 'Lägg till en insats' }).click();
    await panel(nurse).getByRole('checkbox', { name: 'boende och hemtjänst', exact: true }).check();
    await panel(nurse).getByRole('button', { name: 'Lägg till', exact: true }).click();
    const field = (who: Person) => panel(who).getByRole('article', { name: 'Insats 1' }).getByLabel('Insatsen', { exact: true });
    for (const who of [nurse, doctor, assessor]) await expect(field(who), 'it comes by itself').toBeVisible();
    await expect(panel(teacher).getByText('Allt är sparat.')).toBeVisible();
    await expect(panel(teacher).getByRole('article', { name: 'Insats 1' })).toHaveCount(0);
    await Promise.all([
      field(nurse).pressSequentially('Hemtjänst morgon och kväll. ', { delay: 40 }),
      field(doctor).pressSequentially('Genomgång av läkemedel. ', { delay: 40 }),
      field(assessor).pressSequentially('Ansökan görs i dag. ', { delay: 40 }),
    ]);
    const whole = (text: string): string => [...text].toSorted().join('');
    const written = whole('Hemtjänst morgon och kväll. Genomgång av läkemedel. Ansökan görs i dag. ');
    await expect.poll(async () => whole(await field(nurse).inputValue()), 'not a letter is lost').toBe(written);
    const value = await field(nurse).inputValue();
    for (const who of [doctor, assessor]) await expect(field(who)).toHaveValue(value);
    await expect(
      panel(nurse)
        .getByText(/skriver här/)
        .first(),
    ).toBeVisible();
  });

  await test.step('who answers for what, and what the needs assessor alone says', async () => {
    const panel = page.getByRole('complementary', { name: 'Planen' });
    await panel.getByRole('button', { name: 'Vem och när för Insats 1' }).click();
    const form = panel.getByRole('form', { name: 'Vem och när för Insats 1' });
    await form.getByLabel('Ansvarar').selectOption({ label: social });
    await form.getByLabel('Vem, i Samrum').selectOption({ label: 'Test Handläggare' });
    await form.getByLabel('Senast').fill(inDays(20));
    await form.getByRole('button', { name: 'Spara' }).click();
    await expect(panel.getByRole('button', { name: 'Bistånd för Insats 1' })).toHaveCount(0);
    const theirs = assessor.page.getByRole('complementary', { name: 'Planen' });
    await expect(theirs.getByRole('article', { name: 'Insats 1' })).toContainText('Test Handläggare');
    await theirs.getByRole('button', { name: 'Bistånd för Insats 1' }).click();
    await theirs.getByRole('radio', { name: 'utreds' }).check();
    await theirs.getByRole('form', { name: 'Bistånd för Insats 1' }).getByRole('button', { name: 'Spara' }).click();
    await expect(panel.getByText('utreds')).toBeVisible();
  });

  await test.step('the meeting ends; the plan is a draft, refused before it says all that the law wants', async () => {
    await nurse.control('Lämna').click();
    await page.getByRole('button', { name: 'Avsluta för alla' }).click();
    for (const { at } of [patient, physician]) await at.receivesNothing();
    await nurse.goto(planUrl);
    await expect(page.getByText('utkast', { exact: true })).toBeVisible();
    await expect(page.getByText('Vad andra gör, eller att ingen annan gör något').first()).toBeVisible();
    await page.getByRole('button', { name: 'Signera planen' }).click();
    await expect(page.getByRole('alert')).toContainText('Vad andra gör');
    await inspect(page, 'plan-draft');
  });

  await test.step('each says where they stand, one in dissent; then it is signed', async () => {
    await stance(nurse, region, 'Håller med om planen');
    await stance(nurse, school, 'Håller inte med om allt', 'Studiegången behöver mer tid');
    await assessor.goto(planUrl);
    await stance(assessor, social, 'Håller med om planen');
    await stance(nurse, personName, 'Håller med om planen');
    await page.getByRole('button', { name: 'Ändra ansvar och uppföljning' }).click();
    const form = page.getByRole('form', { name: 'Ansvar och uppföljning' });
    await form.getByLabel('Övergripande ansvar').selectOption({ label: region });
    await form.getByLabel('Följs upp').fill(inDays(60));
    await form.getByRole('checkbox', { name: 'Ingen annan gör något särskilt' }).check();
    await inspect(page, 'plan-lead');
    await form.getByRole('button', { name: 'Spara' }).click();
    await expect(page.getByText('Det här saknas innan planen kan gälla:')).toHaveCount(0);
    await page.getByRole('button', { name: 'Signera planen' }).click();
    await expect(page.getByText('gäller', { exact: true })).toBeVisible();
    await inspect(page, 'plan-active');
  });

  await test.step('on paper in plain words; as a task with its owner; the follow-up is booked from there', async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Med stor text' }).click()]);
    const text = await textOfPdf(await readFile(await download.path()));
    for (const words of [
      personName,
      'Planen gäller.',
      social,
      'utreds',
      'håller inte med om allt: Studiegången behöver mer tid',
      'inget beslut om bistånd',
    ])
      expect(text).toContain(words);
    await assessor.goto('/today');
    await expect(assessor.page.getByRole('region', { name: 'Det jag har tagit på mig i planer' })).toContainText(personName);
    await inspect(assessor.page, 'plan-tasks');
    await page.getByRole('button', { name: 'Boka uppföljningen' }).click();
    await expect(page.getByRole('heading', { name: 'Boka planeringsmötet', level: 1 })).toBeVisible();
    await page.getByRole('checkbox', { name: new RegExp(`^Patienten har sagt ja till att ${daughter}`) }).check();
    await page.getByLabel('Var är patienten?').fill('Hemma, Dorotea');
    await page.getByRole('button', { name: 'Boka besöket' }).click();
    await page.getByRole('button', { name: 'Till planen' }).click();
    await expect(page.getByText('gäller', { exact: true })).toBeVisible();
    expect((await plan(nurse, planId)).meetingAt?.slice(0, 10), 'on the day that the plan says').toBe(inDays(60));
  });

  await test.step('what the person and the daughter say afterwards is kept beside the plan', async () => {
    for (const name of [personName, daughter]) {
      await page.getByRole('button', { name: `Frågor till ${name}` }).click();
      const form = page.getByRole('form', { name: `Frågor till ${name}` });
      await form.getByRole('group', { name: 'Fick du säga det du ville?' }).getByRole('radio', { name: '4' }).check();
      await form.getByRole('group', { name: 'Hjälper planen dig i vardagen?' }).getByRole('radio', { name: '5' }).check();
      await form.getByLabel('Något mer du vill säga').fill(`Tack, säger ${name}`);
      if (name === daughter) await inspect(page, 'plan-survey');
      await form.getByRole('button', { name: 'Spara' }).click();
      await expect(form).toHaveCount(0);
      await expect(page.getByRole('region', { name: 'Hur det blev' })).toContainText(`Tack, säger ${name}`);
    }
    const { surveys } = await plan(nurse, planId);
    expect(surveys.map(({ scores }) => [scores.heard, scores.helps])).toEqual([
      [4, 5],
      [4, 5],
    ]);
  });

  await test.step('the yes is taken back: nothing is shared any more, and what was made stays with who made it', async () => {
    await assessor.goto(planUrl);
    await expect(assessor.page.getByRole('article', { name: 'Insats 1' })).toBeVisible();
    await page.getByRole('button', { name: 'Personen tar tillbaka sitt samtycke' }).click();
    await inspect(page, 'plan-withdraw');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Ta tillbaka', exact: true }).click();
    await expect(page.getByText('samtycket är återtaget', { exact: true })).toBeVisible();
    await expect(assessor.page.getByRole('article', { name: 'Insats 1' }), 'by itself').toHaveCount(0);
    await expect(page.getByRole('article', { name: 'Insats 1' })).toBeVisible();
    expect((await plan(assessor, planId)).parts).toEqual([]);
    await assessor.goto('/today');
    await expect(assessor.page.getByRole('heading', { name: 'Dagens besök' })).toBeVisible();
    await expect(assessor.page.getByRole('region', { name: 'Det jag har tagit på mig i planer' })).toHaveCount(0);
  });
});
