import type { Router } from 'express';
import { require_ } from '../../contract/refusal.ts';
import { visitRoutes } from '../../contract/visits.ts';
import type { Context } from '../context.ts';
import { mount } from '../http/mount.ts';
import { admit } from './hosting.ts';
import { visitsToday } from './today.ts';

export function mountVisits(router: Router, ctx: Context): void {
  mount(router, ctx, visitRoutes, {
    'GET /api/visits/today': async ({ actor }) => {
      require_(actor.kind === 'staff');
      return visitsToday(ctx, actor.userId, new Date());
    },
    'POST /api/visits/:visitId/admit': async ({ actor, params, body }) => {
      await admit(ctx, { userId: actor.userId, visitId: params.visitId }, body.participantId);
      return null;
    },
  });
}
