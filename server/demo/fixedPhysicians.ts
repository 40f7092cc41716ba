/** Some of the demo's patients have a physician whom they are to meet; the others are there to be given one. */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Tx } from '../../drizzle/client.ts';
import { patients, users } from '../../drizzle/schema/index.ts';
import { idOf } from './idOf.ts';

const demos = [
  { username: 'lakare.lissabon', of: ['tallmo', 'hedman', 'bjorkdal', 'ronnlund'] },
  { username: 'lakare.storuman', of: ['nyberg', 'marklund'] },
];

/** Whoever was given one keeps it. Staff outlive the patients of a demo that is laid anew. */
export async function layFixedPhysicians(tx: Tx): Promise<void> {
  for (const { username, of } of demos) {
    const [physician] = await tx.select({ id: users.id }).from(users).where(eq(users.username, username));
    if (!physician) continue; // whoever runs the demo has taken them away
    const theirs = inArray(
      patients.id,
      of.map((key) => idOf('patient', key)),
    );
    await tx
      .update(patients)
      .set({ fixedPhysicianId: physician.id })
      .where(and(theirs, isNull(patients.fixedPhysicianId)));
  }
}
