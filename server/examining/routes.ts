import type { Router } from 'express';
import { stillRoutes } from '../../contract/stills.ts';
import type { Context } from '../context.ts';
import { mount } from '../http/mount.ts';
import { freeze, frozenPicture } from './frozen.ts';
import { announce, beforeTaking, bring, stillPicture, stillsBesideVisit, strike } from './stills.ts';

export function mountExamining(router: Router, ctx: Context): void {
  mount(router, ctx, stillRoutes, {
    'GET /api/visits/:visitId/stills': ({ actor, params }) => stillsBesideVisit(ctx, actor, params.visitId),
    'GET /api/visits/:visitId/stills/taking': ({ actor, params }) => beforeTaking(ctx, actor, params.visitId, new Date()),
    'POST /api/visits/:visitId/stills': ({ actor, params, body }) => announce(ctx, actor, params.visitId, body, new Date()),
    'PUT /api/stills/:stillId/picture': async ({ actor, params, body }) => {
      await bring(ctx, actor, params.stillId, body, new Date());
      return null;
    },
    'GET /api/stills/:stillId/picture': ({ actor, params, query }) => stillPicture(ctx, actor, params.stillId, query.small === 'yes'),
    'POST /api/stills/:stillId/strike': async ({ actor, params, body }) => {
      await strike(ctx, actor, params.stillId, body.reason, new Date());
      return null;
    },
    'PUT /api/visits/:visitId/frozen': async ({ actor, params, query, body }) => {
      await freeze(ctx, actor, params.visitId, query, body, new Date());
      return null;
    },
    'GET /api/visits/:visitId/frozen/:frozenId': ({ actor, params }) => frozenPicture(ctx, actor, params.visitId, params.frozenId),
  });
}
