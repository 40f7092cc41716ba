import type { Router } from 'express';
import { nodeRoutes } from '../../contract/sfu.ts';
import type { Context } from '../context.ts';
import { mount } from '../http/mount.ts';

export function mountNodes(router: Router, ctx: Context): void {
  mount(router, ctx, nodeRoutes, {
    'POST /api/nodes/report': async ({ body }) => {
      await ctx.media.nodes.report(body, new Date());
      return null;
    },
  });
}
