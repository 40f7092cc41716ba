import type { Router } from 'express';
import { formRoutes } from '../../contract/forms.ts';
import type { Context } from '../context.ts';
import { mount } from '../http/mount.ts';
import { answerForm, visitFormOf } from './answers.ts';
import { addForm, changeForm, endForm, formsOf } from './forms.ts';

export function mountForms(router: Router, ctx: Context): void {
  mount(router, ctx, formRoutes, {
    'GET /api/units/:unitId/forms': ({ actor, params }) => formsOf(ctx, actor, params.unitId),
    'POST /api/units/:unitId/forms': async ({ actor, params, body }) => {
      await addForm(ctx, actor, params.unitId, body);
      return null;
    },
    'PUT /api/forms/:formId': async ({ actor, params, body }) => {
      await changeForm(ctx, actor, params.formId, body);
      return null;
    },
    'POST /api/forms/:formId/end': async ({ actor, params }) => {
      await endForm(ctx, actor, params.formId, new Date());
      return null;
    },
    'GET /api/visits/:visitId/form': ({ actor, params }) => visitFormOf(ctx, actor, params.visitId),
    'PUT /api/visits/:visitId/form': async ({ actor, params, body }) => {
      await answerForm(ctx, actor, params.visitId, body, new Date());
      return null;
    },
  });
}
