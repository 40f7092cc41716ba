import { io } from 'socket.io-client';
import {
  addPatientByLink,
  addUserPassword,
  makeAccount,
  makeCareHome,
  makeNextVisit,
  makePatient,
  makeVisit,
  patientName,
} from '../testing/care.ts';
import { expect, test } from './fixtures.ts';
import { doctorSignature, type Person } from './people.ts';

/**
 * Who may not, by page, by REST and by socket. What is expected is written by hand from the rules: staff see visits of
 * their unit, patients theirs, a guest the one visit of the link and code; a visit of others answers like one that does not exist.
 */
type Expected = { rest: Record<string, number>; socket: string };

/** Asks over REST with the browser's own cookies. */
const askAll = async ({ page }: Person, visitId: string, patientId: string): Promise<Record<string, number>> =>
  page.evaluate(
    async ({ visit, patient }) => {
      const post = { method: 'POST', headers: { 'content-type': 'application/json' } };
      const someone = crypto.randomUUID();
      const details = {
        startsAt: new Date().toISOString(),
        durationMinutes: 30,
        place: 'x',
        address: null,
        entrance: null,
        callbackPhone: null,
        language: 'sv',
      };
      const words = {
        outcome: 'x',
        agreed: '',
        followUp: '',
        followUpOwner: null,
        followUpOn: null,
        contactType: 'video',
        contactCode: 'ZV051',
        soundEnough: null,
        pictureEnough: null,
        identityMethod: null,
      };
      const asked: Record<string, [string, RequestInit?]> = {
        record: [`/api/visits/${visit}`],
        patient: [`/api/patients/${patient}`],
        'visits of the patient': [`/api/patients/${patient}/visits`],
        'check in': [`/api/visits/${visit}/check-in`, { ...post, body: '{}' }],
        admit: [`/api/visits/${visit}/admit`, { ...post, body: JSON.stringify({ participantId: someone }) }],
        close: [`/api/visits/${visit}/close`, { ...post, body: JSON.stringify({ as: 'cancelled', reason: 'x' }) }],
        details: [`/api/visits/${visit}/details`, { ...post, method: 'PUT', body: JSON.stringify({ ...details, basedOn: 1 }) }],
        document: [`/api/visits/${visit}/documentation`, { ...post, method: 'PUT', body: JSON.stringify({ ...words, basedOn: 1 }) }],
        note: [
          `/api/visits/${visit}/note`,
          { ...post, method: 'PUT', body: JSON.stringify({ id: someone, patientId: patient, text: 'x', basedOn: null }) },
        ],
        ask: [`/api/visits/${visit}/people`, { ...post, body: JSON.stringify({ kind: 'patient' }) }],
        code: [`/api/visits/${visit}/people/${someone}/code`, { ...post, body: '{}' }],
      };
      const answers: Record<string, number> = {};
      for (const [name, [path, init]] of Object.entries(asked)) answers[name] = (await fetch(path, init)).status;
      return answers;
    },
    { visit: visitId, patient: patientId },
  );

/** Knocks at the visit's socket with the browser's cookies: the refusal's code, or `in`. */
async function knockAt({ page }: Person, address: string, visitId: string): Promise<string> {
  const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const socket = io(`${address}/visit`, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    auth: { visitId, tabId: crypto.randomUUID(), seat: 'own' },
    extraHeaders: { cookie: cookies },
  });
  try {
    return await new Promise((resolve) => {
      socket.once('visit:snapshot', () => resolve('in'));
      socket.once('connect_error', ({ message }) => resolve(message));
    });
  } finally {
    socket.disconnect();
  }
}

const names = ['record', 'patient', 'visits of the patient', 'check in', 'admit', 'close', 'details', 'document', 'note', 'ask', 'code'];
const all = (status: number): Record<string, number> => Object.fromEntries(names.map((name) => [name, status]));

async function expectShutOut(
  who: Person,
  address: string,
  visit: { id: string; patientId: string },
  { rest, socket }: Expected,
): Promise<void> {
  expect(await askAll(who, visit.id, visit.patientId)).toEqual(rest);
  expect(await knockAt(who, address, visit.id)).toBe(socket);
}

test('a nurse of another municipality: as if there were no such visit', async ({ visit, person, product, database: { db } }) => {
  const elsewhere = await makeCareHome(db, 'En annan kommun');
  const nurse = await person(doctorSignature);
  await nurse.logIn(await makeAccount(db, elsewhere.unitId, 'nurse', 'Åsele'));
  await expect(nurse.page.getByText(patientName)).toHaveCount(0);
  await expectShutOut(nurse, product.address, visit, { rest: all(404), socket: 'not_found' });
  expect(await askAll(nurse, crypto.randomUUID(), crypto.randomUUID()), 'what does not exist answers alike').toEqual(all(404));
  await nurse.openVisit(visit);
  await expect(nurse.page.getByRole('heading', { name: 'Besöket finns inte här' })).toBeVisible();
  await nurse.goto(`/visits/${visit.id}/record`);
  await expect(nurse.page.getByText('Det finns inte, eller är inte öppet för dig.')).toBeVisible();
  await expect(nurse.page.getByText(patientName)).toHaveCount(0);
});

