/** Public holidays, kept in the database so that one statement can leave them out. */

import DateHolidays from 'date-holidays';
import { asc, between } from 'drizzle-orm';
import type { Db } from '../../drizzle/client.ts';
import { holidays } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';

const yearsAhead = 3;

/** Adds those of the years to come; what is there stays. */
export async function keepHolidays(db: Db, now: Date): Promise<void> {
  const calendar = new DateHolidays('SE', { languages: ['sv'] });
  const years = Array.from({ length: yearsAhead + 1 }, (_, ahead) => now.getUTCFullYear() + ahead);
  const rows = years.flatMap((year) =>
    calendar
      .getHolidays(year)
      .filter(({ type }) => type === 'public' || type === 'bank') // Christmas Eve is none by law, and no weekday either
      .map(({ date, name }) => ({ day: date.slice(0, 10), name })),
  );
  await db.insert(holidays).values(rows).onConflictDoNothing();
}

export const holidaysOf = ({ db }: Context, year: string): Promise<{ day: string; name: string }[]> =>
  db
    .select()
    .from(holidays)
    .where(between(holidays.day, `${year}-01-01`, `${year}-12-31`))
    .orderBy(asc(holidays.day));
