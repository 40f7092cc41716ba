import type { Router } from 'express';
import { bookingRoutes } from '../../contract/booking.ts';
import { requestRoutes } from '../../contract/requests.ts';
import { schedulingRoutes } from '../../contract/scheduling.ts';
import type { Context } from '../context.ts';
import { mount } from '../http/mount.ts';
import { bookVisit } from './book.ts';
import { findColleagues } from './colleagues.ts';
import { holidaysOf } from './holidays.ts';
import { reissue } from './invite.ts';
import { addResource, addType, changeResource, changeType, endResource, endType, readPlan, setUnitHours } from './plan.ts';
import { ask, changeDetails, swap, withdraw } from './rebook.ts';
import { askForVisit, ownUnits, requestsOf, triage } from './requests.ts';
import { addException, endException, readSchedule, setSchedule } from './schedules.ts';
import { busyThen, findSlots } from './slots.ts';

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
  mount(router, ctx, schedulingRoutes, {
    'GET /api/units/:unitId/plan': ({ actor, params }) => readPlan(ctx, actor, params.unitId),
    'PUT /api/units/:unitId/hours': ({ actor, params, body }) => setUnitHours(ctx, actor, params.unitId, body.hours),
    'POST /api/units/:unitId/visit-types': ({ actor, params, body }) => addType(ctx, actor, params.unitId, body),
    'PUT /api/visit-types/:typeId': ({ actor, params, body }) => changeType(ctx, actor, params.typeId, body),
    'POST /api/visit-types/:typeId/end': ({ actor, params }) => endType(ctx, actor, params.typeId, new Date()),
    'POST /api/units/:unitId/resources': ({ actor, params, body }) => addResource(ctx, actor, params.unitId, body),
    'PUT /api/resources/:resourceId': ({ actor, params, body }) => changeResource(ctx, actor, params.resourceId, body),
    'POST /api/resources/:resourceId/end': ({ actor, params }) => endResource(ctx, actor, params.resourceId, new Date()),
    'GET /api/assignments/:assignmentId/schedule': ({ actor, params }) => readSchedule(ctx, actor, params.assignmentId),
    'PUT /api/assignments/:assignmentId/schedule': ({ actor, params, body }) => setSchedule(ctx, actor, params.assignmentId, body),
    'POST /api/assignments/:assignmentId/exceptions': ({ actor, params, body }) => addException(ctx, actor, params.assignmentId, body),
    'POST /api/assignments/:assignmentId/exceptions/:exceptionId/end': ({ actor, params }) =>
      endException(ctx, actor, params.assignmentId, params.exceptionId),
    'POST /api/slots/search': ({ actor, body }) => findSlots(ctx, actor, body, new Date()),
    'POST /api/slots/busy': ({ actor, body }) => busyThen(ctx, actor, body),
    'GET /api/holidays': ({ query }) => holidaysOf(ctx, query.year),
  });
  mount(router, ctx, bookingRoutes, {
    'POST /api/colleagues/search': ({ actor, body }) => findColleagues(ctx, actor, body.search),
    'POST /api/visits': ({ actor, body }) => bookVisit(ctx, actor, body, new Date()),
    'PUT /api/visits/:visitId/details': async ({ actor, params, body }) => {
      await changeDetails(ctx, actor, params.visitId, body, new Date());
      return null;
    },
    'POST /api/visits/:visitId/swap': async ({ actor, params, body }) => {
      await swap(ctx, actor, params.visitId, body, new Date());
      return null;
    },
    'POST /api/visits/:visitId/people': ({ actor, params, body }) => ask(ctx, actor, params.visitId, body, new Date()),
    'POST /api/visits/:visitId/people/:participantId/withdraw': async ({ actor, params }) => {
      await withdraw(ctx, actor, params.visitId, params.participantId, new Date());
      return null;
    },
    'POST /api/visits/:visitId/people/:participantId/code': ({ actor, params }) =>
      reissue(ctx, actor, params.visitId, params.participantId, new Date()),
  });
}
