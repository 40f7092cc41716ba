import { and, eq, isNotNull } from 'drizzle-orm';
import { Hindrance } from '../../contract/process.ts';
import type { Db } from '../../drizzle/client.ts';
import { users } from '../../drizzle/schema/index.ts';
import { secretMatches } from '../identity/passwords.ts';
import { demoPassword } from './staff.ts';

/** @throws if a demo person could log in with the password that everybody knows. */
export async function refuseDemoPasswords(db: Db): Promise<void> {
  const demo = await db
    .select({ username: users.username, passwordHash: users.passwordHash })
    .from(users)
    .where(and(eq(users.synthetic, true), isNotNull(users.passwordHash)));
  for (const { username, passwordHash } of demo) {
    if (await secretMatches(passwordHash, demoPassword)) {
      throw new Hindrance(
        `The database has the demo account "${username}" with the demo password: use another database, or remove the demo people.`,
      );
    }
  }
}
