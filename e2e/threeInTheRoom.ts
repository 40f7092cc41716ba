import type { TestVisit } from '../testing/care.ts';
import type { Line } from '../testing/line/Line.ts';
import { doctorSignature, type LaunchOptions, nurseSignature, type Person, relativeSignature, type Signature } from './people.ts';

export type Three = { doctor: Person; nurse: Person; relative: Person };

/** All three are in the room; the relative has waited and has been let in by the doctor. */
export async function threeInTheRoom(
  visit: TestVisit,
  person: (signature: Signature, options?: LaunchOptions) => Promise<Person>,
  lines: Partial<Record<keyof Three, Line>> = {},
): Promise<Three> {
  const launch = (who: keyof Three, signature: Signature): Promise<Person> => person(signature, lines[who] ? { line: lines[who] } : {});
  const [doctor, nurse, relative] = await Promise.all([
    launch('doctor', doctorSignature),
    launch('nurse', nurseSignature),
    launch('relative', relativeSignature),
  ]);
  await doctor.goIn(visit, visit.doctor);
  await nurse.goIn(visit, visit.nurse);
  await relative.knock(visit.relative);
  await doctor.page.getByRole('button', { name: 'Släpp in Test Anhörig' }).click();
  await relative.inRoom();
  return { doctor, nurse, relative };
}

/** Each sees and hears both others. */
export async function eachSeesAndHearsBothOthers({ doctor, nurse, relative }: Three, visit: TestVisit): Promise<void> {
  const all = [
    { at: doctor, id: visit.doctor.participantId, signature: doctorSignature },
    { at: nurse, id: visit.nurse.participantId, signature: nurseSignature },
    { at: relative, id: visit.relative.participantId, signature: relativeSignature },
  ];
  for (const { at, id: own } of all) {
    for (const { id, signature } of all.filter((other) => other.id !== own)) {
      await at.sees(id, signature);
      await at.hears(id, signature);
    }
  }
}
