/** When all that is needed is free at once. */
import { type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { require_ } from '../../contract/refusal.ts';
import type { Need, Slot, schedulingRoutes } from '../../contract/scheduling.ts';
import type { Db, Tx } from '../../drizzle/client.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { may } from '../policies.ts';
import { lanesTaken, spanOf, type Taken } from './bookings.ts';
import { careZone } from './careZone.ts';

type Search = z.output<(typeof schedulingRoutes)['POST /api/slots/search']['body']>;

const stepMinutes = 5;
const quarter = 15;

/**
 * The earliest times at which one of each need is free. Nothing is told of why somebody is not.
 *
 * @throws {Refusal} `forbidden` for one who books nothing at that unit.
 */
export async function findSlots(ctx: Context, actor: Actor, search: Search, now: Date): Promise<Slot[]> {
  require_(may(actor, 'visit.book', search));
  return slotsIn(ctx, search, now);
}

/** The same for whoever may: the policy is judged before. */
export async function slotsIn({ db }: { db: Db | Tx }, search: Search, now: Date): Promise<Slot[]> {
  const { rows } = await db.execute<{ starts_at: Date | string; free: string[][] }>(slotQuery(search, now));
  return rows.map(({ starts_at, free }) => ({ startsAt: new Date(starts_at).toISOString(), free }));
}

type Candidate = { need: number; user_id: string | null; unit_id: string | null; resource_id: string | null };

const candidatesOf = (needs: Need[]): Candidate[] =>
  needs.flatMap((one, need): Candidate[] =>
    'staff' in one
      ? one.staff.map(({ userId, unitId }) => ({ need, user_id: userId, unit_id: unitId, resource_id: null }))
      : one.resources.map((id) => ({ need, user_id: null, unit_id: null, resource_id: id })),
  );

/**
 * One statement, however many weeks, people and bookings: for every candidate what they are free as one multirange, of
 * that where the visit can begin, of a need's candidates together, and of all needs what they have in common.
 */
export function slotQuery({ unitId, from, until, minutes, minutesBefore, minutesAfter, needs, limit }: Search, now: Date): SQL {
  const begin = new Date(Math.max(Date.parse(from), now.getTime())).toISOString();
  const before = sql`make_interval(mins => ${minutesBefore}::int)`;
  const rest = sql`make_interval(mins => ${minutes + minutesAfter}::int)`;
  const step = minutes >= quarter ? quarter : stepMinutes;
  return sql`
    with span as (
      select tstzrange(${begin}::timestamptz - ${before}, ${until}::timestamptz + ${rest}) as whole
    ),
    days as (
      select moment::date as day, extract(isodow from moment)::int as weekday, h.day is not null as holiday
      from generate_series(
        (${begin}::timestamptz at time zone 'UTC')::date - 1, (${until}::timestamptz at time zone 'UTC')::date + 2, interval '1 day'
      ) as moment
      left join holidays h on h.day = moment::date
    ),
    candidate as (
      select row_number() over () as nr, c.*
      from jsonb_to_recordset(${JSON.stringify(candidatesOf(needs))}::jsonb)
        as c(need int, user_id uuid, unit_id uuid, resource_id uuid)
    ),
    open as (
      select coalesce(
        (
          select range_agg(tstzrange(
            (day + h.opens) at time zone ${careZone}, (day + h.closes) at time zone ${careZone}
          )) from unit_hours h join days using (weekday) where h.unit_id = ${unitId} and not holiday
        ),
        case when exists (select from unit_hours where unit_id = ${unitId})
          then '{}'::tstzmultirange else (select tstzmultirange(whole) from span) end
      ) as hours
    ),
    works as (
      select c.nr, range_agg(tstzrange((day + w.opens) at time zone w.zone, (day + w.closes) at time zone w.zone)) as hours
      from candidate c
      join assignments a on a.user_id = c.user_id and a.unit_id = c.unit_id and a.ended_at is null
      join working_hours w on w.assignment_id = a.id
      join days on days.weekday = w.weekday and not holiday
        and (w."from" is null or day >= w."from") and (w.until is null or day <= w.until)
      group by c.nr
    ),
    departs as (
      select c.nr, range_agg(e.during) filter (where e.works) as more, range_agg(e.during) filter (where not e.works) as less
      from candidate c
      join schedule_exceptions e on e.user_id = c.user_id, span
      where e.during && whole
      group by c.nr
    ),
    taken as (
      select c.nr, range_agg(b.during) as hours
      from candidate c
      join bookings b on b.user_id = c.user_id, span
      where b.during && whole
      group by c.nr
      union all
      select c.nr, range_agg(b.during)
      from candidate c
      join bookings b on b.resource_id = c.resource_id, span
      where b.during && whole
      group by c.nr
    ),
    free as (
      select c.nr, c.need, coalesce(c.user_id, c.resource_id) as id,
        (
          case when c.user_id is null then tstzmultirange(whole)
            else coalesce(works.hours, '{}'::tstzmultirange) + coalesce(departs.more, '{}'::tstzmultirange) end
          - coalesce(departs.less, '{}'::tstzmultirange) - coalesce(taken.hours, '{}'::tstzmultirange)
        ) * tstzmultirange(whole) * open.hours as hours
      from candidate c
      cross join span cross join open
      left join works using (nr) left join departs using (nr) left join taken using (nr)
    ),
    begins as (
      select need, range_agg(tstzrange(lower(gap) + ${before}, upper(gap) - ${rest}, '[]')) as moments
      from free, unnest(hours) as gap
      where upper(gap) - lower(gap) >= ${before} + ${rest}
      group by need
    ),
    common as (
      select range_intersect_agg(moments) as moments from begins having count(*) = ${needs.length}
    ),
    slot as (
      select at from common, unnest(moments) as stretch,
        generate_series(
          date_bin(${`${step} minutes`}, lower(stretch) + ${`${step} minutes`}::interval - interval '1 microsecond', '2000-01-01Z'),
          upper(stretch), ${`${step} minutes`}::interval
        ) as at
      where at < ${until}::timestamptz
      order by at
      limit ${limit}
    )
    select slot.at as starts_at,
      (
        select json_agg(ids order by need)
        from (
          select need, json_agg(distinct id) as ids from free
          where hours @> tstzrange(slot.at - ${before}, slot.at + ${rest})
          group by need
        ) as of_need
      ) as free
    from slot order by slot.at`;
}

type Asked = z.output<(typeof schedulingRoutes)['POST /api/slots/busy']['body']>;

/** Which of these are taken then. Only that they are. */
export async function busyThen(ctx: Context, actor: Actor, asked: Asked): Promise<{ userIds: string[]; resourceIds: string[] }> {
  require_(may(actor, 'colleagues.read', null));
  const { startsAt, minutes, userIds, resourceIds, butVisitId } = asked;
  const during = spanOf({ startsAt: new Date(startsAt), durationMinutes: minutes, minutesBefore: 0, minutesAfter: 0 });
  const wanted: Taken[] = [
    ...userIds.map((id) => ({ kind: 'user' as const, id })),
    ...resourceIds.map((id) => ({ kind: 'resource' as const, id })),
  ];
  const taken = await lanesTaken(ctx.db, wanted, during, butVisitId);
  return { userIds: userIds.filter((id) => taken.has(id)), resourceIds: resourceIds.filter((id) => taken.has(id)) };
}
