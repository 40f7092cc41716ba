import type { Router } from 'express';
import { recordRoutes } from '../../contract/record.ts';
import { visitRoutes } from '../../contract/visits.ts';
import type { Context } from '../context.ts';
import { mount } from '../http/mount.ts';
import { checkIn } from './begin.ts';
import { closeUnheld } from './close.ts';
import { complete, document } from './documentation.ts';
import { admit } from './hosting.ts';
import { sayLate } from './late.ts';
import { keepNote } from './notes.ts';
import { ownVisits, readRecord, visitsOfPatient } from './record.ts';
import { careDate, careDay, visitsOf } from './today.ts';

export function mountVisits(router: Router, ctx: Context): void {
  mount(router, ctx, visitRoutes, {
    'GET /api/visits/today': ({ actor, query }) => visitsOf(ctx, actor, query.day ? careDate(query.day) : careDay(new Date())),
    'POST /api/visits/:visitId/admit': async ({ actor, params, body }) => {
      await admit(ctx, { userId: actor.userId, visitId: params.visitId, actor }, body.participantId);
      return null;
    },
    'POST /api/visits/:visitId/check-in': async ({ actor, params }) => {
      await checkIn(ctx, actor, params.visitId, new Date());
      return null;
    },
    'POST /api/visits/:visitId/late': async ({ actor, params, body }) => {
      await sayLate(ctx, actor, params.visitId, body.minutes, new Date());
      return null;
    },
    'POST /api/visits/:visitId/close': async ({ actor, params, body }) => {
      await closeUnheld(ctx, actor, params.visitId, body, new Date());
      return null;
    },
  });
  mount(router, ctx, recordRoutes, {
    'GET /api/visits/:visitId': ({ actor, params }) => readRecord(ctx, actor, params.visitId),
    'PUT /api/visits/:visitId/documentation': ({ actor, params, body }) => document(ctx, actor, params.visitId, body, new Date()),
    'POST /api/visits/:visitId/complete': async ({ actor, params, body }) => {
      await complete(ctx, actor, params.visitId, body, new Date());
      return null;
    },
    'PUT /api/visits/:visitId/note': ({ actor, params, body }) => keepNote(ctx, actor, params.visitId, body, new Date()),
    'GET /api/patients/:patientId/visits': ({ actor, params }) => visitsOfPatient(ctx, actor, params.patientId),
    'GET /api/my/visits': ({ actor }) => ownVisits(ctx, actor),
  });
}
