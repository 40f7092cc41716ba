import type { Router } from 'express';
import { accessRoutes } from '../../contract/access.ts';
import type { Context } from '../context.ts';
import { mount } from '../http/mount.ts';
import { ownAccesses } from './report.ts';

export function mountAccess(router: Router, ctx: Context): void {
  mount(router, ctx, accessRoutes, {
    'GET /api/my/accesses': ({ actor, query }) => ownAccesses(ctx, actor, query.before),
  });
}
