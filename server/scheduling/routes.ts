import type { Router } from 'express';
import { bookingRoutes } from '../../contract/booking.ts';
import { requestRoutes } from '../../contract/requests.ts';
import type { Context } from '../context.ts';
import { mount } from '../http/mount.ts';
import { bookVisit } from './book.ts';
import { findColleagues } from './colleagues.ts';
import { reissue } from './invite.ts';
import { ask, changeDetails, withdraw } from './rebook.ts';
import { askForVisit, ownUnits, requestsOf, triage } from './requests.ts';

export function mountScheduling(router: Router, ctx: Context): void {
  mount(router, ctx, requestRoutes, {
    'GET /api/my/units': ({ actor }) => ownUnits(ctx, actor),
    'POST /api/my/requests': async ({ actor, body }) => {
      await askForVisit(ctx, actor, body, new Date());
      return null;
    },
    'GET /api/requests': ({ actor }) => requestsOf(ctx, actor),
    'POST /api/visits/:visitId/triage': async ({ actor, params, body }) => {
      await triage(ctx, actor, params.visitId, body.priority);
      return null;
    },
  });
  mount(router, ctx, bookingRoutes, {
    'POST /api/colleagues/search': ({ actor, body }) => findColleagues(ctx, actor, body.search),
    'POST /api/visits': ({ actor, body }) => bookVisit(ctx, actor, body, new Date()),
    'PUT /api/visits/:visitId/details': async ({ actor, params, body }) => {
      await changeDetails(ctx, actor, params.visitId, body, new Date());
      return null;
    },
    'POST /api/visits/:visitId/people': ({ actor, params, body }) => ask(ctx, actor, params.visitId, body, new Date()),
    'POST /api/visits/:visitId/people/:participantId/withdraw': async ({ actor, params }) => {
      await withdraw(ctx, actor, params.visitId, params.participantId);
      return null;
    },
    'POST /api/visits/:visitId/people/:participantId/code': ({ actor, params }) =>
      reissue(ctx, actor, params.visitId, params.participantId, new Date()),
  });
}
