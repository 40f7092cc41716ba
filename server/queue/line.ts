/** Who stands in a unit's line, in which order, and how long it may take. */
import { and, asc, eq, gt, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { OwnPlace } from '../../contract/queue.ts';
import { priorities } from '../../contract/requests.ts';
import type { Db, Tx } from '../../drizzle/client.ts';
import { queueHours, visits } from '../../drizzle/schema/index.ts';
import { careZone } from '../scheduling/careZone.ts';

const waiting = and(isNotNull(visits.queuedAt), isNull(visits.calledAt), inArray(visits.state, ['requested', 'triaged']));

/** Whom nobody has assessed comes after what is soon: not before, and not last. */
const rank = sql`coalesce(array_position(array[${sql.join(
  priorities.map((one) => sql`${one}`),
  sql`, `,
)}]::text[], ${visits.priority}::text), 2.5)`;

/** The ids of those who wait, the next one first. */
export const lineOf = (tx: Db | Tx, unitId: string): Promise<{ id: string }[]> =>
  tx
    .select({ id: visits.id })
    .from(visits)
    .where(and(eq(visits.unitId, unitId), waiting))
    .orderBy(asc(rank), asc(visits.queuedAt), asc(visits.id));

/** The next one, whom nobody else is calling up at this moment. */
export async function nextInLine(tx: Tx, unitId: string): Promise<string | null> {
  const [row] = await tx
    .select({ id: visits.id })
    .from(visits)
    .where(and(eq(visits.unitId, unitId), waiting))
    .orderBy(asc(rank), asc(visits.queuedAt), asc(visits.id))
    .limit(1)
    .for('update', { skipLocked: true });
  return row?.id ?? null;
}

const lookBackMs = 2 * 3_600_000;
const fewest = 3;
const step = 5; // minutes

/** From how often somebody has been called up lately. Null where too few have been to say anything. */
export async function expectedAt(tx: Db | Tx, unitId: string, place: number, now: Date): Promise<OwnPlace['expected']> {
  const calls = await tx
    .select({ at: visits.calledAt })
    .from(visits)
    .where(and(eq(visits.unitId, unitId), gt(visits.calledAt, new Date(now.getTime() - lookBackMs))))
    .orderBy(asc(visits.calledAt));
  return expectedFrom(
    calls.flatMap(({ at }) => at ?? []),
    place,
  );
}

/** @param calls - the earliest first. */
export function expectedFrom(calls: Date[], place: number): OwnPlace['expected'] {
  const [first, last] = [calls[0], calls.at(-1)];
  if (!first || !last || calls.length < fewest) return null;
  const gapMinutes = (last.getTime() - first.getTime()) / 60_000 / (calls.length - 1);
  const rounded = (minutes: number): number => Math.max(step, Math.round(minutes / step) * step);
  const fromMinutes = rounded(gapMinutes * place * 0.75);
  return { fromMinutes, toMinutes: Math.max(fromMinutes + step, rounded(gapMinutes * place * 1.5)) };
}

/** Until when the queue takes people in; null if it is closed now. */
export async function openUntil(tx: Db | Tx, unitId: string, now: Date): Promise<Date | null> {
  const at = sql`(${now.toISOString()}::timestamptz at time zone ${careZone})`;
  const [row] = await tx
    .select({ until: sql<string>`max(((${at}::date + ${queueHours.closes}) at time zone ${careZone}))::text` })
    .from(queueHours)
    .where(
      and(
        eq(queueHours.unitId, unitId),
        sql`${queueHours.weekday} = extract(isodow from ${at})::int`,
        sql`${queueHours.opens} <= ${at}::time and ${at}::time < ${queueHours.closes}`,
        sql`not exists (select from holidays where day = ${at}::date)`,
      ),
    );
  return row?.until ? new Date(row.until) : null;
}
