import type { Request, Response, Router } from 'express';
import { bookingRoutes } from '../../contract/booking.ts';
import { calendarRoutes } from '../../contract/calendar.ts';
import { requestRoutes } from '../../contract/requests.ts';
import { schedulingRoutes } from '../../contract/scheduling.ts';
import type { Context } from '../context.ts';
import { mount } from '../http/mount.ts';
import { alternationOf } from './alternation.ts';
import { bookVisit } from './book.ts';
import { readCalendar } from './calendar.ts';
import { findColleagues } from './colleagues.ts';
import { endFeed, feedFolder, feedOf, makeFeed, readFeed } from './feed.ts';
import { holidaysOf } from './holidays.ts';
import { reissue } from './invite.ts';
import { bookOwn, ownOffers, ownSlots } from './ownBooking.ts';
import {
  addResource,
  addType,
  changeResource,
  changeType,
  endResource,
  endType,
  readPlan,
  setAlternation,
  setReminders,
  setUnitHours,
} from './plan.ts';
import { ask, changeDetails, move, setSlot, swap, withdraw } from './rebook.ts';
import { askForVisit, ownUnits, requestsOf, triage } from './requests.ts';
import { addException, endException, readSchedule, setSchedule } from './schedules.ts';
import { occurrencesOf } from './series.ts';
import { busyThen, findSlots } from './slots.ts';

export function mountScheduling(router: Router, ctx: Context): void {
  router.get(`${feedFolder}:secret.ics`, async (req: Request<{ secret: string }>, res: Response) => {
    const calendar = await feedOf(ctx, req.params.secret, new Date());
    res.setHeader('cache-control', 'private, no-store');
    if (calendar === null) res.status(404).end();
    else res.type('text/calendar; charset=utf-8').send(calendar);
  });
  mount(router, ctx, calendarRoutes, {
    'GET /api/units/:unitId/calendar': ({ actor, params, query }) => readCalendar(ctx, actor, params.unitId, query),
    'POST /api/visits/:visitId/move': async ({ actor, params, body }) => {
      await move(ctx, actor, params.visitId, body, new Date());
      return null;
    },
  });
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
    'PUT /api/units/:unitId/reminders': ({ actor, params, body }) => setReminders(ctx, actor, params.unitId, body.reminders),
    'PUT /api/units/:unitId/alternation': ({ actor, params, body }) => setAlternation(ctx, actor, params.unitId, body.physicalEvery),
    'GET /api/units/:unitId/patients/:patientId/alternation': ({ actor, params }) =>
      alternationOf(ctx, actor, params.unitId, params.patientId),
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
    'GET /api/my/offers': ({ actor }) => ownOffers(ctx, actor),
    'POST /api/my/slots': ({ actor, body }) => ownSlots(ctx, actor, body, new Date()),
    'POST /api/my/bookings': async ({ actor, body }) => {
      await bookOwn(ctx, actor, body, new Date());
      return null;
    },
    'GET /api/my/feed': ({ actor }) => readFeed(ctx, actor),
    'POST /api/my/feed': ({ actor }) => makeFeed(ctx, actor, new Date()),
    'POST /api/my/feed/end': async ({ actor }) => {
      await endFeed(ctx, actor);
      return null;
    },
    'GET /api/holidays': ({ query }) => holidaysOf(ctx, query.year),
  });
  mount(router, ctx, bookingRoutes, {
    'POST /api/colleagues/search': ({ actor, body }) => findColleagues(ctx, actor, body.search, body.physicians),
    'POST /api/visits': ({ actor, body }) => bookVisit(ctx, actor, body, new Date()),
    'POST /api/visits/occurrences': ({ actor, body }) => occurrencesOf(ctx, actor, body),
    'PUT /api/visits/:visitId/details': async ({ actor, params, body }) => {
      await changeDetails(ctx, actor, params.visitId, body, new Date());
      return null;
    },
    'POST /api/visits/:visitId/swap': async ({ actor, params, body }) => {
      await swap(ctx, actor, params.visitId, body, new Date());
      return null;
    },
    'POST /api/visits/:visitId/people': ({ actor, params, body }) => ask(ctx, actor, params.visitId, body, new Date()),
    'PUT /api/visits/:visitId/people/:participantId/slot': async ({ actor, params, body }) => {
      await setSlot(ctx, actor, params.visitId, params.participantId, body.slot, new Date());
      return null;
    },
    'POST /api/visits/:visitId/people/:participantId/withdraw': async ({ actor, params }) => {
      await withdraw(ctx, actor, params.visitId, params.participantId, new Date());
      return null;
    },
    'POST /api/visits/:visitId/people/:participantId/code': ({ actor, params }) =>
      reissue(ctx, actor, params.visitId, params.participantId, new Date()),
  });
}
