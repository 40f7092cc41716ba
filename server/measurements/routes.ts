import type { Router } from 'express';
import { measurementRoutes } from '../../contract/measurements.ts';
import { Refusal } from '../../contract/refusal.ts';
import type { Context } from '../context.ts';
import { mount } from '../http/mount.ts';
import { keepBaseline, keepBaselineInVisit } from './baseline.ts';
import { correct } from './correct.ts';
import { decideMedicalDevice } from './decision.ts';
import { fileForPatient, fileInVisit } from './file.ts';
import { measuredBesideVisit, measuredOfPatient } from './read.ts';

export function mountMeasurements(router: Router, ctx: Context): void {
  mount(router, ctx, measurementRoutes, {
    'GET /api/visits/:visitId/measurements': ({ actor, params, query }) =>
      measuredBesideVisit(ctx, actor, params.visitId, query.days, new Date()),
    'GET /api/patients/:patientId/measurements': ({ actor, params, query }) =>
      measuredOfPatient(ctx, actor, params.patientId, query.days, new Date()),
    'POST /api/visits/:visitId/measurements': async ({ actor, params, body }) => {
      await fileInVisit(ctx, actor, params.visitId, body, new Date());
      return null;
    },
    'POST /api/patients/:patientId/measurements': async ({ actor, params, body }) => {
      if (body.patientId !== params.patientId) throw new Refusal('conflict', 'These are readings of another patient.', 'patientId');
      await fileForPatient(ctx, actor, body, new Date());
      return null;
    },
    'POST /api/measurements/:measurementId/correct': async ({ actor, params, body }) => {
      await correct(ctx, actor, params.measurementId, body, new Date());
      return null;
    },
    'PUT /api/visits/:visitId/baseline': async ({ actor, params, body }) => {
      await keepBaselineInVisit(ctx, actor, params.visitId, body, new Date());
      return null;
    },
    'PUT /api/patients/:patientId/baseline': async ({ actor, params, body }) => {
      await keepBaseline(ctx, actor, params.patientId, body, new Date());
      return null;
    },
    'PUT /api/organisations/:organisationId/medical-device': async ({ actor, params, body }) => {
      await decideMedicalDevice(ctx, actor, params.organisationId, body.decision);
      return null;
    },
  });
}
