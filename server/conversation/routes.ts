import type { Router } from 'express';
import { conversationRoutes } from '../../contract/conversation.ts';
import type { Context } from '../context.ts';
import { mount } from '../http/mount.ts';
import { readConversation, say, settle, unansweredOf } from './conversation.ts';

export function mountConversation(router: Router, ctx: Context): void {
  mount(router, ctx, conversationRoutes, {
    'GET /api/visits/:visitId/conversation': ({ actor, params }) => readConversation(ctx, actor, params.visitId, new Date()),
    'POST /api/visits/:visitId/conversation': async ({ actor, params, body }) => {
      await say(ctx, actor, params.visitId, body, new Date());
      return null;
    },
    'POST /api/visits/:visitId/conversation/settle': async ({ actor, params }) => {
      await settle(ctx, actor, params.visitId, new Date());
      return null;
    },
    'GET /api/conversations': ({ actor }) => unansweredOf(ctx, actor, new Date()),
  });
}
