import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';

const migrationLock = 7_269_827_861; // any number of our own

/** Brings the database to the newest schema. Several may call it at once: the advisory lock lets one through at a time. */
export async function migrate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    const db = drizzle(client);
    await db.execute(sql`select pg_advisory_lock(${migrationLock})`);
    await runMigrations(db, { migrationsFolder: new URL('./migrations', import.meta.url).pathname });
  } finally {
    await client.end(); // frees the lock too
  }
}
