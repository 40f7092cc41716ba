import type { Router } from 'express';
import { referralRoutes } from '../../contract/referrals.ts';
import type { Context } from '../context.ts';
import { mount } from '../http/mount.ts';
import { answerReferral, referralsOf } from './referrals.ts';

export function mountReferrals(router: Router, ctx: Context): void {
  mount(router, ctx, referralRoutes, {
    'GET /api/visits/:visitId/referrals': ({ actor, params }) => referralsOf(ctx, actor, params.visitId),
    'PUT /api/referrals/:referralId/answer': ({ actor, params, body }) => answerReferral(ctx, actor, params.referralId, body, new Date()),
  });
}
