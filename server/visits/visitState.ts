import { asc, eq } from 'drizzle-orm';
import type { VisitState as Stage } from '../../contract/visits.ts';
import type { Db, Tx } from '../../drizzle/client.ts';
import { interpretations, invitations, participants, patients, placements, units, visits } from '../../drizzle/schema/index.ts';
import { loadMeeting, type Meeting } from '../careplan/presence.ts';
import type { Consent } from '../consent/covers.ts';
import { runningConsents } from '../consent/running.ts';

type VisitRow = typeof visits.$inferSelect;

/** A seat, and how often a wrong code was typed for it since its last one was issued. */
export type Person = typeof participants.$inferSelect & { failedCodes: number };
export type Placement = Pick<typeof placements.$inferSelect, 'nodeId' | 'instanceId' | 'epoch'>;
export type UnitOfVisit = Pick<typeof units.$inferSelect, 'id' | 'name' | 'phone' | 'emergencyPhone' | 'mark'>;
export type PatientOfVisit = Pick<typeof patients.$inferSelect, 'id' | 'userId' | 'name' | 'birthDate' | 'protectedIdentity' | 'synthetic'>;

/** A visit with everybody on it and the place of its media room, at one revision. */
export type VisitState = Omit<VisitRow, 'id' | 'state'> & {
  visitId: string;
  stage: Stage;
  unit: UnitOfVisit;
  patient: PatientOfVisit;
  placement: Placement | null;
  /** The interpreter that it needs. */
  interpretation: typeof interpretations.$inferSelect | null;
  people: Person[];
  /** What a plan's meeting goes by; null for every other visit. */
  meeting: Meeting | null;
  /** What the patient has said yes to and has not taken back. */
  consents: Consent[];
};

export const unitColumns = {
  id: units.id,
  name: units.name,
  phone: units.phone,
  emergencyPhone: units.emergencyPhone,
  mark: units.mark,
};
export const patientColumns = {
  id: patients.id,
  userId: patients.userId,
  name: patients.name,
  birthDate: patients.birthDate,
  protectedIdentity: patients.protectedIdentity,
  synthetic: patients.synthetic,
};

/** Null if there is no such visit. `lock` keeps others from changing it until the transaction ends. */
export async function loadVisit(tx: Db | Tx, visitId: string, lock = false): Promise<VisitState | null> {
  const query = tx
    .select({ visit: visits, unit: unitColumns, patient: patientColumns, placement: placements, interpretation: interpretations })
    .from(visits)
    .innerJoin(units, eq(units.id, visits.unitId))
    .innerJoin(patients, eq(patients.id, visits.patientId))
    .leftJoin(placements, eq(placements.visitId, visits.id))
    .leftJoin(interpretations, eq(interpretations.visitId, visits.id))
    .where(eq(visits.id, visitId));
  const [row] = lock ? await query.for('update', { of: visits }) : await query;
  if (!row) return null;
  const held = await runningConsents(tx, [row.patient.id]);
  const { carePlanId } = row.visit;
  const meeting = carePlanId === null ? null : await loadMeeting(tx, carePlanId, new Date());
  return stateOf(row, await loadPeople(tx, visitId), held.get(row.patient.id) ?? [], meeting);
}

export function stateOf(
  {
    visit: { id, state, ...visit },
    unit,
    patient,
    placement,
    interpretation,
  }: {
    visit: VisitRow;
    unit: UnitOfVisit;
    patient: PatientOfVisit;
    placement: Placement | null;
    interpretation: VisitState['interpretation'];
  },
  people: Person[],
  consents: Consent[],
  meeting: Meeting | null = null,
): VisitState {
  return { ...visit, visitId: id, stage: state, unit, patient, placement, interpretation, people, consents, meeting };
}

async function loadPeople(tx: Db | Tx, visitId: string): Promise<Person[]> {
  const rows = await tx
    .select({ person: participants, failedCodes: invitations.failures })
    .from(participants)
    .leftJoin(invitations, eq(invitations.participantId, participants.id))
    .where(eq(participants.visitId, visitId))
    .orderBy(asc(participants.id));
  return rows.map(({ person, failedCodes }) => ({ ...person, failedCodes: failedCodes ?? 0 }));
}
