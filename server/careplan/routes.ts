import type { Router } from 'express';
import { carePlanRoutes, directoryRoutes } from '../../contract/carePlans.ts';
import { planTemplateRoutes } from '../../contract/planTemplates.ts';
import type { Context } from '../context.ts';
import { mount } from '../http/mount.ts';
import { activate } from './activation.ts';
import { answerSurvey, link, reportConcern, unlink } from './after.ts';
import { meetIn, setAgenda } from './agenda.ts';
import { plansFor, plansOfPatient } from './board.ts';
import { keepChildBasis } from './children.ts';
import { addToDirectory, changeInDirectory, findInDirectory } from './directory.ts';
import { beginFrom } from './fromTemplate.ts';
import { historyOf } from './history.ts';
import { lead } from './lead.ts';
import { ownersOf } from './owners.ts';
import { addParty, personSays, removeParty, share, takeStance } from './parties.ts';
import { addPart, assess, choose, reach, removePart } from './parts.ts';
import { pdfOfPlan } from './planPdf.ts';
import { close, consentTo, decline, offer, prepare, propose } from './process.ts';
import { revise } from './revise.ts';
import { takeSeat } from './seat.ts';
import { startersIn } from './starters.ts';
import { answerSummons, summon } from './summons.ts';
import { pdfOfSummons } from './summonsPdf.ts';
import { waitingFor } from './tasks.ts';
import { addTemplate, changeTemplate, endTemplate, templatesOf } from './templates.ts';
import { readPlan } from './view.ts';
import { withdrawPlan } from './withdrawn.ts';