test('staff of the same municipality, of another unit: the same', async ({ visit, person, product, database: { db } }) => {
  const other = await makeCareHome(db, 'En tredje enhet');
  const nurse = await person(doctorSignature);
  await nurse.logIn(await makeAccount(db, other.unitId, 'assistantNurse'));
  await expectShutOut(nurse, product.address, visit, { rest: all(404), socket: 'not_found' });
});

test('an administrator sees who is registered, and no visit', async ({ visit, person, product, database: { db } }) => {
  const administrator = await person(doctorSignature);
  await administrator.logIn(await makeAccount(db, visit.unitId, 'administrator'), 'Enheter och personal');
  await expectShutOut(administrator, product.address, visit, {
    rest: { ...all(404), patient: 200, 'visits of the patient': 403 },
    socket: 'not_found',
  });
});

test("the patient of another visit: not into this one, and not into anybody's record", async ({
  visit,
  person,
  product,
  database: { db },
}) => {
  const home = await makeCareHome(db);
  const other = await makePatient(db, home, { name: 'Test Annan' });
  const patient = await person(doctorSignature);
  await patient.logIn(await addUserPassword(db, other), 'Mina besök');
  await expect(patient.page.getByText('Inget besök är bokat.')).toBeVisible();
  await expectShutOut(patient, product.address, visit, { rest: all(404), socket: 'not_found' });
  await patient.openVisit(visit);
  await expect(patient.page.getByRole('heading', { name: 'Besöket finns inte här' })).toBeVisible();
});

test('a patient who came with a code has that visit and no other of theirs', async ({ visit, person, product, database: { db } }) => {
  const guest = await addPatientByLink(db, visit);
  const second = await makeNextVisit(db, visit);
  await addPatientByLink(db, second);
  const patient = await person(doctorSignature);
  await patient.knock(guest);
  expect(await knockAt(patient, product.address, visit.id)).toBe('in');
  await expectShutOut(patient, product.address, second, { rest: all(404), socket: 'not_found' });
  expect(await patient.page.evaluate(async () => (await fetch('/api/my/visits')).status)).toBe(403);
});

test('a guest with an old code: neither back into the old visit nor into the new one', async ({
  visit,
  person,
  product,
  database: { db },
}) => {
  const doctor = await person(doctorSignature);
  await doctor.goIn(visit, visit.doctor);
  const guest = await person(doctorSignature);
  await guest.knock(visit.relative);
  await doctor.control('Lämna').click();
  await doctor.page.getByRole('alertdialog').getByRole('button', { name: 'Avsluta för alla' }).click();
  const later = await makeVisit(db, new Date(), visit);
  await expect(guest.page.getByRole('heading', { name: 'Besöket är avslutat' })).toBeVisible();
  await expectShutOut(guest, product.address, later, { rest: all(404), socket: 'not_found' });
  const stranger = await person(doctorSignature);
  await stranger.tryCode(visit.relative);
  await expect(stranger.page.getByRole('alert')).toContainText('gäller inte längre');
});

test('somebody who is not logged in', async ({ visit, person, product }) => {
  const stranger = await person(doctorSignature);
  await stranger.goto('/');
  await expectShutOut(stranger, product.address, visit, { rest: all(401), socket: 'unauthenticated' });
  for (const path of ['/today', '/book', '/patients', '/units', '/my-visits', `/visits/${visit.id}/record`]) {
    await stranger.goto(path);
    await expect(stranger.page.getByRole('heading', { name: 'Välkommen' }), path).toBeVisible();
  }
  await stranger.openVisit(visit);
  await expect(stranger.page.getByRole('heading', { name: 'Du är inte inloggad' })).toBeVisible();
});

test('an assignment that ends takes its holder out of the running visit at once', async ({ visit, person, database: { db }, atSfu }) => {
  const nurse = await person(doctorSignature);
  await nurse.goIn(visit, visit.nurse);
  await expect.poll(async () => (await atSfu(visit.nurse.participantId))?.tracks.length).toBeGreaterThan(0);
  const administrator = await person(doctorSignature);
  await administrator.logIn(await makeAccount(db, visit.unitId, 'administrator'), 'Enheter och personal');
  await administrator.page.getByRole('button', { name: /^Personal: Testenheten/ }).click();
  await administrator.page.getByRole('button', { name: `Avsluta uppdraget som Sjuksköterska för ${visit.nurse.username}` }).click();
  await administrator.page.getByRole('alertdialog').getByRole('button', { name: 'Avsluta' }).click();
  await expect(nurse.page.getByRole('heading', { name: /Du är inte längre med i besöket|Besöket finns inte här/ })).toBeVisible();
  await expect.poll(() => atSfu(visit.nurse.participantId)).toBeNull();
});
