/**
 * `npm run operator -- NAME`: the first account of an installation with a database of its own. It adds organisations,
 * units and their administrators; it sees no patient.
 */
import { begin, Hindrance } from '../contract/process.ts';
import { openDatabase } from '../drizzle/client.ts';
import { migrate } from '../drizzle/migrate.ts';
import { users } from '../drizzle/schema/index.ts';
import { writeAudit } from '../server/access/audit.ts';
import { newPassword } from '../server/identity/codes.ts';
import { hashSecret } from '../server/identity/passwords.ts';

await begin(async () => {
  const url = process.env.DATABASE_URL;
  const username = process.argv[2]?.toLowerCase() ?? '';
  if (!url) throw new Hindrance('DATABASE_URL: wants the database of the installation. The demo has an operator already.');
  if (!/^[a-z0-9][a-z0-9._-]{2,63}$/.test(username))
    throw new Hindrance('Name the account: npm run operator -- NAME, with 3 to 64 of a-z, 0-9, full stop and hyphen.');
  await migrate(url);
  const { db, pool } = openDatabase(url, () => undefined, 1);
  try {
    const password = newPassword();
    const passwordHash = await hashSecret(password);
    const made = await db.transaction(async (tx) => {
      const [row] = await tx
        .insert(users)
        .values({ kind: 'staff', username, passwordHash, place: '', operator: true })
        .onConflictDoNothing()
        .returning({ id: users.id });
      if (row) await writeAudit(tx, { actorId: null, action: 'operator.add', subjectId: row.id });
      return row;
    });
    if (!made) throw new Hindrance(`There is an account "${username}" already.`);
    process.stdout.write(`Account:  ${username}\nPassword: ${password}\nIt is kept nowhere in clear.\n`);
  } finally {
    await pool.end();
  }
});