export function mountCarePlans(router: Router, ctx: Context): void {
  mount(router, ctx, carePlanRoutes, {
    'GET /api/care-plans': ({ actor }) => plansFor(ctx, actor, new Date()),
    'POST /api/patients/:patientId/care-plans': ({ actor, params, body }) => silently(propose(ctx, actor, params.patientId, body)),
    'GET /api/patients/:patientId/care-plans': ({ actor, params }) => plansOfPatient(ctx, actor, params.patientId, new Date()),
    'GET /api/plan-tasks': ({ actor }) => waitingFor(ctx, actor, new Date()),
    'GET /api/care-plans/:planId/owners': ({ actor, params }) => ownersOf(ctx, actor, params.planId, new Date()),
    'GET /api/care-plans/:planId/parts/:partId/history': ({ actor, params }) =>
      historyOf(ctx, actor, params.planId, params.partId, new Date()),
    'POST /api/care-plans/:planId/pdf': ({ actor, params, body }) => pdfOfPlan(ctx, actor, params.planId, body, new Date()),
    'POST /api/care-plans/:planId/withdraw': ({ actor, params }) => silently(withdrawPlan(ctx, actor, params.planId, new Date())),
    'PUT /api/care-plans/:planId/parts/:partId/reached': ({ actor, params, body }) =>
      reach(ctx, actor, params.planId, params.partId, body, new Date()),
    'GET /api/care-plans/:planId': ({ actor, params }) => readPlan(ctx, actor, params.planId, new Date()),
    'POST /api/care-plans/:planId/offer': ({ actor, params, body }) => silently(offer(ctx, actor, params.planId, body.basedOn, new Date())),
    'POST /api/care-plans/:planId/decline': ({ actor, params, body }) => silently(decline(ctx, actor, params.planId, body, new Date())),
    'POST /api/care-plans/:planId/consent': ({ actor, params, body }) => silently(consentTo(ctx, actor, params.planId, body, new Date())),
    'PUT /api/care-plans/:planId/preparation': ({ actor, params, body }) => silently(prepare(ctx, actor, params.planId, body, new Date())),
    'POST /api/care-plans/:planId/parties': ({ actor, params, body }) => silently(addParty(ctx, actor, params.planId, body, new Date())),
    'DELETE /api/care-plans/:planId/parties/:partyId': ({ actor, params }) =>
      silently(removeParty(ctx, actor, params.planId, params.partyId, new Date())),
    'PUT /api/care-plans/:planId/parties/:partyId/areas': ({ actor, params, body }) =>
      silently(share(ctx, actor, params.planId, params.partyId, body, new Date())),
    'POST /api/care-plans/:planId/parties/:partyId/summons': ({ actor, params, body }) =>
      silently(summon(ctx, actor, params.planId, params.partyId, body, new Date())),
    'POST /api/care-plans/:planId/parties/:partyId/summons/pdf': ({ actor, params }) =>
      pdfOfSummons(ctx, actor, params.planId, params.partyId, new Date()),
    'PUT /api/care-plans/:planId/parties/:partyId/answer': ({ actor, params, body }) =>
      silently(answerSummons(ctx, actor, params.planId, params.partyId, body, new Date())),
    'PUT /api/care-plans/:planId/parties/:partyId/stance': ({ actor, params, body }) =>
      silently(takeStance(ctx, actor, params.planId, params.partyId, body, new Date())),
    'PUT /api/care-plans/:planId/child': ({ actor, params, body }) => silently(keepChildBasis(ctx, actor, params.planId, body, new Date())),
    'PUT /api/care-plans/:planId/survey': ({ actor, params, body }) => silently(answerSurvey(ctx, actor, params.planId, body, new Date())),
    'POST /api/care-plans/:planId/concerns': ({ actor, params, body }) =>
      silently(reportConcern(ctx, actor, params.planId, body, new Date())),
    'PUT /api/care-plans/:planId/links': ({ actor, params, body }) => silently(link(ctx, actor, params.planId, body, new Date())),
    'DELETE /api/care-plans/:planId/links/:otherId': ({ actor, params }) =>
      silently(unlink(ctx, actor, params.planId, params.otherId, new Date())),
    'PUT /api/care-plans/:planId/person': ({ actor, params, body }) => silently(personSays(ctx, actor, params.planId, body, new Date())),
    'POST /api/care-plans/:planId/parts': ({ actor, params, body }) => addPart(ctx, actor, params.planId, body, new Date()),
    'PUT /api/care-plans/:planId/parts/:partId': ({ actor, params, body }) =>
      choose(ctx, actor, params.planId, params.partId, body, new Date()),
    'PUT /api/care-plans/:planId/parts/:partId/aid': ({ actor, params, body }) =>
      assess(ctx, actor, params.planId, params.partId, body, new Date()),
    'DELETE /api/care-plans/:planId/parts/:partId': ({ actor, params }) =>
      silently(removePart(ctx, actor, params.planId, params.partId, new Date())),
    'PUT /api/care-plans/:planId/template': ({ actor, params, body }) => silently(beginFrom(ctx, actor, params.planId, body, new Date())),
    'PUT /api/care-plans/:planId/agenda': ({ actor, params, body }) => silently(setAgenda(ctx, actor, params.planId, body, new Date())),
    'PUT /api/care-plans/:planId/meeting': ({ actor, params, body }) =>
      silently(meetIn(ctx, actor, params.planId, body.visitId, new Date())),
    'POST /api/care-plans/:planId/meeting/seat': ({ actor, params }) => takeSeat(ctx, actor, params.planId, new Date()),
    'PUT /api/care-plans/:planId/lead': ({ actor, params, body }) => silently(lead(ctx, actor, params.planId, body, new Date())),
    'POST /api/care-plans/:planId/activate': ({ actor, params, body }) =>
      silently(activate(ctx, actor, params.planId, body.basedOn, new Date())),
    'POST /api/care-plans/:planId/close': ({ actor, params, body }) => silently(close(ctx, actor, params.planId, body, new Date())),
    'POST /api/care-plans/:planId/revise': ({ actor, params, body }) =>
      silently(revise(ctx, actor, params.planId, body.newPlanId, body.basedOn, new Date())),
  });
  mount(router, ctx, planTemplateRoutes, {
    'GET /api/units/:unitId/plan-templates': ({ actor, params }) => templatesOf(ctx, actor, params.unitId),
    'GET /api/plan-template-starters/:language': async ({ params }) => startersIn(params.language),
    'POST /api/units/:unitId/plan-templates': ({ actor, params, body }) => silently(addTemplate(ctx, actor, params.unitId, body)),
    'PUT /api/plan-templates/:templateId': ({ actor, params, body }) => silently(changeTemplate(ctx, actor, params.templateId, body)),
    'POST /api/plan-templates/:templateId/end': ({ actor, params }) => silently(endTemplate(ctx, actor, params.templateId, new Date())),
  });
  mount(router, ctx, directoryRoutes, {
    'POST /api/directory/search': ({ actor, body }) => findInDirectory(ctx, actor, body.search),
    'POST /api/directory': ({ actor, body }) => addToDirectory(ctx, actor, body),
    'PUT /api/directory/:directoryId': ({ actor, params, body }) => changeInDirectory(ctx, actor, params.directoryId, body),
  });
}

const silently = async (done: Promise<void>): Promise<null> => {
  await done;
  return null;
};
