import type { Router } from 'express';
import { messageRoutes } from '../../contract/messages.ts';
import type { Context } from '../context.ts';
import { mount } from '../http/mount.ts';
import { demoOutbox, messagesOf } from './outbox.ts';

export function mountNotifications(router: Router, ctx: Context): void {
  mount(router, ctx, messageRoutes, {
    'GET /api/visits/:visitId/messages': ({ actor, params }) => messagesOf(ctx, actor, params.visitId),
    'GET /api/outbox': () => demoOutbox(ctx),
  });
}
