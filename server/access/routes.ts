import type { Router } from 'express';
import { accessRoutes } from '../../contract/access.ts';
import type { Context } from '../context.ts';
import { mount } from '../http/mount.ts';
import { addAgreement, agreementsOf, changeAgreement } from './agreements.ts';
import { blocksFor, liftBlock, ownBlocks, setBlock, setOwnBlock } from './blocks.ts';
import { lookAtBlocks, openBlocked, openPatient } from './openings.ts';
import { ownAccesses } from './report.ts';
import { keepReview, reviewsOf } from './review.ts';

export function mountAccess(router: Router, ctx: Context): void {
  mount(router, ctx, accessRoutes, {
    'POST /api/openings': ({ actor, body }) => openPatient(ctx, actor, body, new Date()),
    'GET /api/patients/:patientId/blocks': ({ actor, params }) => blocksFor(ctx, actor, params.patientId),
    'POST /api/patients/:patientId/blocks': ({ actor, params, body }) => setBlock(ctx, actor, params.patientId, body.unitId),
    'POST /api/blocks/:blockId/lift': async ({ actor, params }) => {
      await liftBlock(ctx, actor, params.blockId, new Date());
      return null;
    },
    'POST /api/patients/:patientId/emergency/look': ({ actor, params, body }) =>
      lookAtBlocks(ctx, actor, params.patientId, body.reason, new Date()),
    'POST /api/patients/:patientId/emergency/open': ({ actor, params, body }) =>
      openBlocked(ctx, actor, params.patientId, body, new Date()),
    'GET /api/my/blocks': ({ actor }) => ownBlocks(ctx, actor),
    'POST /api/my/blocks': ({ actor, body }) => setOwnBlock(ctx, actor, body),
    'GET /api/reviews': ({ actor }) => reviewsOf(ctx, actor, new Date()),
    'PUT /api/reviews/:entryId': async ({ actor, params, body }) => {
      await keepReview(ctx, actor, params.entryId, body, new Date());
      return null;
    },
    'GET /api/agreements': ({ actor }) => agreementsOf(ctx, actor),
    'POST /api/agreements': ({ actor, body }) => addAgreement(ctx, actor, body),
    'PUT /api/agreements/:agreementId': ({ actor, params, body }) => changeAgreement(ctx, actor, params.agreementId, body),
    'GET /api/my/accesses': ({ actor, query }) => ownAccesses(ctx, actor, query.before),
  });
}
