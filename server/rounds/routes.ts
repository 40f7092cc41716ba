import type { Router } from 'express';
import { roundRoutes } from '../../contract/rounds.ts';
import type { Context } from '../context.ts';
import { mount } from '../http/mount.ts';
import { closeRound, decide, readBack, sign } from './decide.ts';
import { addResident, makeRound, order, removeResident } from './make.ts';
import { keepBrief, lockList } from './prepare.ts';
import { goTo, handOverRound, open, seal, start } from './run.ts';
import { summaryOf } from './summary.ts';
import { readRound, roundsOf } from './view.ts';

export function mountRounds(router: Router, ctx: Context): void {
  mount(router, ctx, roundRoutes, {
    'GET /api/rounds': ({ actor, query }) => roundsOf(ctx, actor, query.day, new Date()),
    'POST /api/rounds': ({ actor, body }) => silently(makeRound(ctx, actor, body, new Date())),
    'GET /api/rounds/:roundId': ({ actor, params }) => readRound(ctx, actor, params.roundId, new Date()),
    'POST /api/rounds/:roundId/items': ({ actor, params, body }) => addResident(ctx, actor, params.roundId, body, new Date()),
    'DELETE /api/rounds/:roundId/items/:itemId': ({ actor, params }) =>
      silently(removeResident(ctx, actor, params.roundId, params.itemId, new Date())),
    'PUT /api/rounds/:roundId/order': ({ actor, params, body }) => silently(order(ctx, actor, params.roundId, body, new Date())),
    'PUT /api/rounds/:roundId/items/:itemId/brief': ({ actor, params, body }) =>
      silently(keepBrief(ctx, actor, params.roundId, params.itemId, body, new Date())),
    'POST /api/rounds/:roundId/lock': ({ actor, params }) => silently(lockList(ctx, actor, params.roundId, new Date())),
    'POST /api/rounds/:roundId/start': ({ actor, params }) => silently(start(ctx, actor, params.roundId, new Date())),
    'POST /api/rounds/:roundId/items/:itemId/next': ({ actor, params }) =>
      silently(goTo(ctx, actor, params.roundId, params.itemId, new Date())),
    'POST /api/rounds/:roundId/items/:itemId/open': ({ actor, params, body }) =>
      silently(open(ctx, actor, params.roundId, params.itemId, body, new Date())),
    'POST /api/rounds/:roundId/items/:itemId/seal': ({ actor, params }) =>
      silently(seal(ctx, actor, params.roundId, params.itemId, new Date())),
    'PUT /api/rounds/:roundId/items/:itemId/decision': ({ actor, params, body }) =>
      silently(decide(ctx, actor, params.roundId, params.itemId, body, new Date())),
    'POST /api/rounds/:roundId/items/:itemId/read-back': ({ actor, params }) =>
      silently(readBack(ctx, actor, params.roundId, params.itemId, new Date())),
    'POST /api/rounds/:roundId/items/:itemId/sign': ({ actor, params, body }) =>
      silently(sign(ctx, actor, params.roundId, params.itemId, body.basedOn, new Date())),
    'POST /api/rounds/:roundId/summary': ({ actor, params }) => summaryOf(ctx, actor, params.roundId, new Date()),
    'POST /api/rounds/:roundId/hand-over': ({ actor, params, body }) =>
      silently(handOverRound(ctx, actor, params.roundId, body.doctor, new Date())),
    'POST /api/rounds/:roundId/close': ({ actor, params }) => silently(closeRound(ctx, actor, params.roundId, new Date())),
  });
}

const silently = async (done: Promise<void>): Promise<null> => {
  await done;
  return null;
};
