import type { Router } from 'express';
import { identityRoutes } from '../../contract/identity.ts';
import type { Context } from '../context.ts';
import { mount } from '../http/mount.ts';
import { newDevice } from './device.ts';
import { enterAsGuest, unitOfReference } from './guest.ts';
import { chooseAssignment, endSession, logIn, logOut, meOf, ownSessions } from './login.ts';

export function mountIdentity(router: Router, ctx: Context): void {
  mount(router, ctx, identityRoutes, {
    'GET /api/about': async () => ({ demo: ctx.env.DEMO === '1' }),
    'GET /api/me': async ({ actor }) => actor && meOf(actor),
    'POST /api/login': async ({ body, from, setCookie }) => {
      const { me, cookie } = await logIn(ctx, body.username, body.password, from);
      setCookie(cookie);
      return me;
    },
    'POST /api/guest': async ({ body, from, setCookie }) => {
      const fresh = from.device === null ? newDevice(from.secure) : null;
      if (fresh) setCookie(fresh.cookie);
      const origin = { ...from, device: from.device ?? fresh?.device ?? null };
      const { me, visitId, cookie } = await enterAsGuest(ctx, body.reference, body.code, origin, new Date());
      setCookie(cookie);
      return { visitId, me };
    },
    'GET /api/unit-phone/:reference': ({ params }) => unitOfReference(ctx, params.reference),
    'POST /api/assignment': ({ actor, body }) => chooseAssignment(ctx, actor, body.assignmentId),
    'GET /api/sessions': ({ actor }) => ownSessions(ctx, actor),
    'POST /api/sessions/:key/end': ({ actor, params }) => endSession(ctx, actor, params.key),
    'POST /api/logout': async ({ actor, from, setCookie }) => {
      setCookie(await logOut(ctx, actor, from.secure));
      return null;
    },
  });
}
