/** What the installation demands, as it stands in the database. */
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { defaultPolicy, type Policy, type policyRoutes } from '../../contract/policy.ts';
import { require_ } from '../../contract/refusal.ts';
import type { Db } from '../../drizzle/client.ts';
import { policies } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import { overtaken } from '../people/overtaken.ts';
import { may } from '../policies.ts';
import type { Actor } from './sessions.ts';

const everyMs = 5_000;

type Versioned = Policy & { version: number };
export type Demands = Awaited<ReturnType<typeof keepDemands>>;

const read = async (db: Db): Promise<Versioned> => {
  const [row] = await db.select().from(policies);
  return row ? { ...row.policy, version: row.version } : { ...defaultPolicy, version: 0 };
};

/** Keeps it at hand, so that no request waits for it; what another server changed is here within seconds. */
export async function keepDemands(db: Db, onError: (error: unknown) => void) {
  let now = await read(db);
  const refresh = async (): Promise<void> => {
    now = await read(db);
  };
  const timer = setInterval(() => void refresh().catch(onError), everyMs);
  return { current: (): Versioned => now, refresh, close: () => clearInterval(timer) };
}

export function readPolicy(ctx: Context, actor: Actor): Versioned {
  require_(may(actor, 'policy.administer', null));
  return ctx.demands.current();
}

type Change = z.output<(typeof policyRoutes)['PUT /api/policy']['body']>;

/** @throws {Refusal} `conflict` for one who did not see the newest. */
export async function changePolicy(ctx: Context, actor: Actor, { basedOn, ...policy }: Change): Promise<Versioned> {
  require_(may(actor, 'policy.administer', null));
  await ctx.db.transaction(async (tx) => {
    const version = basedOn + 1;
    const rows =
      basedOn === 0
        ? await tx.insert(policies).values({ policy, version }).onConflictDoNothing().returning()
        : await tx
            .update(policies)
            .set({ policy, version })
            .where(and(eq(policies.id, true), eq(policies.version, basedOn)))
            .returning();
    if (rows.length === 0) throw overtaken();
    await writeAudit(tx, { actorId: actor.userId, action: 'policy.change' });
  });
  await ctx.demands.refresh();
  return ctx.demands.current();
}
