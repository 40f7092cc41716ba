import type pg from 'pg';

export const size = { patients: 100_000, visits: 1_000_000, units: 300 };

/** Fills a database with patients and visits over four years: two seats a visit, ten staff a unit, audit rows as of a year. */
export async function fillLarge(pool: pg.Pool): Promise<Record<string, number>> {
  const { patients, visits, units } = size;
  const sql = [
    `insert into organisations (id, name, kind) select gen_random_uuid(), 'Kommun ' || n, 'municipality' from generate_series(1, 15) n`,
    `insert into units (organisation_id, name, kind, phone, mark)
     select (select id from organisations order by id offset n % 15 limit 1), 'Enhet ' || n, 'careHome', '+46980319200',
       substr('23456789ABCDEFGHJKLMNPQRSTUVWXYZ', 1 + n / 32, 1) || substr('23456789ABCDEFGHJKLMNPQRSTUVWXYZ', 1 + n % 32, 1)
     from generate_series(1, ${units}) n on conflict do nothing`,
    `create temporary table u as select id, organisation_id, row_number() over (order by id) - 1 as n from units where name like 'Enhet %'`,
    `insert into users (id, kind, username, password_hash, place) select gen_random_uuid(), 'staff', 'staff' || n, 'x', 'Dorotea' from generate_series(1, ${units * 10}) n`,
    `create temporary table s as select id, row_number() over (order by id) - 1 as n from users where username like 'staff%'`,
    `insert into assignments (user_id, unit_id, role) select s.id, u.id, 'nurse' from s join u on u.n = s.n % (select count(*) from u)`,
    `create temporary table p as select gen_random_uuid() as id, gen_random_uuid() as user_id, n from generate_series(0, ${patients - 1}) n`,
    `create unique index on p (n)`,
    `insert into users (id, kind, name, place) select user_id, 'patient', 'Test ' || n, '' from p`,
    `insert into patients (id, organisation_id, user_id, name, number_kind, number, birth_date)
     select p.id, u.organisation_id, p.user_id, 'Test ' || p.n, 'reserve', 'R' || p.n, '1940-01-01' from p join u on u.n = p.n % (select count(*) from u)`,
    `insert into care_relations (patient_id, unit_id) select p.id, u.id from p join u on u.n = p.n % (select count(*) from u)`,
    `create temporary table v as select gen_random_uuid() as id, n, n % ${patients} as p, date_trunc('minute', now()) - interval '2 years' + n * interval '126 seconds' as starts_at from generate_series(0, ${visits - 1}) n`,
    `insert into visits (id, unit_id, patient_id, starts_at, place, state)
     select v.id, u.id, p.id, v.starts_at, 'Rum', case when v.starts_at < now() then 'completed' else 'booked' end::visit_state
     from v join p on p.n = v.p join u on u.n = v.p % (select count(*) from u)`,
    `insert into participants (id, visit_id, starts_at, user_id, role, place, unit_id, host, status)
     select gen_random_uuid(), v.id, v.starts_at, s.id, 'nurse', 'Dorotea', u.id, true, 'admitted'
     from v join u on u.n = v.p % (select count(*) from u) join s on s.n = v.n % (select count(*) from s)`,
    `insert into participants (id, visit_id, starts_at, user_id, role, name, place)
     select gen_random_uuid(), v.id, v.starts_at, p.user_id, 'patient', 'Test', '' from v join p on p.n = v.p`,
    `insert into audit_entries (at, actor_id, action, subject_id, visit_id) select v.starts_at, s.id, 'visit.read', v.id, v.id from v join s on s.n = v.n % (select count(*) from s)`,
    'analyze',
  ];
  const client = await pool.connect();
  try {
    for (const text of sql) await client.query(text);
    const { rows } = await client.query(
      `select (select count(*)::int from patients) as patients, (select count(*)::int from visits) as visits, (select count(*)::int from participants) as seats`,
    );
    return rows[0] as Record<string, number>;
  } finally {
    client.release();
  }
}
