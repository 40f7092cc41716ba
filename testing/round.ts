/** A care home with residents and a round of them, for tests. */
import { randomUUID } from 'node:crypto';
import type { IssuedCode } from '../contract/codes.ts';
import type { Brief, Round } from '../contract/rounds.ts';
import type { Reply } from '../contract/wire.ts';
import type { Db } from '../drizzle/client.ts';
import { type Account, type CareHome, makeAccount, makeCareHome, makePatient, makeRelative } from './care.ts';

export type Resident = { itemId: string; visitId: string; patientId: string; name: string; birthDate: string; relativeId: string | null };
export type TestRound = {
  id: string;
  home: CareHome;
  clinic: CareHome;
  doctor: Account;
  nurse: Account;
  residents: Resident[];
};

export const ready = { hearingAids: 'yes', glasses: 'notNeeded', quiet: 'yes', light: 'yes', soundHeard: 'yes' } as const;
export const emptyBrief: Brief = {
  situation: '',
  background: '',
  assessment: '',
  recommendation: '',
  questions: '',
  medicines: '',
  informed: null,
  allergies: null,
  warnings: null,
  careLevel: null,
  hearing: null,
  sight: null,
};

/** Who takes part, and the residents; the round itself is made over the product's own routes. */
export async function makeRoundPeople(db: Db, count: number, withRelative: readonly number[] = []): Promise<TestRound> {
  const home = await makeCareHome(db, 'Provhemmet');
  const clinic = await makeCareHome(db, 'Provkliniken');
  const doctor = await makeAccount(db, clinic.unitId, 'remotePhysician', 'Lissabon', 'Test Läkare');
  const nurse = await makeAccount(db, home.unitId, 'nurse', 'Dorotea', 'Test Sköterska');
  const residents: Resident[] = [];
  for (let nr = 1; nr <= count; nr++) {
    const name = `Test Boende ${nr}`;
    const patientId = await makePatient(db, home, { name });
    const row = await db.query.patients.findFirst({ where: (row, { eq }) => eq(row.id, patientId) });
    const relativeId = withRelative.includes(nr) ? await makeRelative(db, patientId, `Test Anhörig ${nr}`) : null;
    residents.push({ itemId: randomUUID(), visitId: randomUUID(), patientId, name, birthDate: row?.birthDate ?? '', relativeId });
  }
  return { id: randomUUID(), home, clinic, doctor, nurse, residents };
}

type Poster = { post: (path: string, body?: unknown) => Promise<Reply<unknown>>; get: (path: string) => Promise<Reply<unknown>> };

const done = <T>(reply: Reply<unknown>): T => {
  if (!reply.ok) throw new Error(`${reply.code} ${reply.field ?? ''}: ${reply.message}`);
  return reply.data as T;
};

export const roundBody = ({ id, home, clinic, doctor, nurse }: TestRound, part: object = {}) => ({
  id,
  unitId: home.unitId,
  startsAt: new Date().toISOString(),
  minutesEach: 10,
  doctor: { userId: doctor.userId, unitId: clinic.unitId },
  bedside: [{ userId: nurse.userId, unitId: home.unitId }],
  ...part,
});

export const residentBody = ({ itemId, visitId, patientId, relativeId }: Resident, part: object = {}) => ({
  itemId,
  visitId,
  patientId,
  place: 'Rum 1',
  urgency: 'routine',
  infected: false,
  ...(relativeId ? { relativeIds: [relativeId], consented: [relativeId] } : {}),
  ...part,
});

/** Makes the round, with everybody on its list. @returns the codes of the relatives. */
export async function planRound(nurse: Poster, round: TestRound): Promise<IssuedCode[]> {
  done(await nurse.post('/api/rounds', roundBody(round)));
  const codes: IssuedCode[] = [];
  for (const resident of round.residents)
    codes.push(...done<IssuedCode[]>(await nurse.post(`/api/rounds/${round.id}/items`, residentBody(resident))));
  return codes;
}

export async function startRound(nurse: Poster, round: TestRound): Promise<void> {
  done(await nurse.post(`/api/rounds/${round.id}/lock`));
  done(await nurse.post(`/api/rounds/${round.id}/start`));
}

export const readRound = async (caller: Poster, { id }: TestRound): Promise<Round> => done(await caller.get(`/api/rounds/${id}`));

export const opening = ({ name, birthDate }: Resident, part: object = {}) => ({
  name,
  birthDate,
  wiped: true,
  acknowledged: true,
  readiness: ready,
  ...part,
});
