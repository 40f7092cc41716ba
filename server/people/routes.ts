import type { Router } from 'express';
import { continuityRoutes } from '../../contract/continuity.ts';
import { patientRoutes } from '../../contract/patients.ts';
import { snippetRoutes } from '../../contract/snippets.ts';
import { unitRoutes } from '../../contract/units.ts';
import type { Context } from '../context.ts';
import { mount } from '../http/mount.ts';
import { may } from '../policies.ts';
import { continuityOf } from './continuity.ts';
import { setFixedPhysician } from './fixedPhysician.ts';
import { addOrganisation, addUnit, administered, changeUnit } from './organisations.ts';
import { changePatient, findPatients, giveLogin, readPatient, registerPatient } from './patients.ts';
import { addRelative, changeRelative, endRelative } from './relatives.ts';
import { keepSnippet, removeSnippet, snippetsOf } from './snippets.ts';
import { addStaff, assign, changeAssignment, changeStaff, endAssignment, resetPassword, staffOf } from './staff.ts';

export function mountPeople(router: Router, ctx: Context): void {
  mount(router, ctx, unitRoutes, {
    'GET /api/organisations': async ({ actor }) => ({
      organisations: await administered(ctx, actor),
      mayAddOrganisations: may(actor, 'organisation.add', null),
    }),
    'POST /api/organisations': ({ actor, body }) => addOrganisation(ctx, actor, body),
    'POST /api/organisations/:organisationId/units': ({ actor, params, body }) => addUnit(ctx, actor, params.organisationId, body),
    'PUT /api/units/:unitId': ({ actor, params, body }) => changeUnit(ctx, actor, params.unitId, body),
    'GET /api/units/:unitId/staff': ({ actor, params }) => staffOf(ctx, actor, params.unitId),
    'POST /api/units/:unitId/staff': ({ actor, params, body }) => addStaff(ctx, actor, params.unitId, body),
    'POST /api/units/:unitId/assignments': async ({ actor, params, body }) => {
      await assign(ctx, actor, params.unitId, body);
      return null;
    },
    'PUT /api/staff/:userId': ({ actor, params, body }) => changeStaff(ctx, actor, params.userId, body),
    'POST /api/staff/:userId/password': ({ actor, params }) => resetPassword(ctx, actor, params.userId),
    'PUT /api/assignments/:assignmentId': async ({ actor, params, body }) => {
      await changeAssignment(ctx, actor, params.assignmentId, body.hsaId);
      return null;
    },
    'POST /api/assignments/:assignmentId/end': async ({ actor, params }) => {
      await endAssignment(ctx, actor, params.assignmentId, new Date());
      return null;
    },
  });
  mount(router, ctx, patientRoutes, {
    'POST /api/patients/search': ({ actor, body }) => findPatients(ctx, actor, body.search, body.unitId),
    'POST /api/patients': ({ actor, body }) => registerPatient(ctx, actor, body, new Date()),
    'GET /api/patients/:patientId': ({ actor, params }) => readPatient(ctx, actor, params.patientId),
    'PUT /api/patients/:patientId': ({ actor, params, body }) => changePatient(ctx, actor, params.patientId, body),
    'POST /api/patients/:patientId/login': ({ actor, params }) => giveLogin(ctx, actor, params.patientId),
    'POST /api/patients/:patientId/relatives': ({ actor, params, body }) => addRelative(ctx, actor, params.patientId, body),
    'PUT /api/relatives/:relativeId': ({ actor, params, body }) => changeRelative(ctx, actor, params.relativeId, body),
    'POST /api/relatives/:relativeId/end': async ({ actor, params }) => {
      await endRelative(ctx, actor, params.relativeId, new Date());
      return null;
    },
  });
  mount(router, ctx, snippetRoutes, {
    'GET /api/my/snippets': ({ actor }) => snippetsOf(ctx, actor),
    'PUT /api/my/snippets/:snippetId': ({ actor, params, body }) => keepSnippet(ctx, actor, params.snippetId, body),
    'DELETE /api/my/snippets/:snippetId': async ({ actor, params }) => {
      await removeSnippet(ctx, actor, params.snippetId);
      return null;
    },
  });
  mount(router, ctx, continuityRoutes, {
    'GET /api/patients/:patientId/continuity': ({ actor, params }) => continuityOf(ctx, actor, params.patientId, new Date()),
    'PUT /api/patients/:patientId/fixed-physician': ({ actor, params, body }) =>
      setFixedPhysician(ctx, actor, params.patientId, body, new Date()),
  });
}
