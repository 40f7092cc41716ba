import type { Router } from 'express';
import { checkRoutes } from '../../contract/check.ts';
import { Refusal } from '../../contract/refusal.ts';
import { nodeRoutes } from '../../contract/sfu.ts';
import type { Context } from '../context.ts';
import { mount } from '../http/mount.ts';
import { keepCheck } from '../visits/checks.ts';
import { beginCheck, closeCheck, joinCheck, requireCheck, showInCheck, startInCheck } from './checks.ts';
import { relayFor } from './relay.ts';

export function mountMedia(router: Router, ctx: Context): void {
  mount(router, ctx, nodeRoutes, {
    'POST /api/nodes/report': async ({ body }) => {
      await ctx.media.nodes.report(body, new Date());
      return null;
    },
  });
  mount(router, ctx, checkRoutes, {
    'POST /api/checks': async ({ from }) => {
      await ctx.limits.checking(from.address);
      const { rtpCapabilities } = ctx.media.nodes;
      if (!rtpCapabilities) throw new Refusal('media_unavailable', 'Sound and picture cannot be reached at the moment. Try again soon.');
      const now = new Date();
      const checkId = beginCheck(ctx, now);
      return { checkId, rtpCapabilities, iceServers: relayFor(ctx.env, checkId, now) };
    },
    'POST /api/checks/:checkId/:path/join': async ({ params, body }) => {
      requireCheck(ctx, params.checkId, new Date());
      return joinCheck(ctx, params, body);
    },
    'POST /api/checks/:checkId/:path/start': async ({ params, body }) => {
      requireCheck(ctx, params.checkId, new Date());
      return startInCheck(ctx, params, body.source, body.rtpParameters);
    },
    'POST /api/checks/:checkId/:path/show': async ({ params, body }) => {
      requireCheck(ctx, params.checkId, new Date());
      await showInCheck(ctx, params, body.consumers);
      return null;
    },
    'POST /api/checks/:checkId/report': async ({ actor, params, body }) => {
      requireCheck(ctx, params.checkId, new Date());
      const verdict = await keepCheck(ctx, actor, body.report, body, new Date());
      await closeCheck(ctx, params.checkId);
      return { verdict };
    },
  });
}
