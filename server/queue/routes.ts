import type { Router } from 'express';
import { queueRoutes } from '../../contract/queue.ts';
import type { Context } from '../context.ts';
import { mount } from '../http/mount.ts';
import { callNext, callUp, queueOf, sendOn, siblingsOf } from './callUp.ts';
import { leaveLine, ownPlaces, ownQueues, standInLine } from './own.ts';
import { changeSettings } from './settings.ts';

export function mountQueue(router: Router, ctx: Context): void {
  mount(router, ctx, queueRoutes, {
    'GET /api/my/queues': ({ actor }) => ownQueues(ctx, actor, new Date()),
    'GET /api/my/queue': ({ actor }) => ownPlaces(ctx, actor, new Date()),
    'POST /api/my/queue': ({ actor, body }) => standInLine(ctx, actor, body, new Date()),
    'POST /api/my/queue/:visitId/leave': async ({ actor, params }) => {
      await leaveLine(ctx, actor, params.visitId, new Date());
      return null;
    },
    'GET /api/units/:unitId/queue': ({ actor, params }) => queueOf(ctx, actor, params.unitId),
    'GET /api/units/:unitId/siblings': ({ actor, params }) => siblingsOf(ctx, actor, params.unitId),
    'PUT /api/units/:unitId/queue': ({ actor, params, body }) => changeSettings(ctx, actor, params.unitId, body),
    'POST /api/units/:unitId/queue/next': ({ actor, params, body }) => callNext(ctx, actor, params.unitId, body.minutes, new Date()),
    'POST /api/visits/:visitId/call': async ({ actor, params, body }) => {
      await callUp(ctx, actor, params.visitId, body.minutes, new Date());
      return null;
    },
    'POST /api/visits/:visitId/send-on': async ({ actor, params, body }) => {
      await sendOn(ctx, actor, params.visitId, body, new Date());
      return null;
    },
  });
}
