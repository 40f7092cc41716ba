/** Region, municipality and school with who works there, a person and those close to them, for tests of coordinated plans. */
import type { Db } from '../drizzle/client.ts';
import { directoryUnits } from '../drizzle/schema/index.ts';
import { type Account, type CareHome, makeAccount, makeCareHome, makePatient, makeRelative, makeUnit } from './care.ts';

export type PlanPeople = {
  clinic: CareHome;
  coordinator: Account;
  physician: Account;
  wrongUnit: Account; // gets a summons that is another's
  assessor: Account;
  patientId: string;
  relativeId: string;
};

export const personName = 'Test Tallberg';

/** @param part - of the patient: a birth date for a child. */
export async function makePlanPeople(db: Db, part: Parameters<typeof makePatient>[2] = {}): Promise<PlanPeople> {
  const clinic = await makeCareHome(db, 'Dorotea hälsocentral');
  const social = await makeCareHome(db, 'Socialtjänsten, mottagning');
  const elderly = await makeUnit(db, social.organisationId, 'Socialtjänsten, vuxna');
  const coordinator = await makeAccount(db, clinic.unitId, 'nurse', 'Dorotea', 'Test Distriktssköterska');
  const physician = await makeAccount(db, clinic.unitId, 'remotePhysician', 'Lissabon', 'Test Läkare');
  const wrongUnit = await makeAccount(db, social.unitId, 'needsAssessor', 'Dorotea', 'Test Mottagning');
  const assessor = await makeAccount(db, elderly.unitId, 'needsAssessor', 'Dorotea', 'Test Handläggare');
  const patientId = await makePatient(db, clinic, { name: personName, ...part });
  const relativeId = await makeRelative(db, patientId, 'Test Dotter');
  const principal = 'Testkommunen';
  await db.insert(directoryUnits).values([
    { principal: 'Testregionen', name: 'Dorotea hälsocentral', kind: 'region', channel: 'samrum', unitId: clinic.unitId },
    { principal, name: 'Socialtjänsten, mottagning', kind: 'socialServices', channel: 'samrum', unitId: social.unitId },
    { principal, name: 'Socialtjänsten, vuxna', kind: 'socialServices', channel: 'samrum', unitId: elderly.unitId },
    { principal, name: 'Vuxenskolan', kind: 'school', channel: 'system', system: 'Provsystemet' },
  ]);
  return { clinic, coordinator, physician, wrongUnit, assessor, patientId, relativeId };
}
