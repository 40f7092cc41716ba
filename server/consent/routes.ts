import type { Router } from 'express';
import { consentRoutes } from '../../contract/consent.ts';
import type { Context } from '../context.ts';
import { mount } from '../http/mount.ts';
import { consentsOf, giveOwnConsent, keepConsent, ownConsents, withdrawConsent } from './consents.ts';

export function mountConsent(router: Router, ctx: Context): void {
  mount(router, ctx, consentRoutes, {
    'GET /api/patients/:patientId/consents': ({ actor, params }) => consentsOf(ctx, actor, params.patientId),
    'POST /api/patients/:patientId/consents': ({ actor, params, body }) => keepConsent(ctx, actor, params.patientId, body, new Date()),
    'POST /api/consents/:consentId/withdraw': async ({ actor, params }) => {
      await withdrawConsent(ctx, actor, params.consentId, new Date());
      return null;
    },
    'GET /api/my/consents': ({ actor }) => ownConsents(ctx, actor),
    'POST /api/my/consents': ({ actor, body }) => giveOwnConsent(ctx, actor, body, new Date()),
  });
}
