import type { Router } from 'express';
import { delegationRoutes } from '../../contract/delegations.ts';
import type { Context } from '../context.ts';
import { mount } from '../http/mount.ts';
import { delegate, delegationsOf, endDelegation } from './delegations.ts';

export function mountDelegations(router: Router, ctx: Context): void {
  mount(router, ctx, delegationRoutes, {
    'GET /api/units/:unitId/delegations': ({ actor, params }) => delegationsOf(ctx, actor, params.unitId),
    'POST /api/units/:unitId/delegations': ({ actor, params, body }) => delegate(ctx, actor, params.unitId, body, new Date()),
    'POST /api/delegations/:delegationId/end': async ({ actor, params }) => {
      await endDelegation(ctx, actor, params.delegationId, new Date());
      return null;
    },
  });
}
