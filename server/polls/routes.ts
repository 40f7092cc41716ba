import type { Router } from 'express';
import { pollRoutes } from '../../contract/polls.ts';
import type { Context } from '../context.ts';
import { mount } from '../http/mount.ts';
import { answerPoll, closePoll, ownPollOf, readPoll } from './answer.ts';
import { makePoll } from './make.ts';

export function mountPolls(router: Router, ctx: Context): void {
  mount(router, ctx, pollRoutes, {
    'POST /api/polls': ({ actor, body }) => makePoll(ctx, actor, body, new Date()),
    'GET /api/visits/:visitId/poll': ({ actor, params }) => readPoll(ctx, actor, params.visitId),
    'POST /api/visits/:visitId/poll/close': async ({ actor, params }) => {
      await closePoll(ctx, actor, params.visitId, new Date());
      return null;
    },
    'POST /api/times': ({ body }) => ownPollOf(ctx, body.secret),
    'PUT /api/times': ({ body }) => answerPoll(ctx, body.secret, body.answers, new Date()),
  });
}
