import type { Router } from 'express';
import { letterRoutes } from '../../contract/letters.ts';
import { messageRoutes } from '../../contract/messages.ts';
import type { Context } from '../context.ts';
import { mount } from '../http/mount.ts';
import { lettersAsPdf, markPrinted, waitingLetters } from './letters.ts';
import { demoOutbox, messagesOf } from './outbox.ts';

export function mountNotifications(router: Router, ctx: Context): void {
  mount(router, ctx, letterRoutes, {
    'GET /api/letters': ({ actor }) => waitingLetters(ctx, actor),
    'POST /api/letters/pdf': ({ actor, body }) => lettersAsPdf(ctx, actor, body.ids, new Date()),
    'POST /api/letters/printed': async ({ actor, body }) => {
      await markPrinted(ctx, actor, body.ids, new Date());
      return null;
    },
  });
  mount(router, ctx, messageRoutes, {
    'GET /api/visits/:visitId/messages': ({ actor, params }) => messagesOf(ctx, actor, params.visitId),
    'GET /api/outbox': () => demoOutbox(ctx),
  });
}
