import type { Router } from 'express';
import { interpretingRoutes } from '../../contract/interpreting.ts';
import type { Context } from '../context.ts';
import { mount } from '../http/mount.ts';
import { confirmInterpreter, endOrder, orderInterpreter } from './orders.ts';

export function mountInterpreting(router: Router, ctx: Context): void {
  mount(router, ctx, interpretingRoutes, {
    'PUT /api/visits/:visitId/interpreter': async ({ actor, params, body }) => {
      await orderInterpreter(ctx, actor, params.visitId, body, new Date());
      return null;
    },
    'POST /api/visits/:visitId/interpreter/confirm': ({ actor, params, body }) =>
      confirmInterpreter(ctx, actor, params.visitId, body.interpreterNumber, new Date()),
    'POST /api/visits/:visitId/interpreter/end': ({ actor, params, body }) => endOrder(ctx, actor, params.visitId, body.reason, new Date()),
  });
}
