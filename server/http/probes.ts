import { sql } from 'drizzle-orm';
import { Router } from 'express';
import type { Context } from '../context.ts';

/** For load balancers and operators: alive, ready (database and SFU), and the counters. */
export function probes(ctx: Context): Router {
  const router = Router();
  router.get('/healthz', (_req, res) => void res.type('text').send('ok\n'));
  router.get('/readyz', async (_req, res) => {
    const database = await ctx.db.execute(sql`select 1`).then(
      () => true,
      () => false,
    );
    const sfu = ctx.media.nodes.anyConnected;
    res.status(database && sfu ? 200 : 503).json({ database, sfu });
  });
  router.get('/metrics', async (_req, res) => void res.type(ctx.metrics.registry.contentType).send(await ctx.metrics.registry.metrics()));
  return router;
}
