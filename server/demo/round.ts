/** The round of the demo: four residents of a care home, by the doctor in Lisbon. */
import { randomUUID } from 'node:crypto';
import { eq, inArray } from 'drizzle-orm';
import type { Brief } from '../../contract/rounds.ts';
import type { Tx } from '../../drizzle/client.ts';
import { participants, roundItems, rounds, users, visits } from '../../drizzle/schema/index.ts';
import { idOf } from './idOf.ts';
import { demoPatients } from './patients.ts';

const inMs = 60 * 60_000;
const quarterMs = 15 * 60_000;
const doctor = { username: 'lakare.lissabon', mark: 'VK', place: 'Lissabon' };
const nurse = { username: 'sjukskoterska.dorotea', mark: 'DR', place: 'Dorotea' };
const residents = ['tallmo', 'nordin', 'hedman', 'nyberg'];

const brief: Brief = {
  situation: 'Påhittat: tröttare sedan i förrgår, äter sämre.',
  background: 'Påhittat: hjärtsvikt, högt blodtryck.',
  assessment: 'Påhittat: lätt feber, hostar, ingen smärta.',
  recommendation: 'Behöver prover tas i dag?',
  questions: 'Dottern undrar om hon ska komma hit.',
  medicines: '',
  informed: true,
  allergies: null,
  warnings: null,
  careLevel: { decision: 'Vård på boendet i första hand (påhittat)', by: 'Läkare, Lissabon', on: '2025-06-01', source: 'journalen' },
  hearing: 'Hörapparat på höger öra',
  sight: null,
};

/** A round in an hour, with its list locked and one brief written. */
export async function layRound(tx: Tx, now: Date): Promise<void> {
  const people = await tx
    .select({ id: users.id, username: users.username })
    .from(users)
    .where(inArray(users.username, [doctor.username, nurse.username]));
  const idFor = ({ username }: { username: string }): string | undefined => people.find((one) => one.username === username)?.id;
  const [doctorId, nurseId] = [idFor(doctor), idFor(nurse)];
  if (!doctorId || !nurseId) return; // whoever runs the demo has taken them away
  const startsAt = new Date(Math.ceil((now.getTime() + inMs) / quarterMs) * quarterMs);
  const [id, unitId, doctorUnitId] = [randomUUID(), idOf('unit', nurse.mark), idOf('unit', doctor.mark)];
  const bedside = [{ userId: nurseId, unitId }];
  await tx.insert(rounds).values({
    id,
    unitId,
    startsAt,
    minutesEach: 10,
    state: 'list_locked',
    doctorId,
    doctorUnitId,
    bedside,
    madeBy: nurseId,
    synthetic: true,
  });
  const known = demoPatients(now).filter(({ key }) => residents.includes(key));
  for (const [index, { key, place, address, entrance, language }] of known.entries()) {
    const [visitId, patientId] = [randomUUID(), idOf('patient', key)];
    const where = { place, address, entrance, callbackPhone: '+46980319200', language: language ?? ('sv' as const) };
    await tx.insert(visits).values({
      id: visitId,
      unitId,
      patientId,
      startsAt,
      durationMinutes: 10,
      roundId: id,
      partition: 'sealed',
      synthetic: true,
      ...where,
    });
    const seat = { visitId, startsAt, status: 'admitted' as const };
    await tx.insert(participants).values([
      { ...seat, id: randomUUID(), userId: doctorId, role: 'remotePhysician', place: doctor.place, unitId: doctorUnitId, host: true },
      { ...seat, id: randomUUID(), userId: nurseId, role: 'nurse', place: nurse.place, unitId, atBedside: true },
    ]);
    await tx.insert(roundItems).values({
      id: randomUUID(),
      roundId: id,
      visitId,
      patientId,
      position: index + 1,
      urgency: index === 0 ? 'soon' : 'routine',
      infected: index === known.length - 1,
      ...(index === 0 ? { brief: JSON.stringify(brief), briefReadyAt: now } : {}),
    });
  }
}

/** A round keeps its visits; the demo's goes before them. */
export const takeRoundsAway = async (tx: Tx): Promise<void> => void (await tx.delete(rounds).where(eq(rounds.synthetic, true)));
