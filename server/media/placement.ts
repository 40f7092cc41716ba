import { sql } from 'drizzle-orm';
import { Refusal } from '../../contract/refusal.ts';
import type { Db } from '../../drizzle/client.ts';
import type { Placement } from '../visits/visitState.ts';
import { liveMs } from './SfuNodes.ts';

/**
 * Where the visit's media room is: where it was, if that start of the node still reports; else on the least-loaded node
 * of the allowed regions, one epoch up. One statement, so that servers racing for it agree.
 *
 * @param lostEpoch - that placement is known to be gone even if its node lives.
 * @throws {Refusal} `media_unavailable` if no node lives.
 */
export async function placeRoom(db: Db, visitId: string, regions: string[], lostEpoch = 0): Promise<Placement> {
  const placed = await db.execute<{ node_id: string; instance_id: string; epoch: number }>(sql`
    with live as (
      select * from sfu_nodes where reported_at > now() - ${liveMs} * interval '1 millisecond'
    ), choice as (
      select node_id, instance_id from live
      where region in (${sql.join(
        regions.map((region) => sql`${region}`),
        sql`, `,
      )})
      order by draining, load::float / capacity, node_id limit 1
    )
    insert into placements as p (visit_id, node_id, instance_id, epoch)
    select ${visitId}, node_id, instance_id, 1 from choice
    on conflict (visit_id) do update set
      node_id = case when ${stands(lostEpoch)} then p.node_id else excluded.node_id end,
      instance_id = case when ${stands(lostEpoch)} then p.instance_id else excluded.instance_id end,
      epoch = case when ${stands(lostEpoch)} then p.epoch else p.epoch + 1 end
    returning node_id, instance_id, epoch`);
  const row = placed.rows[0];
  if (!row) throw new Refusal('media_unavailable', 'Sound and picture cannot be reached at the moment. It is tried again.');
  return { nodeId: row.node_id, instanceId: row.instance_id, epoch: row.epoch };
}

const stands = (lostEpoch: number) => sql`(p.epoch > ${lostEpoch} and exists (
  select 1 from sfu_nodes n where n.instance_id = p.instance_id and n.reported_at > now() - ${liveMs} * interval '1 millisecond'))`;
